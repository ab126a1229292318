/** [KREP-10 to KREP-16] How far behind consumers are, against closed forms. */
import { describe, expect, test } from 'vitest';
import { runStream } from '../../../../../src/replay/index.ts';
import { consumer, MiB, steady, streamOf, sum, trafficOf } from './streams.ts';

const ages = (input: Parameters<typeof runStream>[0]): number[] => [...runStream(input).columns.iteratorAgeSeconds];

describe('iterator age', () => {
  test('[KREP-11] a consumer slower than its producers: grows by (1 - read/written) a second, exactly', () => {
    // 800 of 1,000 a second on each of two shards.
    const age = ages(streamOf(steady(600, 2_000), 2, { consumers: [consumer(800)] }));
    for (const [minute, seconds] of age.entries()) expect(seconds).toBeCloseTo((minute + 1) * 60 * 0.2, 9);
  });

  test('[KREP-11] what was written at another rate is read at the same one: the age bends where the records do', () => {
    // A minute of 1,000 and then of 250 a second, read at 500: the first minute takes until 120 s, and 60 s old.
    const age = ages(streamOf(trafficOf([1_000, 250, 250, 250]), 1, { consumers: [consumer(500)] }));
    expect(age[0]).toBeCloseTo(30, 9);
    expect(age[1]).toBeCloseTo(60, 9);
    // From 120 s on the head moves two seconds a second: the tip is reached at 180 s.
    expect(age[2]).toBeCloseTo(60, 9);
    expect(age[3]).toBeCloseTo(0, 9);
  });

  test('[KREP-11] minutes without records are jumped over; who is at the tip shows 0', () => {
    const age = ages(streamOf(trafficOf([1_000, 0, 0, 0, 10]), 1, { consumers: [consumer(600)] }));
    // 36,000 read in the first minute, the last 24,000 by 100 s: 40 s old then.
    expect(age[0]).toBeCloseTo(24, 9);
    expect(age[1]).toBeCloseTo(40, 9);
    expect(age.slice(2)).toEqual([0, 0, 0]);
  });

  test('[KREP-16] after two weeks rounding is below a microsecond', () => {
    const minutes = 14 * 1_440;
    const age = ages(
      streamOf(steady(minutes, 1_000), 1, { consumers: [consumer(999)], retentionSeconds: 8_760 * 3_600 }),
    );
    expect(Math.abs(age.at(-1)! - minutes * 0.06)).toBeLessThan(1e-6);
  });
});

describe('minutes before the start', () => {
  test('[KREP-18] are played and not told: what follows is the rest of the whole, and counts begin anew', () => {
    const rates = [...Array<number>(30).fill(1_200), ...Array<number>(30).fill(600)];
    const input = streamOf(trafficOf(rates), 1, {
      consumers: [consumer(800)],
      refused: { kind: 'retried', retrySeconds: 1 },
      capacity: { mode: 'PROVISIONED', changes: [{ atSeconds: 600, targetShards: 2 }], rule: null },
    });
    const late = { ...input, capacity: { ...input.capacity, changes: [{ atSeconds: 0, targetShards: 2 }] } };
    const [whole, told] = [runStream(input), runStream({ ...late, minutesBefore: 10 } as typeof input)];
    expect([...told.columns.iteratorAgeSeconds]).toEqual([...whole.columns.iteratorAgeSeconds.slice(10)]);
    expect([...told.columns.records]).toEqual([...whole.columns.records.slice(10)]);
    expect(told.waitingAtStart).toBeCloseTo(200 * 600, 6);
    expect(told.consumers[0]!.unreadAtStart).toBeCloseTo(200 * 600, 6);
    expect(told.changes).toEqual([{ ...whole.changes[0]!, atSeconds: 0, doneAtSeconds: 30 }]);
    expect(told.shardSeconds).toBe(whole.shardSeconds - 600);
  });
});

describe('fan-out', () => {
  const full = steady(10, 8, MiB / 8);

  test('[KREP-12, KFAN-02] two consumers that share a full shard keep up, three fall behind by a third, alike', () => {
    expect(ages(streamOf(full, 1, { consumers: [consumer(), consumer()] })).at(-1)).toBe(0);
    const { columns, consumers } = runStream(streamOf(full, 1, { consumers: [consumer(), consumer(), consumer()] }));
    expect(columns.iteratorAgeSeconds.at(-1)).toBeCloseTo(600 / 3, 9);
    for (const { readRecords } of consumers) expect(readRecords).toBeCloseTo((4_800 * 2) / 3, 6);
  });

  test('[KREP-12, KFAN-01] with enhanced fan-out each has 2 MiB a second of its own', () => {
    const consumers = Array.from({ length: 5 }, () => consumer(Number.POSITIVE_INFINITY, 'enhanced'));
    expect(ages(streamOf(full, 1, { consumers }))).toEqual(Array(10).fill(0));
  });

  test('[KREP-12, KFAN-02] who needs less leaves the rest to the others', () => {
    // One reads a quarter of a MiB a second; the other two share what is left of two, 7/8 each.
    const { consumers } = runStream(streamOf(full, 1, { consumers: [consumer(2), consumer(), consumer()] }));
    expect(consumers.map(({ readRecords }) => Math.round(readRecords))).toEqual([1_200, 4_200, 4_200]);
  });

  test('[KREP-12, KFAN-03] small records: calls bind, 10,000 records an answer, five answers a second for all', () => {
    // A hundred consumers get 500 records a second each of the 1,000 written, though bytes would allow all of them.
    const consumers = Array.from({ length: 100 }, () => consumer());
    expect(ages(streamOf(steady(10, 1_000, 10), 1, { consumers })).at(-1)).toBeCloseTo(300, 9);
    expect(ages(streamOf(steady(10, 1_000, 10), 1, { consumers: consumers.slice(0, 50) })).at(-1)).toBe(0);
  });
});

describe('retention', () => {
  test('[KREP-14] what a consumer has not read within the retention is gone, counted for it alone', () => {
    // Half of it read: behind by half the time that passed, so the retention of 24 h is reached after 48 h.
    const minutes = 72 * 60;
    const { consumers, columns } = runStream(
      streamOf(steady(minutes, 1_000), 1, { consumers: [consumer(500), consumer()] }),
    );
    expect(columns.iteratorAgeSeconds.at(-1)).toBeCloseTo(86_400, 6);
    // 24 h at the retention: 1,000 a second grow too old, 500 of them are read before.
    expect(consumers[0]!.expiredRecords / (86_400 * 500)).toBeCloseTo(1, 9);
    expect(consumers[0]!.worstIteratorAgeSeconds).toBeCloseTo(86_400, 6);
    expect(consumers[1]).toMatchObject({ expiredRecords: 0, unreadRecords: 0, worstIteratorAgeSeconds: 0 });
  });

  test('[KREP-14] a consumer that stands still loses everything older than the retention', () => {
    const { consumers } = runStream(
      streamOf(steady(120, 10), 1, { consumers: [consumer(0)], retentionSeconds: 3_600 }),
    );
    expect(consumers[0]).toMatchObject({ readRecords: 0 });
    expect(consumers[0]!.expiredRecords).toBeCloseTo(36_000, 3);
    expect(consumers[0]!.unreadRecords).toBeCloseTo(36_000, 3);
  });

  test('[KREP-14] quiet minutes let it catch up with the retention: the loss stops', () => {
    const rates = [...Array<number>(120).fill(1_000), ...Array<number>(120).fill(100)];
    const outcome = runStream(streamOf(trafficOf(rates), 1, { consumers: [consumer(400)], retentionSeconds: 3_600 }));
    // 100 min until it is reached at 0.6 s a second; then 600 a second are lost until the last of the busy minutes is.
    // Busy records are taken until 120 min and read or lost by 180 min: 80 min x 60 x 600.
    expect(outcome.consumers[0]!.expiredRecords / (80 * 60 * 600)).toBeCloseTo(1, 9);
    expect(outcome.columns.iteratorAgeSeconds.at(-1)).toBe(0);
    expect(sum(outcome.columns.records)).toBeCloseTo(
      outcome.consumers[0]!.readRecords + outcome.consumers[0]!.expiredRecords,
      3,
    );
  });
});
