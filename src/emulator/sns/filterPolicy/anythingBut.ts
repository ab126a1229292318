/** The `anything-but` operator: reading what it excludes. Strings or numbers, one or many, a prefix, or a wildcard. */
import { refusal, within } from './errors.ts';
import { policySteps } from './numeric.ts';
import { isObject, type JsonObject } from './values.ts';
import { parseWildcard, type WildcardPattern } from './wildcard.ts';

export type AnythingBut =
  /** Numbers in steps of `numeric.ts`. One of the two is empty: SNS takes no mixture. */
  | { readonly kind: 'anything-but'; readonly strings: ReadonlySet<string>; readonly steps: ReadonlySet<number> }
  | { readonly kind: 'anything-but-prefix'; readonly text: string }
  | { readonly kind: 'anything-but-wildcard'; readonly pattern: WildcardPattern };

/** @throws FilterPolicyError */
export function parseAnythingBut(operand: unknown): AnythingBut {
  if (isObject(operand)) return parseNested(operand);
  if (Array.isArray(operand)) return excluding(operand);
  if (typeof operand === 'number')
    return { kind: 'anything-but', strings: new Set(), steps: new Set([policySteps(operand)]) };
  if (typeof operand === 'string') return { kind: 'anything-but', strings: new Set([operand]), steps: new Set() };
  throw refusal('Value of anything-but must be an array or single string/number value.', 'start');
}

function excluding(values: readonly unknown[]): AnythingBut {
  const strings = new Set<string>();
  const steps = new Set<number>();
  for (const [index, value] of values.entries()) {
    if (typeof value === 'string') strings.add(value);
    else if (typeof value === 'number') steps.add(within(index, () => policySteps(value)));
    else throw refusal('Inside anything but list, start|null|boolean is not supported.', 'start').below(index);
  }
  if (strings.size > 0 === steps.size > 0) {
    throw refusal(
      'Inside anything but list, either all values are number or string, mixed type is not supported',
      'end',
    );
  }
  return { kind: 'anything-but', strings, steps };
}

function parseNested(operand: JsonObject): AnythingBut {
  const [entry, other] = Object.entries(operand);
  if (entry === undefined) throw refusal('Anything-But expression name not found', 'end');
  const [operator, text] = entry;
  const parsed = within(operator, () => parsePattern(operator, text));
  if (other !== undefined) throw refusal('Only one key allowed in match expression', 'start').below(other[0]);
  return parsed;
}

function parsePattern(operator: string, text: unknown): AnythingBut {
  // No suffix: SNS documents these two, and has been seen refusing it.
  if (operator !== 'prefix' && operator !== 'wildcard') {
    throw refusal(`Unsupported anything-but pattern: ${operator}`, 'start');
  }
  if (typeof text !== 'string') throw refusal(`${operator} match pattern must be a string`, 'start');
  if (operator === 'wildcard') return { kind: 'anything-but-wildcard', pattern: parseWildcard(text) };
  if (text === '') throw refusal('Null prefix/suffix not allowed', 'end');
  return { kind: 'anything-but-prefix', text };
}
