import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { RateAllowance } from '../../../../src/core/kinesis/allowance.ts';
import { fairShares, polledRecordsPerSecond } from '../../../../src/core/kinesis/fanOut.ts';
import { iteratorAgeMs } from '../../../../src/core/kinesis/iteratorAge.ts';
import {
  modeSwitchAllowed,
  onDemandCeiling,
  onDemandMayThrottle,
  onDemandShards,
} from '../../../../src/core/kinesis/onDemand.ts';
import { MEBIBYTE, shardLimits, shardWriteThrottled } from '../../../../src/core/kinesis/shardLimits.ts';
import { shardsNeeded } from '../../../../src/core/kinesis/sizing.ts';
import { countInLast24h, refuseUpdateShardCount } from '../../../../src/core/kinesis/updateShardCount.ts';

describe('a shard', () => {
  it.each([
    { bytes: MEBIBYTE, records: 1000, throttled: false },
    { bytes: MEBIBYTE + 1, records: 1, throttled: true },
    { bytes: 1, records: 1001, throttled: true },
  ])('[KIN-01] $bytes B/s in $records records/s throttled: $throttled', ({ bytes, records, throttled }) => {
    expect(shardWriteThrottled(bytes, records)).toBe(throttled);
  });

  test('[KIN-01] gives twice what it takes, in five calls', () => {
    expect(shardLimits).toEqual({
      writeBytesPerSecond: 1_048_576,
      writeRecordsPerSecond: 1000,
      readBytesPerSecond: 2_097_152,
      readCallsPerSecond: 5,
    });
  });

  test('[KIN-01] an allowance holds a second, refills continuously, and pays a debt back', () => {
    const allowance = new RateAllowance(100, 0);
    expect(allowance.available(60_000)).toBe(100);
    allowance.take(150);
    expect(allowance.available(60_000)).toBe(-50);
    expect(allowance.available(60_500)).toBe(0);
    expect(allowance.available(60_750)).toBe(25);
    expect(allowance.available(90_000)).toBe(100);
  });

  it.each([
    { last: null, now: 5000, age: 0 },
    { last: 4000, now: 5000, age: 1000 },
    { last: 6000, now: 5000, age: 0 },
  ])('[KMET-02] last record $last, now $now: $age ms', ({ last, now, age }) => {
    expect(iteratorAgeMs(last, now)).toBe(age);
  });
});

describe('UpdateShardCount', () => {
  it.each([
    { from: 10, to: 20, done: 9, reasons: [] },
    { from: 10, to: 21, done: 0, reasons: ['moreThanDouble'] },
    { from: 10, to: 5, done: 0, reasons: [] },
    { from: 10, to: 4, done: 0, reasons: ['lessThanHalf'] },
    { from: 5, to: 3, done: 0, reasons: [] },
    { from: 5, to: 2, done: 0, reasons: ['lessThanHalf'] },
    { from: 10, to: 10, done: 10, reasons: ['tooManyUpdates'] },
    { from: 6000, to: 10_000, done: 0, reasons: [] },
    { from: 6000, to: 10_001, done: 0, reasons: ['tooManyShards'] },
    { from: 4000, to: 10_001, done: 11, reasons: ['tooManyShards', 'moreThanDouble', 'tooManyUpdates'] },
  ])('[KIN-02] from $from to $to after $done: $reasons', ({ from, to, done, reasons }) => {
    expect(refuseUpdateShardCount(from, to, done)).toEqual(reasons);
  });

  test('[KIN-02] the rolling day leaves out what was 24 h ago', () => {
    const day = 86_400_000;
    expect(countInLast24h([0, 1, day, day], day)).toBe(3);
    expect(countInLast24h([], day)).toBe(0);
  });
});

describe('sizing', () => {
  it.each([
    { rule: 'KIN-03', load: { writeKiBps: 2048, consumers: 3 }, exactShards: 3, shards: 3 },
    { rule: 'KIN-03', load: { writeKiBps: 2048, consumers: 2 }, exactShards: 2, shards: 2 },
    { rule: 'KIN-03', load: { writeKiBps: 1025, consumers: 0 }, exactShards: 1025 / 1024, shards: 2 },
    { rule: 'KIN-03', load: { writeKiBps: 0, consumers: 5 }, exactShards: 0, shards: 1 },
    { rule: 'KIN-01', load: { writeKiBps: 10, consumers: 1, recordsPerSecond: 2001 }, exactShards: 2.001, shards: 3 },
  ])('[$rule] $load needs $shards', ({ load, exactShards, shards }) => {
    expect(shardsNeeded(load)).toEqual({ exactShards, shards });
  });

  test('[KIN-03] shards found are enough, and one less is not', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.integer({ min: 0, max: 20 }),
        (writeKiBps, consumers) => {
          const { shards } = shardsNeeded({ writeKiBps, consumers });
          const fits = (count: number) => writeKiBps <= count * 1024 && writeKiBps * consumers <= count * 2048;
          expect(fits(shards)).toBe(true);
          if (shards > 1) expect(fits(shards - 1)).toBe(false);
        },
      ),
    );
  });
});

describe('on demand', () => {
  it.each([
    { peak: 40, writeMBps: 80, readMBps: 160 },
    { peak: 2, writeMBps: 4, readMBps: 8 },
    { peak: 1.9, writeMBps: 4, readMBps: 8 },
    { peak: 0, writeMBps: 4, readMBps: 8 },
  ])('[KOD-01] a peak of $peak MB/s takes $writeMBps MB/s', ({ peak, ...ceiling }) => {
    expect(onDemandCeiling(peak)).toEqual(ceiling);
  });

  it.each([
    { from: 10, to: 20, within: 10, may: false },
    { from: 10, to: 20.1, within: 10, may: true },
    { from: 10, to: 25, within: 15, may: true },
    { from: 10, to: 25, within: 15.1, may: false },
  ])('[KOD-02] from $from to $to MB/s within $within min may throttle: $may', ({ from, to, within, may }) => {
    expect(onDemandMayThrottle(from, to, within)).toBe(may);
  });

  test('[KOD-03] a third switch in a day is refused', () => {
    expect([0, 1, 2, 3].map(modeSwitchAllowed)).toEqual([true, true, false, false]);
  });
});

describe('fan-out', () => {
  test('[KFAN-03] five full answers a second, shared by those that poll', () => {
    expect(polledRecordsPerSecond(1)).toBe(50_000);
    expect(polledRecordsPerSecond(5)).toBe(10_000);
    expect(polledRecordsPerSecond(0)).toBe(50_000);
  });

  it.each([
    { wanted: [1, 2, 3], rate: 6, shares: [1, 2, 3] },
    { wanted: [1, 4, 4], rate: 6, shares: [1, 2.5, 2.5] },
    { wanted: [5, 5, 5], rate: 6, shares: [2, 2, 2] },
    { wanted: [0, 7], rate: 6, shares: [0, 6] },
    { wanted: [], rate: 6, shares: [] },
  ])('[KFAN-02] $wanted of $rate: $shares', ({ wanted, rate, shares }) => {
    const found: number[] = [];
    fairShares(wanted, rate, found);
    expect(found).toEqual(shares);
  });

  test('[KFAN-02] all of the rate is used, nobody gets more than it wants, and who gets less gets the most', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { maxLength: 8 }), (wanted) => {
        const shares: number[] = [];
        fairShares(wanted, 100, shares);
        const total = wanted.reduce((sum, value) => sum + value, 0);
        expect(shares.reduce((sum, value) => sum + value, 0)).toBeCloseTo(Math.min(total, 100), 9);
        const most = Math.max(0, ...shares);
        for (const [at, share] of shares.entries()) {
          expect(share).toBeLessThanOrEqual(wanted[at]!);
          if (share < wanted[at]!) expect(share).toBeCloseTo(most, 9);
        }
      }),
    );
  });
});

it.each([
  { peakMBps: 0, records: 0, shards: 4 },
  { peakMBps: 3, records: 0, shards: 6 },
  { peakMBps: 3, records: 5_001, shards: 11 },
  { peakMBps: 3.01, records: 100, shards: 7 },
])('[KOD-01] on demand, peak $peakMBps MB and $records records a second: $shards shards', (row) => {
  expect(onDemandShards(row.peakMBps, row.records)).toBe(row.shards);
});
