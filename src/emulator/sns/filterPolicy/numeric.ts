/** Numbers in policies: their range and precision, and the `numeric` operator. */
import { type FilterPolicyError, type ReadTo, refusal, within } from './errors.ts';

const largest = 1e9;
const stepsPerUnit = 1e5;

/**
 * Counted in steps of 0.00001, both ends included. Five digits are all that SNS compares, so whole steps are exact
 * and `> 1` is the same as from one step above 1.
 */
export interface NumericRange {
  readonly from: number;
  readonly to: number;
}

/** @returns the number in steps, or null outside -10^9 to 10^9, where no number equals or is in any range */
export function toSteps(value: number): number | null {
  return Math.abs(value) <= largest ? Math.round(value * stepsPerUnit) : null;
}

export function isInRange(range: NumericRange, value: number): boolean {
  const steps = toSteps(value);
  return steps !== null && steps >= range.from && steps <= range.to;
}

/**
 * @returns a policy's number, in steps
 * @throws FilterPolicyError outside -10^9 to 10^9
 */
export function policySteps(value: number): number {
  const steps = toSteps(value);
  if (steps === null) throw refusal('Value must be between -1.0E9 and 1.0E9, inclusive', 'start');
  return steps;
}

/**
 * The operand of `numeric`: one operator with its number, or a range from below to above.
 * @throws FilterPolicyError
 */
export function parseNumeric(operand: unknown): NumericRange {
  if (!Array.isArray(operand)) throw refusal('Value of numeric must be an array.', 'start');
  const refuse = (index: number, reason: string, readTo?: ReadTo) => refusalAt(operand, index, reason, readTo);
  const [operator, , second] = operand as readonly unknown[];
  if (operand.length === 0) throw refuse(0, 'Invalid member in numeric match: ]');
  if (typeof operator !== 'string') throw refuse(0, `Invalid member in numeric match: ${token(operator)}`);
  // The token after it is read first, as is the one after a threshold.
  if (!/^([<>]=?|=)$/.test(operator)) throw refuse(1, `Unrecognized numeric range operator: ${operator}`);
  const steps = thresholdAt(operand, 1, operator);
  const range = oneSided(operator, steps);
  if (operand.length === 2) return range;

  if (!operator.startsWith('>')) throw refuse(2, 'Too many elements in numeric expression');
  if (typeof second !== 'string') throw refuse(2, `Bad value in numeric range: ${token(second)}`);
  if (!/^<=?$/.test(second)) throw refuse(2, `Bad numeric range operator: ${second}`, 'end');
  const topSteps = thresholdAt(operand, 3, second);
  if (operand.length > 4) throw refuse(4, 'Too many terms in numeric range expression');
  if (topSteps <= steps) throw refuse(4, 'Bottom must be less than top');
  return { from: range.from, to: oneSided(second, topSteps).to };
}

/** At an element, or at the end of the list where there is none. */
function refusalAt(
  list: readonly unknown[],
  index: number,
  reason: string,
  readTo: ReadTo = 'start',
): FilterPolicyError {
  return index < list.length ? refusal(reason, readTo).below(index) : refusal(reason, 'end');
}

function thresholdAt(list: readonly unknown[], index: number, operator: string): number {
  const value = list[index];
  if (typeof value !== 'number') {
    throw refusalAt(list, index, `Value of ${operator === '=' ? 'equals' : operator} must be numeric`);
  }
  return within(index, () => policySteps(value));
}

function oneSided(operator: string, steps: number): NumericRange {
  switch (operator) {
    case '<':
      return { from: -Infinity, to: steps - 1 };
    case '<=':
      return { from: -Infinity, to: steps };
    case '>':
      return { from: steps + 1, to: Infinity };
    case '>=':
      return { from: steps, to: Infinity };
    default:
      return { from: steps, to: steps };
  }
}

/** How AWS names a JSON value it did not expect: by its first token. */
function token(value: unknown): string {
  if (Array.isArray(value)) return '[';
  return typeof value === 'object' && value !== null ? '{' : String(value);
}
