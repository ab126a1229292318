import { describe, expect, it } from 'vitest';
import { createMetricStore, metricKey, readPoints } from '../../../../src/emulator/cloudwatch/metricStore.ts';

const startMs = Date.UTC(2026, 2, 2);
const minute = 60_000;
const ref = {
  namespace: 'AWS/SQS',
  metricName: 'ApproximateNumberOfMessagesVisible',
  dimensions: { QueueName: 'orders' },
};

describe('MetricStore', () => {
  it.each([
    { rule: 'MODEL-02', asOfMs: startMs + minute, seen: [], because: 'the minute has just ended' },
    { rule: 'MODEL-02', asOfMs: startMs + minute + 44_999, seen: [], because: 'it is not published yet' },
    { rule: 'MODEL-02', asOfMs: startMs + minute + 45_000, seen: [7], because: 'the delay is over' },
  ])('[$rule] a service minute at +$asOfMs reads $seen: $because', ({ asOfMs, seen }) => {
    const store = createMetricStore({ publicationDelayMs: 45_000 });
    store.metric(ref, 'Count').sample(startMs + 30_000, 7);
    const query = { statistic: 'Sum', periodSeconds: 60, startMs, endMs: startMs + 10 * minute, asOfMs } as const;
    expect(readPoints(store, store.find(ref), query).values).toEqual(seen);
  });

  it("a user's data are readable at once, also those of a minute that is still to come", () => {
    const store = createMetricStore({ publicationDelayMs: 45_000 });
    const set = { count: 1, sum: 3, minimum: 3, maximum: 3 };
    store.putUserData(ref, 'None', startMs + 90 * minute, set);
    const query = {
      statistic: 'Sum',
      periodSeconds: 60,
      startMs,
      endMs: startMs + 120 * minute,
      asOfMs: startMs,
    } as const;
    expect(readPoints(store, store.find(ref), query)).toEqual({ timesMs: [startMs + 90 * minute], values: [3] });
  });

  it('STAT-02: points carry the start of their period; longer periods lie on multiples of their length', () => {
    const store = createMetricStore({ publicationDelayMs: 0 });
    const handle = store.metric(ref, 'Count');
    for (let index = 0; index < 12; index++) handle.sample(startMs + index * minute, index);
    const query = { startMs: startMs + 2 * minute, endMs: startMs + 10 * minute, asOfMs: startMs + 60 * minute };
    const read = readPoints(store, store.find(ref), { ...query, statistic: 'Sum', periodSeconds: 300 });
    expect(read).toEqual({ timesMs: [startMs, startMs + 5 * minute], values: [0 + 1 + 2 + 3 + 4, 5 + 6 + 7 + 8 + 9] });
  });

  it('start is inclusive, end exclusive', () => {
    const store = createMetricStore({ publicationDelayMs: 0 });
    const handle = store.metric(ref, 'Count');
    for (let index = 0; index < 5; index++) handle.sample(startMs + index * minute, index);
    const query = { startMs: startMs + minute, endMs: startMs + 3 * minute, asOfMs: startMs + 60 * minute };
    const read = readPoints(store, store.find(ref), { ...query, statistic: 'Average', periodSeconds: 60 });
    expect(read.values).toEqual([1, 2]);
  });

  it('each combination of dimensions is a metric of its own, whatever their order', () => {
    const a = { namespace: 'n', metricName: 'm', dimensions: { A: '1', B: '2' } };
    expect(metricKey(a)).toBe(metricKey({ ...a, dimensions: { B: '2', A: '1' } }));
    expect(metricKey(a)).not.toBe(metricKey({ ...a, dimensions: { A: '1' } }));
    expect(metricKey(a)).not.toBe(metricKey({ ...a, dimensions: { A: '1', B: '3' } }));
  });
});
