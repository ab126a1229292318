/** [KREP-30 to KREP-35] What a recording tells of a stream's producers and hot shards, and how a replay is held against it. */
import { describe, expect, it, test } from 'vitest';
import { evenStarts, hashKeySpace } from '../../../src/core/kinesis/hashRange.ts';
import { hotSpots, matchStream, offeredTraffic, runStream, slowestReaderRate } from '../../../src/replay/index.ts';
import { consumer, steady, streamOf, trafficOf } from './plants/kinesis/streams.ts';

const column = (...values: number[]): Float64Array => Float64Array.from(values);
const recordingOf = (change: Partial<Parameters<typeof offeredTraffic>[0]> = {}) => ({
  startSeconds: 0,
  incomingRecords: column(600, 600, 600),
  incomingBytes: column(6_000, 12_000, 6_000),
  writeThrottled: column(0, 300, Number.NaN),
  anything: [true, true, true],
  ...change,
});

describe('what producers offered', () => {
  test('[KREP-30] taken and refused, of the size of those that were taken', () => {
    const { traffic } = offeredTraffic(recordingOf(), null, 1);
    expect([...traffic.records]).toEqual([600, 900, 600]);
    expect([...traffic.bytes]).toEqual([6_000, 18_000, 6_000]);
  });

  test('[KREP-32] offered again: refused attempts are a line of waiting records, its growth is what was offered beyond', () => {
    const retried = { kind: 'retried', retrySeconds: 1 } as const;
    const offered = trafficOf([
      ...Array<number>(5).fill(900),
      ...Array<number>(20).fill(1_050),
      ...Array<number>(40).fill(500),
    ]);
    const { columns } = runStream(streamOf(offered, 1, { refused: retried }));
    const { traffic } = offeredTraffic(
      {
        startSeconds: 0,
        incomingRecords: columns.records,
        incomingBytes: columns.bytes,
        writeThrottled: columns.throttled,
        anything: Array(65).fill(true),
      },
      1,
      1,
    );
    // Where the line bends within a minute the edges are off; before, between and after they are not.
    for (const minute of [2, 10, 15, 20, 60])
      expect(traffic.records[minute]! / offered.records[minute]!).toBeCloseTo(1, 6);
    const sumOf = (records: Float64Array): number => records.reduce((sum, count) => sum + count, 0);
    expect(sumOf(traffic.records) / sumOf(offered.records)).toBeCloseTo(1, 2);
  });

  test('[KREP-31, KMET-01] no datapoint: no writes where the stream was seen, a hole where it was not', () => {
    const silent = { incomingRecords: column(600, Number.NaN, 1_200), incomingBytes: column(600, Number.NaN, 1_200) };
    const seen = offeredTraffic(recordingOf({ ...silent, writeThrottled: column(0, 0, 0) }), null, 1);
    expect([...seen.traffic.records]).toEqual([600, 0, 1_200]);
    expect(seen.holes).toEqual([]);
    const unseen = offeredTraffic(
      recordingOf({ ...silent, writeThrottled: column(0, Number.NaN, 0), anything: [true, false, true] }),
      null,
      1,
    );
    expect([...unseen.traffic.records]).toEqual([600, 900, 1_200]);
    expect(unseen.holes).toEqual([{ fromMs: 60_000, toMs: 120_000, treatedAs: 'interpolated' }]);
  });

  test('[KREP-34] the factor is of records and bytes', () => {
    const { traffic } = offeredTraffic(recordingOf(), null, 2);
    expect([...traffic.records]).toEqual([1_200, 1_800, 1_200]);
    expect([...traffic.bytes]).toEqual([12_000, 36_000, 12_000]);
  });
});

describe('hot shards', () => {
  const shards = (amounts: readonly number[]) => {
    const starts = evenStarts(amounts.length);
    return amounts.map((amount, at) => ({
      shardId: `s${at}`,
      startingHashKey: starts[at]!,
      endHashKey: starts[at + 1] ?? hashKeySpace,
      amount,
    }));
  };

  it.each([
    { amounts: [25, 25, 25, 25], hot: [] },
    { amounts: [20, 30, 25, 25], hot: [] },
    { amounts: [15, 15, 55, 15], hot: [['s2', 0.4]] },
    { amounts: [10, 30], hot: [['s1', 0.5]] },
    { amounts: [100], hot: [] },
    { amounts: [0, 0], hot: [] },
  ])('[KREP-33] $amounts: what is beyond the median is one key: $hot', ({ amounts, hot }) => {
    const found = hotSpots(shards(amounts));
    expect(found.map(({ shardId, share }) => [shardId, Number(share.toFixed(9))])).toEqual(hot);
    for (const { hashKey, shardId } of found) {
      const { startingHashKey, endHashKey } = shards(amounts).find((one) => one.shardId === shardId)!;
      expect(hashKey > startingHashKey && hashKey < endHashKey).toBe(true);
    }
  });

  test('[KREP-33] replayed on the same shards it gives the recorded shares', () => {
    const [hot] = hotSpots(shards([15, 15, 55, 15]));
    // 0.55 of 2,000 a second is 1,100; a tenth of the shard's is refused.
    const { refusedRecords } = runStream(streamOf(steady(1, 2_000), 4, { hotKeys: [hot!] }));
    expect(refusedRecords).toBeCloseTo(100 * 60, 6);
  });

  test('[KREP-33] ranges count by their width', () => {
    const [a, b, c] = [0n, hashKeySpace / 2n, (hashKeySpace / 4n) * 3n];
    const uneven = [
      { shardId: 'wide', startingHashKey: a, endHashKey: b, amount: 50 },
      { shardId: 'x', startingHashKey: b, endHashKey: c, amount: 25 },
      { shardId: 'y', startingHashKey: c, endHashKey: hashKeySpace, amount: 25 },
    ];
    expect(hotSpots(uneven)).toEqual([]);
  });
});

describe('the slowest consumer', () => {
  test('[KREP-37] what was read while it lagged, less what the others read at the tip', () => {
    const input = streamOf(trafficOf([...Array<number>(30).fill(500), ...Array<number>(30).fill(100)]), 1, {
      consumers: [consumer(300), consumer()],
    });
    const { columns } = runStream(input);
    const taken = (minute: number): number => columns.records[minute]!;
    const outgoing = columns.records.map((_, minute) => taken(minute) + 300 * 60);
    const shard = {
      incomingRecords: columns.records,
      outgoingRecords: outgoing,
      iteratorAgeSeconds: columns.iteratorAgeSeconds,
    };
    expect(slowestReaderRate([shard], 2)).toBeCloseTo(300, 9);
    expect(slowestReaderRate([{ ...shard, iteratorAgeSeconds: outgoing.map(() => 0) }], 2)).toBeNull();
  });
});

describe('fidelity', () => {
  const { columns } = runStream(streamOf(trafficOf([900, 1_200, 900]), 1));

  test('[KREP-35] a replay against itself is perfect', () => {
    expect(matchStream(columns, columns)).toEqual({
      minutesCompared: 3,
      minutesLeftOut: 0,
      takenErrorShare: 0,
      throttled: { recorded: 12_000, replayed: 12_000, recordedMinutes: 1, replayedMinutes: 1, bothMinutes: 1 },
      iteratorAge: { minutes: 3, recordedWorstSeconds: 0, replayedWorstSeconds: 0, nrmse: null },
    });
  });

  test('[KREP-35] minutes without recorded writes are left out; ages only where they were recorded', () => {
    const none = Number.NaN;
    const match = matchStream(columns, {
      records: column(54_000, 54_000, none),
      throttled: column(none, none, none),
      iteratorAgeSeconds: column(none, 10, 20),
    });
    expect(match).toMatchObject({ minutesCompared: 2, minutesLeftOut: 1 });
    expect(match.takenErrorShare).toBeCloseTo(6_000 / 108_000, 12);
    expect(match.throttled).toEqual({
      recorded: 0,
      replayed: 12_000,
      recordedMinutes: 0,
      replayedMinutes: 1,
      bothMinutes: 0,
    });
    expect(match.iteratorAge).toMatchObject({ minutes: 1, recordedWorstSeconds: 10, nrmse: null });
  });
});
