/**
 * One line of figures per recorded measure: what was highest and when, how much in total, how much was recorded at all.
 */
import type { Measure, TimeRange } from '../../core/contract/shapes.ts';
import type { KeyFigure, TimelineSeries } from '../types.ts';

/** Measures whose periods add up; the others are read off at an instant. */
export const counters: ReadonlySet<Measure> = new Set<Measure>([
  'sent',
  'received',
  'deleted',
  'emptyReceives',
  'incomingBytes',
  'incomingRecords',
  'outgoingBytes',
  'outgoingRecords',
  'writeThrottled',
  'readThrottled',
]);
const fleet: ReadonlySet<Measure> = new Set<Measure>(['desired', 'inService']);

export function keyFigures(series: readonly TimelineSeries[], range: TimeRange): KeyFigure[] {
  return series.flatMap((each) => figuresOf(each, range));
}

function figuresOf(series: TimelineSeries, range: TimeRange): KeyFigure[] {
  const { times, values, unit, measure } = series;
  if (times.length === 0) return [];
  let maximumAt = 0;
  let minimumAt = 0;
  let sum = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    sum += value;
    if (value > values[maximumAt]!) maximumAt = index;
    if (value < values[minimumAt]!) minimumAt = index;
  }
  const periods = Math.max(values.length, Math.floor((range.toMs - range.fromMs) / (series.periodSeconds * 1_000)));
  const { periodSeconds } = series;
  const base = { resourceId: series.resourceId, measure, unit, periodSeconds, points: values.length, periods };
  const at = (index: number): number => times[index]! * 1_000;
  const maximum: KeyFigure = { ...base, figure: 'maximum', value: values[maximumAt]!, atMs: at(maximumAt) };
  const mean: KeyFigure = { ...base, figure: 'mean', value: sum / values.length, atMs: null };
  if (counters.has(measure)) {
    // A rate is not a count: its sum would mean nothing.
    const rate = unit === 'count/s' || unit === 'bytes/s';
    return rate ? [maximum, mean] : [maximum, mean, { ...base, figure: 'total', value: sum, atMs: null }];
  }
  const last: KeyFigure = {
    ...base,
    figure: 'last',
    value: values[values.length - 1]!,
    atMs: at(values.length - 1),
  };
  const minimum: KeyFigure = { ...base, figure: 'minimum', value: values[minimumAt]!, atMs: at(minimumAt) };
  return fleet.has(measure) ? [maximum, minimum, mean, last] : [maximum, mean, last];
}
