import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/core/model/resources.ts';
import type { SeriesKey } from '../../../src/core/model/series.ts';
import {
  type Answer,
  type Asked,
  canned,
  clock,
  connect,
  failureOf,
  identity,
  json,
  signal,
  xml,
  xmlError,
} from './canned.ts';

const denied = json({ __type: 'AccessDeniedException', message: 'not authorized' }, { status: 400 });
const result = (action: string, body: string) =>
  xml(`<${action}Response><${action}Result>${body}</${action}Result></${action}Response>`);

/** Answers of a small account; `more` replaces single actions. */
function account(more: Record<string, (asked: Asked) => Answer> = {}): (asked: Asked) => Answer {
  const answers: Record<string, (asked: Asked) => Answer> = {
    GetCallerIdentity: () => identity,
    ListQueues: ({ input }) =>
      (input as { NextToken?: string }).NextToken === undefined
        ? json({ QueueUrls: ['https://sqs.us-east-1.amazonaws.com/123456789012/orders'], NextToken: 'page-2' })
        : json({
            QueueUrls: [
              'https://sqs.us-east-1.amazonaws.com/123456789012/orders-dlq',
              'https://sqs.us-east-1.amazonaws.com/123456789012/just-deleted',
            ],
          }),
    GetQueueAttributes: ({ input }) => {
      const { QueueUrl: url } = input as { QueueUrl: string };
      const name = url.slice(url.lastIndexOf('/') + 1);
      if (name === 'just-deleted') {
        return json(
          { __type: 'com.amazonaws.sqs#QueueDoesNotExist', message: 'The specified queue does not exist.' },
          { status: 400, headers: { 'x-amzn-query-error': 'AWS.SimpleQueueService.NonExistentQueue;Sender' } },
        );
      }
      return json({
        Attributes: {
          QueueArn: `arn:aws:sqs:us-east-1:123456789012:${name}`,
          VisibilityTimeout: '45',
          MessageRetentionPeriod: '1209600',
          DelaySeconds: '5',
          ApproximateNumberOfMessages: '12',
          ApproximateNumberOfMessagesNotVisible: '3',
          ApproximateNumberOfMessagesDelayed: '1',
          ...(name === 'orders'
            ? {
                RedrivePolicy:
                  '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:123456789012:orders-dlq","maxReceiveCount":"5"}',
              }
            : {}),
        },
      });
    },
    ListStreams: ({ input }) =>
      (input as { ExclusiveStartStreamName?: string }).ExclusiveStartStreamName === undefined
        ? json({ StreamNames: ['clicks'], HasMoreStreams: true })
        : json({ StreamNames: ['views'], HasMoreStreams: false }),
    DescribeStreamSummary: ({ input }) =>
      json({
        StreamDescriptionSummary: {
          StreamName: (input as { StreamName: string }).StreamName,
          StreamARN: `arn:aws:kinesis:us-east-1:123456789012:stream/${(input as { StreamName: string }).StreamName}`,
          StreamStatus: 'ACTIVE',
          RetentionPeriodHours: 168,
          StreamModeDetails: { StreamMode: 'PROVISIONED' },
          EnhancedMonitoring: [{ ShardLevelMetrics: ['IncomingBytes', 'IteratorAgeMilliseconds'] }],
          OpenShardCount: 1,
        },
      }),
    ListShards: ({ input }) =>
      (input as { NextToken?: string }).NextToken === undefined
        ? json({
            Shards: [
              {
                ShardId: 'shardId-000000000000',
                HashKeyRange: { StartingHashKey: '0', EndingHashKey: '340282366920938463463374607431768211455' },
                SequenceNumberRange: { StartingSequenceNumber: '1', EndingSequenceNumber: '9' },
              },
            ],
            NextToken: 'more',
          })
        : json({
            Shards: [
              {
                ShardId: 'shardId-000000000001',
                HashKeyRange: { StartingHashKey: '0', EndingHashKey: '170141183460469231731687303715884105727' },
                SequenceNumberRange: { StartingSequenceNumber: '10' },
              },
            ],
          }),
    DescribeAutoScalingGroups: () =>
      result(
        'DescribeAutoScalingGroups',
        `<AutoScalingGroups><member><AutoScalingGroupName>orders-workers</AutoScalingGroupName>
         <AutoScalingGroupARN>arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:u:autoScalingGroupName/orders-workers</AutoScalingGroupARN>
         <MinSize>1</MinSize><MaxSize>20</MaxSize><DesiredCapacity>2</DesiredCapacity><DefaultCooldown>300</DefaultCooldown>
         <DefaultInstanceWarmup>120</DefaultInstanceWarmup><AvailabilityZones/><HealthCheckType>EC2</HealthCheckType>
         <CreatedTime>2026-01-01T00:00:00Z</CreatedTime>
         <Instances><member><InstanceId>i-1</InstanceId><InstanceType>m5.large</InstanceType></member></Instances>
         </member></AutoScalingGroups>`,
      ),
    DescribePolicies: () =>
      result(
        'DescribePolicies',
        `<ScalingPolicies><member><AutoScalingGroupName>orders-workers</AutoScalingGroupName><PolicyName>out</PolicyName>
         <PolicyARN>arn:policy/out</PolicyARN><PolicyType>StepScaling</PolicyType><AdjustmentType>ChangeInCapacity</AdjustmentType>
         <MetricAggregationType>Average</MetricAggregationType><EstimatedInstanceWarmup>90</EstimatedInstanceWarmup><Enabled>true</Enabled>
         <StepAdjustments><member><MetricIntervalLowerBound>0</MetricIntervalLowerBound><MetricIntervalUpperBound>500</MetricIntervalUpperBound><ScalingAdjustment>2</ScalingAdjustment></member>
         <member><MetricIntervalLowerBound>500</MetricIntervalLowerBound><ScalingAdjustment>5</ScalingAdjustment></member></StepAdjustments>
         <Alarms><member><AlarmName>orders-high</AlarmName><AlarmARN>arn:alarm</AlarmARN></member></Alarms></member>
         <member><AutoScalingGroupName>orders-workers</AutoScalingGroupName><PolicyName>track</PolicyName><PolicyARN>arn:policy/track</PolicyARN><PolicyType>TargetTrackingScaling</PolicyType></member>
         </ScalingPolicies>`,
      ),
    DescribeAlarms: () =>
      json({
        MetricAlarms: [
          {
            AlarmName: 'orders-high',
            AlarmArn: 'arn:alarm',
            Namespace: 'AWS/SQS',
            MetricName: 'ApproximateNumberOfMessagesVisible',
            Dimensions: [{ Name: 'QueueName', Value: 'orders' }],
            Statistic: 'Average',
            Period: 60,
            EvaluationPeriods: 3,
            DatapointsToAlarm: 2,
            Threshold: 100,
            ComparisonOperator: 'GreaterThanThreshold',
            ActionsEnabled: true,
            AlarmActions: ['arn:policy/out'],
            StateValue: 'ALARM',
            StateUpdatedTimestamp: 1772452800.123,
          },
          {
            AlarmName: 'on-math',
            AlarmArn: 'arn:math',
            ComparisonOperator: 'GreaterThanThreshold',
            Metrics: [{ Id: 'e1', Expression: 'm1/m2' }],
          },
        ],
      }),
    ...more,
  };
  return (asked) => answers[asked.action]?.(asked) ?? xmlError('InvalidAction', `no ${asked.action}`);
}

describe('testing a connection', () => {
  it('tells account, identity and how far the clock is off', async () => {
    const date = new Date(clock.nowMs() - 7_000).toUTCString();
    const { endpoint } = await canned(() => ({ ...identity, headers: { ...identity.headers, date } }));
    expect(await connect(endpoint).test(signal)).toEqual({
      accountId: '123456789012',
      arn: 'arn:aws:iam::123456789012:user/ops',
      clockSkewSeconds: -7,
    });
  });
});

describe('discovery', () => {
  it('pages through queues, streams, shards, groups and alarms, and says what it leaves out', async () => {
    const { endpoint } = await canned(account());
    const found = await connect(endpoint).discover(signal);
    expect(found.accountId).toBe('123456789012');
    expect(found.problems).toEqual([]);
    expect(found.resources.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'sqs-queue orders',
      'sqs-queue orders-dlq',
      'kinesis-stream clicks',
      'kinesis-stream views',
      'auto-scaling-group orders-workers',
    ]);
    expect(found.resources[0]).toEqual({
      id: 'arn:aws:sqs:us-east-1:123456789012:orders',
      connectionId: 'c1',
      kind: 'sqs-queue',
      name: 'orders',
      discoveredAtMs: clock.nowMs(),
      config: {
        kind: 'sqs-queue',
        url: 'https://sqs.us-east-1.amazonaws.com/123456789012/orders',
        visibilityTimeoutSeconds: 45,
        messageRetentionSeconds: 1_209_600,
        delaySeconds: 5,
        fifo: false,
        deadLetter: { targetArn: 'arn:aws:sqs:us-east-1:123456789012:orders-dlq', maxReceiveCount: 5 },
      },
    });
    expect(found.resources[2]?.config).toMatchObject({
      mode: 'PROVISIONED',
      retentionHours: 168,
      shardLevelMetrics: ['IncomingBytes', 'IteratorAgeMilliseconds'],
      shards: [
        { shardId: 'shardId-000000000000', closed: true, endingHashKey: '340282366920938463463374607431768211455' },
        { shardId: 'shardId-000000000001', closed: false },
      ],
    });
    expect(found.resources[4]?.config).toEqual({
      kind: 'auto-scaling-group',
      minSize: 1,
      maxSize: 20,
      desiredCapacity: 2,
      defaultInstanceWarmupSeconds: 120,
      defaultCooldownSeconds: 300,
      instanceType: 'm5.large',
      policies: [
        {
          arn: 'arn:policy/out',
          alarmNames: ['orders-high'],
          policy: {
            name: 'out',
            adjustmentType: 'ChangeInCapacity',
            steps: [
              { lowerBound: 0, upperBound: 500, adjustment: 2 },
              { lowerBound: 500, upperBound: null, adjustment: 5 },
            ],
            minAdjustmentMagnitude: null,
            metricAggregationType: 'Average',
            estimatedInstanceWarmupSeconds: 90,
            enabled: true,
          },
        },
      ],
    });
    expect(found.alarms).toEqual([
      {
        name: 'orders-high',
        arn: 'arn:alarm',
        connectionId: 'c1',
        metric: {
          namespace: 'AWS/SQS',
          metricName: 'ApproximateNumberOfMessagesVisible',
          dimensions: { QueueName: 'orders' },
        },
        statistic: 'Average',
        rule: {
          periodSeconds: 60,
          evaluationPeriods: 3,
          datapointsToAlarm: 2,
          threshold: 100,
          comparisonOperator: 'GreaterThanThreshold',
          treatMissingData: 'missing',
        },
        actionsEnabled: true,
        alarmActions: ['arn:policy/out'],
        state: 'ALARM',
        stateUpdatedAtMs: 1_772_452_800_123,
      },
    ]);
    expect(found.leftOut).toEqual([
      { what: 'policy', name: 'orders-workers/track', why: 'policy type TargetTrackingScaling' },
      { what: 'alarm', name: 'on-math', why: 'on an expression' },
    ]);
  });

  it('goes on without what it may not read, and names the permission (UX-44)', async () => {
    const { endpoint } = await canned(account({ ListStreams: () => denied }));
    const found = await connect(endpoint).discover(signal);
    expect(found.problems).toEqual([
      {
        area: 'streams',
        error: {
          code: 'ACCESS_DENIED',
          params: { connection: 'production', action: 'kinesis:ListStreams' },
          retryable: false,
        },
      },
    ]);
    expect(found.resources.length).toBe(3);
  });

  it('fails when nothing may be read, and asks nothing more once the keys are refused', async () => {
    const nothing = await canned(({ action }) =>
      action.startsWith('DescribeA') && action !== 'DescribeAlarms'
        ? xmlError('AccessDenied', 'no', 403)
        : action === 'GetCallerIdentity'
          ? identity
          : denied,
    );
    expect((await failureOf(connect(nothing.endpoint).discover(signal))).code).toBe('ACCESS_DENIED');
    const refused = await canned(() => xmlError('InvalidClientTokenId', 'invalid', 403));
    expect((await failureOf(connect(refused.endpoint).discover(signal))).code).toBe('CREDENTIALS_REJECTED');
    expect(refused.asked.length).toBe(1);
  });
});

describe('queue attributes', () => {
  it('are readings of now, and tell which queues are gone', async () => {
    const { endpoint } = await canned(account());
    const connection = connect(endpoint);
    const queues = (await connection.discover(signal)).resources.filter(({ kind }) => kind === 'sqs-queue');
    const gone = {
      ...queues[0]!,
      id: 'arn:gone',
      config: { ...queues[0]!.config, url: 'https://x/just-deleted' },
    } as Resource;
    const answer = await connection.pollQueueAttributes([queues[0]!, gone], signal);
    expect(answer.gone).toEqual(['arn:gone']);
    expect(answer.readings).toEqual([
      {
        resourceId: queues[0]!.id,
        atMs: clock.nowMs(),
        visible: 12,
        inFlight: 3,
        delayed: 1,
        config: queues[0]!.config,
      },
    ]);
  });
});

describe('metrics', () => {
  const key = (i: number): SeriesKey => ({
    connectionId: 'c1',
    namespace: 'AWS/SQS',
    metricName: 'NumberOfMessagesSent',
    dimensions: { QueueName: `queue-${i}` },
    statistic: 'Sum',
    periodSeconds: 60,
  });
  const from = 1_772_409_600;

  it('are asked for 500 at a time, put together over pages by id, and sorted', async () => {
    const sizes: number[] = [];
    const { endpoint } = await canned(({ input }) => {
      const { MetricDataQueries: queries, NextToken: token } = input as {
        MetricDataQueries: { Id: string; MetricStat: object }[];
        NextToken?: string;
      };
      sizes.push(queries.length);
      if (token === undefined) {
        return json({
          // Newest first, as an endpoint that ignores ScanBy answers.
          MetricDataResults: queries.map(({ Id }, i) => ({
            Id,
            StatusCode: 'PartialData',
            Timestamps: [from + 120, from + 60],
            Values: [i, i + 0.5],
          })),
          NextToken: 'second',
        });
      }
      return json({
        MetricDataResults: queries
          .filter((_, i) => i !== 7)
          .map(({ Id }, i) => ({ Id, StatusCode: 'Complete', Timestamps: [from], Values: [1000 + i] })),
      });
    });
    const connection = connect(endpoint);
    const series = Array.from({ length: 1203 }, (_, i) => key(i));
    const answer = await connection.pollMetrics(series, from, from + 180, signal);
    expect(sizes.toSorted((a, b) => a - b)).toEqual([203, 203, 500, 500, 500, 500]);
    expect(answer.map((columns) => columns.key)).toEqual(series);
    expect(answer[501]).toEqual({
      key: series[501],
      complete: true,
      times: Float64Array.of(from, from + 60, from + 120),
      values: Float64Array.of(1001, 1.5, 1),
    });
    expect(answer[7]).toMatchObject({ complete: false, times: Float64Array.of(from + 60, from + 120) });
    expect(connection.callCounts()).toEqual({ calls: { GetMetricData: 6 }, metricsRequested: 2406 });
  });

  it('name namespace, dimensions, statistic and period as AWS does', async () => {
    const { endpoint, asked } = await canned(() => json({ MetricDataResults: [] }));
    await connect(endpoint).pollMetrics([key(1)], from, from + 60, signal);
    expect(asked[0]!.input).toEqual({
      MetricDataQueries: [
        {
          Id: 'm0',
          MetricStat: {
            Metric: {
              Namespace: 'AWS/SQS',
              MetricName: 'NumberOfMessagesSent',
              Dimensions: [{ Name: 'QueueName', Value: 'queue-1' }],
            },
            Period: 60,
            Stat: 'Sum',
          },
        },
      ],
      StartTime: from,
      EndTime: from + 60,
      ScanBy: 'TimestampAscending',
    });
  });

  it('of no series cost no call', async () => {
    const { endpoint, asked } = await canned(() => denied);
    expect(await connect(endpoint).pollMetrics([], from, from + 60, signal)).toEqual([]);
    expect(asked).toEqual([]);
  });
});

describe('alarm history', () => {
  it('becomes events: state changes with their reason, actions, configuration', async () => {
    const item = (type: string, at: number, summary: string, data: unknown) => ({
      AlarmName: 'orders-high',
      AlarmType: 'MetricAlarm',
      HistoryItemType: type,
      Timestamp: at,
      HistorySummary: summary,
      HistoryData: typeof data === 'string' ? data : JSON.stringify(data),
    });
    const pages = [
      {
        AlarmHistoryItems: [
          item('StateUpdate', 1000.5, 'Alarm updated from OK to ALARM', {
            version: '1.0',
            oldState: { stateValue: 'OK' },
            newState: { stateValue: 'ALARM', stateReason: 'Threshold Crossed: 2 out of 3' },
          }),
          item('Action', 1000.6, 'Successfully executed action arn:policy/out', {}),
        ],
        NextToken: 'more',
      },
      {
        AlarmHistoryItems: [
          item('ConfigurationUpdate', 1001, 'Alarm "orders-high" updated', {
            type: 'Update',
            updatedAlarm: { threshold: 5 },
          }),
          item('StateUpdate', 1002, 'Alarm updated from ALARM to OK', 'not json'),
          item('SomethingNew', 1003, 'unheard of', {}),
        ],
      },
    ];
    const { endpoint, asked } = await canned(({ input }) =>
      json((input as { NextToken?: string }).NextToken === undefined ? pages[0] : pages[1]),
    );
    const events = await connect(endpoint).pollAlarmHistory(1_000_500, (name) => `resource of ${name}`, signal);
    expect(asked[0]!.input).toMatchObject({
      StartDate: 1000.5,
      ScanBy: 'TimestampAscending',
      AlarmTypes: ['MetricAlarm'],
    });
    expect(events.map(({ kind, atMs, title }) => [kind, atMs, title])).toEqual([
      ['alarm-state', 1_000_500, 'orders-high: OK → ALARM'],
      ['alarm-action', 1_000_600, 'orders-high: Successfully executed action arn:policy/out'],
      ['configuration', 1_001_000, 'orders-high: Alarm "orders-high" updated'],
      ['alarm-state', 1_002_000, 'orders-high: ALARM → OK'],
    ]);
    expect(events[0]).toMatchObject({
      resourceId: 'resource of orders-high',
      detail: 'Threshold Crossed: 2 out of 3',
      data: { from: 'OK', to: 'ALARM' },
    });
    expect(new Set(events.map((event) => event.sourceId)).size).toBe(4);
  });
});

describe('scaling activities', () => {
  const group: Resource = {
    id: 'arn:group',
    connectionId: 'c1',
    kind: 'auto-scaling-group',
    name: 'orders-workers',
    config: {
      kind: 'auto-scaling-group',
      minSize: 1,
      maxSize: 9,
      desiredCapacity: 2,
      defaultInstanceWarmupSeconds: null,
      defaultCooldownSeconds: 300,
      instanceType: null,
      policies: [],
    },
    discoveredAtMs: 0,
  };
  const activity = (id: string, start: string, end: string | null, description: string, cause: string) =>
    `<member><ActivityId>${id}</ActivityId><AutoScalingGroupName>orders-workers</AutoScalingGroupName><Description>${description}</Description>
     <Cause>${cause}</Cause><StartTime>${start}</StartTime>${end === null ? '' : `<EndTime>${end}</EndTime>`}
     <StatusCode>${end === null ? 'InProgress' : 'Successful'}</StatusCode><Progress>50</Progress></member>`;

  it('become events with the launch they took and the change they name; paging ends at the first that is too old', async () => {
    const { endpoint, asked } = await canned(() =>
      result(
        'DescribeScalingActivities',
        `<Activities>
         ${activity('a3', '2026-03-02T07:05:00Z', null, 'Terminating EC2 instance: i-0aa', 'At 2026-03-02T07:05:00Z a user request explicitly set group desired capacity changing the desired capacity from 4 to 3.')}
         ${activity('a2', '2026-03-02T07:01:00Z', '2026-03-02T07:03:05Z', 'Launching a new EC2 instance: i-0abc', 'At 2026-03-02T07:00:58Z a monitor alarm orders-high in state ALARM triggered policy out changing the desired capacity from 2 to 4. At 2026-03-02T07:01:00Z an instance was started in response to a difference between desired and actual capacity, increasing the capacity from 2 to 4.')}
         ${activity('a1', '2026-03-01T07:01:00Z', '2026-03-01T07:02:00Z', 'Launching a new EC2 instance: i-0old', 'old')}
         </Activities><NextToken>there is more</NextToken>`,
      ),
    );
    const events = await connect(endpoint).pollActivities([group], Date.UTC(2026, 2, 2), signal);
    expect(asked.length).toBe(1);
    expect(events).toMatchObject([
      {
        sourceId: 'a2',
        resourceId: 'arn:group',
        atMs: Date.UTC(2026, 2, 2, 7, 1),
        endMs: Date.UTC(2026, 2, 2, 7, 3, 5),
        data: {
          direction: 'launch',
          instanceId: 'i-0abc',
          desiredBefore: 2,
          desiredAfter: 4,
          statusCode: 'Successful',
        },
      },
      {
        sourceId: 'a3',
        endMs: null,
        data: {
          direction: 'terminate',
          instanceId: 'i-0aa',
          desiredBefore: 4,
          desiredAfter: 3,
          statusCode: 'InProgress',
        },
      },
    ]);
  });
});

describe('the clock of a connection', () => {
  it("is the host's for AWS, and cannot be moved", async () => {
    const connection = connect(null);
    expect(await connection.clock(signal)).toEqual({ nowMs: clock.nowMs(), speed: 1 });
    expect((await failureOf(connection.advance(1000, signal))).code).toBe('NOT_AVAILABLE_HERE');
  });

  it("is the control endpoint's for Spillway's emulator", async () => {
    const { endpoint, asked } = await canned(() => json({ nowMs: 5_000, speed: 60 }));
    const connection = connect(endpoint, { kind: 'demo', credentials: { kind: 'default' } });
    expect(await connection.clock(signal)).toEqual({ nowMs: 5_000, speed: 60 });
    expect(await connection.setSpeed(60, signal)).toEqual({ nowMs: 5_000, speed: 60 });
    expect(await connection.advance(250, signal)).toEqual({ nowMs: 5_000, speed: 60 });
    expect(asked.map(({ action, body }) => [action, body])).toEqual([
      ['/_spillway/clock', ''],
      ['/_spillway/clock', '{"speed":60}'],
      ['/_spillway/clock/advance', '{"ms":250}'],
    ]);
  });

  it("is the host's for another emulator, which is asked for its clock only once", async () => {
    const { endpoint, asked } = await canned(() =>
      xmlError('NoSuchBucket', 'The specified bucket does not exist', 404),
    );
    const connection = connect(endpoint, { kind: 'emulator' });
    expect(await connection.clock(signal)).toEqual({ nowMs: clock.nowMs(), speed: 1 });
    await connection.clock(signal);
    expect(asked.length).toBe(1);
    expect((await failureOf(connection.setSpeed(0, signal))).code).toBe('NOT_AVAILABLE_HERE');
  });

  it('of an emulator that is gone is ENDPOINT_UNREACHABLE', async () => {
    const connection = connect('http://127.0.0.1:1', { kind: 'demo' });
    expect((await failureOf(connection.clock(signal))).code).toBe('ENDPOINT_UNREACHABLE');
  });
});
