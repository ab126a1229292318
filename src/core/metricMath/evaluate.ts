/**
 * Metric math: a new series from series that are aligned by index.
 *
 * `computeMath` does everything from the text; `evaluateMath` works out an expression that was parsed and checked before,
 * for callers that do so often. Rules: docs/rules/metric-math.md (MATH-01 to MATH-04).
 */
import { checkMathSeries, mathFunction } from './check.ts';
import { constantSeries } from './functions.ts';
import { applyOperator, type Note } from './operators.ts';
import { parseMath } from './parse.ts';
import type { MathExpression, MathInput, MathOutcome, MathResult, MathValue } from './types.ts';

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
 * @throws Error when it was not checked
 */
export function evaluateMath(expression: MathExpression, input: MathInput): MathResult {
  const rules = new Set<string>();
  const value = workOut(expression, input, (rule) => rules.add(rule));
  if (value?.kind !== 'series') throw new Error(`An expression that gives ${value?.kind} must have been refused.`);
  return { values: value.values, rules: [...rules].sort() };
}

/** null for texts and words, which only their function reads. */
function workOut(expression: MathExpression, input: MathInput, note: Note): MathValue | null {
  switch (expression.kind) {
    case 'number':
      return { kind: 'scalar', value: expression.value };
    case 'text':
    case 'word':
      return null;
    case 'id':
      return { kind: 'series', values: Float64Array.from(input.series.get(expression.id)!) };
    case 'negate':
      return negated(workOut(expression.of, input, note)!);
    case 'operation': {
      const left = workOut(expression.left, input, note)!;
      return applyOperator(expression.operator, left, workOut(expression.right, input, note)!, note);
    }
    case 'list':
      return {
        kind: 'array',
        series: expression.items.flatMap((item) => seriesOf(workOut(item, input, note)!, input)),
      };
    case 'call': {
      const values = expression.args.map((argument) => workOut(argument, input, note));
      return mathFunction(expression.name)!.run({ args: expression.args, values, input, note });
    }
  }
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
