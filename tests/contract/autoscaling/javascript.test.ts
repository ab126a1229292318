/**
 * EC2 Auto Scaling with the JavaScript SDK, and the loop that no other emulator closes: SQS traffic -> metric -> alarm ->
 * step policy -> instances -> activities, on the virtual clock.
 */
import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  DescribeAutoScalingGroupsCommand,
  DescribeAutoScalingInstancesCommand,
  DescribePoliciesCommand,
  DescribeScalingActivitiesCommand,
  EnableMetricsCollectionCommand,
  ExecutePolicyCommand,
  PutScalingPolicyCommand,
  SetDesiredCapacityCommand,
} from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient, GetMetricDataCommand, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { CreateQueueCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RunningEmulator } from '../../../src/emulator/index.ts';
import { sdkOptions, startTestEmulator, testStartMs } from '../testEmulator.ts';

let emulator: RunningEmulator;
let autoScaling: AutoScalingClient;
beforeEach(async () => {
  emulator = await startTestEmulator();
  autoScaling = new AutoScalingClient(sdkOptions(emulator));
});
afterEach(() => emulator.stop());

const group = 'workers';
const minute = 60_000;

async function createGroup(): Promise<void> {
  await autoScaling.send(
    new CreateAutoScalingGroupCommand({
      AutoScalingGroupName: group,
      LaunchTemplate: { LaunchTemplateName: 'worker', Version: '1' },
      MinSize: 1,
      MaxSize: 6,
      DesiredCapacity: 2,
      AvailabilityZones: ['us-east-1a'],
    }),
  );
  await emulator.advanceTo(testStartMs + 10 * minute);
}

async function putPolicy(): Promise<string> {
  const { PolicyARN } = await autoScaling.send(
    new PutScalingPolicyCommand({
      AutoScalingGroupName: group,
      PolicyName: 'out',
      PolicyType: 'StepScaling',
      AdjustmentType: 'ChangeInCapacity',
      EstimatedInstanceWarmup: 120,
      StepAdjustments: [
        { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 100, ScalingAdjustment: 1 },
        { MetricIntervalLowerBound: 100, ScalingAdjustment: 3 },
      ],
    }),
  );
  return PolicyARN ?? '';
}

it('STEP-05, ALARM-20: messages in a queue raise an alarm that runs a step policy, and instances come', async () => {
  await createGroup();
  const sqs = new SQSClient(sdkOptions(emulator));
  const cloudWatch = new CloudWatchClient(sdkOptions(emulator));
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'jobs' }));
  const arn = await putPolicy();
  await cloudWatch.send(
    new PutMetricAlarmCommand({
      AlarmName: 'backlog',
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: 'jobs' }],
      Statistic: 'Average',
      Period: 60,
      EvaluationPeriods: 2,
      Threshold: 20,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      AlarmActions: [arn],
    }),
  );
  await autoScaling.send(new EnableMetricsCollectionCommand({ AutoScalingGroupName: group, Granularity: '1Minute' }));
  for (let batch = 0; batch < 5; batch++) {
    const Entries = Array.from({ length: 10 }, (_, index) => ({ Id: `m${index}`, MessageBody: 'job' }));
    await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  }
  await emulator.advanceTo(testStartMs + 20 * minute);

  const { AutoScalingGroups } = await autoScaling.send(
    new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [group] }),
  );
  // 50 waiting, threshold 20: step [0, 100) adds one; it warms up, then the alarm, still in ALARM, adds the next.
  expect(AutoScalingGroups?.[0]?.DesiredCapacity).toBeGreaterThanOrEqual(3);
  const { Activities } = await autoScaling.send(new DescribeScalingActivitiesCommand({ AutoScalingGroupName: group }));
  const first = Activities?.find(({ Cause }) => Cause?.includes('backlog'));
  expect(Activities?.filter(({ Cause }) => Cause?.includes('from 2 to 3')).map(({ Cause }) => Cause)[0]).toMatch(
    /^At 2026-03-02T00:\d\d:\d\dZ a monitor alarm backlog in state ALARM triggered policy out changing the desired capacity from 2 to 3\. {2}At 2026-03-02T00:\d\d:\d\dZ an instance was started in response to a difference between desired and actual capacity, increasing the capacity from 2 to 3\.$/,
  );
  expect(first?.Description).toMatch(/^Launching a new EC2 instance: i-[0-9a-f]{17}$/);

  const { ScalingPolicies } = await autoScaling.send(new DescribePoliciesCommand({ AutoScalingGroupName: group }));
  expect(ScalingPolicies?.[0]).toMatchObject({
    PolicyName: 'out',
    PolicyType: 'StepScaling',
    EstimatedInstanceWarmup: 120,
    MetricAggregationType: 'Average',
    StepAdjustments: [
      { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 100, ScalingAdjustment: 1 },
      { MetricIntervalLowerBound: 100, ScalingAdjustment: 3 },
    ],
    Alarms: [{ AlarmName: 'backlog', AlarmARN: 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:backlog' }],
  });

  const read = await cloudWatch.send(
    new GetMetricDataCommand({
      StartTime: new Date(testStartMs),
      EndTime: new Date(testStartMs + 20 * minute),
      MetricDataQueries: [
        {
          Id: 'size',
          MetricStat: {
            Metric: {
              Namespace: 'AWS/AutoScaling',
              MetricName: 'GroupDesiredCapacity',
              Dimensions: [{ Name: 'AutoScalingGroupName', Value: group }],
            },
            Period: 60,
            Stat: 'Average',
          },
        },
      ],
      ScanBy: 'TimestampAscending',
    }),
  );
  const sizes = read.MetricDataResults?.[0]?.Values ?? [];
  expect(sizes[0]).toBe(2);
  expect(sizes.at(-1)).toBe(AutoScalingGroups?.[0]?.DesiredCapacity);
});

it('takes a desired capacity by hand, launches, and lists the instances', async () => {
  await createGroup();
  await autoScaling.send(new SetDesiredCapacityCommand({ AutoScalingGroupName: group, DesiredCapacity: 4 }));
  await emulator.advanceTo(testStartMs + 20 * minute);
  const { AutoScalingInstances } = await autoScaling.send(new DescribeAutoScalingInstancesCommand({}));
  expect(AutoScalingInstances?.map(({ LifecycleState }) => LifecycleState)).toEqual([
    'InService',
    'InService',
    'InService',
    'InService',
  ]);
  const { Activities } = await autoScaling.send(
    new DescribeScalingActivitiesCommand({ AutoScalingGroupName: group, MaxRecords: 1 }),
  );
  expect(Activities?.[0]).toMatchObject({ StatusCode: 'Successful', Progress: 100 });
  expect(Activities?.[0]?.Cause).toContain(
    'a user request explicitly set group desired capacity changing the desired capacity from 2 to 4.',
  );
  expect(Activities?.[0]?.EndTime?.getTime()).toBeGreaterThan(Activities?.[0]?.StartTime?.getTime() ?? Number.NaN);
});

it.each([
  {
    what: 'a desired capacity above the maximum',
    send: () => autoScaling.send(new SetDesiredCapacityCommand({ AutoScalingGroupName: group, DesiredCapacity: 60 })),
    message: 'above max value 6',
  },
  {
    what: 'a group that does not exist',
    send: () => autoScaling.send(new SetDesiredCapacityCommand({ AutoScalingGroupName: 'nobody', DesiredCapacity: 1 })),
    message: 'AutoScalingGroup name not found',
  },
  {
    what: 'STEP-06: a value no step matches',
    send: async () => {
      await putPolicy();
      return autoScaling.send(
        new ExecutePolicyCommand({
          AutoScalingGroupName: group,
          PolicyName: 'out',
          MetricValue: 5,
          BreachThreshold: 20,
        }),
      );
    },
    message: 'No step adjustment found',
  },
  {
    what: 'target tracking',
    send: () =>
      autoScaling.send(
        new PutScalingPolicyCommand({
          AutoScalingGroupName: group,
          PolicyName: 'tt',
          PolicyType: 'TargetTrackingScaling',
        }),
      ),
    message: 'TargetTrackingScaling is not supported',
  },
  {
    what: 'STEP-07: steps that overlap',
    send: () =>
      autoScaling.send(
        new PutScalingPolicyCommand({
          AutoScalingGroupName: group,
          PolicyName: 'bad',
          PolicyType: 'StepScaling',
          AdjustmentType: 'ChangeInCapacity',
          StepAdjustments: [
            { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 20, ScalingAdjustment: 1 },
            { MetricIntervalLowerBound: 10, ScalingAdjustment: 2 },
          ],
        }),
      ),
    message: 'StepAdjustment intervals cannot overlap',
  },
])('refuses $what with a ValidationError', async ({ send, message }) => {
  await createGroup();
  await expect(send()).rejects.toMatchObject({ name: 'ValidationError', message: expect.stringContaining(message) });
});
