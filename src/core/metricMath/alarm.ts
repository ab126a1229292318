/**
 * Expressions in alarms: what would be refused (MATH-06), and what is accepted but treacherous (MATH-05).
 */
import { defaults } from '../defaults.ts';
import { fault } from '../messages/faults.ts';
import type { PolicyFault } from '../scaling/types.ts';
import { checkMath, isMathId, type KnownIds, mathFunction, mathIds, visit } from './check.ts';
import { parseMath } from './parse.ts';
import type { MathExpression, MathType } from './types.ts';

/** One entry of an alarm's `Metrics`: a metric with its period, or an expression. */
export interface MathQuery {
  readonly id: string;
  /** Of a metric; null for an expression. */
  readonly periodSeconds: number | null;
  /** null for a metric. */
  readonly expression: string | null;
  /** The alarm watches the one query that returns data. */
  readonly returnsData: boolean;
}

export type MathCautionReason = 'dependsOnRange' | 'fillPinsNewest';

/** Something an alarm accepts and a person should know (MATH-05). */
export interface MathCaution {
  readonly rule: 'MATH-05';
  readonly reason: MathCautionReason;
  readonly queryId: string;
  /** The function at fault, e.g. AVG. */
  readonly functionName: string;
}

/** @returns faults in the order of the queries, then those of the whole; empty when valid. Throws nothing. */
export function validateMathAlarm(queries: readonly MathQuery[]): PolicyFault[] {
  const faults: PolicyFault[] = [];
  const seen = new Set<string>();
  for (const { id } of queries) {
    if (!isMathId(id)) faults.push(fault('mathIdInvalid', `metrics.${id}`, { id }));
    if (seen.has(id)) faults.push(fault('mathIdTwice', `metrics.${id}`, { id }));
    seen.add(id);
  }
  const { faults: ofExpressions } = checkQueries(queries);
  return [...faults, ...ofExpressions, ...wholeFaults(queries)];
}

/** What to beware of in an alarm on these queries (MATH-05); nothing for an expression that is faulty. */
export function mathCautions(queries: readonly MathQuery[]): MathCaution[] {
  const { known, parsed } = checkQueries(queries);
  return queries.flatMap(({ id }) => {
    const expression = parsed.get(id);
    return expression === undefined ? [] : cautionsOf(id, expression, known);
  });
}

function cautionsOf(queryId: string, expression: MathExpression, known: KnownIds): MathCaution[] {
  const cautions = new Map<string, MathCaution>();
  visit(expression, (part) => {
    if (part.kind !== 'call') return;
    const types = part.args.map((argument) => checkMath(argument, known).type);
    if (types.includes(null)) return;
    const functionName = part.name;
    const add = (reason: MathCautionReason): unknown =>
      cautions.set(functionName, { rule: 'MATH-05', reason, queryId, functionName });
    if (mathFunction(functionName)?.dependsOnRange?.(types as MathType[])) add('dependsOnRange');
    if (functionName === 'FILL') add('fillPinsNewest');
  });
  return [...cautions.values()];
}

/** Checks the expressions in the order of their dependencies, so that the type of each is known to the next. */
function checkQueries(queries: readonly MathQuery[]): {
  readonly known: KnownIds;
  readonly parsed: ReadonlyMap<string, MathExpression>;
  readonly faults: readonly PolicyFault[];
} {
  const faults: PolicyFault[] = [];
  const parsed = new Map<string, MathExpression>();
  for (const { id, expression } of queries) {
    if (expression === null) continue;
    const outcome = parseMath(expression);
    if (outcome.ok) parsed.set(id, outcome.expression);
    else faults.push({ ...outcome.fault, field: `metrics.${id}` });
  }
  const types = new Map<string, 'series' | 'array'>(queries.map(({ id }) => [id, 'series']));
  const metrics = new Set(queries.filter(({ expression }) => expression === null).map(({ id }) => id));
  const known: KnownIds = { types, metrics };
  const { order, circle } = inOrder(parsed);
  if (circle.length > 0) faults.push(fault('mathCycle', 'metrics', { path: circle.join(' -> ') }));
  const returned = new Set(queries.filter(({ returnsData }) => returnsData).map(({ id }) => id));
  for (const id of order) {
    const checked = checkMath(parsed.get(id)!, known);
    for (const found of checked.faults) faults.push({ ...found, field: `metrics.${id}` });
    if (checked.type === 'array') types.set(id, 'array');
    const watchable = checked.type === 'series' || (checked.type === 'array' && !returned.has(id));
    if (checked.faults.length === 0 && !watchable) {
      const given = checked.type === 'array' ? 'a list of series' : 'a number';
      faults.push(fault('mathNotOneSeries', `metrics.${id}`, { given }));
    }
  }
  return { known, parsed, faults };
}

/** @returns expressions after those they name, and the ids of the first circle found, closed (first = last) */
function inOrder(parsed: ReadonlyMap<string, MathExpression>): { order: string[]; circle: string[] } {
  const order: string[] = [];
  const path: string[] = [];
  let circle: string[] = [];
  function enter(id: string): void {
    const expression = parsed.get(id);
    if (expression === undefined || order.includes(id)) return;
    const start = path.indexOf(id);
    if (start >= 0) {
      if (circle.length === 0) circle = [...path.slice(start), id];
      return;
    }
    path.push(id);
    for (const named of mathIds(expression)) enter(named);
    path.pop();
    order.push(id);
  }
  for (const id of parsed.keys()) enter(id);
  return { order, circle };
}

function wholeFaults(queries: readonly MathQuery[]): PolicyFault[] {
  const faults: PolicyFault[] = [];
  const metrics = queries.filter(({ expression }) => expression === null);
  const limit = defaults['alarm.metricMath.metricsMax'];
  if (metrics.length === 0) faults.push(fault('mathNoMetric', 'metrics'));
  if (metrics.length > limit) faults.push(fault('mathTooManyMetrics', 'metrics', { count: metrics.length, limit }));
  const periods = [...new Set(metrics.map(({ periodSeconds }) => periodSeconds))];
  if (periods.length > 1) faults.push(fault('mathPeriodsDiffer', 'metrics', { periods: periods.join(', ') }));
  const count = queries.filter(({ returnsData }) => returnsData).length;
  if (count !== 1) faults.push(fault('mathReturnCount', 'metrics', { count }));
  return faults;
}
