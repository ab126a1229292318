/**
 * Values as documents: what JSON and CBOR share. They differ only in how a timestamp and a byte string look.
 *
 * Decoding reads declared members and ignores others, as AWS does; a wrong type is a `SerializationException`.
 * Not here: whether a required member is there or a number in range (validate.ts).
 */
import type { AwsError } from '../service.ts';
import { decodeBase64, encodeBase64 } from './bytes.ts';
import { serializationError } from './inputError.ts';
import { hasTooManyValues, tooManyValues } from './manyValues.ts';
import type { Shape, StructureShape } from './shapes.ts';

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

function readStructure(shape: StructureShape, value: unknown, leaves: Leaves): Record<string, unknown> {
  const source = asRecord(value, 'a structure');
  const result: Record<string, unknown> = {};
  for (const [name, member] of shape.entries) {
    const present = source[name];
    // Most members are absent. What every object inherits is not the sender's.
    if (present === null || present === undefined || !Object.hasOwn(source, name)) continue;
    result[name] = read(member.shape, present, leaves);
  }
  return result;
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
      if (Array.isArray(value)) return value.map((element) => read(shape.of, element, leaves));
      break;
    case 'map': {
      const source = asRecord(value, 'a map');
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

function asRecord(value: unknown, expected: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Uint8Array) {
    throw cannotBe(value, expected);
  }
  return value as Record<string, unknown>;
}

function cannotBe(value: unknown, expected: string): AwsError {
  const found = value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${typeof value}`;
  return serializationError(`${found} can not be read as ${expected}`);
}

/** @returns a plain document for the format's own writer; absent members stay absent */
export function encodeDocument(shape: StructureShape, value: unknown, leaves: Leaves): Record<string, unknown> {
  const source = (value ?? {}) as Record<string, unknown>;
  const result: Record<string, unknown> = {};
  for (const [name, member] of shape.entries) {
    const present = source[name];
    if (present !== undefined && present !== null) result[name] = write(member.shape, present, leaves);
  }
  return result;
}

function write(shape: Shape, value: unknown, leaves: Leaves): unknown {
  switch (shape.type) {
    case 'timestamp':
      return leaves.writeTimestamp(value as number);
    case 'blob':
      return leaves.writeBlob(value as Uint8Array);
    case 'list':
      return (value as readonly unknown[]).map((element) => write(shape.of, element, leaves));
    case 'map':
      return Object.fromEntries(
        Object.entries(value as Record<string, unknown>).map(([key, element]) => [
          key,
          write(shape.of, element, leaves),
        ]),
      );
    case 'structure':
      return encodeDocument(shape, value, leaves);
    default:
      return value;
  }
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
