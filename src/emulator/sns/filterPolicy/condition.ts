/** One entry of a key's list in a policy, read and checked. Whether a value meets it: `matching.ts`. */
import { type AnythingBut, parseAnythingBut } from './anythingBut.ts';
import { type Network, parseCidr } from './cidr.ts';
import { refusal, within } from './errors.ts';
import { type NumericRange, parseNumeric, policySteps } from './numeric.ts';
import { isObject, type JsonObject } from './values.ts';
import { parseWildcard, type WildcardPattern } from './wildcard.ts';

export type Condition =
  | { readonly kind: 'exactly'; readonly value: string | boolean | null }
  /** Also what a plain number in the policy means. */
  | { readonly kind: 'numeric'; readonly range: NumericRange }
  | { readonly kind: 'prefix' | 'suffix'; readonly text: string }
  | { readonly kind: 'equals-ignore-case'; readonly lowerCase: string }
  | { readonly kind: 'wildcard'; readonly pattern: WildcardPattern }
  | { readonly kind: 'cidr'; readonly network: Network }
  | { readonly kind: 'exists'; readonly expected: boolean }
  | AnythingBut;

/** @throws FilterPolicyError */
export function parseCondition(value: unknown): Condition {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return { kind: 'exactly', value };
  if (typeof value === 'number') {
    const steps = policySteps(value);
    return { kind: 'numeric', range: { from: steps, to: steps } };
  }
  if (!isObject(value)) throw refusal('Match value must be String, number, true, false, or null', 'start');
  return parseExpression(value);
}

function parseExpression(expression: JsonObject): Condition {
  const [entry, other] = Object.entries(expression);
  if (entry === undefined) throw refusal('Match expression name not found', 'end');
  const condition = within(entry[0], () => parseOperator(...entry));
  if (other !== undefined) throw refusal('Only one key allowed in match expression', 'start').below(other[0]);
  return condition;
}

function parseOperator(operator: string, operand: unknown): Condition {
  switch (operator) {
    case 'prefix':
    case 'suffix':
      return { kind: operator, text: textOf(operator, operand) };
    case 'equals-ignore-case':
      return { kind: operator, lowerCase: textOf(operator, operand).toLowerCase() };
    case 'wildcard':
      return { kind: operator, pattern: parseWildcard(textOf(operator, operand)) };
    case 'anything-but':
      return parseAnythingBut(operand);
    case 'numeric':
      return { kind: operator, range: parseNumeric(operand) };
    case 'cidr':
      return { kind: operator, network: parseCidr(operand) };
    case 'exists':
      if (typeof operand !== 'boolean') throw refusal('exists match pattern must be either true or false.', 'start');
      return { kind: operator, expected: operand };
    default:
      throw refusal(`Unrecognized match type ${operator}`, 'start');
  }
}

function textOf(operator: string, operand: unknown): string {
  if (typeof operand !== 'string') throw refusal(`${operator} match pattern must be a string`, 'start');
  return operand;
}
