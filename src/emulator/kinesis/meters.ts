/**
 * Counts of one minute that become CloudWatch statistic sets: one put per metric and minute, whatever the traffic.
 *
 * A meter without samples publishes nothing: a metric tied to an operation is absent in minutes when nobody calls it.
 */
import type { MetricHandle, MetricSink } from '../metricSink.ts';

export class Meter {
  #count = 0;
  #sum = 0;
  #minimum = Number.POSITIVE_INFINITY;
  #maximum = Number.NEGATIVE_INFINITY;
  readonly #open: () => MetricHandle;
  #handle: MetricHandle | null = null;

  /** The handle is asked for with the first published minute: a metric nobody touches never exists. */
  constructor(open: () => MetricHandle) {
    this.#open = open;
  }

  add(value: number): void {
    this.#count++;
    this.#sum += value;
    if (value < this.#minimum) this.#minimum = value;
    if (value > this.#maximum) this.#maximum = value;
  }

  /** Hands the minute over and starts the next one; with `keep` false the minute is thrown away. */
  publish(atMs: number, keep: boolean): void {
    if (this.#count === 0) return;
    if (keep) {
      this.#handle ??= this.#open();
      this.#handle.put({ atMs, count: this.#count, sum: this.#sum, minimum: this.#minimum, maximum: this.#maximum });
    }
    this.#count = 0;
    this.#sum = 0;
    this.#minimum = Number.POSITIVE_INFINITY;
    this.#maximum = Number.NEGATIVE_INFINITY;
  }
}

const streamMetrics = {
  incomingBytes: ['IncomingBytes', 'Bytes'],
  incomingRecords: ['IncomingRecords', 'Count'],
  writeThrottled: ['WriteProvisionedThroughputExceeded', 'Count'],
  readThrottled: ['ReadProvisionedThroughputExceeded', 'Count'],
  iteratorAgeMs: ['GetRecords.IteratorAgeMilliseconds', 'Milliseconds'],
  getRecordsBytes: ['GetRecords.Bytes', 'Bytes'],
  getRecordsRecords: ['GetRecords.Records', 'Count'],
  getRecordsSuccess: ['GetRecords.Success', 'Count'],
  putRecordBytes: ['PutRecord.Bytes', 'Bytes'],
  putRecordSuccess: ['PutRecord.Success', 'Count'],
  putRecordsBytes: ['PutRecords.Bytes', 'Bytes'],
  putRecordsSuccess: ['PutRecords.Success', 'Count'],
  putRecordsTotal: ['PutRecords.TotalRecords', 'Count'],
  putRecordsSuccessful: ['PutRecords.SuccessfulRecords', 'Count'],
  putRecordsFailed: ['PutRecords.FailedRecords', 'Count'],
  putRecordsThrottled: ['PutRecords.ThrottledRecords', 'Count'],
} as const;

const shardMetrics = {
  incomingBytes: ['IncomingBytes', 'Bytes'],
  incomingRecords: ['IncomingRecords', 'Count'],
  outgoingBytes: ['OutgoingBytes', 'Bytes'],
  outgoingRecords: ['OutgoingRecords', 'Count'],
  writeThrottled: ['WriteProvisionedThroughputExceeded', 'Count'],
  readThrottled: ['ReadProvisionedThroughputExceeded', 'Count'],
  iteratorAgeMs: ['IteratorAgeMilliseconds', 'Milliseconds'],
} as const;

/** Names that EnableEnhancedMonitoring takes, besides ALL. */
export const shardMetricNames: readonly string[] = Object.values(shardMetrics).map(([name]) => name);

/** ALL stands for every shard-level metric; null when a name is none of them. */
export function expandShardMetricNames(names: readonly string[]): readonly string[] | null {
  if (!names.every((name) => name === 'ALL' || shardMetricNames.includes(name))) return null;
  return names.includes('ALL') ? shardMetricNames : names;
}

export type StreamMeters = Readonly<Record<keyof typeof streamMetrics, Meter>>;
export type ShardMeters = Readonly<Record<keyof typeof shardMetrics, Meter>>;

export function createStreamMeters(sink: MetricSink, streamName: string): StreamMeters {
  return createMeters(streamMetrics, sink, { StreamName: streamName });
}

export function createShardMeters(sink: MetricSink, streamName: string, shardId: string): ShardMeters {
  return createMeters(shardMetrics, sink, { StreamName: streamName, ShardId: shardId });
}

export function publishStreamMeters(meters: StreamMeters, atMs: number): void {
  for (const meter of Object.values(meters)) meter.publish(atMs, true);
}

/** Only the metrics that enhanced monitoring has switched on are published; the others' minutes are dropped. */
export function publishShardMeters(meters: ShardMeters, atMs: number, enabled: ReadonlySet<string>): void {
  for (const [key, [name]] of Object.entries(shardMetrics)) {
    meters[key as keyof ShardMeters].publish(atMs, enabled.has(name));
  }
}

function createMeters<Key extends string>(
  metrics: Readonly<Record<Key, readonly [name: string, unit: string]>>,
  sink: MetricSink,
  dimensions: Readonly<Record<string, string>>,
): Record<Key, Meter> {
  const meters = {} as Record<Key, Meter>;
  for (const key of Object.keys(metrics) as Key[]) {
    const [metricName, unit] = metrics[key];
    meters[key] = new Meter(() => sink.metric({ namespace: 'AWS/Kinesis', metricName, dimensions }, unit));
  }
  return meters;
}
