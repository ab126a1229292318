/**
 * Expressions of GetMetricData: core/metricMath over the points this emulator holds.
 *
 * Here are the faults in the service's error, and the way back to points. Not here: the way to aligned series (alignment.ts).
 */
import { checkMathSeries, mathIds, visit } from '../../core/metricMath/check.ts';
import { evaluateMath } from '../../core/metricMath/evaluate.ts';
import { parseMath } from '../../core/metricMath/parse.ts';
import type { MathExpression } from '../../core/metricMath/types.ts';
import type { PolicyFault } from '../../core/scaling/types.ts';
import { Alignment, type Timeline } from './alignment.ts';
import { validationError } from './errors.ts';
import type { ReadPoints } from './metricStore.ts';

/** What an expression may name: every query of the call. */
export interface QueryIds {
  readonly all: readonly string[];
  /** Those that are metrics, with their periods in seconds; METRICS() means them. */
  readonly metricPeriodsSeconds: ReadonlyMap<string, number>;
}

const longestExpression = 2_048;
/** No limit of AWS's: what a parser that goes down a level at a time is sure to bear. */
const deepestBrackets = 100;

/** @throws ValidationError naming every fault of the expression */
export function parseExpression(source: string, ids: QueryIds): MathExpression {
  if (source.length > longestExpression) {
    throw validationError(`The parameter Expression must not be longer than ${longestExpression} characters.`);
  }
  if (bracketDepth(source) > deepestBrackets) {
    throw validationError(
      `The parameter Expression must not have more than ${deepestBrackets} brackets in each other, which is a limit of this emulator.`,
    );
  }
  const parsed = parseMath(source);
  if (!parsed.ok) throw refusal(source, [parsed.fault]);
  const faults = checkMathSeries(parsed.expression, {
    types: new Map(ids.all.map((id) => [id, 'series'])),
    metrics: new Set(ids.metricPeriodsSeconds.keys()),
  });
  if (faults.length > 0) throw refusal(source, faults);
  return parsed.expression;
}

/** The queries an expression needs the points of. */
export function operandIds(expression: MathExpression, ids: QueryIds): readonly string[] {
  const needed = new Set(mathIds(expression));
  visit(expression, (part) => {
    if (part.kind !== 'call' || part.name !== 'METRICS') return;
    for (const id of ids.metricPeriodsSeconds.keys()) needed.add(id);
  });
  return [...needed];
}

/**
 * The points of a parsed expression, oldest first; what was dropped is not among them.
 *
 * @param alignment that of the call, shared by all its expressions
 * @throws ValidationError when the call costs more than this emulator does for one
 */
export function evaluateExpression(
  expression: MathExpression,
  operands: ReadonlyMap<string, ReadPoints>,
  ids: QueryIds,
  timeline: Timeline,
  alignment = new Alignment(),
): ReadPoints {
  const { timesMs, timesSeconds, series, work } = alignment.align(operands, timeline);
  const { metricPeriodsSeconds } = ids;
  const { values } = evaluateMath(expression, { series, metricPeriodsSeconds, timesSeconds }, work);
  const kept: { timesMs: number[]; values: number[] } = { timesMs: [], values: [] };
  for (let index = 0; index < values.length; index++) {
    if (Number.isNaN(values[index]!)) continue;
    kept.timesMs.push(timesMs[index]!);
    kept.values.push(values[index]!);
  }
  return kept;
}

function bracketDepth(source: string): number {
  let depth = 0;
  let deepest = 0;
  for (const sign of source) {
    if (sign === '(' || sign === '[') deepest = Math.max(deepest, ++depth);
    else if (sign === ')' || sign === ']') depth--;
  }
  return deepest;
}

function refusal(source: string, faults: readonly PolicyFault[]): Error {
  return validationError(`Error in expression '${source}': ${faults.map(({ problem }) => problem).join('; ')}.`);
}
