/** Regions of other partitions than `aws`: what the services call their own things there, and what an ARN of another partition names. */
import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../../src/emulator/cloud.ts';
import { after, call, messagesIn, openPolicy, sns, sqs, testCloud } from './sns/harness.ts';

const accountId = '000000000000';
const otherId = '111111111111';
const china = { region: 'cn-north-1' } as const;

/** In Beijing unless told otherwise; `partition` to be wrong on purpose. */
const arn = (service: string, resource: string, partition = 'aws-cn', region: string = china.region): string =>
  `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
const auditing = { Audit: { SampleRate: '99', FindingsDestination: { S3: { Bucket: 'findings' } } } };
const urlOf = (name: string): string => `http://127.0.0.1:4566/${accountId}/${name}`;

const createQueue = (cloud: Cloud, QueueName: string, Attributes: Record<string, string> = {}, caller = china) =>
  sqs(cloud, 'CreateQueue', { QueueName, Attributes }, caller);
const bodies = (cloud: Cloud, name: string, region: string = china.region): string[] =>
  messagesIn(cloud, name, accountId, region).map(({ body }) => body);

describe('[SQS-128] a Region of another partition', () => {
  it('queues, dead letters and move tasks go by its ARNs', async () => {
    const cloud = testCloud();
    await createQueue(cloud, 'dead');
    const redrive = (partition: string): Record<string, string> => ({
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn('sqs', 'dead', partition), maxReceiveCount: 1 }),
    });
    expect(await createQueue(cloud, 'q', redrive('aws'))).toMatchObject({
      error: 'InvalidParameterValue',
      message: expect.stringContaining('Dead letter target does not exist'),
    });
    await createQueue(cloud, 'q', { ...redrive('aws-cn'), VisibilityTimeout: '0' });
    const shown = await sqs(cloud, 'GetQueueAttributes', { QueueUrl: urlOf('q'), AttributeNames: ['All'] }, china);
    expect(shown.Attributes).toMatchObject({ QueueArn: arn('sqs', 'q') });

    await sqs(cloud, 'SendMessage', { QueueUrl: urlOf('q'), MessageBody: 'm' }, china);
    for (let n = 0; n < 2; n++) await sqs(cloud, 'ReceiveMessage', { QueueUrl: urlOf('q') }, china);
    expect(bodies(cloud, 'dead')).toEqual(['m']);

    const start = (partition: string) =>
      sqs(cloud, 'StartMessageMoveTask', { SourceArn: arn('sqs', 'dead', partition) }, china);
    expect(await start('aws')).toMatchObject({ error: 'ResourceNotFoundException' });
    expect(await start('aws-cn')).toHaveProperty('TaskHandle');
    after(cloud, 1);
    expect(bodies(cloud, 'q')).toEqual(['m']);
  });

  it('RedriveAllowPolicy takes a source by the ARN of its partition', async () => {
    const cloud = testCloud();
    const allow = (partition: string): Record<string, string> => ({
      RedriveAllowPolicy: JSON.stringify({
        redrivePermission: 'byQueue',
        sourceQueueArns: [arn('sqs', 'q', partition)],
      }),
    });
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arn('sqs', 'dead'), maxReceiveCount: 1 });
    await createQueue(cloud, 'dead', allow('aws'));
    expect(await createQueue(cloud, 'q', { RedrivePolicy })).toMatchObject({
      message: expect.stringContaining('Dead letter target does not allow this queue as a source'),
    });
    await sqs(cloud, 'SetQueueAttributes', { QueueUrl: urlOf('dead'), Attributes: allow('aws-cn') }, china);
    expect(await createQueue(cloud, 'q', { RedrivePolicy })).toHaveProperty('QueueUrl');
  });

  it('AddPermission names accounts of the partition, and they may', async () => {
    const cloud = testCloud();
    await createQueue(cloud, 'q');
    const QueueUrl = urlOf('q');
    const permission = { QueueUrl, Label: 'l', AWSAccountIds: [otherId], Actions: ['SendMessage'] };
    await sqs(cloud, 'AddPermission', permission, china);
    const shown = await sqs(cloud, 'GetQueueAttributes', { QueueUrl, AttributeNames: ['Policy'] }, china);
    expect((shown.Attributes as Record<string, string>).Policy).toContain(`arn:aws-cn:iam::${otherId}:root`);
    const send = { QueueUrl, MessageBody: 'm' };
    expect(await sqs(cloud, 'SendMessage', send, { ...china, accountId: otherId })).toHaveProperty('MessageId');
  });

  it.each([
    ['aws', 'AccessDenied'],
    ['aws-cn', undefined],
  ])('[SQS-96] a policy names an account of %s', async (partition, error) => {
    const cloud = testCloud();
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { AWS: `arn:${partition}:iam::${otherId}:root` },
        Action: 'sqs:SendMessage',
        Resource: arn('sqs', 'q'),
      },
    });
    await createQueue(cloud, 'q', { Policy });
    const send = { QueueUrl: urlOf('q'), MessageBody: 'm' };
    expect((await sqs(cloud, 'SendMessage', send, { ...china, accountId: otherId })).error).toBe(error);
  });
});

describe('[SNS-05] topics of another partition', () => {
  it('topics, subscriptions, applications and the owners in answers have its ARNs', async () => {
    const cloud = testCloud();
    const { TopicArn } = await sns(cloud, 'CreateTopic', { Name: 't' }, china);
    expect(TopicArn).toBe(arn('sns', 't'));
    const request = { TopicArn, Protocol: 'sqs', Endpoint: arn('sqs', 'q') };
    const { SubscriptionArn } = await sns(cloud, 'Subscribe', request, china);
    expect(SubscriptionArn).toMatch(new RegExp(`^${arn('sns', 't')}:[0-9a-f-]{36}$`));
    const shown = await sns(cloud, 'GetSubscriptionAttributes', { SubscriptionArn }, china);
    expect(shown.Attributes).toMatchObject({ SubscriptionPrincipal: `arn:aws-cn:iam::${accountId}:root` });

    const permission = { TopicArn, Label: 'l', AWSAccountId: [otherId], ActionName: ['Publish'] };
    await sns(cloud, 'AddPermission', permission, china);
    const topic = await sns(cloud, 'GetTopicAttributes', { TopicArn }, china);
    expect((topic.Attributes as Record<string, string>).Policy).toContain(`arn:aws-cn:iam::${otherId}:root`);
    const other = { ...china, accountId: otherId };
    expect(await sns(cloud, 'Publish', { TopicArn, Message: 'm' }, other)).toHaveProperty('MessageId');
    expect((await sns(cloud, 'GetTopicAttributes', { TopicArn }, other)).message).toContain(
      `User: arn:aws-cn:iam::${otherId}:root is not authorized`,
    );

    const application = { Name: 'app', Platform: 'GCM', Attributes: { PlatformCredential: 'key' } };
    const { PlatformApplicationArn } = await sns(cloud, 'CreatePlatformApplication', application, china);
    expect(PlatformApplicationArn).toBe(arn('sns', 'app/GCM/app'));
    const { EndpointArn } = await sns(cloud, 'CreatePlatformEndpoint', { PlatformApplicationArn, Token: 'd' }, china);
    expect(EndpointArn).toMatch(new RegExp(`^${arn('sns', 'endpoint/GCM/app/')}[0-9a-f-]{36}$`));
    expect(await sns(cloud, 'Publish', { TargetArn: EndpointArn, Message: 'm' }, china)).toHaveProperty('MessageId');
  });

  it.each([
    ['Deny', {}],
    ['Audit', { SampleRate: '99', FindingsDestination: { S3: { Bucket: 'findings' } } }],
  ])('data protection knows the publisher by an ARN of it: %s', async (operation, settings) => {
    const cloud = testCloud();
    const { TopicArn } = await sns(cloud, 'CreateTopic', { Name: 't' }, china);
    const DataProtectionPolicy = JSON.stringify({
      Name: 'p',
      Version: '2021-06-01',
      Statement: [
        {
          DataDirection: 'Inbound',
          Principal: ['*'],
          DataIdentifier: ['arn:aws-cn:dataprotection::aws:data-identifier/EmailAddress'],
          Operation: { [operation]: settings },
        },
      ],
    });
    await sns(cloud, 'PutDataProtectionPolicy', { ResourceArn: TopicArn, DataProtectionPolicy }, china);
    const { message } = await sns(cloud, 'Publish', { TopicArn, Message: 'ann@example.com' }, china);
    const records = cloud.at(accountId, china.region).sns.outbox.audits();
    const told = operation === 'Deny' ? message : JSON.stringify(records.map(({ record }) => record));
    expect(told).toContain(`arn:aws-cn:iam::${accountId}:root`);
  });

  const protecting = (DataDirection: string, principals: readonly string[], Operation: object) =>
    JSON.stringify({
      Name: 'p',
      Version: '2021-06-01',
      Statement: [
        {
          DataDirection,
          Principal: principals,
          DataIdentifier: ['arn:aws-cn:dataprotection::aws:data-identifier/EmailAddress'],
          Operation,
        },
      ],
    });
  it.each([
    ['aws-cn', 'Inbound', { Deny: {} }, { refused: true, delivered: 0, audits: 0 }],
    ['aws', 'Inbound', { Deny: {} }, { refused: false, delivered: 1, audits: 0 }],
    ['aws-cn', 'Outbound', { Deny: {} }, { refused: false, delivered: 0, audits: 0 }],
    ['aws', 'Outbound', { Deny: {} }, { refused: false, delivered: 1, audits: 0 }],
    ['aws-cn', 'Inbound', auditing, { refused: false, delivered: 1, audits: 1 }],
    ['aws', 'Inbound', auditing, { refused: false, delivered: 1, audits: 0 }],
  ])('[SNS-96] data protection for an account of %s, %s %j', async (partition, direction, operation, expected) => {
    const cloud = testCloud();
    const { TopicArn } = await sns(cloud, 'CreateTopic', { Name: 't' }, china);
    await createQueue(cloud, 'q', { Policy: openPolicy('*') });
    await sns(cloud, 'Subscribe', { TopicArn, Protocol: 'sqs', Endpoint: arn('sqs', 'q') }, china);
    const DataProtectionPolicy = protecting(direction, [`arn:${partition}:iam::${accountId}:root`], operation);
    await sns(cloud, 'PutDataProtectionPolicy', { ResourceArn: TopicArn, DataProtectionPolicy }, china);
    const { error } = await sns(cloud, 'Publish', { TopicArn, Message: 'ann@example.com' }, china);
    const audits = cloud.at(accountId, china.region).sns.outbox.audits().length;
    expect({ refused: error === 'AuthorizationError', delivered: bodies(cloud, 'q').length, audits }).toEqual(expected);
  });

  it('[SNS-86] pushes to endpoints of its own partition, in any Region, and to no other', async () => {
    const cloud = testCloud();
    const { TopicArn } = await sns(cloud, 'CreateTopic', { Name: 't' }, china);
    const endpoints: string[] = [];
    for (const region of [china.region, 'cn-northwest-1', 'us-east-1']) {
      const application = { Name: 'app', Platform: 'GCM', Attributes: { PlatformCredential: 'key' } };
      const { PlatformApplicationArn } = await sns(cloud, 'CreatePlatformApplication', application, { region });
      const device = { PlatformApplicationArn, Token: 'd' };
      const { EndpointArn } = await sns(cloud, 'CreatePlatformEndpoint', device, { region });
      endpoints.push(String(EndpointArn));
      const subscription = { TopicArn, Protocol: 'application', Endpoint: EndpointArn };
      expect(await sns(cloud, 'Subscribe', subscription, china)).toHaveProperty('SubscriptionArn');
    }
    await sns(cloud, 'Publish', { TopicArn, Message: 'm' }, china);
    const { outbox } = cloud.at(accountId, china.region).sns;
    expect(outbox.entries().map(({ to }) => to)).toEqual(endpoints.slice(0, 2));
    expect(outbox.undelivered().map(({ to, reason }) => [to, reason])).toEqual([
      [endpoints[2], 'Endpoint does not exist'],
    ]);
  });

  const wrong = arn('sns', 't', 'aws');
  const words = (parameter: string, text: string) => ({
    error: 'InvalidParameter',
    message: `Invalid parameter: ${parameter} Reason: A cn-north-1 ARN must begin with arn:aws-cn, not ${text}`,
  });

  it.each([
    ['GetTopicAttributes', 'TopicArn', wrong, {}],
    ['Publish', 'TopicArn', wrong, { Message: 'm' }],
    ['Publish', 'TargetArn', wrong, { Message: 'm' }],
    ['PublishBatch', 'TopicArn', wrong, { PublishBatchRequestEntries: [{ Id: 'a', Message: 'm' }] }],
    ['Subscribe', 'TopicArn', wrong, { Protocol: 'email', Endpoint: 'a@example.com' }],
    ['DeleteTopic', 'TopicArn', wrong, {}],
    ['Unsubscribe', 'SubscriptionArn', `${wrong}:6a3d7a5c-0000-4000-8000-000000000000`, {}],
    ['GetPlatformApplicationAttributes', 'PlatformApplicationArn', arn('sns', 'app/GCM/app', 'aws'), {}],
  ])('[SNS-151] %s is told that the %s begins otherwise', async (action, parameter, text, input) => {
    const cloud = testCloud();
    await sns(cloud, 'CreateTopic', { Name: 't' }, china);
    expect(await sns(cloud, action, { [parameter]: text, ...input }, china)).toEqual(words(parameter, text));
  });

  it('[SNS-151] and so it is where `aws` is right', async () => {
    const text = arn('sns', 't', 'aws-cn', 'us-east-1');
    expect(await sns(testCloud(), 'GetTopicAttributes', { TopicArn: text })).toMatchObject({
      message: `Invalid parameter: TopicArn Reason: A us-east-1 ARN must begin with arn:aws, not ${text}`,
    });
  });

  it('[SNS-44] delivers in its own partition, by the whole ARN, and to no other', async () => {
    const cloud = testCloud();
    const { TopicArn } = await sns(cloud, 'CreateTopic', { Name: 't' }, china);
    const ningxia = { region: 'cn-northwest-1' } as const;
    const virginia = { region: 'us-east-1' } as const;
    const places = [
      ['aws-cn', china],
      ['aws-cn', ningxia],
      ['aws', china],
      ['aws', virginia],
      ['aws-cn', virginia],
    ] as const;
    for (const { region } of [china, ningxia, virginia]) {
      await sqs(cloud, 'CreateQueue', { QueueName: 'q', Attributes: { Policy: openPolicy('*') } }, { region });
    }
    for (const [partition, { region }] of places) {
      const Endpoint = arn('sqs', 'q', partition, region);
      const subscribed = await sns(cloud, 'Subscribe', { TopicArn, Protocol: 'sqs', Endpoint }, china);
      expect(subscribed).toHaveProperty('SubscriptionArn');
    }
    await sns(cloud, 'Publish', { TopicArn, Message: 'm' }, china);
    const counts = [china, ningxia, virginia].map(({ region }) => bodies(cloud, 'q', region).length);
    expect(counts).toEqual([1, 1, 0]);
    const undelivered = cloud.at(accountId, china.region).sns.outbox.undelivered();
    expect(undelivered.map(({ to, reason }) => [to, reason])).toEqual(
      places.slice(2).map(([partition, { region }]) => {
        const to = arn('sqs', 'q', partition, region);
        return [to, `The queue ${to} does not exist.`];
      }),
    );
  });

  it('[SNS-44] a queue lets in the topic that its condition names whole', async () => {
    const cloud = testCloud();
    const { TopicArn } = await sns(cloud, 'CreateTopic', { Name: 't' }, china);
    for (const [name, partition] of [
      ['right', 'aws-cn'],
      ['wrong', 'aws'],
      ['any', '*'],
    ] as const) {
      const Policy = JSON.stringify({
        Version: '2012-10-17',
        Statement: {
          Effect: 'Allow',
          Principal: { Service: 'sns.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: arn('sqs', name),
          Condition: { ArnLike: { 'aws:SourceArn': arn('sns', 't', partition) } },
        },
      });
      await createQueue(cloud, name, { Policy });
      await sns(cloud, 'Subscribe', { TopicArn, Protocol: 'sqs', Endpoint: arn('sqs', name) }, china);
    }
    await sns(cloud, 'Publish', { TopicArn, Message: 'm' }, china);
    expect(['right', 'wrong', 'any'].map((name) => bodies(cloud, name).length)).toEqual([1, 0, 1]);
  });
});

describe('the other services in a Region of another partition', () => {
  it('[SQS-128] a stream is found by its ARN, and by no other', async () => {
    const cloud = testCloud();
    await call(cloud, 'kinesis', 'CreateStream', { StreamName: 's', ShardCount: 1 }, china);
    after(cloud, 60);
    const describeStream = (StreamARN: string) => call(cloud, 'kinesis', 'DescribeStreamSummary', { StreamARN }, china);
    expect(await describeStream(arn('kinesis', 'stream/s'))).toMatchObject({
      StreamDescriptionSummary: { StreamARN: arn('kinesis', 'stream/s'), StreamStatus: 'ACTIVE' },
    });
    for (const other of [arn('kinesis', 'stream/s', 'aws'), arn('kinesis', 'stream/s', 'aws', 'us-east-1')]) {
      expect(await describeStream(other)).toMatchObject({ message: expect.stringContaining('Stream s under account') });
    }
  });

  it('[SQS-128] a caller is of the partition', async () => {
    const cloud = testCloud();
    expect(await call(cloud, 'sts', 'GetCallerIdentity', {}, { region: 'us-gov-west-1' })).toMatchObject({
      Arn: `arn:aws-us-gov:iam::${accountId}:root`,
    });
  });
});
