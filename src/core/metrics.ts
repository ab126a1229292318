/**
 * Which CloudWatch metric stands behind each measure: the one table that says what is polled, stored and charted.
 *
 * Used by the recorder (what to ask for) and by queries (what to read, how to reduce it, UX-27). Metrics of alarms that
 * are not in this table are polled too: `alarmSeriesKey`. Not here: limits of shards and queues, prices.
 */
import type { Measure, SeriesColumns } from './contract/shapes.ts';
import type { MetricAlarm, MetricRef, Resource, ResourceKind, Statistic } from './model/resources.ts';
import type { SeriesKey } from './model/series.ts';

export interface MetricSpec {
  readonly measure: Measure;
  readonly resourceKind: ResourceKind;
  readonly namespace: 'AWS/SQS' | 'AWS/Kinesis' | 'AWS/AutoScaling';
  readonly metricName: string;
  /** What is asked of CloudWatch for each period. */
  readonly statistic: Statistic;
  /** Unit of a stored value, as the contract spells it. A Sum is of the whole period, not per second. */
  readonly unit: SeriesColumns['unit'];
  readonly periodSeconds: 60;
  /** How many points become one bucket on screen: a Sum adds up, a level keeps its extremes, a count its last (UX-27). */
  readonly reduction: SeriesColumns['reduction'];
  /** Name of the same metric per shard (enhanced monitoring); null where there is none. */
  readonly shardMetricName: string | null;
  /** Which queues can have it: fair queues are standard queues whose messages carry a MessageGroupId. */
  readonly queues?: 'standard';
}

const queue = (
  measure: Measure,
  metricName: string,
  statistic: Statistic,
  unit: MetricSpec['unit'],
  reduction: MetricSpec['reduction'],
): MetricSpec => ({
  measure,
  resourceKind: 'sqs-queue',
  namespace: 'AWS/SQS',
  metricName,
  statistic,
  unit,
  periodSeconds: 60,
  reduction,
  shardMetricName: null,
});

/** No FIFO queue has it, so none is asked for it: what is asked is billed, whether there are points or not. */
const fairQueue = (measure: Measure, metricName: string, unit: MetricSpec['unit']): MetricSpec => ({
  ...queue(measure, metricName, 'Maximum', unit, 'minmax'),
  queues: 'standard',
});

const stream = (
  measure: Measure,
  metricName: string,
  statistic: Statistic,
  unit: MetricSpec['unit'],
  reduction: MetricSpec['reduction'],
  shardMetricName: string,
): MetricSpec => ({
  measure,
  resourceKind: 'kinesis-stream',
  namespace: 'AWS/Kinesis',
  metricName,
  statistic,
  unit,
  periodSeconds: 60,
  reduction,
  shardMetricName,
});

// Maximum, not Average: both are whole numbers of instances as long as one sample a minute is published, and only
// Maximum stays whole when there are more.
const group = (measure: Measure, metricName: string): MetricSpec => ({
  measure,
  resourceKind: 'auto-scaling-group',
  namespace: 'AWS/AutoScaling',
  metricName,
  statistic: 'Maximum',
  unit: 'count',
  periodSeconds: 60,
  reduction: 'last',
  shardMetricName: null,
});

/** Order is the order of polling; every pair of resource kind and measure stands once. */
export const metricSpecs: readonly MetricSpec[] = [
  queue('depth', 'ApproximateNumberOfMessagesVisible', 'Maximum', 'count', 'minmax'),
  queue('inFlight', 'ApproximateNumberOfMessagesNotVisible', 'Maximum', 'count', 'minmax'),
  queue('delayed', 'ApproximateNumberOfMessagesDelayed', 'Maximum', 'count', 'minmax'),
  queue('age', 'ApproximateAgeOfOldestMessage', 'Maximum', 'seconds', 'minmax'),
  queue('sent', 'NumberOfMessagesSent', 'Sum', 'count', 'sum'),
  queue('received', 'NumberOfMessagesReceived', 'Sum', 'count', 'sum'),
  queue('deleted', 'NumberOfMessagesDeleted', 'Sum', 'count', 'sum'),
  queue('emptyReceives', 'NumberOfEmptyReceives', 'Sum', 'count', 'sum'),
  fairQueue('noisyGroups', 'ApproximateNumberOfNoisyGroups', 'count'),
  fairQueue('quietDepth', 'ApproximateNumberOfMessagesVisibleInQuietGroups', 'count'),
  fairQueue('quietInFlight', 'ApproximateNumberOfMessagesNotVisibleInQuietGroups', 'count'),
  fairQueue('quietDelayed', 'ApproximateNumberOfMessagesDelayedInQuietGroups', 'count'),
  fairQueue('quietAge', 'ApproximateAgeOfOldestMessageInQuietGroups', 'seconds'),

  // A Kinesis level and its shards differ in name: GetRecords.IteratorAgeMilliseconds of the stream is
  // IteratorAgeMilliseconds of a shard, GetRecords.Bytes is OutgoingBytes.
  stream(
    'iteratorAge',
    'GetRecords.IteratorAgeMilliseconds',
    'Maximum',
    'milliseconds',
    'minmax',
    'IteratorAgeMilliseconds',
  ),
  stream('incomingBytes', 'IncomingBytes', 'Sum', 'bytes', 'sum', 'IncomingBytes'),
  stream('incomingRecords', 'IncomingRecords', 'Sum', 'count', 'sum', 'IncomingRecords'),
  stream('outgoingBytes', 'GetRecords.Bytes', 'Sum', 'bytes', 'sum', 'OutgoingBytes'),
  stream('outgoingRecords', 'GetRecords.Records', 'Sum', 'count', 'sum', 'OutgoingRecords'),
  stream(
    'writeThrottled',
    'WriteProvisionedThroughputExceeded',
    'Sum',
    'count',
    'sum',
    'WriteProvisionedThroughputExceeded',
  ),
  stream(
    'readThrottled',
    'ReadProvisionedThroughputExceeded',
    'Sum',
    'count',
    'sum',
    'ReadProvisionedThroughputExceeded',
  ),

  group('desired', 'GroupDesiredCapacity'),
  group('inService', 'GroupInServiceInstances'),
];

const dimensionOf: Readonly<Record<ResourceKind, string>> = {
  'sqs-queue': 'QueueName',
  'kinesis-stream': 'StreamName',
  'auto-scaling-group': 'AutoScalingGroupName',
};

const byMeasure = new Map(metricSpecs.map((spec) => [`${spec.resourceKind} ${spec.measure}`, spec]));

/** @returns undefined when a resource of this kind has no such measure (the depth of a stream) */
export function metricSpec(kind: ResourceKind, measure: Measure): MetricSpec | undefined {
  return byMeasure.get(`${kind} ${measure}`);
}

type Named = Pick<Resource, 'connectionId' | 'kind' | 'name'>;

/** The series of one measure of a resource as a whole; undefined when its kind has no such measure. */
export function seriesKeyOf(resource: Named, measure: Measure): SeriesKey | undefined {
  const spec = metricSpec(resource.kind, measure);
  return spec && keyOf(resource, spec, spec.metricName, {});
}

/** The series of one measure of one shard; undefined when the measure does not exist per shard. */
export function shardSeriesKeyOf(resource: Named, measure: Measure, shardId: string): SeriesKey | undefined {
  const spec = metricSpec(resource.kind, measure);
  if (spec === undefined || spec.shardMetricName === null) return undefined;
  return keyOf(resource, spec, spec.shardMetricName, { ShardId: shardId });
}

/** What GetQueueAttributes says of a queue, kept beside CloudWatch's metrics: it is minutes newer and has no gaps of its own. */
export const attributeNamespace = 'Spillway/QueueAttributes';

/** The series of one approximate count, by the attribute's own name; one reading a minute, the newest of it. */
export function attributeSeriesKey(queue: Named, attributeName: string): SeriesKey {
  return {
    connectionId: queue.connectionId,
    namespace: attributeNamespace,
    metricName: attributeName,
    dimensions: { QueueName: queue.name },
    statistic: 'Average',
    periodSeconds: 60,
  };
}

export interface PolledSeries {
  readonly key: SeriesKey;
  /** Only fair queues publish it, so that most queues never have a point. */
  readonly rare: boolean;
}

/** Everything that is polled for a resource; shard by shard only the metrics its enhanced monitoring publishes, and of a FIFO queue none of fair queues. */
export function polledSeries(resource: Resource): PolledSeries[] {
  const series: PolledSeries[] = [];
  for (const spec of metricSpecs) {
    if (spec.resourceKind !== resource.kind) continue;
    if (spec.queues === 'standard' && resource.config.kind === 'sqs-queue' && resource.config.fifo) continue;
    series.push({ key: keyOf(resource, spec, spec.metricName, {}), rare: spec.queues === 'standard' });
    if (resource.config.kind !== 'kinesis-stream' || spec.shardMetricName === null) continue;
    const { shardLevelMetrics, shards } = resource.config;
    if (!shardLevelMetrics.includes('ALL') && !shardLevelMetrics.includes(spec.shardMetricName)) continue;
    for (const { shardId } of shards)
      series.push({ key: keyOf(resource, spec, spec.shardMetricName, { ShardId: shardId }), rare: false });
  }
  return series;
}

export const seriesToPoll = (resource: Resource): SeriesKey[] => polledSeries(resource).map(({ key }) => key);

/** The series that an alarm judges, with the alarm's own statistic and period. */
export function alarmSeriesKey(alarm: MetricAlarm): SeriesKey {
  return {
    connectionId: alarm.connectionId,
    ...alarm.metric,
    statistic: alarm.statistic,
    periodSeconds: alarm.rule.periodSeconds,
  };
}

/** The measure that a metric is, as a screen or a replay calls it; undefined for metrics outside the table. */
export function measureOfMetric(metric: MetricRef): Measure | undefined {
  return metricSpecs.find(
    (spec) =>
      spec.namespace === metric.namespace &&
      (spec.metricName === metric.metricName || spec.shardMetricName === metric.metricName),
  )?.measure;
}

/** The resource a metric is about, found by its dimension; undefined for metrics of other things. */
export function resourceOfMetric(metric: MetricRef, resources: readonly Resource[]): Resource | undefined {
  const spec = metricSpecs.find((candidate) => candidate.namespace === metric.namespace);
  if (spec === undefined) return undefined;
  const name = metric.dimensions[dimensionOf[spec.resourceKind]];
  return resources.find((resource) => resource.kind === spec.resourceKind && resource.name === name);
}

function keyOf(
  resource: Named,
  spec: MetricSpec,
  metricName: string,
  more: Readonly<Record<string, string>>,
): SeriesKey {
  return {
    connectionId: resource.connectionId,
    namespace: spec.namespace,
    metricName,
    dimensions: { [dimensionOf[spec.resourceKind]]: resource.name, ...more },
    statistic: spec.statistic,
    periodSeconds: spec.periodSeconds,
  };
}
