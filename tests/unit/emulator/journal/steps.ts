/**
 * What may happen to a cloud: requests to every service, clients that leave, answers of endpoints, looks, and time that passes.
 *
 * Drawn steps name queues, handles and positions by number, so that any sequence of them means something.
 */
import fc from 'fast-check';
import { lookEverywhere } from '../../../../src/emulator/journal/keeping.ts';
import { type Asked, ask, formRequest, jsonRequest, outputOf, quiet, type Stage, textOf } from './stage.ts';

export type Step =
  | {
      readonly does: 'request';
      readonly service: 'sqs' | 'kinesis' | 'other';
      readonly what: number;
      readonly n: number;
    }
  | { readonly does: 'leave'; readonly n: number }
  | { readonly does: 'post'; readonly status: number | 'nobody' }
  | { readonly does: 'look' }
  /** Many like one another, as consumers call a queue, or two, with a read between now and then. */
  | { readonly does: 'polls'; readonly n: number; readonly times: number; readonly gapMs: number }
  /** `told`: somebody set the clock. Otherwise time just goes by, and only what a client hears then tells that it did. */
  | { readonly does: 'wait'; readonly ms: number; readonly told: boolean };

const number = fc.nat(1_000);
export const step: fc.Arbitrary<Step> = fc.oneof(
  request('sqs', 8),
  request('kinesis', 2),
  request('other', 3),
  { weight: 1, arbitrary: fc.record({ does: fc.constant('leave' as const), n: number }) },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('post' as const),
      status: fc.constantFrom(200, 404, 500, 'nobody' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('look' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('polls' as const),
      n: number,
      times: fc.integer({ min: 1, max: 8 }),
      gapMs: fc.constantFrom(0, 1, 70, 800, 5_000),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('wait' as const),
      ms: fc.constantFrom(1, 250, 1_000, 2_000, 4_999, 5_000, 9_000, 30_000, 61_000, 301_000),
      told: fc.boolean(),
    }),
  },
);

function request(service: 'sqs' | 'kinesis' | 'other', weight: number) {
  return {
    weight,
    arbitrary: fc.record({
      does: fc.constant('request' as const),
      service: fc.constant(service),
      what: number,
      n: number,
    }),
  };
}

/** What the steps so far have left in the hands of clients. */
export interface Hands {
  readonly handles: { readonly queue: string; readonly handle: string }[];
  readonly iterators: string[];
  readonly moves: string[];
  /** Of subscriptions that want to be confirmed. */
  readonly tokens: string[];
  readonly waiting: Asked[];
}

export const emptyHands = (): Hands => ({ handles: [], iterators: [], moves: [], tokens: [], waiting: [] });

const made = (service: 'sqs' | 'kinesis' | 'other', what: number, n: number): Step => ({
  does: 'request',
  service,
  what,
  n,
});

/** One of each kind is there, and a subscription confirmed, so that what is drawn then finds something. */
export const prelude: readonly Step[] = [
  made('sqs', 0, 1),
  made('sqs', 0, 4),
  made('sqs', 0, 2),
  made('sqs', 0, 3),
  made('kinesis', 0, 1),
  made('other', 1, 1),
  made('other', 9, 1),
  made('other', 12, 1),
  made('other', 19, 1),
  made('other', 20, 1),
  made('other', 21, 1),
  { does: 'post', status: 200 },
  made('other', 25, 0),
  { does: 'wait', ms: 1_000, told: true },
  made('kinesis', 7, 1),
  made('kinesis', 3, 0),
];

/** Everything that comes of it at this instant has come when this resolves. */
export async function take(stage: Stage, hands: Hands, taken: Step): Promise<void> {
  const { run, outside } = stage;
  switch (taken.does) {
    case 'request':
      send(stage, hands, taken);
      break;
    case 'leave':
      pick(hands.waiting, taken.n)?.leave();
      break;
    case 'post': {
      const post = outside.posts[0];
      const token = /"Token" ?: ?"([0-9a-f]+)"/.exec(post?.body ?? '')?.[1];
      if (token !== undefined) hands.tokens.push(token);
      post?.answer(taken.status);
      break;
    }
    case 'look':
      if (run.keeping === null) lookEverywhere(run.cloud);
      else run.keeping.look(run.cloud);
      break;
    case 'polls':
      for (let time = 0; time < taken.times; time++) {
        if (time > 0) await run.pace.advanceTo(run.world.nowMs() + taken.gapMs);
        call(stage, hands, pollRequest(taken.n, time));
        await quiet();
      }
      break;
    case 'wait':
      await run.pace.advanceTo(run.world.nowMs() + taken.ms);
      if (taken.told) run.keeping?.clockChanged(run.world.nowMs(), 0);
  }
  await quiet();
}

const pick = <T>(from: readonly T[], n: number): T | undefined => from[n % Math.max(1, from.length)];

function send(stage: Stage, hands: Hands, { service, what, n }: Step & { readonly does: 'request' }): void {
  call(stage, hands, { sqs: sqsRequest, kinesis: kinesisRequest, other: otherRequest }[service](hands, what, n));
}

function call(stage: Stage, hands: Hands, request: object): void {
  const asked = ask(stage, request);
  hands.waiting.push(asked);
  void asked.reply.then((reply) => {
    hands.waiting.splice(hands.waiting.indexOf(asked), 1);
    if (reply.status !== 200 || !reply.headers['content-type']?.includes('json')) return;
    keep(hands, outputOf(reply), request);
  });
}

/** Handles, iterators and move tasks that a reply gives. */
function keep({ handles, iterators, moves }: Hands, output: Record<string, unknown>, made: object): void {
  const asked = JSON.parse(textOf(made as { body: Uint8Array })) as Record<string, string>;
  for (const { ReceiptHandle } of (output.Messages ?? []) as { ReceiptHandle: string }[])
    handles.push({ queue: asked.QueueUrl!, handle: ReceiptHandle });
  const iterator = output.ShardIterator ?? output.NextShardIterator;
  if (typeof iterator === 'string') iterators.push(iterator);
  if (typeof output.TaskHandle === 'string') moves.push(output.TaskHandle);
}

/** Of one queue, or of two in turns; in both dialects; some that are no polls, because they wait or are refused. */
function pollRequest(n: number, time: number): object {
  if ((n + time) % 5 === 4) return jsonRequest('AmazonSQS.ListQueues', {});
  const name = queues[(n + (n % 2 === 0 ? 0 : time)) % queues.length]!;
  const QueueUrl = url(name);
  if (n % 6 === 5) return formRequest('sqs', { Action: 'ReceiveMessage', Version: '2012-11-05', QueueUrl });
  const odd = n % 13 === 1 ? { AttributeNames: ['Nothing'] } : {};
  const wait = n % 3 === 0 || name === 'late' ? { WaitTimeSeconds: n % 7 === 6 ? 2 : 0 } : {};
  return jsonRequest('AmazonSQS.ReceiveMessage', { QueueUrl, VisibilityTimeout: 40, ...wait, ...odd });
}

const queues = ['plain', 'dead', 'line.fifo', 'late'] as const;
const url = (name: string): string => `http://127.0.0.1:4566/000000000000/${name}`;
const arn = (name: string): string => `arn:aws:sqs:us-east-1:000000000000:${name}`;
const attributesOf: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  plain: {
    VisibilityTimeout: '5',
    MessageRetentionPeriod: '60',
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn('dead'), maxReceiveCount: 1 }),
  },
  dead: {
    MessageRetentionPeriod: '600',
    // What SNS delivers.
    Policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' }],
    }),
  },
  'line.fifo': { FifoQueue: 'true', ContentBasedDeduplication: 'true', MessageRetentionPeriod: '60' },
  late: { DelaySeconds: '3', ReceiveMessageWaitTimeSeconds: '20' },
};

function sqsRequest({ handles, moves }: Hands, what: number, n: number): object {
  const name = queues[n % queues.length]!;
  const QueueUrl = url(name);
  const held = pick(handles, n) ?? { queue: QueueUrl, handle: 'none' };
  const grouped = name.endsWith('.fifo') ? { MessageGroupId: `g${n % 3}` } : n % 7 === 0 ? { MessageGroupId: 'a' } : {};
  const requests: readonly (readonly [string, object])[] = [
    ['CreateQueue', { QueueName: name, Attributes: attributesOf[name] }],
    ['CreateQueue', { QueueName: name, Attributes: attributesOf[name] }],
    ['SendMessage', { QueueUrl, MessageBody: `body ${n}`, ...grouped }],
    ['SendMessage', { QueueUrl, MessageBody: `late ${n}`, DelaySeconds: n % 20 }],
    [
      'SendMessageBatch',
      { QueueUrl, Entries: [0, 1, 2].map((Id) => ({ Id: `${Id}`, MessageBody: `b${n}/${Id}`, ...grouped })) },
    ],
    ['ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 1 + (n % 10), VisibilityTimeout: n % 6 }],
    ['ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 2, VisibilityTimeout: 50, WaitTimeSeconds: 0 }],
    ['ReceiveMessage', { QueueUrl, WaitTimeSeconds: 1 + (n % 20) }],
    ['DeleteMessage', { QueueUrl: held.queue, ReceiptHandle: held.handle }],
    ['DeleteMessageBatch', { QueueUrl: held.queue, Entries: [{ Id: 'a', ReceiptHandle: held.handle }] }],
    ['ChangeMessageVisibility', { QueueUrl: held.queue, ReceiptHandle: held.handle, VisibilityTimeout: n % 30 }],
    [
      'SetQueueAttributes',
      { QueueUrl, Attributes: { VisibilityTimeout: String(n % 40), DelaySeconds: String(n % 5) } },
    ],
    ['TagQueue', { QueueUrl, Tags: { [`k${n % 3}`]: `v${n}` } }],
    ['GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] }],
    ['ListQueues', {}],
    ['PurgeQueue', { QueueUrl }],
    ['StartMessageMoveTask', { SourceArn: arn('dead'), MaxNumberOfMessagesPerSecond: 1 + (n % 7) }],
    ['CancelMessageMoveTask', { TaskHandle: pick(moves, n) ?? 'none' }],
    ['DeleteQueue', { QueueUrl }],
    ['SendMessage', { QueueUrl }],
  ];
  // Most of the time: create, send, receive, delete.
  const index = what % 3 === 0 ? what % requests.length : (2 * what) % 11;
  const [action, input] = requests[index]!;
  return jsonRequest(`AmazonSQS.${action}`, input, n % 29 === 0 ? 'eu-west-1' : 'us-east-1');
}

function kinesisRequest({ iterators }: Hands, what: number, n: number): object {
  const StreamName = 'stream';
  const Data = Buffer.from(`record ${n}`).toString('base64');
  const requests: readonly (readonly [string, object])[] = [
    ['CreateStream', { StreamName, ShardCount: 2 }],
    ['PutRecord', { StreamName, Data, PartitionKey: `k${n}` }],
    ['PutRecords', { StreamName, Records: [1, 2].map((key) => ({ Data, PartitionKey: `${n}/${key}` })) }],
    [
      'GetShardIterator',
      {
        StreamName,
        ShardId: `shardId-00000000000${n % 4}`,
        ShardIteratorType: n % 2 === 0 ? 'TRIM_HORIZON' : 'LATEST',
      },
    ],
    ['GetRecords', { ShardIterator: pick(iterators, n) ?? 'none', Limit: 1 + (n % 5) }],
    ['GetRecords', { ShardIterator: pick(iterators, n) ?? 'none' }],
    ['UpdateShardCount', { StreamName, TargetShardCount: 1 + (n % 4), ScalingType: 'UNIFORM_SCALING' }],
    ['EnableEnhancedMonitoring', { StreamName, ShardLevelMetrics: ['ALL'] }],
    ['AddTagsToStream', { StreamName, Tags: { k: `v${n}` } }],
    ['DescribeStream', { StreamName }],
    ['DescribeStreamSummary', { StreamName }],
    ['ListShards', { StreamName }],
    ['ListStreams', {}],
    ['ListTagsForStream', { StreamName }],
    ['DescribeLimits', {}],
    ['DeleteStream', { StreamName }],
  ];
  const [action, input] = requests[what % requests.length]!;
  return jsonRequest(`Kinesis_20131202.${action}`, input);
}

const alarmName = 'backlog';
const metric = { Namespace: 'AWS/SQS', MetricName: 'ApproximateNumberOfMessagesVisible' };
const topic = 'arn:aws:sns:us-east-1:000000000000:news';

function otherRequest({ tokens }: Hands, what: number, n: number): object {
  const group = { AutoScalingGroupName: 'workers' };
  const cloudWatch = (action: string, input: object): object =>
    jsonRequest(`GraniteServiceVersion20100801.${action}`, input);
  const autoScaling = (Action: string, fields: Readonly<Record<string, string>> = {}): object =>
    formRequest('autoscaling', { Action, Version: '2011-01-01', ...fields });
  const sns = (Action: string, fields: Readonly<Record<string, string>> = {}): object =>
    formRequest('sns', { Action, Version: '2010-03-31', ...fields });
  const requests: readonly (() => object)[] = [
    () =>
      cloudWatch('PutMetricData', {
        Namespace: 'Own',
        MetricData: [{ MetricName: `m${n % 3}`, Value: n, Timestamp: Date.UTC(2026, 2, 2, 23, 50) / 1_000 }],
      }),
    () =>
      cloudWatch('PutMetricAlarm', {
        AlarmName: alarmName,
        ...metric,
        Dimensions: [{ Name: 'QueueName', Value: 'plain' }],
        Statistic: 'Maximum',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: n % 3,
        ComparisonOperator: 'GreaterThanThreshold',
      }),
    () => cloudWatch('SetAlarmState', { AlarmName: alarmName, StateValue: 'ALARM', StateReason: `said ${n}` }),
    () => cloudWatch('DescribeAlarms', {}),
    () => cloudWatch('DescribeAlarmHistory', {}),
    () => cloudWatch('DescribeAlarmsForMetric', metric),
    () => cloudWatch('ListMetrics', {}),
    () =>
      cloudWatch('GetMetricData', {
        StartTime: Date.UTC(2026, 2, 2) / 1_000,
        EndTime: Date.UTC(2026, 2, 4) / 1_000,
        MetricDataQueries: [{ Id: 'm', MetricStat: { Metric: metric, Period: 60, Stat: 'Sum' } }],
      }),
    () => cloudWatch('DeleteAlarms', { AlarmNames: [alarmName] }),
    () =>
      autoScaling('CreateAutoScalingGroup', {
        ...group,
        MinSize: '0',
        MaxSize: '9',
        DesiredCapacity: '2',
        ...template,
      }),
    () =>
      autoScaling('CreateAutoScalingGroup', {
        ...group,
        MinSize: '0',
        MaxSize: '9',
        DesiredCapacity: '2',
        ...template,
      }),
    () => autoScaling('SetDesiredCapacity', { ...group, DesiredCapacity: String(n % 6) }),
    () => autoScaling('EnableMetricsCollection', { ...group, Granularity: '1Minute' }),
    () => autoScaling('DescribeAutoScalingGroups'),
    () => autoScaling('DescribeAutoScalingInstances'),
    () => autoScaling('DescribeScalingActivities'),
    () => autoScaling('DescribePolicies'),
    () => autoScaling('DescribeLaunchConfigurations'),
    () => formRequest('sts', { Action: 'GetCallerIdentity', Version: '2011-06-15' }),
    () => sns('CreateTopic', { Name: 'news' }),
    () => sns('Subscribe', { TopicArn: topic, Protocol: 'sqs', Endpoint: arn('dead') }),
    () => sns('Subscribe', { TopicArn: topic, Protocol: 'http', Endpoint: `http://endpoint.test/${n % 2}` }),
    () => sns('Subscribe', { TopicArn: topic, Protocol: 'email', Endpoint: 'someone@example.com' }),
    () => sns('Publish', { TopicArn: topic, Message: `news ${n}` }),
    () => sns('Publish', { TopicArn: topic, Message: `more ${n}` }),
    () => sns('ConfirmSubscription', { TopicArn: topic, Token: pick(tokens, n) ?? '00' }),
    () => sns('ListSubscriptions'),
    () => formRequest('sqs', { Action: 'SendMessage', MessageBody: `form ${n}` }, '/000000000000/plain'),
    () => ({ method: 'GET', path: '/?Action=ListQueues&Version=2012-11-05' }),
    () => ({ method: 'GET', path: `/nothing/${n % 3}` }),
  ];
  return requests[what % requests.length]!();
}

const template = { 'LaunchTemplate.LaunchTemplateName': 'template', 'LaunchTemplate.Version': '1' };
