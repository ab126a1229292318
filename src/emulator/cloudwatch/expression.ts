/**
 * Expressions of GetMetricData: core/metricMath over the points this emulator holds.
 *
 * Here is only the way between points with timestamps and core's aligned series, and faults in the service's error.
 */
import { checkMathSeries, mathIds, visit } from '../../core/metricMath/check.ts';
import { evaluateMath } from '../../core/metricMath/evaluate.ts';
import { parseMath } from '../../core/metricMath/parse.ts';
import type { MathExpression } from '../../core/metricMath/types.ts';
import type { PolicyFault } from '../../core/scaling/types.ts';
import { validationError } from './errors.ts';
import type { ReadPoints } from './metricStore.ts';

/** What an expression may name: every query of the call. */
export interface QueryIds {
  readonly all: readonly string[];
  /** Those that are metrics, with their periods in seconds; METRICS() means them. */
  readonly metricPeriodsSeconds: ReadonlyMap<string, number>;
}

/** The instants a series without gaps has: FILL and TIME_SERIES answer for each of them. */
export interface Timeline {
  readonly startMs: number;
  readonly endMs: number;
  readonly periodSeconds: number;
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
      `The parameter Expression must not have more than ${deepestBrackets} brackets in each other.`,
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

/** The points of a parsed expression, oldest first; what was dropped is not among them. */
export function evaluateExpression(
  expression: MathExpression,
  operands: ReadonlyMap<string, ReadPoints>,
  ids: QueryIds,
  timeline: Timeline,
): ReadPoints {
  const timesMs = instantsOf(operands.values(), timeline);
  const position = new Map(timesMs.map((time, index) => [time, index]));
  const series = new Map<string, Float64Array>();
  for (const [id, points] of operands) {
    const values = new Float64Array(timesMs.length).fill(Number.NaN);
    points.timesMs.forEach((time, index) => {
      values[position.get(time)!] = points.values[index]!;
    });
    series.set(id, values);
  }
  const { values } = evaluateMath(expression, {
    series,
    metricPeriodsSeconds: ids.metricPeriodsSeconds,
    timesSeconds: timesMs.map((time) => time / 1000),
  });
  const kept = timesMs.map((_, index) => index).filter((index) => !Number.isNaN(values[index]!));
  return { timesMs: kept.map((index) => timesMs[index]!), values: kept.map((index) => values[index]!) };
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

function instantsOf(operands: Iterable<ReadPoints>, { startMs, endMs, periodSeconds }: Timeline): number[] {
  const instants = new Set<number>();
  for (const { timesMs } of operands) for (const time of timesMs) instants.add(time);
  const periodMs = periodSeconds * 1000;
  for (let time = Math.floor(startMs / periodMs) * periodMs; time < endMs; time += periodMs) instants.add(time);
  return [...instants].sort((a, b) => a - b);
}

function refusal(source: string, faults: readonly PolicyFault[]): Error {
  return validationError(`Error in expression '${source}': ${faults.map(({ problem }) => problem).join('; ')}.`);
}
