/**
 * List prices from resources/prices.json, and what polling costs at them (UX-43). Estimates: the file is the user's to edit.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SpillwayError } from '../core/errors.ts';

export interface Prices {
  readonly polling: {
    readonly region: string;
    readonly asOf: string;
    readonly getMetricDataPer1000Metrics: number;
    readonly cloudWatchPer1000Requests: number;
    readonly sqsPerMillionRequests: number;
  };
  readonly instances: {
    readonly region: string;
    readonly asOf: string;
    readonly fallbackType: string;
    readonly perHour: Readonly<Record<string, number>>;
  };
  /** Absent in files edited for an older version: then a stream's cost is not known. */
  readonly kinesis?: {
    readonly region: string;
    readonly asOf: string;
    readonly shardHour: number;
  };
}

/** @throws SpillwayError FILE_UNREADABLE, FILE_SYNTAX or FILE_FIELD_INVALID: people edit this file */
export function loadPrices(resourcesDir: string): Prices {
  const name = 'prices.json';
  let text: string;
  try {
    text = readFileSync(join(resourcesDir, name), 'utf8');
  } catch (thrown) {
    throw new SpillwayError('FILE_UNREADABLE', { file: name, detail: (thrown as Error).message });
  }
  let parsed: Prices;
  try {
    parsed = JSON.parse(text) as Prices;
  } catch (thrown) {
    throw new SpillwayError('FILE_SYNTAX', { file: name, line: 1, detail: (thrown as Error).message });
  }
  const { polling, instances, kinesis } = parsed;
  requirePrice(text, 'getMetricDataPer1000Metrics', polling?.getMetricDataPer1000Metrics);
  requirePrice(text, 'cloudWatchPer1000Requests', polling?.cloudWatchPer1000Requests);
  requirePrice(text, 'sqsPerMillionRequests', polling?.sqsPerMillionRequests);
  requirePrice(text, 'perHour', instances?.perHour?.[instances.fallbackType]);
  for (const [type, price] of Object.entries(instances.perHour)) requirePrice(text, type, price);
  if (kinesis !== undefined) requirePrice(text, 'shardHour', kinesis.shardHour);
  return parsed;
}

function requirePrice(text: string, field: string, found: unknown): asserts found is number {
  if (typeof found === 'number' && found >= 0) return;
  const before = text.slice(0, Math.max(0, text.indexOf(`"${field}"`)));
  throw new SpillwayError('FILE_FIELD_INVALID', {
    file: 'prices.json',
    line: before.split('\n').length,
    field,
    found: JSON.stringify(found) ?? 'missing',
    expected: 'a number in USD, 0 or more',
  });
}

/** Price of an instance type per hour; the fallback type's where the type is unknown. */
export function instancePriceUsd(prices: Prices, instanceType: string | null): number {
  const { perHour, fallbackType } = prices.instances;
  return (instanceType === null ? undefined : perHour[instanceType]) ?? perHour[fallbackType]!;
}

/** What an open shard costs per hour; null where the file has no price. On-demand streams are not paid by shards. */
export function shardHourPriceUsd(prices: Prices): number | null {
  return prices.kinesis?.shardHour ?? null;
}

/** Calls by API name, and metrics requested by GetMetricData. */
export interface Calls {
  readonly calls: Readonly<Record<string, number>>;
  readonly metricsRequested: number;
}

const sqsCalls = new Set(['ListQueues', 'GetQueueAttributes', 'GetQueueUrl', 'ListDeadLetterSourceQueues']);
const cloudWatchCalls = new Set(['DescribeAlarms', 'DescribeAlarmHistory', 'ListMetrics']);

/** Auto Scaling, STS and the Kinesis control calls that Spillway makes are free. */
export function costUsd(prices: Prices, { calls, metricsRequested }: Calls): number {
  const { polling } = prices;
  let usd = (metricsRequested / 1000) * polling.getMetricDataPer1000Metrics;
  for (const [name, count] of Object.entries(calls)) {
    if (sqsCalls.has(name)) usd += (count / 1e6) * polling.sqsPerMillionRequests;
    if (cloudWatchCalls.has(name)) usd += (count / 1000) * polling.cloudWatchPer1000Requests;
  }
  return usd;
}
