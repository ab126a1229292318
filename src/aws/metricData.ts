/** GetMetricData: many series in few calls, put together from their pages into columns. */
import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { SeriesKey } from '../core/model/series.ts';
import { type Caller, mapBounded } from './caller.ts';
import type { MetricColumns } from './interface.ts';

/** What one call may ask for. */
export const queriesPerCall = 500;

/** @param onRequested told how many metrics each call asked for: that is what is billed */
export async function readMetrics(
  caller: Caller,
  series: readonly SeriesKey[],
  fromSeconds: number,
  toSeconds: number,
  onRequested: (metrics: number) => void,
  signal: AbortSignal,
): Promise<MetricColumns[]> {
  const batches: SeriesKey[][] = [];
  for (let at = 0; at < series.length; at += queriesPerCall) batches.push(series.slice(at, at + queriesPerCall));
  const answers = await mapBounded(batches, 2, (batch) =>
    readBatch(caller, batch, fromSeconds, toSeconds, onRequested, signal),
  );
  return answers.flat();
}

async function readBatch(
  caller: Caller,
  batch: readonly SeriesKey[],
  fromSeconds: number,
  toSeconds: number,
  onRequested: (metrics: number) => void,
  signal: AbortSignal,
): Promise<MetricColumns[]> {
  const { GetMetricDataCommand } = await import('@aws-sdk/client-cloudwatch');
  const client = await caller.clients.cloudWatch();
  const collected = batch.map(() => ({ times: [] as number[], values: [] as number[], complete: false }));
  const input = {
    MetricDataQueries: batch.map(query),
    StartTime: new Date(fromSeconds * 1000),
    EndTime: new Date(toSeconds * 1000),
    ScanBy: 'TimestampAscending' as const,
  };
  let token: string | undefined;
  do {
    const command = new GetMetricDataCommand(token === undefined ? input : { ...input, NextToken: token });
    onRequested(batch.length);
    const page = await caller.call('cloudwatch:GetMetricData', signal, (options) => client.send(command, options));
    for (const result of page.MetricDataResults ?? []) {
      // A page need not hold every series, and one series may go on over pages: put together by id.
      const target = collected[Number(result.Id?.slice(1))];
      if (target === undefined) continue;
      for (const time of result.Timestamps ?? []) target.times.push(time.getTime() / 1000);
      for (const value of result.Values ?? []) target.values.push(value);
      target.complete = result.StatusCode === 'Complete';
    }
    token = page.NextToken === token ? undefined : page.NextToken;
  } while (token !== undefined && token !== '');
  return batch.map((key, i) => ({ key, complete: collected[i]!.complete, ...columns(collected[i]!) }));
}

function query(key: SeriesKey, i: number): MetricDataQuery {
  return {
    Id: `m${i}`,
    MetricStat: {
      Metric: {
        Namespace: key.namespace,
        MetricName: key.metricName,
        Dimensions: Object.entries(key.dimensions).map(([Name, Value]) => ({ Name, Value })),
      },
      Period: key.periodSeconds,
      Stat: key.statistic,
    },
  };
}

/** Rising times, whatever order the endpoint took; of equal times the one told last. */
function columns({ times, values }: { times: number[]; values: number[] }): {
  times: Float64Array;
  values: Float64Array;
} {
  const count = Math.min(times.length, values.length);
  let rising = true;
  for (let i = 1; i < count && rising; i++) rising = times[i]! > times[i - 1]!;
  if (rising)
    return { times: Float64Array.from(times.slice(0, count)), values: Float64Array.from(values.slice(0, count)) };
  const byTime = new Map<number, number>();
  for (let i = 0; i < count; i++) byTime.set(times[i]!, values[i]!);
  const sorted = [...byTime.keys()].sort((a, b) => a - b);
  return { times: Float64Array.from(sorted), values: Float64Array.from(sorted, (time) => byTime.get(time)!) };
}
