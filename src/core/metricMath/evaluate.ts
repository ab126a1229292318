/**
 * Metric math: a new series from series that are aligned by index.
 *
 * `computeMath` does everything from the text; `evaluateMath` works out an expression that was parsed and checked before,
 * for callers that do so often. Rules: docs/rules/metric-math.md (MATH-01 to MATH-04).
 */
import { checkMathSeries, mathFunction } from './check.ts';
import { constantSeries, inputSeries } from './functions.ts';
import { applyOperator, type Note } from './operators.ts';
import { parseMath } from './parse.ts';
import type { MathExpression, MathInput, MathOutcome, MathResult, MathValue, MathWork } from './types.ts';

/**
 * @param source as a person writes it, e.g. `IF(m2 > 0, m1 / m2, m1)`
 * @returns one value per timestamp, NaN = dropped, and the rules that shaped them; or every fault. Throws nothing when
 *   `input` is what its type says.
 */
export function computeMath(source: string, input: MathInput): MathOutcome {
  const parsed = parseMath(source);
  if (!parsed.ok) return { ok: false, faults: [parsed.fault] };
  const faults = checkMathSeries(parsed.expression, {
    types: new Map([...input.series.keys()].map((id) => [id, 'series'])),
    metrics: new Set(input.metricPeriodsSeconds.keys()),
  });
  if (faults.length > 0) return { ok: false, faults };
  return { ok: true, ...evaluateMath(parsed.expression, input) };
}

/**
 * @param expression one that `checkMathSeries` found no fault in, with the ids of `input`
 * @param work bounds the work of several evaluations and lets them share results; the rules of a result that is known are not told again
 * @throws Error when it was not checked, and what `work.spend` throws
 */
export function evaluateMath(expression: MathExpression, input: MathInput, work?: MathWork): MathResult {
  const rules = new Set<string>();
  const value = workOut(expression, { input, work, note: (rule) => rules.add(rule) });
  if (value?.kind !== 'series') throw new Error(`An expression that gives ${value?.kind} must have been refused.`);
  // Never the caller's own series, nor a shared result.
  return { values: value.values.slice(), rules: [...rules].sort() };
}

interface Evaluation {
  readonly input: MathInput;
  readonly work: MathWork | undefined;
  readonly note: Note;
}

/** null for texts and words, which only their function reads. */
function workOut(expression: MathExpression, evaluation: Evaluation): MathValue | null {
  const { input, note } = evaluation;
  switch (expression.kind) {
    case 'number':
      return { kind: 'scalar', value: expression.value };
    case 'text':
    case 'word':
      return null;
    case 'id':
      return { kind: 'series', values: inputSeries(input, expression.id) };
    case 'negate': {
      const value = workOut(expression.of, evaluation)!;
      spend(evaluation, [value]);
      return negated(value);
    }
    case 'operation': {
      const left = workOut(expression.left, evaluation)!;
      const right = workOut(expression.right, evaluation)!;
      spend(evaluation, [left, right]);
      return applyOperator(expression.operator, left, right, note);
    }
    case 'list': {
      const series: Float64Array[] = [];
      for (const item of expression.items) {
        const found = seriesOf(workOut(item, evaluation)!, input);
        evaluation.work?.spend(found.length);
        for (const values of found) series.push(values);
      }
      return { kind: 'array', series };
    }
    case 'call':
      return called(expression, evaluation);
  }
}

/** Lists are not kept: they may be as large as all series together. */
function called(expression: MathExpression & { readonly kind: 'call' }, evaluation: Evaluation): MathValue {
  const { input, work, note } = evaluation;
  const key = work === undefined ? '' : JSON.stringify(expression);
  const known = work?.known.get(key);
  if (known !== undefined) return known;
  const { name, args } = expression;
  const values = args.map((argument) => workOut(argument, evaluation));
  spend(evaluation, values);
  const value = mathFunction(name)!.run({ args, values, input, note });
  if (value.kind !== 'array') work?.known.set(key, value);
  return value;
}

/** All points of all operands; one series at least, which the answer may be. */
function spend({ input, work }: Evaluation, operands: readonly (MathValue | null)[]): void {
  if (work === undefined) return;
  const series = operands.reduce((sum, value) => sum + (value?.kind === 'array' ? value.series.length : 1), 0);
  work.spend(Math.max(1, series) * Math.max(1, input.timesSeconds.length));
}

function negated(value: MathValue): MathValue {
  if (value.kind === 'scalar') return { kind: 'scalar', value: -value.value };
  if (value.kind === 'series') return { kind: 'series', values: value.values.map((point) => -point) };
  return { kind: 'array', series: value.series.map((values) => values.map((point) => -point)) };
}

/** What stands in a list: lists are joined, a number is a series without gaps (MODEL-43). */
function seriesOf(value: MathValue, input: MathInput): readonly Float64Array[] {
  if (value.kind === 'array') return value.series;
  return [value.kind === 'series' ? value.values : constantSeries(value, input)];
}
