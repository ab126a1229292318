/**
 * Refusals of the import, each with file, line, field, what was found and what was expected.
 */
import { SpillwayError } from '../../core/errors.ts';
import { type Phrase, phrases } from '../../core/messages/terms.ts';

type Term = Phrase['term'];
type Params = Readonly<Record<string, string | number>>;

export function invalidField(
  file: string,
  line: number,
  field: string,
  found: string,
  expected: Term,
  params: Params = {},
): SpillwayError {
  return new SpillwayError('FILE_FIELD_INVALID', {
    file,
    line,
    field,
    found: shown(found),
    expected: phrases([{ term: expected, params }]),
  });
}

export function refusedField(file: string, line: number, field: string, problem: Term): SpillwayError {
  return new SpillwayError('FILE_FIELD_REFUSED', {
    file,
    line,
    field: shown(field),
    problem: phrases([{ term: problem }]),
  });
}

export function brokenFile(file: string, line: number, problem: Term, params: Params = {}): SpillwayError {
  return new SpillwayError('FILE_SYNTAX', { file, line, detail: phrases([{ term: problem, params }]) });
}

const reserved = new Set(['__proto__', 'constructor', 'prototype']);

/** A name that would reach into every object is refused, wherever it stands. */
export function refuseReserved(file: string, line: number, name: string): void {
  if (reserved.has(name)) throw refusedField(file, line, name, 'trace-reserved-name');
}

/** Short, printable, and never mistaken for an empty place. */
export function shown(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: taking them out is the point
  const printable = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, '·');
  return `"${printable.length > 60 ? `${printable.slice(0, 60)}…` : printable}"`;
}
