/**
 * The worked examples, run: load a file, find each vector's adapter, compare what core answers with what is expected.
 *
 * The rules of comparison are those of adapter.ts. Nothing is skipped: an unknown kind, an unknown input field and an
 * expected field nobody answers are failures. Printing is scripts/vectors.ts.
 */
import { readFileSync } from 'node:fs';
import { type Adapters, type Expected, type Outcome, offered, type Vector } from './adapter.ts';
import { fromQueueing, isQueueing } from './formats/queueing.ts';
import { fromTrace, isTrace } from './formats/trace.ts';

export interface VectorFile {
  /** Every kind the file uses, with a description of its input and expected values. */
  readonly kinds: Readonly<Record<string, string>>;
  readonly vectors: readonly Vector[];
}

/** Why a vector does not hold, one line each; empty = it holds. */
export type Faults = readonly string[];

export interface LoadOptions {
  /** Folder of the traces that a file of trace vectors names; default: the samples that travel with the program. */
  readonly traces?: string;
}

/**
 * A file of any format there is; what it is, it says itself (formats/).
 *
 * @throws Error naming the file when it is not JSON with `kinds` and `vectors`, nor of another known format
 */
export function loadVectors(file: string | URL, options: LoadOptions = {}): VectorFile {
  const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (isQueueing(content)) return fromQueueing(content);
  if (isTrace(content)) return fromTrace(content, options.traces);
  const { kinds, vectors } = Object(content) as Partial<VectorFile>;
  if (typeof kinds !== 'object' || !Array.isArray(vectors)) {
    throw new Error(`${String(file)} is no vector file: expected an object with "kinds" and a list "vectors".`);
  }
  return { kinds, vectors };
}

/** Several areas as one table. @throws Error when two areas claim one kind */
export function mergeAdapters(areas: readonly Adapters[]): Adapters {
  const merged: Record<string, Adapters[string]> = {};
  for (const area of areas) {
    for (const [kind, run] of Object.entries(area)) {
      if (merged[kind] !== undefined) throw new Error(`Two adapters for the kind "${kind}".`);
      merged[kind] = run;
    }
  }
  return merged;
}

/** What is wrong with one vector; never throws. */
export function runVector(vector: Vector, adapters: Adapters): Faults {
  const run = Object.hasOwn(adapters, vector.kind) ? adapters[vector.kind] : undefined;
  if (run === undefined) return [`unknown kind "${vector.kind}"`];
  try {
    return compareOutcome(vector.expected, run(vector));
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/** What of `expected` the outcome does not fulfil. */
export function compareOutcome(expected: Expected, outcome: Outcome): Faults {
  const { tolerance, ...fields } = expected;
  if (Object.keys(fields).length === 0) return ['nothing is expected'];
  if (tolerance !== undefined && typeof tolerance !== 'number') return ['expected.tolerance is not a number'];
  return Object.entries(fields).flatMap(([field, wanted]) => {
    const { name, holds } = comparisonOf(field, outcome);
    const given = outcome[name];
    if (given === undefined) return [`nothing answers expected.${field}`];
    if (offered(given).some((value) => holds(wanted, value, tolerance))) return [];
    return [`${field}: expected ${show(wanted)}, got ${offered(given).map(show).join(' or ')}`];
  });
}

type Holds = (wanted: unknown, given: unknown, tolerance: number | undefined) => boolean;

const equal: Holds = (wanted, given, tolerance) => {
  if (typeof wanted === 'number' && typeof given === 'number') {
    return Object.is(wanted, given) || Math.abs(wanted - given) <= (tolerance ?? 1e-9 * Math.max(1, Math.abs(wanted)));
  }
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(given) &&
      given.length === wanted.length &&
      wanted.every((item, index) => equal(item, given[index], tolerance))
    );
  }
  if (typeof wanted === 'object' && wanted !== null) {
    if (typeof given !== 'object' || given === null) return false;
    return Object.entries(wanted).every(([key, value]) => equal(value, (given as Outcome)[key], tolerance));
  }
  return wanted === given;
};

const suffixes: Readonly<Record<string, Holds>> = {
  Not: (wanted, given, tolerance) => !equal(wanted, given, tolerance),
  Contains: (wanted, given) => typeof wanted === 'string' && typeof given === 'string' && given.includes(wanted),
  About: (wanted, given) =>
    typeof wanted === 'number' && typeof given === 'number' && Math.abs(wanted - given) <= 0.05 * Math.abs(wanted),
  Max: (wanted, given) => typeof wanted === 'number' && typeof given === 'number' && given <= wanted,
};

/** A field the outcome has by its own name is compared as it is; only then does an ending say how to compare. */
function comparisonOf(field: string, outcome: Outcome): { name: string; holds: Holds } {
  if (outcome[field] !== undefined) return { name: field, holds: equal };
  for (const [suffix, holds] of Object.entries(suffixes)) {
    if (field.endsWith(suffix)) return { name: field.slice(0, -suffix.length), holds };
  }
  return { name: field, holds: equal };
}

const show = (value: unknown): string => JSON.stringify(value) ?? String(value);
