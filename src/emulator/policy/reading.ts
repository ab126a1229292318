/**
 * Reading values out of parsed JSON that anybody may have written.
 *
 * Objects become maps, so that `__proto__` and `constructor` are keys like others; nothing here descends by recursion, so
 * that no depth of nesting overflows the stack.
 */
import { PolicyError } from './errors.ts';

export type Fields = ReadonlyMap<string, unknown>;

/** @throws PolicyError for anything but a JSON object */
export function readObject(value: unknown, where: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new PolicyError(where, 'This must be a JSON object');
  }
  return new Map(Object.entries(value));
}

/** @throws PolicyError for anything but a JSON object, and for a field that is not known */
export function readFields(value: unknown, where: string, known: readonly string[]): Fields {
  const fields = readObject(value, where);
  for (const name of fields.keys()) {
    if (!known.includes(name)) throw new PolicyError(where, `Unknown field ${quoted(name)}`);
  }
  return fields;
}

/** The language lets a list of one be written without its brackets. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** @throws PolicyError for anything but a string or a list of strings */
export function readStrings(value: unknown, where: string, name: string): readonly string[] {
  const list = listOf(value);
  if (list.every((element): element is string => typeof element === 'string')) return list;
  throw new PolicyError(where, `${name} must be a string or a list of strings`);
}

/** null when absent. @throws PolicyError for anything but a string */
export function readOptionalString(fields: Fields, name: string, where: string): string | null {
  const value = fields.get(name);
  if (value === undefined) return null;
  if (typeof value !== 'string') throw new PolicyError(where, `${name} must be a string`);
  return value;
}

export interface Pair {
  readonly name: string;
  readonly negated: boolean;
  readonly value: unknown;
}

/** An element or its opposite: `Action` or `NotAction`. null when there is neither. @throws PolicyError for both */
export function readPair(fields: Fields, plainName: string, where: string): Pair | null {
  const negatedName = `Not${plainName}`;
  const negated = fields.has(negatedName);
  if (negated && fields.has(plainName)) {
    throw new PolicyError(where, `${plainName} and ${negatedName} exclude each other`);
  }
  const name = negated ? negatedName : plainName;
  return fields.has(name) ? { name, negated, value: fields.get(name) } : null;
}

const longestQuote = 100;

/** Somebody else's text in a message of ours: not longer than a message can bear. */
export function quoted(text: string): string {
  return text.length > longestQuote ? `${text.slice(0, longestQuote)}...` : text;
}
