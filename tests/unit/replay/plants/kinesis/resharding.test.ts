/** [KREP-15, KREP-20 to KREP-26] Shards that come and go: what it takes, and what consumers see of it. */
import { describe, expect, it, test } from 'vitest';
import { type AutoReshardingRule, runStream, type StreamInput } from '../../../../../src/replay/index.ts';
import { consumer, MiB, steady, streamOf, sum, trafficOf } from './streams.ts';

type Changes = Extract<StreamInput['capacity'], { mode: 'PROVISIONED' }>['changes'];
const scripted = (changes: Changes): StreamInput['capacity'] => ({ mode: 'PROVISIONED', changes, rule: null });

describe('UpdateShardCount', () => {
  it.each([
    { from: 2, to: 4, steps: 2 },
    { from: 4, to: 2, steps: 2 },
    // Cuts of thirds have nothing in common with the halves: two splits and a merge.
    { from: 2, to: 3, steps: 3 },
    // Sixths share one cut with quarters, the half: four splits and two merges.
    { from: 4, to: 6, steps: 6 },
    { from: 3, to: 6, steps: 3 },
    { from: 3, to: 3, steps: 0 },
  ])('[KREP-21, MODEL-08] $from to $to shards takes $steps x 30 s', ({ from, to, steps }) => {
    const capacity = scripted([{ atSeconds: 90, targetShards: to }]);
    const { changes, columns } = runStream(streamOf(steady(10, 10), from, { capacity }));
    expect(changes).toEqual([
      {
        atSeconds: 90,
        by: 'script',
        fromShards: from,
        targetShards: to,
        doneAtSeconds: 90 + steps * 30,
        refusedBy: [],
      },
    ]);
    expect(columns.shards[0]).toBe(from);
    expect(columns.shards.at(-1)).toBe(to);
  });

  test('[KREP-21] an overload ends shard by shard: closed form of what was refused', () => {
    // 4,000 a second on two shards from the start: 2,000 each. The splits are done at 90 s and 120 s.
    const capacity = scripted([{ atSeconds: 60, targetShards: 4 }]);
    const { refusedRecords, shardSeconds } = runStream(streamOf(steady(4, 4_000), 2, { capacity }));
    expect(refusedRecords).toBeCloseTo(1_000 * 90 + 1_000 * 120, 6);
    expect(shardSeconds).toBe(2 * 90 + 3 * 30 + 4 * 120);
  });

  it.each([
    { what: 'moreThanDouble', targets: [5] },
    { what: 'lessThanHalf', targets: [4, 1] },
    { what: 'updating', targets: [3, 4] },
  ])('[KREP-20, KIN-02] refused as the service does: $what', ({ what, targets }) => {
    const apart = what === 'updating' ? 10 : 600;
    const capacity = scripted(targets.map((targetShards, at) => ({ atSeconds: 60 + at * apart, targetShards })));
    const { changes, columns } = runStream(streamOf(steady(30, 10), 2, { capacity }));
    expect(changes.at(-1)).toMatchObject({ doneAtSeconds: null, refusedBy: [what] });
    expect(columns.shards.at(-1)).toBe([2, ...targets].at(-2));
  });

  test('[KREP-20, KIN-02] the eleventh within a day is refused', () => {
    const capacity = scripted(
      Array.from({ length: 11 }, (_, at) => ({ atSeconds: 600 * at, targetShards: at % 2 === 0 ? 2 : 1 })),
    );
    const { changes } = runStream(streamOf(steady(120, 10), 1, { capacity }));
    expect(changes.filter(({ refusedBy }) => refusedBy.length === 0)).toHaveLength(10);
    expect(changes.at(-1)!.refusedBy).toEqual(['tooManyUpdates']);
  });
});

describe('closed shards', () => {
  test('[KREP-15] stay readable until drained, and children are read after their parents', () => {
    // Read at 500 of 1,000 a second, split at 90 s: 45,000 unread records of the parent take until 180 s, and are 90 s
    // old by then. The children hold 500 a second each since 90 s.
    const capacity = scripted([{ atSeconds: 60, targetShards: 2 }]);
    const slow = runStream(streamOf(steady(10, 1_000), 1, { capacity, consumers: [consumer(500)] }));
    expect(slow.columns.iteratorAgeSeconds[1]).toBeCloseTo(60, 9);
    expect(slow.columns.iteratorAgeSeconds[2]).toBeCloseTo(90, 9);
    // Then each child keeps its distance: 500 written, 500 read.
    for (const age of slow.columns.iteratorAgeSeconds.slice(3)) expect(age).toBeCloseTo(90, 9);
    expect(slow.consumers[0]!.unreadRecords).toBeCloseTo(90 * 1_000, 6);
  });

  test('[KREP-15] a child of a merge waits for both parents', () => {
    // The hot shard's reader is behind; the merged child is not read before it is through.
    const capacity = scripted([{ atSeconds: 60, targetShards: 1 }]);
    const hotKeys = [{ hashKey: 0n, share: 0.8 }];
    const { columns } = runStream(
      streamOf(trafficOf([1_000, 1_000, 0, 0, 0, 0]), 2, { capacity, hotKeys, consumers: [consumer(600)] }),
    );
    // Hot: 900 a second, 600 read: 27,000 unread at 90 s, 45 s more. The child took 1,000 a second from 90 s to 120 s.
    // From 135 s on the child's 30,000 are read, 0.4 s a second older: 63 s at 180 s, 65 s when they are gone at 185 s.
    expect(columns.iteratorAgeSeconds[2]).toBeCloseTo(63, 9);
    expect(columns.iteratorAgeSeconds[3]).toBeCloseTo(65, 9);
    expect(columns.iteratorAgeSeconds[4]).toBe(0);
  });

  test('[KREP-17] are not paid for', () => {
    const capacity = scripted([{ atSeconds: 0, targetShards: 1 }]);
    const { shardSeconds } = runStream(streamOf(steady(60, 100), 2, { capacity, consumers: [consumer(0)] }));
    expect(shardSeconds).toBe(2 * 30 + 3_570);
  });
});

describe('a rule', () => {
  const rule: AutoReshardingRule = {
    minShards: 1,
    maxShards: 8,
    targetUse: 0.5,
    outAboveUse: 0.8,
    outMinutes: 3,
    inBelowUse: 0.2,
    inMinutes: 10,
  };

  test('[KREP-24] asks for more after its minutes above, for fewer after its minutes below, within half and double', () => {
    const rates = [...Array<number>(20).fill(1_900), ...Array<number>(40).fill(100)];
    const capacity = { mode: 'PROVISIONED', changes: [], rule } as const;
    const { changes, columns } = runStream(streamOf(trafficOf(rates), 2, { capacity }));
    expect(changes.map(({ atSeconds, targetShards, by }) => [atSeconds / 60, targetShards, by])).toEqual([
      [3, 4, 'rule'],
      [30, 2, 'rule'],
      // Two merges took a minute, then ten count.
      [41, 1, 'rule'],
    ]);
    expect(Math.max(...columns.shards)).toBe(4);
    expect(columns.shards.at(-1)).toBe(1);
  });
});

describe('on demand', () => {
  const onDemand = (peakBytesPerSecond = 0): StreamInput['capacity'] => ({
    mode: 'ON_DEMAND',
    peakBytesPerSecond,
    peakRecordsPerSecond: 0,
  });
  /** MiB a second, in records of a hundredth of that. */
  const mebibytes = (rates: readonly number[]) =>
    trafficOf(
      rates.map((rate) => rate * 100),
      MiB / 100,
    );

  test('[KREP-25, KOD-02] more than doubling within 15 minutes is refused in part for 15 minutes: closed form', () => {
    const traffic = mebibytes([...Array<number>(30).fill(3), ...Array<number>(30).fill(12)]);
    const { columns, changes } = runStream(streamOf(traffic, 6, { capacity: onDemand(3 * MiB) }));
    expect(sum(columns.throttled)).toBeCloseTo((12 - 6) * 100 * 15 * 60, 4);
    expect(columns.throttled.findIndex((count) => count > 0)).toBe(30);
    expect(changes).toMatchObject([{ atSeconds: 45 * 60, by: 'on-demand', fromShards: 6, targetShards: 24 }]);
  });

  test('[KREP-25, KOD-01] doubling no faster than that is never refused', () => {
    const rates = Array.from({ length: 120 }, (_, minute) => 2 * 2 ** (minute / 16));
    const { columns } = runStream(streamOf(mebibytes(rates), 4, { capacity: onDemand(2 * MiB) }));
    expect(sum(columns.throttled)).toBe(0);
    expect(columns.shards.at(-1)).toBeGreaterThan(300);
  });

  test('[KREP-25, KOD-01] a new stream begins with four shards', () => {
    const { columns } = runStream(streamOf(steady(1, 10), 1, { capacity: onDemand() }));
    expect(columns.shards[0]).toBe(4);
  });

  test('[KREP-26, KOD-02] a key above a shard is refused however many there are', () => {
    const hotKeys = [{ hashKey: 1n << 100n, share: 0.5 }];
    const traffic = mebibytes(Array<number>(60).fill(4));
    const { columns } = runStream(streamOf(traffic, 8, { capacity: onDemand(4 * MiB), hotKeys }));
    expect(columns.throttled.at(-1)! / (60 * 100)).toBeCloseTo(2 + 2 / 8 - 1, 9);
  });
});
