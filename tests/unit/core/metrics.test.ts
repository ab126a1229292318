import { describe, expect, it } from 'vitest';
import { measure } from '../../../src/core/contract/shapes.ts';
import {
  alarmSeriesKey,
  measureOfMetric,
  metricSpec,
  metricSpecs,
  resourceOfMetric,
  seriesKeyOf,
  seriesToPoll,
  shardSeriesKeyOf,
} from '../../../src/core/metrics.ts';
import type { MetricAlarm, Resource } from '../../../src/core/model/resources.ts';

const stream = (shardLevelMetrics: string[]): Resource => ({
  id: 'arn:clicks',
  connectionId: 'c1',
  kind: 'kinesis-stream',
  name: 'clicks',
  config: {
    kind: 'kinesis-stream',
    mode: 'PROVISIONED',
    retentionHours: 24,
    shardLevelMetrics,
    shards: ['shardId-0', 'shardId-1'].map((shardId) => ({
      shardId,
      startingHashKey: '0',
      endingHashKey: '1',
      closed: false,
    })),
  },
  discoveredAtMs: 0,
});

describe('the table of metrics', () => {
  it('has a metric for every measure of the contract, once per kind of resource', () => {
    expect(new Set(metricSpecs.map((spec) => spec.measure))).toEqual(new Set(measure.options));
    const pairs = metricSpecs.map((spec) => `${spec.resourceKind} ${spec.measure}`);
    expect(new Set(pairs).size).toBe(pairs.length);
  });

  it.each([
    { measure: 'depth', kind: 'sqs-queue', reduction: 'minmax', statistic: 'Maximum' },
    { measure: 'age', kind: 'sqs-queue', reduction: 'minmax', statistic: 'Maximum' },
    { measure: 'sent', kind: 'sqs-queue', reduction: 'sum', statistic: 'Sum' },
    { measure: 'incomingBytes', kind: 'kinesis-stream', reduction: 'sum', statistic: 'Sum' },
    { measure: 'desired', kind: 'auto-scaling-group', reduction: 'last', statistic: 'Maximum' },
  ] as const)('UX-27: $measure is reduced by $reduction', ({ measure: name, kind, reduction, statistic }) => {
    expect(metricSpec(kind, name)).toMatchObject({ reduction, statistic, periodSeconds: 60 });
  });

  it('names a series by the dimension of its kind', () => {
    expect(seriesKeyOf({ connectionId: 'c1', kind: 'auto-scaling-group', name: 'workers' }, 'inService')).toEqual({
      connectionId: 'c1',
      namespace: 'AWS/AutoScaling',
      metricName: 'GroupInServiceInstances',
      dimensions: { AutoScalingGroupName: 'workers' },
      statistic: 'Maximum',
      periodSeconds: 60,
    });
    expect(seriesKeyOf(stream([]), 'depth')).toBeUndefined();
  });

  it('knows that a stream and its shards call one thing by two names', () => {
    expect(seriesKeyOf(stream([]), 'iteratorAge')?.metricName).toBe('GetRecords.IteratorAgeMilliseconds');
    expect(shardSeriesKeyOf(stream([]), 'iteratorAge', 'shardId-1')).toMatchObject({
      metricName: 'IteratorAgeMilliseconds',
      dimensions: { StreamName: 'clicks', ShardId: 'shardId-1' },
    });
    expect(measureOfMetric({ namespace: 'AWS/Kinesis', metricName: 'OutgoingBytes', dimensions: {} })).toBe(
      'outgoingBytes',
    );
    expect(measureOfMetric({ namespace: 'My/App', metricName: 'OutgoingBytes', dimensions: {} })).toBeUndefined();
  });

  it.each([
    { published: [], count: 7 },
    { published: ['IncomingBytes'], count: 7 + 2 },
    { published: ['ALL'], count: 7 * 3 },
  ])('polls of a stream with enhanced monitoring $published: $count series', ({ published, count }) => {
    expect(seriesToPoll(stream(published)).length).toBe(count);
  });

  const queue = (fifo: boolean): Resource => ({
    id: 'arn:orders',
    connectionId: 'c1',
    kind: 'sqs-queue',
    name: 'orders',
    config: {
      kind: 'sqs-queue',
      url: 'http://x/orders',
      visibilityTimeoutSeconds: 30,
      messageRetentionSeconds: 345_600,
      delaySeconds: 0,
      fifo,
      deadLetter: null,
    },
    discoveredAtMs: 0,
  });

  it('polls of a standard queue what a fair one has, and of a FIFO queue, which cannot have it, nothing more than before', () => {
    const namesOf = (fifo: boolean) => seriesToPoll(queue(fifo)).map(({ metricName }) => metricName);
    const fair = ['ApproximateNumberOfNoisyGroups', 'ApproximateAgeOfOldestMessageInQuietGroups'];
    expect(namesOf(false)).toEqual(expect.arrayContaining(fair));
    expect(namesOf(false)).toHaveLength(13);
    expect(namesOf(true).filter((name) => /Quiet|Noisy/.test(name))).toEqual([]);
    expect(namesOf(true)).toHaveLength(8);
  });

  it.each([
    ['noisyGroups', 'ApproximateNumberOfNoisyGroups', 'count'],
    ['quietDepth', 'ApproximateNumberOfMessagesVisibleInQuietGroups', 'count'],
    ['quietInFlight', 'ApproximateNumberOfMessagesNotVisibleInQuietGroups', 'count'],
    ['quietDelayed', 'ApproximateNumberOfMessagesDelayedInQuietGroups', 'count'],
    ['quietAge', 'ApproximateAgeOfOldestMessageInQuietGroups', 'seconds'],
  ] as const)('%s is the Maximum of %s in %s', (name, metricName, unit) => {
    expect(metricSpec('sqs-queue', name)).toMatchObject({
      metricName,
      unit,
      statistic: 'Maximum',
      reduction: 'minmax',
    });
    expect(measureOfMetric({ namespace: 'AWS/SQS', metricName, dimensions: { QueueName: 'orders' } })).toBe(name);
  });

  it("polls an alarm's own statistic and period, and finds what it is about", () => {
    const alarm: MetricAlarm = {
      name: 'late',
      arn: 'arn:late',
      connectionId: 'c1',
      metric: {
        namespace: 'AWS/Kinesis',
        metricName: 'GetRecords.IteratorAgeMilliseconds',
        dimensions: { StreamName: 'clicks' },
      },
      statistic: 'Average',
      rule: {
        periodSeconds: 300,
        evaluationPeriods: 1,
        datapointsToAlarm: 1,
        threshold: 1,
        comparisonOperator: 'GreaterThanThreshold',
        treatMissingData: 'missing',
      },
      actionsEnabled: true,
      alarmActions: [],
      state: 'OK',
      stateUpdatedAtMs: 0,
    };
    expect(alarmSeriesKey(alarm)).toMatchObject({ statistic: 'Average', periodSeconds: 300, connectionId: 'c1' });
    expect(resourceOfMetric(alarm.metric, [stream([])])?.id).toBe('arn:clicks');
    expect(resourceOfMetric({ ...alarm.metric, namespace: 'My/App' }, [stream([])])).toBeUndefined();
  });
});
