/**
 * Values as documents: what JSON and CBOR share. They differ only in how a timestamp and a byte string look.
 *
 * Decoding reads declared members and ignores others, as AWS does; a wrong type is a `SerializationException`.
 * Not here: the words of that (wrongType.ts), whether a required member is there or a number in range (validate.ts).
 */
import { decodeBase64, encodeBase64 } from './bytes.ts';
import { serializationError } from './inputError.ts';
import { hasTooManyValues, tooManyValues } from './manyValues.ts';
import type { Shape, StructureShape } from './shapes.ts';
import { cannotBe } from './wrongType.ts';

/** How one format writes the two kinds of value that have no common form. `read` returns null for what it cannot be. */
export interface Leaves {
  readTimestamp(value: unknown): number | null;
  writeTimestamp(ms: number): unknown;
  readBlob(value: unknown): Uint8Array | null;
  writeBlob(bytes: Uint8Array): unknown;
}

/** Seconds since the epoch with fractions; base64. */
export const jsonLeaves: Leaves = {
  readTimestamp: (value) => (typeof value === 'number' ? instant(value * 1_000) : null),
  writeTimestamp: (ms) => ms / 1_000,
  readBlob: (value) => (typeof value === 'string' ? decodeBase64(value) : null),
  writeBlob: encodeBase64,
};

/** Whole milliseconds, or null when no calendar reaches that far. */
export function instant(ms: number): number | null {
  return Math.abs(ms) <= 8.64e15 ? Math.round(ms) : null;
}

export function decodeDocument(shape: StructureShape, document: unknown, leaves: Leaves): Record<string, unknown> {
  return readStructure(shape, document ?? {}, leaves);
}

/**
 * The document itself becomes the value when it holds nothing else, as nearly all do: it was read for this request alone, and a copy of
 * each message would cost more than its reading.
 */
function readStructure(shape: StructureShape, value: unknown, leaves: Leaves): Record<string, unknown> {
  const source = asRecord(value, 'structure');
  const { byName } = shape;
  let pure = true;
  // Of many members few are there.
  for (const name in source) {
    const member = byName.get(name);
    const present = source[name];
    if (member === undefined || present === null || present === undefined) {
      pure = false;
      continue;
    }
    const value = read(member.shape, present, leaves);
    if (value !== present) source[name] = value;
  }
  return pure ? source : membersOf(shape, source);
}

/** Without what is not declared, and without nulls, which stand for absent members. */
function membersOf({ entries }: StructureShape, source: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const members: Record<string, unknown> = {};
  for (const [name] of entries) {
    const present = source[name];
    if (present !== undefined && present !== null) members[name] = present;
  }
  return members;
}

function read(shape: Shape, value: unknown, leaves: Leaves): unknown {
  switch (shape.type) {
    case 'text':
      if (typeof value === 'string') return value;
      break;
    case 'flag':
      if (typeof value === 'boolean') return value;
      break;
    case 'whole': {
      const number = typeof value === 'bigint' ? Number(value) : value;
      if (typeof number === 'number' && Number.isSafeInteger(number)) return number;
      break;
    }
    case 'decimal': {
      if (typeof value === 'number') return value;
      if (typeof value === 'bigint') return Number(value);
      // The three numbers that JSON has no literal for travel as strings.
      if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return Number(value);
      break;
    }
    case 'timestamp': {
      const ms = leaves.readTimestamp(value);
      if (ms !== null) return ms;
      break;
    }
    case 'blob': {
      const bytes = leaves.readBlob(value);
      if (bytes !== null) return bytes;
      break;
    }
    case 'list':
      if (!Array.isArray(value)) break;
      return readList(shape.of, value, leaves);
    case 'map': {
      const source = asRecord(value, 'map');
      return Object.fromEntries(
        Object.entries(source)
          .filter(([, element]) => element !== null)
          .map(([key, element]) => [key, read(shape.of, element, leaves)]),
      );
    }
    case 'structure':
      return readStructure(shape, value, leaves);
  }
  throw cannotBe(value, shape.type);
}

/** In place, without its nulls. */
function readList(of: Shape, list: unknown[], leaves: Leaves): unknown[] {
  let length = 0;
  for (const element of list) if (element !== null && element !== undefined) list[length++] = read(of, element, leaves);
  list.length = length;
  return list;
}

function asRecord(value: unknown, expected: 'structure' | 'map'): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Uint8Array) {
    throw cannotBe(value, expected);
  }
  return value as Record<string, unknown>;
}

/** @returns a plain document for the format's own writer; absent members stay absent */
export function encodeDocument(shape: StructureShape, value: unknown, leaves: Leaves): Record<string, unknown> {
  return writeStructure(shape, (value ?? {}) as Record<string, unknown>, leaves);
}

/** The value itself when it looks as it is written, as nearly all do; otherwise a copy. */
function writeStructure(
  { byName, entries }: StructureShape,
  source: Record<string, unknown>,
  leaves: Leaves,
): Record<string, unknown> {
  let others = false;
  let changed: Record<string, unknown> | null = null;
  for (const name in source) {
    const member = byName.get(name);
    const present = source[name];
    // Whatever is there and not declared is not written, and what is absent has no name.
    if (member === undefined || present === undefined || present === null) {
      others = true;
      continue;
    }
    const written = write(member.shape, present, leaves);
    if (written === present) continue;
    changed ??= {};
    changed[name] = written;
  }
  if (changed === null && !others) return source;
  const copy: Record<string, unknown> = {};
  for (const [name] of entries) {
    const written = changed?.[name] ?? source[name];
    if (written !== undefined && written !== null) copy[name] = written;
  }
  return copy;
}

function write(shape: Shape, value: unknown, leaves: Leaves): unknown {
  switch (shape.type) {
    case 'timestamp':
      return leaves.writeTimestamp(value as number);
    case 'blob':
      return leaves.writeBlob(value as Uint8Array);
    case 'list':
      return writeList(shape.of, value as readonly unknown[], leaves);
    case 'map':
      return Object.fromEntries(
        Object.entries(value as Record<string, unknown>).map(([key, element]) => [
          key,
          write(shape.of, element, leaves),
        ]),
      );
    case 'structure':
      return writeStructure(shape, (value ?? {}) as Record<string, unknown>, leaves);
    default:
      return value;
  }
}

function writeList(of: Shape, list: readonly unknown[], leaves: Leaves): readonly unknown[] {
  for (let index = 0; index < list.length; index++) {
    const written = write(of, list[index], leaves);
    if (written === list[index]) continue;
    const copy = list.slice(0, index);
    copy.push(written);
    while (copy.length < list.length) copy.push(write(of, list[copy.length], leaves));
    return copy;
  }
  return list;
}

/** JSON text of a reply. */
export function encodeJson(shape: StructureShape, value: unknown): string {
  return JSON.stringify(encodeDocument(shape, value, jsonLeaves));
}

/** @throws AwsError SerializationException when the text is not JSON, or not of the shape */
export function decodeJson(shape: StructureShape, text: string): Record<string, unknown> {
  return decodeDocument(shape, parseJson(text), jsonLeaves);
}

function parseJson(text: string): unknown {
  // Old clients send nothing at all for an empty input.
  if (text.trim() === '') return {};
  if (hasTooManyValues(text)) throw tooManyValues();
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw serializationError(thrown instanceof Error ? thrown.message : 'not JSON');
  }
}
