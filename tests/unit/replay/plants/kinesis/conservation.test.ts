/** [KREP-16] Nothing appears and nothing vanishes: random traffic, keys, consumers, retention and resharding. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evenStarts } from '../../../../../src/core/kinesis/hashRange.ts';
import { runStream, type StreamInput } from '../../../../../src/replay/index.ts';
import { sum } from './streams.ts';

const minuteOf = fc.record({
  records: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 400_000 })),
  size: fc.constantFrom(10, 1_000, 30_000),
});

const capacityOf: fc.Arbitrary<StreamInput['capacity']> = fc.oneof(
  fc.record({
    mode: fc.constant('PROVISIONED' as const),
    changes: fc.array(
      fc.record({ atSeconds: fc.integer({ min: 0, max: 3_600 }), targetShards: fc.integer({ min: 1, max: 9 }) }),
      { maxLength: 6 },
    ),
    rule: fc.option(
      fc.constant({
        minShards: 1,
        maxShards: 16,
        targetUse: 0.5,
        outAboveUse: 0.7,
        outMinutes: 1,
        inBelowUse: 0.2,
        inMinutes: 2,
      }),
      { nil: null },
    ),
  }),
  fc.record({
    mode: fc.constant('ON_DEMAND' as const),
    peakBytesPerSecond: fc.constant(0),
    peakRecordsPerSecond: fc.constant(0),
  }),
);

const inputOf: fc.Arbitrary<StreamInput> = fc
  .record({
    minutes: fc.array(minuteOf, { minLength: 1, maxLength: 60 }),
    shards: fc.integer({ min: 1, max: 5 }),
    before: fc.integer({ min: 0, max: 20 }),
    capacity: capacityOf,
    hot: fc.array(
      fc.record({
        hashKey: fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }),
        share: fc.double({ min: 0, max: 0.3, noNaN: true }),
      }),
      { maxLength: 3 },
    ),
    consumers: fc.array(
      fc.record({
        fanOut: fc.constantFrom('shared' as const, 'enhanced' as const),
        recordsPerSecondPerShard: fc.constantFrom(0, 1, 150, 800, Number.POSITIVE_INFINITY),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    retentionSeconds: fc.constantFrom(300, 1_234.5, 86_400),
    refused: fc.constantFrom(
      { kind: 'lost' } as const,
      { kind: 'retried', retrySeconds: 1 } as const,
      { kind: 'retried', retrySeconds: 7 } as const,
    ),
  })
  .map(({ minutes, before, shards, hot, ...rest }) => ({
    ...rest,
    minutesBefore: Math.min(before, minutes.length - 1),
    traffic: {
      records: Float64Array.from(minutes, ({ records }) => records),
      bytes: Float64Array.from(minutes, ({ records, size }) => records * size),
    },
    shardStarts: evenStarts(shards),
    hotKeys: hot,
  }));

test('[KREP-16] offered = taken + refused + waiting, and for each consumer taken = read + unread + expired', () => {
  fc.assert(
    fc.property(inputOf, (input) => {
      const outcome = runStream(input);
      const offered = sum(input.traffic.records.subarray(input.minutesBefore ?? 0));
      const all = sum(input.traffic.records);
      const near = (found: number, wanted: number): void =>
        expect(Math.abs(found - wanted)).toBeLessThanOrEqual(1e-7 * Math.max(1, all));
      near(outcome.takenRecords + outcome.refusedRecords + outcome.waitingRecords, outcome.waitingAtStart + offered);
      near(sum(outcome.columns.records), outcome.takenRecords);
      for (const { readRecords, unreadRecords, expiredRecords, unreadAtStart } of outcome.consumers) {
        near(readRecords + unreadRecords + expiredRecords, unreadAtStart + outcome.takenRecords);
        expect(Math.min(readRecords, unreadRecords, expiredRecords)).toBeGreaterThanOrEqual(-1e-7 * all);
      }
      for (const age of outcome.columns.iteratorAgeSeconds) {
        expect(age).toBeGreaterThanOrEqual(0);
        expect(age).toBeLessThanOrEqual(input.retentionSeconds + 1e-6);
      }
      for (const [minute, taken] of outcome.columns.records.entries())
        expect(taken).toBeLessThanOrEqual(
          60_000 * 2 * Math.max(outcome.columns.shards[minute]!, input.shardStarts.length),
        );
    }),
    { numRuns: 300, seed: 11 },
  );
});

test('[KREP-16] the same input gives the same outcome', () => {
  fc.assert(
    fc.property(inputOf, (input) => {
      expect(runStream(input)).toEqual(runStream(input));
    }),
    { numRuns: 20, seed: 5 },
  );
});
