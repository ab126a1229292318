/**
 * Makes a recording as a month of polling would have left it: many queues with dead-letter queues, some streams with shards,
 * one scaled group, alarms and their history. Written through the store, so it is whatever the store makes of it.
 *
 * The traffic is a formula (waves, noise, a crowd), not a simulation: it is there to be read, not to be believed.
 */
import { seriesToPoll } from '../../src/core/metrics.ts';
import type { NewEvent } from '../../src/core/model/events.ts';
import type { Connection, MetricAlarm, Resource } from '../../src/core/model/resources.ts';
import type { SeriesKey } from '../../src/core/model/series.ts';
import { seededRandom } from '../../src/core/time/random.ts';
import type { SeriesBatch, Store } from '../../src/storage/interface.ts';

const day = 86_400;

export interface RecordingOptions {
  readonly resources: number;
  readonly days: number;
  readonly seed: number;
  /** End of the recording, epoch milliseconds; a whole minute. */
  readonly endMs: number;
}

export interface MadeRecording {
  readonly connectionId: string;
  /** Of the queue that is scaled. */
  readonly queueId: string;
  readonly streamId: string | null;
  readonly fromMs: number;
  readonly toMs: number;
  readonly points: number;
}

const connection: Connection = {
  id: 'c1',
  name: 'made up',
  kind: 'aws',
  region: 'us-east-1',
  endpoint: null,
  profile: 'made-up',
  pollIntervalSeconds: 60,
};

/** One resource in ten is a stream of four shards, one in five a dead-letter queue; the rest are queues. */
export function makeRecording(store: Store, options: RecordingOptions): MadeRecording {
  const { days, endMs } = options;
  const endSeconds = Math.floor(endMs / 60_000) * 60;
  const startSeconds = endSeconds - days * day;
  const resources = resourcesOf(options.resources);
  store.saveConnection(connection);
  store.saveResources(resources);
  store.saveAlarms(connection.id, alarmsOf(resources));
  const profiles = resources.flatMap((resource, at) =>
    seriesToPoll(resource).map((key) => ({ key, seriesId: store.seriesId(key), busy: busyness(options.seed, at) })),
  );
  let points = 0;
  for (let from = startSeconds; from < endSeconds; ) {
    // By UTC days, as a day ends and is sealed.
    const to = Math.min(endSeconds, (Math.floor(from / day) + 1) * day);
    const minutes = (to - from) / 60;
    const times = Float64Array.from({ length: minutes }, (_, minute) => from + minute * 60);
    const series: SeriesBatch[] = profiles.map(({ key, seriesId, busy }) => ({
      seriesId,
      times,
      values: valuesOf(key, busy, times, endSeconds),
    }));
    points += series.length * minutes;
    store.record(connection.id, { series, events: eventsOf(resources, from, to), cursors: new Map() });
    from = to;
  }
  const cursors = new Map<string, number>([['polled', endSeconds]]);
  for (const { id } of resources) cursors.set(`asked:${id}`, endSeconds).set(`data:${id}`, endSeconds);
  store.record(connection.id, { series: [], events: [], cursors });
  return {
    connectionId: connection.id,
    queueId: resources[0]!.id,
    streamId: resources.find(({ kind }) => kind === 'kinesis-stream')?.id ?? null,
    fromMs: startSeconds * 1000,
    toMs: endSeconds * 1000,
    points,
  };
}

/** 64 different noises and sizes, so that no two neighbours look alike and making them stays cheap. */
function busyness(seed: number, at: number): { readonly size: number; readonly noise: Float64Array } {
  const random = seededRandom(seed, `resource/${at % 64}`);
  return { size: 50 + 2000 * random.next() ** 3, noise: Float64Array.from({ length: 997 }, () => random.next()) };
}

function valuesOf(
  key: SeriesKey,
  { size, noise }: ReturnType<typeof busyness>,
  times: Float64Array,
  endSeconds: number,
): Float64Array {
  const scale = scaleOf(key, size);
  return times.map((time) => {
    const wave = 1 + 0.6 * Math.sin((time / day) * 2 * Math.PI);
    // The last forty minutes hold a crowd: something is going on when the screen opens.
    const crowd = endSeconds - time < 2400 ? 1 + (2400 - (endSeconds - time)) / 300 : 1;
    return Math.round(scale * wave * crowd * (0.8 + 0.4 * noise[(time / 60) % 997]!));
  });
}

function scaleOf({ metricName, dimensions }: SeriesKey, size: number): number {
  if (metricName.startsWith('Group')) return 4;
  if (metricName.includes('Age')) return metricName.includes('Milliseconds') ? 4000 : 15;
  if (metricName.includes('Bytes')) return size * 20_000 * (dimensions.ShardId?.endsWith('0') ? 3 : 1);
  if (metricName.includes('Exceeded') || metricName.includes('Delayed')) return 0;
  return metricName.startsWith('Approximate') ? size / 4 : size;
}

const arn = (service: string, name: string): string => `arn:aws:${service}:us-east-1:123456789012:${name}`;
const queueArn = (name: string): string => arn('sqs', name);

function resourcesOf(count: number): Resource[] {
  const resources: Resource[] = [];
  for (let at = 0; resources.length < count - 1; at++) {
    const number = String(at).padStart(3, '0');
    if (at % 10 === 9) resources.push(stream(`stream-${number}`));
    else if (at % 5 === 3) resources.push(queue(`queue-${String(at - 1).padStart(3, '0')}-dlq`, null));
    else resources.push(queue(`queue-${number}`, at % 5 === 2 ? `queue-${number}-dlq` : null));
  }
  resources.push(group('queue-000-workers'));
  return resources;
}

function queue(name: string, deadLetterQueue: string | null): Resource {
  return {
    id: queueArn(name),
    connectionId: connection.id,
    kind: 'sqs-queue',
    name,
    config: {
      kind: 'sqs-queue',
      url: `https://sqs.us-east-1.amazonaws.com/123456789012/${name}`,
      visibilityTimeoutSeconds: 60,
      messageRetentionSeconds: 345_600,
      delaySeconds: 0,
      fifo: false,
      deadLetter: deadLetterQueue === null ? null : { targetArn: queueArn(deadLetterQueue), maxReceiveCount: 5 },
    },
    discoveredAtMs: 0,
  };
}

function stream(name: string): Resource {
  return {
    id: arn('kinesis', `stream/${name}`),
    connectionId: connection.id,
    kind: 'kinesis-stream',
    name,
    config: {
      kind: 'kinesis-stream',
      mode: 'PROVISIONED',
      retentionHours: 24,
      shardLevelMetrics: ['IncomingBytes', 'IncomingRecords', 'IteratorAgeMilliseconds'],
      shards: [0, 1, 2, 3].map((shard) => ({
        shardId: `shardId-00000000000${shard}`,
        startingHashKey: String(shard),
        endingHashKey: String(shard + 1),
        closed: false,
      })),
    },
    discoveredAtMs: 0,
  };
}

function group(name: string): Resource {
  const policy = (direction: 'out' | 'in') => ({
    arn: arn('autoscaling', `policy/${name}/${direction}`),
    alarmNames: [`queue-000-${direction === 'out' ? 'high' : 'low'}`],
    policy: {
      name: `scale-${direction}`,
      adjustmentType: 'ChangeInCapacity' as const,
      steps: [
        direction === 'out'
          ? { lowerBound: 0, upperBound: null, adjustment: 2 }
          : { lowerBound: null, upperBound: 0, adjustment: -1 },
      ],
      minAdjustmentMagnitude: null,
      metricAggregationType: 'Average' as const,
      estimatedInstanceWarmupSeconds: 120,
      enabled: true,
    },
  });
  return {
    id: arn('autoscaling', `group/${name}`),
    connectionId: connection.id,
    kind: 'auto-scaling-group',
    name,
    config: {
      kind: 'auto-scaling-group',
      minSize: 1,
      maxSize: 20,
      desiredCapacity: 4,
      defaultInstanceWarmupSeconds: null,
      defaultCooldownSeconds: 300,
      instanceType: 'm5.large',
      policies: [policy('out'), policy('in')],
    },
    discoveredAtMs: 0,
  };
}

function alarmsOf(resources: readonly Resource[]): MetricAlarm[] {
  const alarm = (queueName: string, high: boolean): MetricAlarm => ({
    name: `${queueName}-${high ? 'high' : 'low'}`,
    arn: arn('cloudwatch', `alarm:${queueName}-${high ? 'high' : 'low'}`),
    connectionId: connection.id,
    metric: {
      namespace: 'AWS/SQS',
      metricName: 'ApproximateNumberOfMessagesVisible',
      dimensions: { QueueName: queueName },
    },
    statistic: 'Maximum',
    rule: {
      periodSeconds: 60,
      evaluationPeriods: 2,
      datapointsToAlarm: 2,
      threshold: high ? 500 : 50,
      comparisonOperator: high ? 'GreaterThanOrEqualToThreshold' : 'LessThanThreshold',
      treatMissingData: 'missing',
    },
    actionsEnabled: true,
    alarmActions: [],
    state: 'OK',
    stateUpdatedAtMs: 0,
  });
  return resources
    .filter(({ kind }) => kind === 'sqs-queue')
    .flatMap(({ name }, at) => (at === 0 ? [alarm(name, true), alarm(name, false)] : [alarm(name, true)]));
}

/** A handful of alarm changes per day, spread over the queues. */
function eventsOf(resources: readonly Resource[], fromSeconds: number, toSeconds: number): NewEvent[] {
  const queues = resources.filter(({ kind }) => kind === 'sqs-queue');
  return queues.slice(0, 40).flatMap((about, at): NewEvent[] => {
    const atMs = (fromSeconds + ((at * 1013) % (toSeconds - fromSeconds))) * 1000;
    const change = (from: string, to: string, whenMs: number): NewEvent => ({
      connectionId: connection.id,
      resourceId: about.id,
      kind: 'alarm-state',
      atMs: whenMs,
      endMs: null,
      sourceId: `${about.name}-high:${whenMs}`,
      title: `${about.name}-high: ${from} to ${to}`,
      detail: 'Threshold Crossed',
      data: { kind: 'alarm-state', alarmName: `${about.name}-high`, from, to, reason: 'Threshold Crossed' },
    });
    return [change('OK', 'ALARM', atMs), change('ALARM', 'OK', atMs + 600_000)];
  });
}
