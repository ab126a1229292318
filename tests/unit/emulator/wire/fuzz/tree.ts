/**
 * A request's input as a tree that JSON and CBOR can both write, and that may hold what no honest client writes: one key
 * twice, bytes that are no value at all.
 */
import { Buffer } from 'node:buffer';
import type { Shape, StructureShape } from '../../../../../src/emulator/wire/shapes.ts';

export type Tree =
  | { readonly kind: 'leaf'; readonly value: null | boolean | number | bigint | string | Uint8Array }
  /** Epoch milliseconds; each format writes them its own way. */
  | { readonly kind: 'time'; readonly ms: number }
  | { readonly kind: 'list'; readonly items: Tree[] }
  | { readonly kind: 'map'; readonly entries: [key: string, value: Tree][] }
  /** Written as it stands. */
  | { readonly kind: 'raw'; readonly bytes: Uint8Array };

export const leaf = (value: null | boolean | number | bigint | string | Uint8Array): Tree => ({ kind: 'leaf', value });
export const raw = (text: string): Tree => ({ kind: 'raw', bytes: Buffer.from(text, 'utf8') });
export const rawBytes = (bytes: Uint8Array): Tree => ({ kind: 'raw', bytes });

/** A value of the emulator's own kind (shapes.ts, "Values in memory") as a tree. */
export function treeOf(shape: StructureShape, input: Readonly<Record<string, unknown>>): Tree {
  const entries: [string, Tree][] = [];
  for (const [name, member] of Object.entries(shape.members)) {
    const value = input[name];
    if (value !== undefined) entries.push([name, valueTree(member.shape, value)]);
  }
  return { kind: 'map', entries };
}

function valueTree(shape: Shape, value: unknown): Tree {
  switch (shape.type) {
    case 'structure':
      return treeOf(shape, value as Record<string, unknown>);
    case 'list':
      return { kind: 'list', items: (value as readonly unknown[]).map((item) => valueTree(shape.of, item)) };
    case 'map': {
      const of = Object.entries(value as Record<string, unknown>);
      return { kind: 'map', entries: of.map(([key, item]) => [key, valueTree(shape.of, item)]) };
    }
    case 'timestamp':
      return { kind: 'time', ms: value as number };
    default:
      return leaf(value as string | number | boolean | Uint8Array);
  }
}

/** JSON as a client would write it; byte strings in base64, times in seconds. */
export function jsonBytes(tree: Tree): Uint8Array {
  const pieces: Uint8Array[] = [];
  let text = '';
  const write = (node: Tree): void => {
    switch (node.kind) {
      case 'raw':
        pieces.push(Buffer.from(text, 'utf8'), node.bytes);
        text = '';
        break;
      case 'time':
        text += String(node.ms / 1_000);
        break;
      case 'leaf':
        text += leafText(node.value);
        break;
      case 'list':
        text += '[';
        node.items.forEach((item, index) => {
          if (index > 0) text += ',';
          write(item);
        });
        text += ']';
        break;
      case 'map':
        text += '{';
        node.entries.forEach(([key, value], index) => {
          text += `${index > 0 ? ',' : ''}${JSON.stringify(key)}:`;
          write(value);
        });
        text += '}';
        break;
    }
  };
  write(tree);
  if (pieces.length === 0) return Buffer.from(text, 'utf8');
  return Buffer.concat([...pieces, Buffer.from(text, 'utf8')]);
}

function leafText(value: null | boolean | number | bigint | string | Uint8Array): string {
  if (value instanceof Uint8Array) return `"${Buffer.from(value).toString('base64')}"`;
  if (typeof value === 'bigint') return value.toString();
  // The numbers that JSON lacks travel as text.
  if (typeof value === 'number' && !Number.isFinite(value)) return `"${value}"`;
  return JSON.stringify(value);
}
