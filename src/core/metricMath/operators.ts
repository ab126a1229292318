/**
 * Operators of metric math between numbers, series and lists of series. Rules: MATH-01 (missing counts as 0 between
 * series), MATH-02 (division by zero drops the point), MATH-03 (comparisons give 1 or 0).
 */
import type { MathOperator, MathValue } from './types.ts';

/** Called with the id of a rule that shaped a value. */
export type Note = (rule: string) => void;

const isArithmetic = (operator: MathOperator): boolean => '+-*/^'.includes(operator);
const truth = (holds: boolean): number => (holds ? 1 : 0);

/** One point. @returns NaN (dropped) for a division by zero and for anything that is no finite number (MATH-02) */
export function operate(operator: MathOperator, left: number, right: number, note: Note): number {
  switch (operator) {
    case '==':
      return truth(left === right);
    case '!=':
      return truth(left !== right);
    case '<':
      return truth(left < right);
    case '<=':
      return truth(left <= right);
    case '>':
      return truth(left > right);
    case '>=':
      return truth(left >= right);
    case 'AND':
      return truth(left !== 0 && right !== 0);
    case 'OR':
      return truth(left !== 0 || right !== 0);
  }
  const value = arithmetic(operator, left, right);
  if (Number.isFinite(value)) return value;
  note('MATH-02');
  return Number.NaN;
}

function arithmetic(operator: MathOperator, left: number, right: number): number {
  if (operator === '+') return left + right;
  if (operator === '-') return left - right;
  if (operator === '*') return left * right;
  return operator === '/' ? left / right : left ** right;
}

/** Any two values but two lists, which check.ts refuses. A list answers series by series. */
export function applyOperator(operator: MathOperator, left: MathValue, right: MathValue, note: Note): MathValue {
  if (left.kind === 'array') {
    const series = left.series.map((values) => seriesOf(operator, { kind: 'series', values }, right, note));
    return { kind: 'array', series };
  }
  if (right.kind === 'array') {
    const series = right.series.map((values) => seriesOf(operator, left, { kind: 'series', values }, note));
    return { kind: 'array', series };
  }
  if (left.kind === 'scalar' && right.kind === 'scalar') {
    return { kind: 'scalar', value: betweenScalars(operator, left.value, right.value, note) };
  }
  return { kind: 'series', values: seriesOf(operator, left, right, note) };
}

// A scalar that has no value (the average of nothing) leaves nothing behind.
const betweenScalars = (operator: MathOperator, left: number, right: number, note: Note): number =>
  Number.isNaN(left) || Number.isNaN(right) ? Number.NaN : operate(operator, left, right, note);

function seriesOf(operator: MathOperator, left: MathValue, right: MathValue, note: Note): Float64Array {
  if (left.kind === 'series' && right.kind === 'series') {
    return left.values.map((value, index) => between(operator, value, right.values[index]!, note));
  }
  // A number has no timestamps of its own: where the series is missing, the result is (MATH-01 is between series).
  return left.kind === 'series'
    ? left.values.map((value) => betweenScalars(operator, value, numberIn(right), note))
    : seriesIn(right).map((value) => betweenScalars(operator, numberIn(left), value, note));
}

function numberIn(value: MathValue): number {
  if (value.kind === 'scalar') return value.value;
  throw new Error('An operator between two lists must have been refused.');
}

function seriesIn(value: MathValue): Float64Array {
  if (value.kind === 'series') return value.values;
  throw new Error('An operator without a series must have been worked out as numbers.');
}

/** One point of two series: missing on one side counts as 0 (MATH-01, MATH-03), on both sides it stays missing. */
function between(operator: MathOperator, left: number, right: number, note: Note): number {
  const leftMissing = Number.isNaN(left);
  const rightMissing = Number.isNaN(right);
  if (leftMissing && rightMissing) return Number.NaN;
  if (leftMissing || rightMissing) note(isArithmetic(operator) ? 'MATH-01' : 'MATH-03');
  return operate(operator, leftMissing ? 0 : left, rightMissing ? 0 : right, note);
}
