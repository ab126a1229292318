/**
 * A cloud with one of everything in it, and the names, handles and tokens a client of it would hold: what valid requests
 * are made of.
 */
import { type Cloud, createCloud } from '../../../../../src/emulator/cloud.ts';
import { createSigner } from '../../../../../src/emulator/sns/signing.ts';
import { createWorld } from '../../../../../src/emulator/world/world.ts';
import { bodyText, json, query, startMs } from '../exchange.ts';

export interface Stage {
  readonly cloud: Cloud;
  /** Texts that only this cloud gave out: by the member that takes them back. */
  readonly handles: Readonly<Record<string, readonly string[]>>;
}

export const queueUrl = (name: string): string => `http://127.0.0.1:4566/000000000000/${name}`;
export const queueArn = (name: string): string => `arn:aws:sqs:us-east-1:000000000000:${name}`;

const minuteMs = 60_000;
/** One for all clouds: making a key takes longer than everything else here. */
const signer = createSigner();

/** @param seed another one gives other ids and handles */
export async function createStage(seed: number): Promise<Stage> {
  const world = createWorld({ startMs, seed });
  const cloud = createCloud({ world, accountId: '000000000000', region: 'us-east-1', signer });
  const call = async (target: string, input: unknown): Promise<Record<string, unknown>> => {
    const { status, output } = await json(cloud, target, input);
    if (status !== 200) throw new Error(`${target}: ${JSON.stringify(output)}`);
    return output;
  };
  const form = async (version: string, fields: Readonly<Record<string, string>>): Promise<string> => {
    const reply = await query(cloud, { Version: version, ...fields });
    if (reply.status !== 200) throw new Error(`${fields.Action}: ${bodyText(reply)}`);
    return bodyText(reply);
  };
  const scaling: Form = (fields) => form('2011-01-01', fields);
  const topics: Form = (fields) => form('2010-03-31', fields);

  const [PolicyARN] = await createGroups(scaling);
  await createStreams(call, (ms) => world.advanceTo(world.nowMs() + ms));
  await createAlarms(call, PolicyARN);
  world.advanceTo(world.nowMs() + 6 * minuteMs);
  const queues = await createQueues(call, (ms) => world.advanceTo(world.nowMs() + ms));
  const subscribers = await createTopics(topics);
  const instances = await scaling({ Action: 'DescribeAutoScalingInstances' });
  const { ShardIterator } = await call('Kinesis_20131202.GetShardIterator', {
    StreamName: 'clicks',
    ShardId: 'shardId-000000000000',
    ShardIteratorType: 'TRIM_HORIZON',
  });
  const records = await call('Kinesis_20131202.GetRecords', { ShardIterator, Limit: 2 });
  const pages = await tokens(call, scaling);
  const firstRecord = (records.Records as { SequenceNumber: string }[])[0]!;
  return {
    cloud,
    handles: {
      ...queues,
      ...subscribers,
      ...pages,
      InstanceIds: all(instances, 'InstanceId'),
      InstanceId: all(instances, 'InstanceId'),
      PolicyARN: [PolicyARN],
      ShardIterator: [String(ShardIterator), String(records.NextShardIterator)],
      StartingSequenceNumber: [firstRecord.SequenceNumber],
    },
  };
}

type Call = (target: string, input: unknown) => Promise<Record<string, unknown>>;
type Form = (fields: Readonly<Record<string, string>>) => Promise<string>;
type Advance = (ms: number) => void;

const all = (xml: string, element: string): string[] =>
  [...xml.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, 'g'))].map(([, text = '']) => text);

async function createGroups(scaling: Form): Promise<[policyArn: string]> {
  await scaling({ Action: 'CreateLaunchConfiguration', LaunchConfigurationName: 'config' });
  await scaling({ Action: 'CreateLaunchConfiguration', LaunchConfigurationName: 'config-2' });
  for (const name of ['workers', 'doomed']) {
    await scaling({
      Action: 'CreateAutoScalingGroup',
      AutoScalingGroupName: name,
      LaunchConfigurationName: 'config',
      MinSize: '0',
      MaxSize: '9',
      DesiredCapacity: '4',
    });
    await scaling({ Action: 'EnableMetricsCollection', AutoScalingGroupName: name, Granularity: '1Minute' });
  }
  const policy = await scaling({
    Action: 'PutScalingPolicy',
    AutoScalingGroupName: 'workers',
    PolicyName: 'out',
    PolicyType: 'StepScaling',
    AdjustmentType: 'ChangeInCapacity',
    'StepAdjustments.member.1.MetricIntervalLowerBound': '0',
    'StepAdjustments.member.1.ScalingAdjustment': '1',
  });
  return [all(policy, 'PolicyARN')[0]!];
}

async function createStreams(call: Call, advance: Advance): Promise<void> {
  for (const StreamName of ['clicks', 'doomed']) {
    await call('Kinesis_20131202.CreateStream', { StreamName, ShardCount: 2 });
  }
  advance(2_000);
  await call('Kinesis_20131202.SplitShard', {
    StreamName: 'clicks',
    ShardToSplit: 'shardId-000000000000',
    NewStartingHashKey: '42535295865117307932921825928971026432',
  });
  for (let n = 0; n < 5; n++) {
    await call('Kinesis_20131202.PutRecord', {
      StreamName: 'clicks',
      Data: 'eA==',
      PartitionKey: `k${n}`,
      ExplicitHashKey: '0',
    });
  }
}

async function createAlarms(call: Call, policyArn: string): Promise<void> {
  await call('GraniteServiceVersion20100801.PutMetricData', {
    Namespace: 'Shop',
    MetricData: [
      { MetricName: 'Orders', Value: 3, Dimensions: [{ Name: 'Shop', Value: 'north' }] },
      { MetricName: 'Orders', Values: [1, 2.5], Counts: [2, 1] },
    ],
  });
  for (const AlarmName of ['busy', 'doomed']) {
    await call('GraniteServiceVersion20100801.PutMetricAlarm', {
      AlarmName,
      Namespace: 'Shop',
      MetricName: 'Orders',
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 2,
      ComparisonOperator: 'GreaterThanThreshold',
      AlarmActions: [policyArn],
    });
  }
}

async function createQueues(call: Call, advance: Advance): Promise<Record<string, readonly string[]>> {
  for (const QueueName of ['orders-dlq', 'orders', 'doomed', 'empty'])
    await call('AmazonSQS.CreateQueue', { QueueName });
  await call('AmazonSQS.CreateQueue', { QueueName: 'jobs.fifo', Attributes: { FifoQueue: 'true' } });
  await call('AmazonSQS.SetQueueAttributes', {
    QueueUrl: queueUrl('orders'),
    Attributes: { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn('orders-dlq'), maxReceiveCount: 1 }) },
  });
  const QueueUrl = queueUrl('orders');
  for (let n = 0; n < 4; n++) await call('AmazonSQS.SendMessage', { QueueUrl, MessageBody: `order ${n}` });
  await call('AmazonSQS.ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 4, VisibilityTimeout: 0 });
  advance(1_000);
  // Received once too often, so the dead-letter queue has something to move.
  await call('AmazonSQS.ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 });
  for (let n = 0; n < 20; n++) await call('AmazonSQS.SendMessage', { QueueUrl, MessageBody: `order ${n}` });
  const received = await call('AmazonSQS.ReceiveMessage', {
    QueueUrl,
    MaxNumberOfMessages: 10,
    VisibilityTimeout: 43_200,
  });
  await call('AmazonSQS.AddPermission', { QueueUrl, Label: 'sender', AWSAccountIds: ['111111111111'], Actions: ['*'] });
  const task = await call('AmazonSQS.StartMessageMoveTask', {
    SourceArn: queueArn('orders-dlq'),
    MaxNumberOfMessagesPerSecond: 1,
  });
  return {
    ReceiptHandle: (received.Messages as { ReceiptHandle: string }[]).map(({ ReceiptHandle }) => ReceiptHandle),
    TaskHandle: [String(task.TaskHandle)],
  };
}

export const topicArn = (name: string): string => `arn:aws:sns:us-east-1:000000000000:${name}`;

async function createTopics(topics: Form): Promise<Record<string, readonly string[]>> {
  for (const Name of ['alerts', 'doomed']) await topics({ Action: 'CreateTopic', Name });
  const TopicArn = topicArn('alerts');
  const subscribe = async (queue: string): Promise<string[]> =>
    all(await topics({ Action: 'Subscribe', TopicArn, Protocol: 'sqs', Endpoint: queueArn(queue) }), 'SubscriptionArn');
  const SubscriptionArn = [...(await subscribe('empty')), ...(await subscribe('orders'))];
  await topics({
    Action: 'AddPermission',
    TopicArn,
    Label: 'sender',
    'AWSAccountId.member.1': '111111111111',
    'ActionName.member.1': 'Publish',
  });
  const application = await topics({
    Action: 'CreatePlatformApplication',
    Name: 'app',
    Platform: 'GCM',
    'Attributes.entry.1.key': 'PlatformCredential',
    'Attributes.entry.1.value': 'secret',
  });
  const PlatformApplicationArn = all(application, 'PlatformApplicationArn');
  const endpoint = await topics({
    Action: 'CreatePlatformEndpoint',
    PlatformApplicationArn: PlatformApplicationArn[0]!,
    Token: 'device-1',
  });
  return { SubscriptionArn, PlatformApplicationArn, EndpointArn: all(endpoint, 'EndpointArn') };
}

/** Page tokens of every action that gives them out, so that forgeries begin from real ones. */
async function tokens(call: Call, scaling: Form): Promise<Record<string, readonly string[]>> {
  const token = async (target: string, input: unknown): Promise<string> =>
    String((await call(target, input)).NextToken);
  const NextToken = [
    await token('AmazonSQS.ListQueues', { MaxResults: 1 }),
    await token('Kinesis_20131202.ListShards', { StreamName: 'clicks', MaxResults: 1 }),
    await token('GraniteServiceVersion20100801.DescribeAlarms', { MaxRecords: 1 }),
    await token('GraniteServiceVersion20100801.DescribeAlarmHistory', { MaxRecords: 1 }),
    ...all(await scaling({ Action: 'DescribeScalingActivities', MaxRecords: '1' }), 'NextToken'),
    ...all(await scaling({ Action: 'DescribeAutoScalingInstances', MaxRecords: '1' }), 'NextToken'),
  ];
  return { NextToken };
}
