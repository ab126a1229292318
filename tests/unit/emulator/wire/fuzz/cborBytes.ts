/**
 * CBOR as clients write it, and as none should: a small writer of our own, because a library writes only what is right.
 */
import { Buffer } from 'node:buffer';
import type { Chance } from './chance.ts';
import { rawBytes, type Tree } from './tree.ts';

/** How much a time's tag counts in a millisecond: 1 in the older dialect, 1/1000 in RPC v2. */
export interface CborStyle {
  readonly unitsPerMs: number;
  /** Containers and strings of indefinite length, which every reader has to take. */
  readonly indefinite: boolean;
}

export function cborBytes(tree: Tree, style: CborStyle): Uint8Array {
  const out: Uint8Array[] = [];
  write(tree, style, out);
  return Buffer.concat(out);
}

const stop = Uint8Array.of(0xff);

function write(node: Tree, style: CborStyle, out: Uint8Array[]): void {
  switch (node.kind) {
    case 'raw':
      out.push(node.bytes);
      break;
    case 'time':
      out.push(Uint8Array.of(0xc1), number(node.ms * style.unitsPerMs));
      break;
    case 'leaf':
      out.push(...leaf(node.value));
      break;
    case 'list':
      out.push(style.indefinite ? Uint8Array.of(0x9f) : head(4, node.items.length));
      for (const item of node.items) write(item, style, out);
      if (style.indefinite) out.push(stop);
      break;
    case 'map':
      out.push(style.indefinite ? Uint8Array.of(0xbf) : head(5, node.entries.length));
      for (const [key, value] of node.entries) {
        out.push(...leaf(key));
        write(value, style, out);
      }
      if (style.indefinite) out.push(stop);
      break;
  }
}

function leaf(value: null | boolean | number | bigint | string | Uint8Array): Uint8Array[] {
  if (value === null) return [Uint8Array.of(0xf6)];
  if (typeof value === 'boolean') return [Uint8Array.of(value ? 0xf5 : 0xf4)];
  if (typeof value === 'number') return [number(value)];
  if (typeof value === 'bigint') return [value < 0n ? wide(1, -1n - value) : wide(0, value)];
  if (typeof value === 'string') {
    const bytes = Buffer.from(value, 'utf8');
    return [head(3, bytes.length), bytes];
  }
  return [head(2, value.length), value];
}

function number(value: number): Uint8Array {
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) return value < 0 ? head(1, -1 - value) : head(0, value);
  const bytes = Buffer.alloc(9);
  bytes[0] = 0xfb;
  bytes.writeDoubleBE(value, 1);
  return bytes;
}

/** Major type and argument in the shortest form. */
function head(major: number, argument: number): Uint8Array {
  const type = major << 5;
  if (argument < 24) return Uint8Array.of(type | argument);
  if (argument < 0x100) return Uint8Array.of(type | 24, argument);
  if (argument < 0x10000) return Uint8Array.of(type | 25, argument >> 8, argument & 0xff);
  return argument < 0x1_0000_0000
    ? Buffer.concat([Uint8Array.of(type | 26), uint32(argument)])
    : wide(major, BigInt(argument));
}

function wide(major: number, argument: bigint): Uint8Array {
  const bytes = Buffer.alloc(9);
  bytes[0] = (major << 5) | 27;
  bytes.writeBigUInt64BE(argument & 0xffff_ffff_ffff_ffffn, 1);
  return bytes;
}

function uint32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** Items that are wrong, or right but rare, in hexadecimal. */
const oddItems: readonly string[] = [
  // Lengths beyond the body, in every width and for every kind of item.
  ...['1bffffffffffffffff', '3bffffffffffffffff', '5a7fffffff61', '5bffffffffffffffff61', '7affffffff61'],
  ...['7b7fffffffffffffff61', '9affffffff01', '9bffffffffffffffff01', 'baffffffff6161', 'bbffffffffffffffff616101'],
  // Argument sizes that are reserved, a stop code where none may be, a chunk of another kind, chunks without end.
  ...['1c', '3d', '5e', '7c', '9d', 'bc', 'dc', 'fc', 'fd', 'fe', 'ff', '1f', '3f', 'df'],
  ...['5f6161ff', '7f4161ff', '5f', '7f', '9f', 'bf', '9f9f9f', 'bf6161', 'bf6161ff', '7f7f6161ffff'],
  // Good indefinite items.
  ...['5f41614162ff', '7f61616162ff', '9fff', 'bfff', '9f01ff', 'bf616101ff'],
  // Tags: text date, epoch with all kinds of value, big numbers, self-described, unknown, the largest.
  ...[
    'c074323032362d30332d30325430303a30303a30305a',
    'c1',
    'c16161',
    'c1f6',
    'c1f97e00',
    'c1fb7ff0000000000000',
    'c180',
  ],
  ...['c1a0', 'c1c1c11a69a4d400', 'c11bffffffffffffffff', 'c13bffffffffffffffff', 'c1fbffefffffffffffff', 'c24101'],
  ...['c25f4101ff', 'c349010000000000000000', 'c48201190fff', 'd9d9f7a0', 'd8ff00', 'dbffffffffffffffff00', 'c2ff'],
  // Numbers: not a number in three widths, infinities, negative zero, the smallest, non-minimal integers.
  ...['f97e00', 'fa7fc00000', 'fb7ff8000000000000', 'f97c00', 'f9fc00', 'fb8000000000000000', 'fb0000000000000001'],
  ...[
    '1800',
    '190000',
    '1a00000000',
    '1b0000000000000000',
    '1b7fffffffffffffff',
    '3b7fffffffffffffff',
    'fb7fefffffffffffff',
  ],
  // Simple values, undefined, text that is not UTF-8, keys that are no text, one key twice.
  ...['f7', 'f0', 'f800', 'f8ff', 'f818', '62c0af', '63eda080', '61ff', '64f5808080', 'a10102', 'a1f601', 'a18001'],
  ...['a2616101616102', 'a1695f5f70726f746f5f5f01', 'a16b636f6e7374727563746f72a0', 'a1a001', 'a1410102'],
];

const oddTrees = oddItems.map((hex) => rawBytes(Buffer.from(hex, 'hex')));

export const oddCbor = (chance: Chance): Tree => chance.pick(oddTrees);

/** One item inside another, `depth` times: lists, maps, tags or chunks. */
export function deepCbor(chance: Chance, depth: number): Tree {
  const opening = Buffer.from(chance.pick(['81', '9f', 'a16161', 'bf6161', 'c1', 'd9d9f7', 'd8ff', '5f', '7f']), 'hex');
  return rawBytes(Buffer.concat([Buffer.alloc(opening.length * depth, opening), Uint8Array.of(0x01)]));
}
