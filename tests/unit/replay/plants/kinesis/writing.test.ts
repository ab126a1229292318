/** [KREP-01 to KREP-05] What shards take and refuse, against closed forms. */
import { createHash } from 'node:crypto';
import { describe, expect, it, test } from 'vitest';
import { runStream } from '../../../../../src/replay/index.ts';
import { consumer, MiB, steady, streamOf, sum, trafficOf } from './streams.ts';

const hashKeyOf = (key: string): bigint => BigInt(`0x${createHash('md5').update(key).digest('hex')}`);

describe('limits', () => {
  it.each([
    { what: 'records', rate: 3_000, bytes: 100, taken: 2_000 },
    { what: 'bytes', rate: 40, bytes: MiB / 10, taken: 20 },
    { what: 'neither', rate: 2_000, bytes: MiB / 1_000, taken: 2_000 },
  ])('[KREP-02] two shards, $what bind: the share beyond the limit is refused', ({ rate, bytes, taken }) => {
    const { columns, refusedRecords, takenRecords, throttledAttempts } = runStream(streamOf(steady(3, rate, bytes), 2));
    for (const records of columns.records) expect(records).toBeCloseTo(taken * 60, 9);
    for (const size of columns.bytes) expect(size / (taken * 60 * bytes)).toBeCloseTo(1, 9);
    expect(throttledAttempts / (rate * 180)).toBeCloseTo(1 - taken / rate, 12);
    expect(refusedRecords).toBeCloseTo(throttledAttempts, 9);
    expect(takenRecords + refusedRecords).toBeCloseTo(rate * 180, 6);
  });

  test('[KREP-02] a minute within the limits refuses nothing, whatever the minute before did', () => {
    const { columns } = runStream(streamOf(trafficOf([1_500, 1_000, 0, 1_001]), 1));
    expect([...columns.throttled]).toEqual([30_000, 0, 0, 60]);
  });
});

describe('hot keys', () => {
  test('[KREP-03] a hot key throttles its shard only: the others take all of theirs', () => {
    const key = 'customer-1';
    // 4,000 a second: 2,000 of one key, 500 in each of four shards.
    const input = streamOf(steady(2, 4_000), 4, { hotKeys: [{ hashKey: hashKeyOf(key), share: 0.5 }] });
    const { columns, refusedRecords } = runStream(input);
    expect(refusedRecords).toBeCloseTo((2_500 - 1_000) * 120, 6);
    expect(columns.records[0]).toBeCloseTo((1_000 + 3 * 500) * 60, 6);
  });

  test('[KREP-03] more shards help the rest, never the key', () => {
    const refusedWith = (shards: number): number =>
      runStream(streamOf(steady(1, 4_000), shards, { hotKeys: [{ hashKey: hashKeyOf('a'), share: 0.5 }] }))
        .refusedRecords;
    expect(refusedWith(400)).toBeCloseTo((2_000 + 2_000 / 400 - 1_000) * 60, 6);
    expect(refusedWith(8)).toBeGreaterThan(refusedWith(400));
  });

  test('[KREP-03] keys are placed by their MD5: two on one shard share its limit', () => {
    // The first hex digits are 0c and 92: lower and upper half.
    const [low, high] = ['a', 'b'].map(hashKeyOf) as [bigint, bigint];
    expect([low < 1n << 127n, high < 1n << 127n]).toEqual([true, false]);
    const refused = (hashKeys: readonly bigint[]): number =>
      runStream(streamOf(steady(1, 1_500), 2, { hotKeys: hashKeys.map((hashKey) => ({ hashKey, share: 0.5 })) }))
        .refusedRecords;
    expect(refused([low, high])).toBe(0);
    expect(refused([low, low])).toBeCloseTo(500 * 60, 9);
  });
});

describe('producers that offer again', () => {
  const retried = { kind: 'retried', retrySeconds: 1 } as const;

  test('[KREP-05] nothing is lost: what was refused is later load, and the queue of producers drains at what is left', () => {
    // 500 a second too much for a minute, then 200 below the limit: 30,000 records take 150 s.
    const rates = [1_500, 800, 800, 800, 800];
    const { columns, refusedRecords, waitingRecords, takenRecords } = runStream(
      streamOf(trafficOf(rates), 1, { refused: retried }),
    );
    expect([...columns.records].map(Math.round)).toEqual([60_000, 60_000, 60_000, 54_000, 48_000]);
    expect(refusedRecords).toBe(0);
    expect(waitingRecords).toBe(0);
    expect(takenRecords).toBeCloseTo(sum(trafficOf(rates).records), 6);
  });

  test('[KREP-05] attempts: each waiting record is refused once in each retry interval', () => {
    const input = streamOf(trafficOf([1_500, 1_000]), 1, { refused: { kind: 'retried', retrySeconds: 2 } });
    const { columns } = runStream(input);
    // The line grows to 30,000 in the first minute and stays in the second.
    expect(columns.throttled[0]).toBeCloseTo((30_000 / 2) * 60 * 0.5, 6);
    expect(columns.throttled[1]).toBeCloseTo(30_000 * 60 * 0.5, 6);
  });

  test('[KREP-05] records keep their size while they wait', () => {
    // A minute of large records (20 a second, 10 taken), then small ones: the large ones go first.
    const records = Float64Array.of(1_200, 30_000, 0);
    const bytes = Float64Array.of(1_200 * (MiB / 10), 30_000 * 100, 0);
    const { columns, takenRecords } = runStream(streamOf({ records, bytes }, 1, { refused: retried }));
    expect(columns.records[0]).toBeCloseTo(600, 6);
    expect(columns.records[1]).toBeCloseTo(600, 6);
    expect(columns.records[2]).toBeCloseTo(30_000, 6);
    expect(takenRecords).toBeCloseTo(31_200, 6);
  });

  test('[KREP-05, KREP-21] after a split each half of the line goes on at its own shard', () => {
    const capacity = { mode: 'PROVISIONED', changes: [{ atSeconds: 60, targetShards: 2 }], rule: null } as const;
    const input = streamOf(trafficOf([2_000, 2_000, 0]), 1, { refused: retried, capacity, consumers: [consumer(0)] });
    const { columns, waitingRecords } = runStream(input);
    // 60,000 wait after a minute, 90,000 at the split; then two shards hold level, and drain in 45 s.
    expect(columns.records[1]).toBeCloseTo(30_000 + 60_000, 6);
    expect(columns.records[2]).toBeCloseTo(90_000, 6);
    expect(waitingRecords).toBeCloseTo(0, 6);
  });
});
