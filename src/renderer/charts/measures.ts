/**
 * Which measures become which chart: unit, shape, and the colour slot of each measure, the same on every screen. Pure.
 */
import type { Measure, SeriesColumns, TimeRange } from '../../core/contract/shapes.ts';
import type { TextKey, Translate } from '../i18n/index.ts';
import type { Format, Unit } from '../time/format.ts';
import { type Columns, gapSeconds, perSecond } from './columns.ts';
import type { ChartSeries } from './TimeChart.tsx';

export interface ChartSpec {
  readonly id: string;
  readonly title: TextKey;
  readonly unit: Unit;
  readonly measures: readonly MeasureSpec[];
}

export interface MeasureSpec {
  readonly measure: Measure;
  readonly slot: number;
  readonly shape: ChartSeries['shape'];
  readonly dash?: string;
  /** A sum per period is drawn as a rate per second. */
  readonly rate?: true;
  /** Most queues never have it: left out while there is no point. */
  readonly rare?: true;
  /** Of the group that consumes the queue: without one there is nothing to ask for. */
  readonly ofGroup?: true;
}

export const queueCharts: readonly ChartSpec[] = [
  {
    id: 'depth',
    title: 'chart.depth',
    unit: 'messages',
    measures: [
      { measure: 'depth', slot: 1, shape: 'area' },
      { measure: 'inFlight', slot: 2, shape: 'line', dash: '6 3' },
    ],
  },
  {
    id: 'age',
    title: 'chart.age',
    unit: 'seconds',
    measures: [
      { measure: 'age', slot: 4, shape: 'area' },
      { measure: 'quietAge', slot: 2, shape: 'line', dash: '6 3', rare: true },
    ],
  },
  {
    id: 'quiet',
    title: 'chart.quiet',
    unit: 'messages',
    measures: [
      { measure: 'quietDepth', slot: 1, shape: 'area', rare: true },
      { measure: 'quietInFlight', slot: 2, shape: 'line', dash: '6 3', rare: true },
      { measure: 'quietDelayed', slot: 3, shape: 'line', dash: '2 3', rare: true },
    ],
  },
  {
    id: 'noisyGroups',
    title: 'chart.noisyGroups',
    unit: 'groups',
    measures: [{ measure: 'noisyGroups', slot: 5, shape: 'step', rare: true }],
  },
  {
    id: 'rates',
    title: 'chart.rates',
    unit: 'messages/s',
    measures: [
      { measure: 'sent', slot: 1, shape: 'line', rate: true },
      { measure: 'received', slot: 6, shape: 'line', dash: '2 3', rate: true },
      { measure: 'deleted', slot: 3, shape: 'line', dash: '6 3', rate: true },
    ],
  },
  {
    id: 'instances',
    title: 'chart.instances',
    unit: 'instances',
    measures: [
      { measure: 'desired', slot: 2, shape: 'step', dash: '6 3', ofGroup: true },
      { measure: 'inService', slot: 1, shape: 'step', ofGroup: true },
    ],
  },
];

export const streamCharts: readonly ChartSpec[] = [
  {
    id: 'iteratorAge',
    title: 'chart.iteratorAge',
    unit: 'milliseconds',
    measures: [{ measure: 'iteratorAge', slot: 4, shape: 'area' }],
  },
  {
    id: 'bytes',
    title: 'chart.bytes',
    unit: 'bytes/s',
    measures: [
      { measure: 'incomingBytes', slot: 1, shape: 'line', rate: true },
      { measure: 'outgoingBytes', slot: 2, shape: 'line', dash: '6 3', rate: true },
    ],
  },
  {
    id: 'records',
    title: 'chart.records',
    unit: 'records/s',
    measures: [
      { measure: 'incomingRecords', slot: 1, shape: 'line', rate: true },
      { measure: 'outgoingRecords', slot: 2, shape: 'line', dash: '6 3', rate: true },
    ],
  },
  {
    id: 'throttled',
    title: 'chart.throttled',
    unit: 'records/s',
    measures: [
      { measure: 'writeThrottled', slot: 5, shape: 'line', rate: true },
      { measure: 'readThrottled', slot: 6, shape: 'line', dash: '6 3', rate: true },
    ],
  },
];

/** Two points per pixel column of a wide window. */
export const maxPoints = 1_600;

/** What to ask series.get for: it refuses measures of a group for a queue that has none. */
export function measuresToAsk(specs: readonly ChartSpec[], hasGroup: boolean): Measure[] {
  return specs.flatMap(({ measures }) =>
    measures.filter(({ ofGroup }) => !ofGroup || hasGroup).map(({ measure }) => measure),
  );
}

/** The series of one chart out of an answer of series.get; measures without an answer are left out. */
export function chartSeries(
  spec: ChartSpec,
  answers: readonly SeriesColumns[],
  range: TimeRange,
  t: Translate,
): ChartSeries[] {
  return spec.measures.flatMap(({ measure, slot, shape, dash, rate, rare }) => {
    const answer = answers.find((one) => one.measure === measure);
    if (answer === undefined || (rare && answer.times.length === 0)) return [];
    const columns: Columns = rate ? perSecond(answer) : answer;
    return [
      {
        id: measure,
        name: t(`measure.${measure}`),
        slot,
        shape,
        ...(dash === undefined ? {} : { dash }),
        columns,
        gapSeconds: gapSeconds(answer, (range.toMs - range.fromMs) / 1000, maxPoints),
      },
    ];
  });
}

/** Whether a chart has its place: one of rare measures only has it while one of them has points. */
export function isShown({ measures }: ChartSpec, answers: readonly SeriesColumns[]): boolean {
  return measures.some(
    ({ measure, rare }) => !rare || answers.some((one) => one.measure === measure && one.times.length > 0),
  );
}

/** What was reduced is said (UX-24); null when every point is drawn. */
export function reductionNote(
  spec: ChartSpec,
  answers: readonly SeriesColumns[],
  t: Translate,
  f: Format,
): string | null {
  const reduced = answers.filter(
    ({ measure, reduction, sourcePoints, times }) =>
      reduction !== 'none' && sourcePoints > times.length && spec.measures.some((one) => one.measure === measure),
  );
  if (reduced.length === 0) return null;
  const points = reduced.reduce((sum, { sourcePoints }) => sum + sourcePoints, 0);
  const drawn = reduced.reduce(
    (sum, { times, reduction }) => sum + (reduction === 'minmax' ? times.length / 2 : times.length),
    0,
  );
  const { reduction } = reduced[0]!;
  return t('chart.reduced', {
    points: f.whole(points),
    buckets: f.whole(Math.ceil(drawn)),
    how: t(`reduction.${reduction as 'minmax'}`),
  });
}
