/**
 * Regions of other partitions, China's and GovCloud's, with the JavaScript SDK, boto3 and the AWS CLI: what a client is told an ARN is, it can
 * use in the next call.
 */
import * as autoScaling from '@aws-sdk/client-auto-scaling';
import * as cloudWatch from '@aws-sdk/client-cloudwatch';
import * as kinesis from '@aws-sdk/client-kinesis';
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import * as sts from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunningEmulator } from '../../src/emulator/index.ts';
import { awsCli, boto3, runAws, runBoto3 } from './clients.ts';
import { sdkOptions, startTestEmulator, testStartMs } from './testEmulator.ts';

let emulator: RunningEmulator;
beforeEach(async () => {
  emulator = await startTestEmulator();
});
afterEach(() => emulator.stop());

const patienceMs = 120_000;
const inRegion = (region: string) => ({ ...sdkOptions(emulator), region });
const openPolicy = JSON.stringify({
  Version: '2012-10-17',
  Statement: {
    Effect: 'Allow',
    Principal: { Service: 'sns.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: '*',
  },
});

describe('[SQS-128, SNS-05] the JavaScript SDK', () => {
  it.each([
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['eu-west-1', 'aws'],
  ])('in %s hears ARNs of %s from every service', async (region, partition) => {
    const arn = (service: string, resource: string) => `arn:${partition}:${service}:${region}:000000000000:${resource}`;
    const queues = new sqs.SQSClient(inRegion(region));
    const topics = new sns.SNSClient(inRegion(region));
    const streams = new kinesis.KinesisClient(inRegion(region));
    const identity = await new sts.STSClient(inRegion(region)).send(new sts.GetCallerIdentityCommand({}));
    expect(identity.Arn).toBe(`arn:${partition}:iam::000000000000:root`);

    const { QueueUrl } = await queues.send(
      new sqs.CreateQueueCommand({ QueueName: 'q', Attributes: { Policy: openPolicy } }),
    );
    const { Attributes } = await queues.send(
      new sqs.GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
    );
    expect(Attributes).toEqual({ QueueArn: arn('sqs', 'q') });
    const { TopicArn } = await topics.send(new sns.CreateTopicCommand({ Name: 't' }));
    expect(TopicArn).toBe(arn('sns', 't'));
    const request = { TopicArn, Protocol: 'sqs', Endpoint: arn('sqs', 'q') };
    const { SubscriptionArn } = await topics.send(new sns.SubscribeCommand(request));
    expect(SubscriptionArn).toMatch(new RegExp(`^${arn('sns', 't')}:[0-9a-f-]{36}$`));
    await topics.send(new sns.PublishCommand({ TopicArn, Message: 'hello' }));
    await emulator.advanceTo(testStartMs + 1_000);
    const { Messages } = await queues.send(new sqs.ReceiveMessageCommand({ QueueUrl }));
    expect(JSON.parse(Messages![0]!.Body!)).toMatchObject({ TopicArn, Message: 'hello' });

    await streams.send(new kinesis.CreateStreamCommand({ StreamName: 's', ShardCount: 1 }));
    await emulator.advanceTo(testStartMs + 120_000);
    const StreamARN = arn('kinesis', 'stream/s');
    const { StreamDescriptionSummary } = await streams.send(new kinesis.DescribeStreamSummaryCommand({ StreamARN }));
    expect(StreamDescriptionSummary).toMatchObject({ StreamName: 's', StreamARN });
  });

  it('in cn-north-1 has an alarm run a policy of its partition, and none of another', async () => {
    const groups = new autoScaling.AutoScalingClient(inRegion('cn-north-1'));
    const alarms = new cloudWatch.CloudWatchClient(inRegion('cn-north-1'));
    const AutoScalingGroupName = 'workers';
    await groups.send(
      new autoScaling.CreateAutoScalingGroupCommand({
        AutoScalingGroupName,
        LaunchTemplate: { LaunchTemplateName: 'worker', Version: '1' },
        MinSize: 1,
        MaxSize: 6,
        DesiredCapacity: 1,
        AvailabilityZones: ['cn-north-1a'],
      }),
    );
    const { PolicyARN } = await groups.send(
      new autoScaling.PutScalingPolicyCommand({
        AutoScalingGroupName,
        PolicyName: 'out',
        PolicyType: 'StepScaling',
        AdjustmentType: 'ExactCapacity',
        StepAdjustments: [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 4 }],
      }),
    );
    expect(PolicyARN).toMatch(/^arn:aws-cn:autoscaling:cn-north-1:000000000000:scalingPolicy:/);
    const ofAnother = PolicyARN!.replace('arn:aws-cn:', 'arn:aws:');
    await alarms.send(
      new cloudWatch.PutMetricAlarmCommand({
        AlarmName: 'backlog',
        Namespace: 'Test',
        MetricName: 'Depth',
        Statistic: 'Average',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 10,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        AlarmActions: [ofAnother, PolicyARN!],
      }),
    );
    await alarms.send(
      new cloudWatch.PutMetricDataCommand({
        Namespace: 'Test',
        MetricData: [{ MetricName: 'Depth', Value: 50, Timestamp: new Date(testStartMs) }],
      }),
    );
    await emulator.advanceTo(testStartMs + 180_000);

    const { MetricAlarms } = await alarms.send(new cloudWatch.DescribeAlarmsCommand({ AlarmNames: ['backlog'] }));
    expect(MetricAlarms?.[0]?.AlarmArn).toBe('arn:aws-cn:cloudwatch:cn-north-1:000000000000:alarm:backlog');
    const described = await groups.send(
      new autoScaling.DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [AutoScalingGroupName] }),
    );
    expect(described.AutoScalingGroups?.[0]).toMatchObject({
      DesiredCapacity: 4,
      AutoScalingGroupARN: expect.stringMatching(/^arn:aws-cn:autoscaling:cn-north-1:000000000000:autoScalingGroup:/),
    });
    const history = await alarms.send(
      new cloudWatch.DescribeAlarmHistoryCommand({ AlarmName: 'backlog', HistoryItemType: 'Action' }),
    );
    const groupArn = described.AutoScalingGroups![0]!.AutoScalingGroupARN!;
    const setDesired = (AutoScalingGroupName: string) =>
      groups.send(new autoScaling.SetDesiredCapacityCommand({ AutoScalingGroupName, DesiredCapacity: 5 }));
    await expect(setDesired(groupArn.replace('arn:aws-cn:', 'arn:aws:'))).rejects.toThrow(/not found/);
    await setDesired(groupArn);
    expect(history.AlarmHistoryItems?.map(({ HistorySummary }) => HistorySummary)).toEqual(
      expect.arrayContaining([
        `Successfully executed action ${PolicyARN}`,
        `Failed to execute action ${ofAnother}. Received error: "no service of this emulator takes this action"`,
      ]),
    );
  });

  it('[SNS-86] in cn-north-1 gets back in the dead-letter queue what a topic pushes to a device of another partition', async () => {
    const topics = new sns.SNSClient(inRegion('cn-north-1'));
    const queues = new sqs.SQSClient(inRegion('cn-north-1'));
    const { QueueUrl } = await queues.send(
      new sqs.CreateQueueCommand({ QueueName: 'dead', Attributes: { Policy: openPolicy } }),
    );
    const deadLetterTargetArn = 'arn:aws-cn:sqs:cn-north-1:000000000000:dead';
    const { TopicArn } = await topics.send(new sns.CreateTopicCommand({ Name: 't' }));
    for (const region of ['cn-northwest-1', 'us-east-1']) {
      const devices = new sns.SNSClient(inRegion(region));
      const application = { Name: 'shop', Platform: 'GCM', Attributes: { PlatformCredential: 'key' } };
      const { PlatformApplicationArn } = await devices.send(new sns.CreatePlatformApplicationCommand(application));
      const { EndpointArn } = await devices.send(
        new sns.CreatePlatformEndpointCommand({ PlatformApplicationArn, Token: 'token' }),
      );
      const Attributes = { RedrivePolicy: JSON.stringify({ deadLetterTargetArn }) };
      await topics.send(
        new sns.SubscribeCommand({ TopicArn, Protocol: 'application', Endpoint: EndpointArn, Attributes }),
      );
      await topics.send(new sns.PublishCommand({ TopicArn, Message: `from ${region} on` }));
    }
    await emulator.advanceTo(testStartMs + 1_000);
    const { Messages } = await queues.send(new sqs.ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    expect(Messages?.map(({ Body }) => Body)).toEqual([expect.stringContaining('from us-east-1 on')]);
  });

  it('[SNS-96] in cn-north-1 is denied by a data protection policy that names its account by an ARN of the partition', async () => {
    const topics = new sns.SNSClient(inRegion('cn-north-1'));
    const { TopicArn } = await topics.send(new sns.CreateTopicCommand({ Name: 't' }));
    const denyFor = (partition: string): Promise<unknown> => {
      const statement = {
        DataDirection: 'Inbound',
        Principal: [`arn:${partition}:iam::000000000000:root`],
        DataIdentifier: ['arn:aws:dataprotection::aws:data-identifier/EmailAddress'],
        Operation: { Deny: {} },
      };
      const DataProtectionPolicy = JSON.stringify({ Name: 'p', Version: '2021-06-01', Statement: [statement] });
      return topics.send(new sns.PutDataProtectionPolicyCommand({ ResourceArn: TopicArn, DataProtectionPolicy }));
    };
    const publish = () => topics.send(new sns.PublishCommand({ TopicArn, Message: 'a@example.com' }));
    await denyFor('aws');
    expect(await publish()).toHaveProperty('MessageId');
    await denyFor('aws-cn');
    await expect(publish()).rejects.toThrow(sns.AuthorizationErrorException);
  });
});

const boto3Script = `
import boto3, json, os
service = lambda name: boto3.client(name, endpoint_url=os.environ['ENDPOINT'])
sqs, sns = service('sqs'), service('sns')
url = sqs.create_queue(QueueName='q', Attributes={'Policy': '${openPolicy}'})['QueueUrl']
queue = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=['QueueArn'])['Attributes']['QueueArn']
topic = sns.create_topic(Name='t')['TopicArn']
sns.subscribe(TopicArn=topic, Protocol='sqs', Endpoint=queue)
sns.publish(TopicArn=topic, Message='hello')
received = json.loads(sqs.receive_message(QueueUrl=url)['Messages'][0]['Body'])
try:
    sns.publish(TopicArn=topic.replace('arn:aws-cn:', 'arn:aws:'), Message='hello')
    refusal = None
except sns.exceptions.InvalidParameterException as e:
    refusal = e.response['Error']['Message']
print(json.dumps([service('sts').get_caller_identity()['Arn'], queue, topic, received['Message'], refusal]))
`;

const inChina = { AWS_DEFAULT_REGION: 'cn-north-1', AWS_REGION: 'cn-north-1' };
const refusal =
  'Invalid parameter: TopicArn Reason: A cn-north-1 ARN must begin with arn:aws-cn, not arn:aws:sns:cn-north-1:000000000000:t';

it.skipIf(boto3.leftOut)('[SQS-128, SNS-05, SNS-151] boto3 in cn-north-1', { timeout: patienceMs }, async () => {
  expect(await runBoto3(emulator.endpoint, boto3Script, inChina)).toEqual([
    'arn:aws-cn:iam::000000000000:root',
    'arn:aws-cn:sqs:cn-north-1:000000000000:q',
    'arn:aws-cn:sns:cn-north-1:000000000000:t',
    'hello',
    refusal,
  ]);
});

it.skipIf(awsCli.leftOut)('[SQS-128, SNS-05, SNS-151] the AWS CLI in cn-north-1', { timeout: patienceMs }, async () => {
  const aws = async (...args: string[]): Promise<Record<string, unknown>> => {
    const { status, stdout, stderr } = await runAws(emulator.endpoint, args, inChina);
    return status === 0 ? JSON.parse(stdout) : { stderr: stderr.trim() };
  };
  expect(await aws('sts', 'get-caller-identity')).toMatchObject({ Arn: 'arn:aws-cn:iam::000000000000:root' });
  const { QueueUrl } = await aws('sqs', 'create-queue', '--queue-name', 'q');
  expect(
    await aws('sqs', 'get-queue-attributes', '--queue-url', String(QueueUrl), '--attribute-names', 'QueueArn'),
  ).toEqual({ Attributes: { QueueArn: 'arn:aws-cn:sqs:cn-north-1:000000000000:q' } });
  const { TopicArn } = await aws('sns', 'create-topic', '--name', 't');
  expect(TopicArn).toBe('arn:aws-cn:sns:cn-north-1:000000000000:t');
  const publish = (arn: string) => aws('sns', 'publish', '--topic-arn', arn, '--message', 'hello');
  expect(await publish(String(TopicArn))).toHaveProperty('MessageId');
  expect(await publish('arn:aws:sns:cn-north-1:000000000000:t')).toEqual({
    stderr: `An error occurred (InvalidParameter) when calling the Publish operation: ${refusal}`,
  });
});
