/** What AWS itself answered about queues, their attributes, tags and permissions, as public recordings have it; in both protocols. */
import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../../../src/emulator/cloud.ts';
import { startMs } from '../wire/exchange.ts';
import { after, arnOf, testCloud, urlOf } from './actionHarness.ts';
import { fifo, isFifo, q } from './recordedAnswersCases.ts';
import { answerTo, ask, type Input, type Output, protocols } from './recordedAnswersClient.ts';

const seconds = (ms: number): string => String(ms / 1_000);

/** Of a queue made at the start, whatever else is asked of it. */
const everyQueue = {
  ApproximateNumberOfMessages: '0',
  ApproximateNumberOfMessagesDelayed: '0',
  ApproximateNumberOfMessagesNotVisible: '0',
  CreatedTimestamp: seconds(startMs),
  DelaySeconds: '0',
  LastModifiedTimestamp: seconds(startMs),
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  QueueArn: arnOf('q'),
  ReceiveMessageWaitTimeSeconds: '0',
  SqsManagedSseEnabled: 'true',
  VisibilityTimeout: '30',
};

describe.each(protocols)('%s, as AWS answers:', (protocol) => {
  const call = (cloud: Cloud, action: string, input: Input = {}): Promise<Output> =>
    ask(protocol, cloud, action, { ...q, ...input });
  const create = async (cloud: Cloud, Attributes: Input = {}, QueueName = 'q'): Promise<string> =>
    (await ask(protocol, cloud, 'CreateQueue', { QueueName, Attributes })).QueueUrl;
  const attributes = async (cloud: Cloud, AttributeNames = ['All'], of: Input = q): Promise<Output> =>
    call(cloud, 'GetQueueAttributes', { ...of, AttributeNames });

  it('all attributes of a queue, before and after a change', async () => {
    const cloud = testCloud();
    const given = { MessageRetentionPeriod: '604800', ReceiveMessageWaitTimeSeconds: '10', VisibilityTimeout: '20' };
    await create(cloud, given);
    expect(await attributes(cloud)).toEqual({ Attributes: { ...everyQueue, ...given } });
    after(cloud, 10);
    const changed = { MaximumMessageSize: '2048', VisibilityTimeout: '69', DelaySeconds: '420' };
    expect(await call(cloud, 'SetQueueAttributes', { Attributes: changed })).toEqual({});
    expect(await attributes(cloud)).toEqual({
      Attributes: { ...everyQueue, ...given, ...changed, LastModifiedTimestamp: seconds(startMs + 10_000) },
    });
  });

  it.each([
    ['true', 'false'],
    ['True', 'False'],
  ])('all attributes of a FIFO queue, made with %s', async (flag, noFlag) => {
    const cloud = testCloud();
    const made = { FifoQueue: flag, ContentBasedDeduplication: flag, SqsManagedSseEnabled: flag };
    await create(cloud, made, 'q.fifo');
    const all = (ContentBasedDeduplication: string) => ({
      Attributes: {
        ...everyQueue,
        ...isFifo,
        ContentBasedDeduplication,
        DeduplicationScope: 'queue',
        FifoThroughputLimit: 'perQueue',
        QueueArn: arnOf('q.fifo'),
      },
    });
    expect(await attributes(cloud, ['All'], fifo)).toEqual(all('true'));
    const Attributes = { ContentBasedDeduplication: noFlag };
    await call(cloud, 'SetQueueAttributes', { ...fifo, Attributes });
    expect(await attributes(cloud, ['All'], fifo)).toEqual(all('false'));
  });

  it('its encryption', async () => {
    const cloud = testCloud();
    const names = ['KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds', 'SqsManagedSseEnabled'];
    await create(cloud);
    expect(await attributes(cloud, names)).toEqual({ Attributes: { SqsManagedSseEnabled: 'true' } });
    const kms = { KmsMasterKeyId: 'testKeyId', KmsDataKeyReusePeriodSeconds: '6000', SqsManagedSseEnabled: 'false' };
    await call(cloud, 'SetQueueAttributes', { Attributes: kms });
    expect(await attributes(cloud, names)).toEqual({ Attributes: kms });
    const none = { KmsMasterKeyId: '', KmsDataKeyReusePeriodSeconds: '300' };
    await call(cloud, 'SetQueueAttributes', { Attributes: none });
    expect((await attributes(cloud, names)).Attributes).not.toHaveProperty('KmsMasterKeyId');
    await call(cloud, 'SetQueueAttributes', { Attributes: { SqsManagedSseEnabled: 'true' } });
    expect(await attributes(cloud, names)).toEqual({ Attributes: { SqsManagedSseEnabled: 'true' } });
  });

  it('an empty policy and an empty redrive policy are none', async () => {
    const cloud = testCloud();
    await create(cloud, {}, 'dead');
    await create(cloud);
    const empty = { Policy: '', RedrivePolicy: '' };
    await call(cloud, 'SetQueueAttributes', { Attributes: empty });
    expect(await attributes(cloud)).toEqual({ Attributes: everyQueue });
    const Statement = [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sqs:SendMessage', Resource: arnOf('q') }];
    const set = {
      Policy: JSON.stringify({ Version: '2012-10-17', Statement }),
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf('dead'), maxReceiveCount: 42 }),
    };
    await call(cloud, 'SetQueueAttributes', { Attributes: set });
    expect(await attributes(cloud, ['Policy', 'RedrivePolicy'])).toEqual({ Attributes: set });
    await call(cloud, 'SetQueueAttributes', { Attributes: empty });
    expect(await attributes(cloud, ['Policy', 'RedrivePolicy'])).toEqual({});
  });

  it('a queue is made once: again with some or all of its attributes it is the same, whatever happened in it', async () => {
    const cloud = testCloud();
    const url = await create(cloud, { ReceiveMessageWaitTimeSeconds: '1', DelaySeconds: '1' });
    expect(url).toBe(urlOf('q'));
    await call(cloud, 'SendMessage', { MessageBody: 'foobar' });
    expect(await create(cloud)).toBe(url);
    expect(await create(cloud, { DelaySeconds: '1' })).toBe(url);
    await call(cloud, 'SetQueueAttributes', { Attributes: { DelaySeconds: '2' } });
    expect(await create(cloud, { ReceiveMessageWaitTimeSeconds: '1', DelaySeconds: '2' })).toBe(url);
    const before = { QueueName: 'q', Attributes: { ReceiveMessageWaitTimeSeconds: '1', DelaySeconds: '1' } };
    expect(await answerTo(protocol, cloud, 'CreateQueue', before)).toMatchObject({ code: 'QueueAlreadyExists' });
  });

  it('its name stands for its URL', async () => {
    const cloud = testCloud();
    await create(cloud);
    const sent = await call(cloud, 'SendMessage', { QueueUrl: 'q', MessageBody: 'Using name instead of URL' });
    expect(sent.MD5OfMessageBody).toBe('86a83f96652a1bfad3891e7d523750cb');
    expect((await call(cloud, 'ReceiveMessage')).Messages).toHaveLength(1);
  });

  it('lists by prefix and in pages; nothing found is no list', async () => {
    const cloud = testCloud();
    for (let n = 0; n < 10; n++) await create(cloud, {}, `a-${n}`);
    await create(cloud, {}, 'b-0');
    const list = (input: Input): Promise<Output> => ask(protocol, cloud, 'ListQueues', input);
    expect((await list({ QueueNamePrefix: 'a-' })).QueueUrls).toHaveLength(10);
    expect((await list({})).QueueUrls).toHaveLength(11);
    expect(await list({ QueueNamePrefix: 'c-' })).toEqual({});
    const { QueueUrls, NextToken } = await list({ QueueNamePrefix: 'a-', MaxResults: 2 });
    expect(QueueUrls).toEqual(['a-0', 'a-1'].map(urlOf));
    const rest = await list({ QueueNamePrefix: 'a-', MaxResults: 10, NextToken });
    expect([rest.QueueUrls.length, rest.NextToken]).toEqual([8, undefined]);
  });

  it('tags come and go, empty ones too; with none left there is no list', async () => {
    const cloud = testCloud();
    const tags = { tag1: 'value1', tag2: 'value2', tag3: '' };
    await create(cloud);
    await call(cloud, 'TagQueue', { Tags: { ...tags, MyTag: 'a', mytag: 'b' } });
    expect(await call(cloud, 'ListQueueTags')).toEqual({ Tags: { ...tags, MyTag: 'a', mytag: 'b' } });
    await call(cloud, 'UntagQueue', { TagKeys: ['tag1', 'tag3', 'MyTag', 'mytag', 'none'] });
    expect(await call(cloud, 'ListQueueTags')).toEqual({ Tags: { tag2: 'value2' } });
    await call(cloud, 'UntagQueue', { TagKeys: ['tag2'] });
    expect(await call(cloud, 'ListQueueTags')).toEqual({});
  });

  it('permissions are statements of a policy, which goes with the last of them', async () => {
    const cloud = testCloud();
    await create(cloud);
    const policy = async () => JSON.parse((await attributes(cloud, ['Policy'])).Attributes?.Policy ?? 'null');
    const statement = (Sid: string, AWS: string | string[]) => ({
      Sid,
      Effect: 'Allow',
      Principal: { AWS },
      Action: 'SQS:ReceiveMessage',
      Resource: arnOf('q'),
    });
    const document = (...Statement: readonly unknown[]) => ({
      Version: '2008-10-17',
      Id: `${arnOf('q')}/SQSDefaultPolicy`,
      Statement,
    });
    const add = (Label: string, ...AWSAccountIds: readonly string[]) =>
      call(cloud, 'AddPermission', { Label, AWSAccountIds, Actions: ['ReceiveMessage'] });
    const [own, other] = ['arn:aws:iam::111111111111:root', 'arn:aws:iam::668614515564:root'] as const;
    expect(await add('first', '668614515564', '111111111111')).toEqual({});
    expect(await policy()).toEqual(document(statement('first', [other, own])));
    expect(await call(cloud, 'RemovePermission', { Label: 'first' })).toEqual({});
    expect(await attributes(cloud, ['Policy'])).toEqual({});
    await add('first', '111111111111');
    await add('second', '111111111111');
    expect(await policy()).toEqual(document(statement('first', own), statement('second', own)));
    await call(cloud, 'RemovePermission', { Label: 'first' });
    expect(await policy()).toEqual(document(statement('second', own)));
    expect(await answerTo(protocol, cloud, 'RemovePermission', { ...q, Label: 'first' })).toEqual({
      status: 400,
      code: 'InvalidParameterValue',
      message: "Value first for parameter Label is invalid. Reason: can't find label on existing policy.",
    });
  });

  it('the queues of a dead-letter queue', async () => {
    const cloud = testCloud();
    await create(cloud);
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf('q'), maxReceiveCount: 50 });
    const sources = [await create(cloud, { RedrivePolicy }, 's1'), await create(cloud, { RedrivePolicy }, 's2')];
    expect(await call(cloud, 'ListDeadLetterSourceQueues')).toEqual({ queueUrls: sources });
  });
});
