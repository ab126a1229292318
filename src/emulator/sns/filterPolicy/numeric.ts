/** Numbers in policies: their range and precision, and the `numeric` operator. */
import { refusal } from './errors.ts';

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
  if (steps === null) throw refusal('Value must be between -1.0E9 and 1.0E9, inclusive');
  return steps;
}

/**
 * The operand of `numeric`: one operator with its number, or a range from below to above.
 * @throws FilterPolicyError
 */
export function parseNumeric(operand: unknown): NumericRange {
  if (!Array.isArray(operand)) throw refusal('Value of numeric must be an array.');
  const [operator, value, second, top] = operand as readonly unknown[];
  if (operand.length === 0) throw refusal('Invalid member in numeric match: ]');
  if (typeof operator !== 'string') throw refusal(`Invalid member in numeric match: ${token(operator)}`);
  if (!/^([<>]=?|=)$/.test(operator)) throw refusal(`Unrecognized numeric range operator: ${operator}`);
  const steps = thresholdOf(operator, value);
  const range = oneSided(operator, steps);
  if (operand.length === 2) return range;

  if (!operator.startsWith('>')) throw refusal('Too many elements in numeric expression');
  if (typeof second !== 'string') throw refusal(`Bad value in numeric range: ${token(second)}`);
  if (!/^<=?$/.test(second)) throw refusal(`Bad numeric range operator: ${second}`);
  const topSteps = thresholdOf(second, top);
  if (operand.length > 4) throw refusal('Too many terms in numeric range expression');
  if (topSteps <= steps) throw refusal('Bottom must be less than top');
  return { from: range.from, to: oneSided(second, topSteps).to };
}

function thresholdOf(operator: string, value: unknown): number {
  if (typeof value !== 'number') throw refusal(`Value of ${operator === '=' ? 'equals' : operator} must be numeric`);
  return policySteps(value);
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
