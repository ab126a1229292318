/**
 * A value of a document that is of another type than its member: in AWS's words, which are recorded of its front ends for JSON.
 */
import type { AwsError } from '../service.ts';
import { base64Problem } from './bytes.ts';
import { serializationError } from './inputError.ts';
import type { Shape } from './shapes.ts';

/** @param expected the type of the shape */
export function cannotBe(value: unknown, expected: Shape['type']): AwsError {
  if (Array.isArray(value)) return serializationError('Start of list found where not expected');
  if (typeof value === 'object' && value !== null && !(value instanceof Uint8Array))
    return serializationError('Start of structure or map found where not expected.');
  const collection = collectionWords[expected];
  if (collection !== undefined) return serializationError(collection);
  const problem = expected === 'blob' && typeof value === 'string' ? base64Problem(value) : null;
  if (problem !== null) return serializationError(`'${value}' can not be converted to a Blob: ${problem}`);
  return serializationError(`${tokenOf(value)}_VALUE can not be converted to ${scalarNames[expected] ?? expected}`);
}

function tokenOf(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value).toUpperCase();
  if (value instanceof Uint8Array) return 'BYTES';
  return typeof value === 'string' ? 'STRING' : 'NUMBER';
}

/** What is said of a scalar in place of them. */
const collectionWords: Readonly<Partial<Record<Shape['type'], string>>> = {
  structure: 'Expected null',
  map: 'Expected map or null',
  list: 'Expected list or null',
};

const scalarNames: Readonly<Partial<Record<Shape['type'], string>>> = {
  text: 'a String',
  whole: 'an Integer',
  decimal: 'a Double',
  flag: 'a Boolean',
  blob: 'a Blob',
  timestamp: 'milliseconds since epoch',
};
