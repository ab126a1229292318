/** Streams by hand: limits, hot keys, readers, retention, resharding, on demand; and that nothing is lost in any of it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { StreamReader } from '../../../../../src/replay/plants/kinesis/reader.ts';
import { evenRanges, reshardingSteps, shareOf } from '../../../../../src/replay/plants/kinesis/shards.ts';
import { replayStream } from '../../../../../src/replay/plants/kinesis/stream.ts';
import type { StreamInput } from '../../../../../src/replay/plants/kinesis/types.ts';

const consumer = { name: 'app', enhanced: false, recordsPerSecondPerShard: Number.POSITIVE_INFINITY };
const inputOf = (
  over: Partial<StreamInput> & { readonly perSecond?: readonly number[]; readonly size?: number },
): StreamInput => {
  const { perSecond = new Array<number>(10).fill(500), size = 100, ...rest } = over;
  return {
    records: Float64Array.from(perSecond, (rate) => rate * 60),
    bytes: Float64Array.from(perSecond, (rate) => rate * 60 * size),
    capacity: { kind: 'provisioned', shards: 1, changes: [], rule: null },
    hotKeys: [],
    consumers: [consumer],
    retentionSeconds: 86_400,
    onRefusal: 'give-up',
    ...rest,
  };
};
const shards = (count: number, over: object = {}): StreamInput['capacity'] => ({
  kind: 'provisioned',
  shards: count,
  changes: [],
  rule: null,
  ...over,
});

test('[KREP-03] a constant overload is refused in proportion, by records or by bytes, whichever is nearer', () => {
  const byRecords = replayStream(inputOf({ perSecond: [1500, 1500] }));
  expect(byRecords.refused).toBeCloseTo(500 * 120, 6);
  expect(byRecords.written).toBeCloseTo(1000 * 120, 6);
  expect(byRecords.columns.hottestShardPercent[0]).toBeCloseTo(150, 9);
  // 2,048 bytes each: 512 a second.
  const byBytes = replayStream(inputOf({ perSecond: [768], size: 2048 }));
  expect(byBytes.refused).toBeCloseTo(256 * 60, 6);
});

test('[KREP-01] a hot key throttles its own shard only', () => {
  const run = replayStream(inputOf({ perSecond: [2000], capacity: shards(4), hotKeys: [{ at: 0.3, share: 0.6 }] }));
  // Spread: 800 over four shards. The second has 200 and the 1,200 of the key.
  expect(run.refused).toBeCloseTo(400 * 60, 6);
  expect(shareOf({ from: 0.25, to: 0.5 }, [{ at: 0.3, share: 0.6 }])).toBeCloseTo(0.7, 12);
  const more = replayStream(inputOf({ perSecond: [2000], capacity: shards(400), hotKeys: [{ at: 0.3, share: 0.6 }] }));
  // No number of shards helps a key above a shard's limit (KOD-02).
  expect(more.refused).toBeCloseTo((1200 + 2 - 1000) * 60, 6);
});

test('[KREP-04] producers that send again write at the limit until nothing is held', () => {
  const run = replayStream(inputOf({ perSecond: [1500, 500, 500], onRefusal: 'retry' }));
  expect(run.refused).toBeCloseTo(30_000, 6);
  expect([...run.columns.heldBack]).toEqual([30_000, 0, 0]);
  expect(run.written).toBeCloseTo(2500 * 60, 6);
  expect(run.notWritten).toBe(0);
});

test('[KREP-06, KREP-07] a slow consumer falls behind in a straight line, to the last digit', () => {
  const run = replayStream(
    inputOf({ perSecond: new Array(10).fill(400), consumers: [{ ...consumer, recordsPerSecondPerShard: 300 }] }),
  );
  // At t it has read 300 t of 400 t: the next record was written at 0.75 t.
  for (let minute = 0; minute < 10; minute++) {
    expect(Math.abs(run.columns.iteratorAgeSeconds[minute]! - 0.25 * (minute + 1) * 60)).toBeLessThan(1e-9);
  }
  expect(run.consumers[0]!.unread).toBeCloseTo(100 * 600, 6);
});

test('[KREP-07] it catches up when writing stops: the age falls as fast as it reads the old rate', () => {
  const reader = new StreamReader(0, 86_400);
  reader.advance(60, 400, 200);
  expect(reader.ageSeconds).toBeCloseTo(30, 12);
  reader.beginMinute();
  reader.advance(120, 100, 200);
  // 12,000 are left of the first minute; they take the whole second one, in which 6,000 come.
  expect(reader.ageSeconds).toBeCloseTo(60, 12);
  expect(reader.minuteWorstAgeSeconds).toBeCloseTo(60, 12);
  reader.advance(180, 100, 200);
  // 6,000 old at 200 a second: 30 s, in which 3,000 came, 15 s more, ... caught up after 60.
  expect(reader.ageSeconds).toBe(0);
  expect(reader.read).toBeCloseTo(36_000, 6);
});

test('[KREP-05] shared consumers divide the read rate, enhanced fan-out does not', () => {
  // 1 MiB a second is written, 1,024 bytes each.
  const writing = { perSecond: new Array<number>(5).fill(1000), size: 1024 };
  const three = (enhanced: boolean) =>
    replayStream(inputOf({ ...writing, consumers: ['a', 'b', 'c'].map((name) => ({ ...consumer, name, enhanced })) }));
  expect(three(true).consumers.map(({ worstIteratorAgeSeconds }) => worstIteratorAgeSeconds)).toEqual([0, 0, 0]);
  for (const { worstIteratorAgeSeconds, unread } of three(false).consumers) {
    const reading = 2048 / 3;
    expect(unread).toBeCloseTo((1000 - reading) * 300, 4);
    expect(worstIteratorAgeSeconds).toBeCloseTo(300 * (1 - reading / 1000), 9);
  }
});

test('[KREP-08] what is unread beyond the retention is lost, and the age stays there', () => {
  const run = replayStream(
    inputOf({
      perSecond: new Array(20).fill(400),
      retentionSeconds: 300,
      consumers: [{ ...consumer, recordsPerSecondPerShard: 100 }],
    }),
  );
  // 75 % of the time behind: 300 s are reached after 400 s; from there 300 a second are lost.
  expect(run.consumers[0]!.lost).toBeCloseTo(300 * 800, 4);
  expect(run.consumers[0]!.worstIteratorAgeSeconds).toBeCloseTo(300, 6);
});

test('[KREP-09, MODEL-08] resharding takes its time, and the old shards take everything until then', () => {
  expect(reshardingSteps(2, 4)).toBe(2);
  expect(reshardingSteps(4, 6)).toBe(6);
  expect(reshardingSteps(4, 2)).toBe(2);
  const run = replayStream(
    inputOf({ perSecond: new Array(4).fill(3000), capacity: shards(2, { changes: [{ atSeconds: 60, shards: 4 }] }) }),
  );
  // 1,000 a second too many for two shards, until 60 + 2 x 30 s.
  expect(run.refused).toBeCloseTo(1000 * 120, 6);
  expect([...run.columns.shards]).toEqual([2, 2, 4, 4]);
  expect(run.shardHours).toBeCloseTo((2 * 120 + 4 * 120) / 3600, 12);
});

test('[KREP-09, KIN-02] more than double is refused as the service would, and told', () => {
  const run = replayStream(inputOf({ capacity: shards(2, { changes: [{ atSeconds: 30, shards: 5 }] }) }));
  expect(run.refusedChanges).toEqual([{ atSeconds: 30, shards: 5, reason: 'moreThanDouble' }]);
  expect(Math.max(...run.columns.shards)).toBe(2);
});

test('[KREP-09] children wait until their parents are read', () => {
  const run = replayStream(
    inputOf({
      perSecond: new Array(10).fill(600),
      capacity: shards(1, { changes: [{ atSeconds: 0, shards: 2 }] }),
      consumers: [{ ...consumer, recordsPerSecondPerShard: 400 }],
    }),
  );
  // The parent takes 600 x 30 s, is read at 400: to the end at 45 s. Its children have 300 a second each, unread until then.
  expect(run.columns.iteratorAgeSeconds[0]).toBeCloseTo(15, 9);
  expect(run.consumers[0]!.unread).toBeCloseTo(0, 6);
});

test('[KREP-10] the rule follows the load, at most double a time', () => {
  const rule = { targetUtilizationPercent: 50, minShards: 1, maxShards: 64, everyMinutes: 5 };
  const run = replayStream(inputOf({ perSecond: new Array(30).fill(2000), capacity: shards(1, { rule }) }));
  expect([...new Set(run.columns.shards)]).toEqual([1, 2, 4]);
  expect(run.columns.refused.at(-1)).toBe(0);
});

test('[KREP-11, KOD-01, KOD-02] on demand takes double its peak, fifteen minutes late', () => {
  const perSecond = [...new Array<number>(20).fill(3000), ...new Array<number>(40).fill(9000)];
  const run = replayStream(inputOf({ perSecond, capacity: { kind: 'on-demand', peakMBps: 0 } }));
  expect(run.columns.shards[0]).toBe(4);
  expect(run.columns.shards[18]).toBe(6);
  expect(run.columns.refused[21]).toBeCloseTo(3000 * 60, 4);
  expect(run.columns.shards[36]).toBe(18);
  expect(run.columns.refused[36]).toBe(0);
});

test('conservation: offered = written + not written; written = read + unread + lost for every consumer', () => {
  const scenario = fc.record({
    perSecond: fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 5, maxLength: 40 }),
    size: fc.constantFrom(50, 900, 4000),
    count: fc.integer({ min: 1, max: 6 }),
    share: fc.constantFrom(0, 0.3),
    slow: fc.integer({ min: 50, max: 1500 }),
    retentionSeconds: fc.constantFrom(120, 600, 86_400),
    retry: fc.boolean(),
    changes: fc.array(
      fc.record({ atSeconds: fc.integer({ min: 0, max: 2000 }), shards: fc.integer({ min: 1, max: 8 }) }),
      { maxLength: 3 },
    ),
  });
  fc.assert(
    fc.property(scenario, ({ perSecond, size, count, share, slow, retentionSeconds, retry, changes }) => {
      const input = inputOf({
        perSecond,
        size,
        capacity: shards(count, { changes }),
        hotKeys: [{ at: 0.61, share }],
        consumers: [
          { ...consumer, recordsPerSecondPerShard: slow },
          { ...consumer, name: 'fast', enhanced: true },
        ],
        retentionSeconds,
        onRefusal: retry ? 'retry' : 'give-up',
      });
      const run = replayStream(input);
      const offered = input.records.reduce((sum, value) => sum + value, 0);
      const near = (a: number, b: number) => expect(Math.abs(a - b)).toBeLessThan(1e-6 * (1 + offered));
      near(run.written + run.notWritten, offered);
      for (const { read, unread, lost } of run.consumers) near(read + unread + lost, run.written);
      for (const { worstIteratorAgeSeconds } of run.consumers)
        expect(worstIteratorAgeSeconds).toBeLessThan(retentionSeconds + 1e-6);
    }),
    { numRuns: 200 },
  );
});

test('ranges cover the hash-key space', () => {
  expect(evenRanges(3).reduce((sum, { from, to }) => sum + to - from, 0)).toBeCloseTo(1, 12);
});
