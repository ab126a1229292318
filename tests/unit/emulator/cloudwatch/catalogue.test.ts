/** AWS/SQS and AWS/SNS, entry by entry of the catalogue, read as users read them: ListMetrics, GetMetricData, GetMetricStatistics. */
import { describe, expect, it } from 'vitest';
import type { Statistic } from '../../../../src/core/model/resources.ts';
import type { Cloud } from '../../../../src/emulator/cloud.ts';
import { json, startMs, testCloud } from '../wire/exchange.ts';
import { type CatalogueEntry, catalogue } from './catalogue.ts';
import { absent, beyond, brought, type Expected, type Minutes } from './catalogueTraffic.ts';

const minuteMs = 60_000;
const target = (action: string): string => `GraniteServiceVersion20100801.${action}`;
const nameOf = (metricName: string, dimensions: readonly string[]): string =>
  [metricName, ...[...dimensions].sort()].join(' ');
const entries = catalogue.flatMap((entry) =>
  entry.dimensionSets.map((names) => ({ entry, name: nameOf(entry.metricName, names) })),
);
const toWire = (dimensions: Expected['dimensions']) =>
  Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));

interface Listed {
  readonly MetricName: string;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
}

async function list(cloud: Cloud, filter: Record<string, unknown>): Promise<Listed[]> {
  const found: Listed[] = [];
  let NextToken: unknown;
  do {
    const { output } = await json(cloud, target('ListMetrics'), { ...filter, NextToken });
    found.push(...(output.Metrics as Listed[]));
    NextToken = output.NextToken;
  } while (NextToken !== undefined);
  return found;
}

/** The value of each minute from `from` to `to`, not included; null where there is no point. */
async function read(
  cloud: Cloud,
  { namespace, metricName }: CatalogueEntry,
  { dimensions }: Expected,
  how: { readonly Stat: Statistic; readonly Unit: string; readonly from: number; readonly to: number },
): Promise<Minutes> {
  const Metric = { Namespace: namespace, MetricName: metricName, Dimensions: toWire(dimensions) };
  const { output } = await json(cloud, target('GetMetricData'), {
    StartTime: startMs / 1_000 + how.from * 60,
    EndTime: startMs / 1_000 + how.to * 60,
    MetricDataQueries: [{ Id: 'm', MetricStat: { Metric, Period: 60, Stat: how.Stat, Unit: how.Unit } }],
  });
  const [{ Timestamps, Values }] = output.MetricDataResults as [{ Timestamps: number[]; Values: number[] }];
  const byMinute = new Map(Timestamps.map((time, index) => [(time - startMs / 1_000) / 60, Values[index]!]));
  expect([...byMinute.keys()].every(Number.isInteger)).toBe(true);
  return Array.from({ length: how.to - how.from }, (_, index) => byMinute.get(how.from + index) ?? null);
}

/** Until after the publication delay of the minutes before. */
const after = (cloud: Cloud, minutes: number): void => cloud.world.advanceTo(startMs + minutes * minuteMs + 30_000);

describe('the catalogue', () => {
  it('every metric is brought about, or listed as one that the emulator cannot have, and nothing else is', () => {
    const names = entries.map(({ name }) => name).sort();
    expect([...Object.keys(brought), ...Object.keys(absent)].sort()).toEqual(names);
    for (const reason of Object.values(absent)) expect(reason).toMatch(/^[A-Z].{20,}\.$/);
  });

  it('what the emulator publishes is all in the catalogue, with those dimensions', async () => {
    const known = new Set([...entries.map(({ name }) => name), ...beyond]);
    const seen = new Set<string>();
    for (const traffic of new Set(Object.values(brought).map((one) => one.traffic))) {
      const cloud = testCloud();
      await traffic(cloud);
      after(cloud, 3);
      for (const Namespace of ['AWS/SQS', 'AWS/SNS'])
        for (const { MetricName, Dimensions } of await list(cloud, { Namespace }))
          seen.add(
            nameOf(
              MetricName,
              Dimensions.map(({ Name }) => Name),
            ),
          );
    }
    expect([...seen].filter((name) => !known.has(name))).toEqual([]);
    // So the list of those it cannot have says nothing wrong.
    expect([...seen].filter((name) => name in absent)).toEqual([]);
    expect([...seen].sort()).toEqual(Object.keys(brought).sort());
  });
});

describe.each(entries.filter(({ name }) => name in brought))('$name', ({ entry, name }) => {
  const expected = brought[name]!;
  const length = Math.max(...Object.values(expected.points).map((points) => points.length));

  it('[SQS-50, SNS-90] has its name, unit, dimensions and statistics, minute by minute', async () => {
    const cloud = testCloud();
    await expected.traffic(cloud);
    const minutes = length + 2;
    after(cloud, minutes);
    const Dimensions = toWire(expected.dimensions);
    const listed = await list(cloud, { Namespace: entry.namespace, MetricName: entry.metricName, Dimensions });
    expect(listed).toEqual([{ Namespace: entry.namespace, MetricName: entry.metricName, Dimensions }]);

    expect(Object.keys(expected.points).sort()).toEqual([...entry.statistics].sort());
    for (const Stat of entry.statistics) {
      const points = expected.points[Stat]!;
      const shown = await read(cloud, entry, expected, { Stat, Unit: entry.unit, from: 0, to: points.length });
      expect(shown.map(rounded)).toEqual(points.map(rounded));
      const other = entry.unit === 'Count' ? 'Bytes' : 'Count';
      const none = await read(cloud, entry, expected, { Stat, Unit: other, from: 0, to: minutes });
      expect(none.every((value) => value === null)).toBe(true);
    }

    const { output } = await json(cloud, target('GetMetricStatistics'), {
      Namespace: entry.namespace,
      MetricName: entry.metricName,
      Dimensions,
      StartTime: startMs / 1_000,
      EndTime: startMs / 1_000 + minutes * 60,
      Period: 60,
      Statistics: entry.statistics,
    });
    const datapoints = output.Datapoints as { Unit: string; Timestamp: number }[];
    expect(new Set(datapoints.map(({ Unit }) => Unit))).toEqual(new Set([entry.unit]));
    expect(datapoints.every(({ Timestamp }) => (Timestamp - startMs / 1_000) % 60 === 0)).toBe(true);
  });

  it('[CW-01] is there half a minute after the end of its minute, and not before', async () => {
    const cloud = testCloud();
    const Stat = entry.statistics[0]!;
    const first = expected.points[Stat]!.findIndex((value) => value !== null);
    await expected.traffic(cloud);
    const secondsNow = (cloud.world.nowMs() - startMs) / 1_000;
    const publishedAt = (first + 1) * 60 + 30;
    const look = () => read(cloud, entry, expected, { Stat, Unit: entry.unit, from: first, to: first + 1 });
    if (secondsNow < publishedAt) {
      cloud.world.advanceTo(startMs + publishedAt * 1_000 - 1);
      expect(await look()).toEqual([null]);
    }
    cloud.world.advanceTo(startMs + publishedAt * 1_000);
    expect(await look()).not.toEqual([null]);
  });

  it('[SQS-51, SNS-90] goes on for six hours after the last activity, and then has no points', async () => {
    const cloud = testCloud();
    await expected.traffic(cloud);
    const last = Math.floor((cloud.world.nowMs() - startMs) / minuteMs);
    const Stat = entry.statistics[0]!;
    const rests = Math.max(last, length - 1);
    // A queue that still holds messages goes on as long as it does.
    const holds = cloud.home.sqs
      .queues()
      .some((queue) => queue.name === expected.dimensions.QueueName && queue.size > 0);
    after(cloud, 12 * 60);
    const shown = await read(cloud, entry, expected, { Stat, Unit: entry.unit, from: rests, to: 11 * 60 });
    const until = holds ? shown.length : last + 6 * 60 - rests;
    const steady = expected.points[Stat]!.at(-1) !== null;
    expect(shown.slice(1, until).every((value) => (value !== null) === steady)).toBe(true);
    // The minute in which the six hours end may have a point.
    expect(shown.slice(until + 1).every((value) => value === null)).toBe(true);
    expect(shown.slice(until + 1).length > 0).toBe(!holds);
  });
});

const rounded = (value: number | null): number | null => (value === null ? null : Math.round(value * 1e9) / 1e9);
