import { describe, expect, it } from 'vitest';
import type { EventRow, SeriesColumns } from '../../../src/core/contract/shapes.ts';
import { tableRows } from '../../../src/renderer/charts/ChartTable.tsx';
import {
  drawnPoints,
  gapSeconds,
  nearestIndex,
  perSecond,
  summarizeColumns,
} from '../../../src/renderer/charts/columns.ts';
import { createCrosshair } from '../../../src/renderer/charts/crosshair.ts';
import { createFrameQueue } from '../../../src/renderer/charts/frameQueue.ts';
import { placeLabels, plotLeft, secondsAt, spreadLabels, xOf } from '../../../src/renderer/charts/geometry.ts';
import { alarmSpans, laneMarks } from '../../../src/renderer/charts/lane.ts';
import {
  chartSeries,
  isShown,
  queueCharts,
  reductionNote,
  streamCharts,
} from '../../../src/renderer/charts/measures.ts';
import { valueTicks } from '../../../src/renderer/charts/yScale.ts';
import { translator } from '../../../src/renderer/i18n/index.ts';
import { createFormat } from '../../../src/renderer/time/format.ts';

const columns = (times: number[], values: number[]) => ({
  times: Float64Array.from(times),
  values: Float64Array.from(values),
});
const answer = (part: Partial<SeriesColumns>): SeriesColumns => ({
  resourceId: 'q',
  measure: 'depth',
  unit: 'count',
  periodSeconds: 60,
  reduction: 'none',
  sourcePoints: 3,
  ...columns([0, 60, 120], [1, 2, 3]),
  ...part,
});
const t = translator('en');
const f = createFormat('en', 'UTC');
const range = { fromMs: 0, toMs: 3_600_000 };

describe('UX-21 missing is missing', () => {
  it('breaks a line between points more than 1.5 periods apart, and nowhere else', () => {
    expect(drawnPoints(columns([0, 60, 150, 241], [1, 2, 3, 4]), 90)).toEqual([
      { t: 0, v: 1 },
      { t: 60, v: 2 },
      { t: 150, v: 3 },
      { t: 195.5, v: null },
      { t: 241, v: 4 },
    ]);
  });

  it('draws NaN as nothing, never as 0', () => {
    expect(drawnPoints(columns([0, 60], [Number.NaN, 0]), 90)).toEqual([
      { t: 0, v: null },
      { t: 60, v: 0 },
    ]);
  });

  it('allows two buckets between points that were reduced', () => {
    expect(gapSeconds(answer({}), 3_600, 1_600)).toBe(90);
    expect(gapSeconds(answer({ reduction: 'minmax', sourcePoints: 40_000 }), 864_000, 1_600)).toBe(2_160 + 60);
  });
});

describe('UX-27 rates', () => {
  it('are the sum of a period over its length', () => {
    expect([...perSecond(answer({ measure: 'sent', values: Float64Array.of(60, 120, 0) })).values]).toEqual([1, 2, 0]);
  });

  it('are over the bucket once sums were added up', () => {
    const summed = answer({ reduction: 'sum', sourcePoints: 30, ...columns([0, 600, 1_200], [600, 1_200, 0]) });
    expect([...perSecond(summed).values]).toEqual([1, 2, 0]);
  });

  it('are left alone when they are rates already', () => {
    const rate = answer({ unit: 'count/s' });
    expect(perSecond(rate)).toBe(rate);
  });
});

describe('a chart in words', () => {
  it('UX-26 knows its lowest, highest and last value, and where it goes', () => {
    const rising = columns([0, 60, 120, 180, 240, 300, 360, 420], [0, 0, 1, 1, 2, 2, 9, 9]);
    expect(summarizeColumns(rising)).toMatchObject({ min: 0, max: 9, maxAtMs: 360_000, last: 9, trend: 'rising' });
    expect(summarizeColumns(columns([0, 60], [Number.NaN, Number.NaN]))).toBeNull();
  });

  it('UX-24 says what was reduced, and only then', () => {
    const depth = queueCharts[0]!;
    expect(reductionNote(depth, [answer({ reduction: 'minmax' })], t, f)).toBeNull();
    const reduced = answer({
      reduction: 'minmax',
      sourcePoints: 12_480,
      times: new Float64Array(1_600),
      values: new Float64Array(1_600),
    });
    expect(reductionNote(depth, [reduced], t, f)).toBe('12,480 points drawn as 800 min/max buckets');
  });

  it('lists every instant of every series once, newest first', () => {
    const rows = tableRows([{ columns: columns([0, 60], [1, 2]) }, { columns: columns([60, 120], [3, 4]) }]);
    expect(rows.map(({ atMs, values }) => [atMs, values[0], values[1]])).toEqual([
      [120_000, undefined, 4],
      [60_000, 2, 3],
      [0, 1, undefined],
    ]);
  });

  it('leaves out measures nobody answered', () => {
    expect(chartSeries(queueCharts[0]!, [answer({})], range, t).map(({ id }) => id)).toEqual(['depth']);
  });

  it('shows what only fair queues have once there are points, and no empty chart before', () => {
    const quiet = queueCharts.find(({ id }) => id === 'quiet')!;
    const age = queueCharts.find(({ id }) => id === 'age')!;
    const empty = (measure: 'quietDepth' | 'quietAge') => answer({ measure, ...columns([], []) });
    const ids = (spec: typeof age, ...answers: Parameters<typeof chartSeries>[1]) =>
      chartSeries(spec, answers, range, t).map(({ id }) => id);
    expect(isShown(quiet, [])).toBe(false);
    expect(isShown(quiet, [empty('quietDepth')])).toBe(false);
    expect(isShown(quiet, [answer({ measure: 'quietDepth' })])).toBe(true);
    expect(isShown(age, [])).toBe(true);
    expect(ids(age, answer({ measure: 'age' }), empty('quietAge'))).toEqual(['age']);
    expect(ids(age, answer({ measure: 'age' }), answer({ measure: 'quietAge' }))).toEqual(['age', 'quietAge']);
  });

  it('UX-25 gives every line of a chart another colour', () => {
    for (const { measures } of [...queueCharts, ...streamCharts]) {
      expect(new Set(measures.map(({ slot }) => slot)).size).toBe(measures.length);
    }
  });
});

describe('the crosshair', () => {
  it('finds the nearest point, and none beyond the gap', () => {
    const times = Float64Array.of(0, 60, 120, 600);
    expect([-20, 29, 31, 200, 580].map((at) => nearestIndex(times, at, 90))).toEqual([0, 0, 1, 2, 3]);
    expect(nearestIndex(times, 350, 90)).toBe(-1);
    expect(nearestIndex(new Float64Array(0), 0, 90)).toBe(-1);
  });

  it('UX-20 moves all charts at most once per frame', () => {
    const frames: (() => void)[] = [];
    const crosshair = createCrosshair((run) => frames.push(run));
    const seen: [number | null, number | null][] = [];
    const detach = crosshair.attach((hovered, pinned) => seen.push([hovered, pinned]));
    crosshair.hover(1);
    crosshair.hover(2);
    crosshair.pinned.set(9);
    expect(frames).toHaveLength(1);
    frames.shift()!();
    expect(seen).toEqual([[2, 9]]);
    detach();
    crosshair.hover(3);
    frames.shift()!();
    expect(seen).toHaveLength(1);
  });

  it('goes from pixels to instants and back', () => {
    expect(xOf(0, range, 1_084)).toBe(plotLeft);
    expect(secondsAt(xOf(1_800, range, 1_084), range, 1_084)).toBeCloseTo(1_800);
    expect(secondsAt(-50, range, 1_084)).toBe(0);
  });
});

describe('EL-82 the frame queue', () => {
  it('lets one chart draw per frame, in the order of asking', () => {
    const frames: (() => void)[] = [];
    const queue = createFrameQueue((run) => frames.push(run));
    const drawn: string[] = [];
    const [a, b, c] = [{}, {}, {}];
    queue.request(a, () => drawn.push('a1'));
    const giveUp = queue.request(b, () => drawn.push('b'));
    queue.request(c, () => drawn.push('c'));
    queue.request(a, () => drawn.push('a2'));
    giveUp();
    while (frames.length > 0) {
      const before = drawn.length;
      frames.shift()!();
      expect(drawn.length - before).toBeLessThanOrEqual(1);
    }
    expect(drawn).toEqual(['a2', 'c']);
  });
});

describe('value ticks', () => {
  it.each([
    [17_900, 'messages', [0, 5_000, 10_000, 15_000, 20_000]],
    [3, 'instances', [0, 1, 2, 3]],
    [940, 'seconds', [0, 300, 600, 900, 1_200]],
    [48 * 60_000, 'milliseconds', [0, 900_000, 1_800_000, 2_700_000, 3_600_000]],
    [1_500_000, 'bytes/s', [0, 524_288, 1_048_576, 1_572_864]],
    [0, 'messages', [0, 1, 2, 3, 4]],
    [0, 'seconds', [0, 15, 30, 45, 60]],
  ] as const)('up to %d %s', (max, unit, ticks) => expect(valueTicks(max, unit)).toEqual(ticks));

  it('always reach the largest value', () => {
    for (let exponent = -2; exponent < 9; exponent += 0.37) {
      const max = 10 ** exponent;
      for (const unit of ['messages', 'messages/s', 'seconds', 'milliseconds', 'bytes/s'] as const) {
        const ticks = valueTicks(max, unit);
        expect(ticks.at(-1)!).toBeGreaterThanOrEqual(max * (1 - 1e-9));
        expect(ticks.length).toBeLessThanOrEqual(6);
      }
    }
  });
});

describe('labels of thresholds', () => {
  it('never lie on each other while there is room', () => {
    const placed = spreadLabels([100, 102, 20, 101], 15, 150);
    const ys = placed.map(({ y }) => y).sort((a, b) => a - b);
    for (let i = 1; i < ys.length; i++) expect(ys[i]! - ys[i - 1]!).toBeGreaterThanOrEqual(15);
    expect(Math.max(...ys)).toBeLessThanOrEqual(135);
    expect(placed.map(({ index }) => index).sort()).toEqual([0, 1, 2, 3]);
  });

  it('UX-22 stand at their own line unless one of their own side is there', () => {
    const wanted = [
      { y: 90, side: 'left' },
      { y: 116, side: 'left' },
      { y: 122, side: 'right' },
      { y: 125, side: 'right' },
    ] as const;
    expect(placeLabels(wanted, 15, 140)).toEqual([90, 116, 110, 125]);
    expect(placeLabels([], 15, 140)).toEqual([]);
  });
});

describe('UX-23 the lane', () => {
  const event = (id: number, atMs: number, data: EventRow['data']): EventRow => ({
    id,
    connectionId: null,
    resourceId: null,
    kind: data.kind,
    atMs,
    endMs: null,
    sourceId: String(id),
    title: '',
    detail: '',
    data,
  });
  const change = (id: number, atMs: number, from: string, to: string) =>
    event(id, atMs, { kind: 'alarm-state', alarmName: 'high', from, to, reason: '' });

  it('turns changes into spans over the whole range', () => {
    const spans = alarmSpans([change(2, 600_000, 'ALARM', 'OK'), change(1, 300_000, 'OK', 'ALARM')], range);
    expect(spans).toEqual([
      {
        alarmName: 'high',
        spans: [
          { fromMs: 0, toMs: 300_000, state: 'OK' },
          { fromMs: 300_000, toMs: 600_000, state: 'ALARM' },
          { fromMs: 600_000, toMs: 3_600_000, state: 'OK' },
        ],
      },
    ]);
  });

  it('joins marks that would lie on each other, and keeps the others', () => {
    const note = (id: number, atMs: number) => event(id, atMs, { kind: 'note', noteKind: 'action', author: 'me' });
    const marks = laneMarks(
      [note(1, 0), note(2, 10_000), note(3, 1_800_000), change(4, 5, 'OK', 'ALARM')],
      range,
      1_000,
    );
    expect(marks.map(({ events }) => events.map(({ id }) => id))).toEqual([[1, 2], [3]]);
  });

  it('leaves room for a count, which is wider than a sign', () => {
    const note = (id: number, atMs: number) => event(id, atMs, { kind: 'note', noteKind: 'action', author: 'me' });
    // One pixel is 3.6 s; 1 and 2 are one mark with a count, 3 is 16 pixels from 1: clear of a sign, not of a count.
    const marks = (...at: number[]) =>
      laneMarks(
        at.map((pixels, i) => note(i + 1, pixels * 3_600)),
        range,
        1_000,
      ).map(({ events }) => events.length);
    expect(marks(0, 16)).toEqual([1, 1]);
    expect(marks(0, 1, 16)).toEqual([3]);
    expect(marks(0, 1, 23)).toEqual([2, 1]);
  });
});
