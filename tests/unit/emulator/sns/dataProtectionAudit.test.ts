/** Audit statements: the sample, the records and where they are kept, the metrics. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Cloud } from '../../../../src/emulator/cloud.ts';
import { after, messagesIn, sns, startMs, testCloud, topicWithQueue } from './harness.ts';

let cloud: Cloud;
let TopicArn: string;
beforeEach(async () => {
  cloud = testCloud();
  ({ TopicArn } = await topicWithQueue(cloud));
});

const id = (name: string): string => `arn:aws:dataprotection::aws:data-identifier/${name}`;
const logs = { CloudWatchLogs: { LogGroup: '/aws/vendedlogs/found' } };
const put = (audit: object, ...others: object[]) =>
  sns(cloud, 'PutDataProtectionPolicy', {
    ResourceArn: TopicArn,
    DataProtectionPolicy: JSON.stringify({
      Name: 'p',
      Version: '2021-06-01',
      Statement: [{ ...statement, Operation: { Audit: audit } }, ...others],
    }),
  });
const statement = {
  DataDirection: 'Inbound',
  Principal: ['*'],
  DataIdentifier: [id('EmailAddress'), id('Ssn-US'), id('IpAddress')],
};
const publish = (Message: string, more = {}) => sns(cloud, 'Publish', { TopicArn, Message, ...more });
const audits = () => cloud.home.sns.outbox.audits();

describe('[SNS-83] an audit', () => {
  test('keeps what it found, in the words that its destinations would get', async () => {
    expect(await put({ SampleRate: '99', FindingsDestination: { ...logs, S3: { Bucket: 'findings' } } })).toEqual({});
    after(cloud, 5);
    const { MessageId } = await publish('🙂 ann@example.com and bob@example.org, ssn 123-45-6789');
    expect(audits()).toEqual([
      {
        atMs: startMs + 5_000,
        topicArn: TopicArn,
        messageId: MessageId,
        findings: true,
        destinations: ['CloudWatchLogs /aws/vendedlogs/found', 'S3 findings'],
        record: {
          messageId: MessageId,
          auditTimestamp: `${new Date(startMs + 5_000).toISOString().slice(0, 19)}Z`,
          callerPrincipal: 'arn:aws:iam::000000000000:root',
          resourceArn: TopicArn,
          dataIdentifiers: [
            {
              name: 'EmailAddress',
              count: 2,
              detections: [
                { start: 2, end: 17 },
                { start: 22, end: 37 },
              ],
            },
            { name: 'Ssn-US', count: 1, detections: [{ start: 43, end: 54 }] },
          ],
        },
      },
    ]);
    expect(messagesIn(cloud, 'q')[0]!.body).toContain('ann@example.com');
  });

  test('that finds nothing goes to the NoFindingsDestination, where there is one', async () => {
    await put({ SampleRate: 99, NoFindingsDestination: { Firehose: { DeliveryStream: 'clean' } } });
    await publish('ann@example.com');
    await publish('nobody');
    expect(audits()).toMatchObject([
      { findings: false, destinations: ['Firehose clean'], record: { dataIdentifiers: [] } },
    ]);
  });

  test('sees the message before it is masked, and each text of several once', async () => {
    const mask = { ...statement, Operation: { Deidentify: { MaskConfig: { MaskWithCharacter: '#' } } } };
    await put({ SampleRate: 99, FindingsDestination: logs }, mask);
    const texts = { default: 'ann@example.com', sqs: 'ann@example.com', lambda: 'from 10.0.0.1' };
    await publish(JSON.stringify(texts), { MessageStructure: 'json' });
    expect(audits()[0]!.record.dataIdentifiers).toMatchObject([
      { name: 'EmailAddress', count: 1 },
      { name: 'IpAddress', count: 1, detections: [{ start: 5, end: 13 }] },
    ]);
    expect(JSON.parse(messagesIn(cloud, 'q')[0]!.body)).toMatchObject({ Message: '#'.repeat(15) });
  });

  test('knows nothing of a message that is denied', async () => {
    await put({ SampleRate: 99, FindingsDestination: logs }, { ...statement, Operation: { Deny: {} } });
    expect(await publish('ann@example.com')).toMatchObject({ error: 'AuthorizationError' });
    expect(audits()).toEqual([]);
    await publish('nobody');
    expect(audits()).toEqual([]);
  });

  test('is about its principals only', async () => {
    await sns(cloud, 'AddPermission', {
      TopicArn,
      Label: 'other',
      AWSAccountId: ['111122223333'],
      ActionName: ['Publish'],
    });
    const Statement = [
      { ...statement, Principal: ['111122223333'], Operation: { Audit: { FindingsDestination: logs } } },
    ];
    const DataProtectionPolicy = JSON.stringify({ Name: 'p', Version: '2021-06-01', Statement });
    await sns(cloud, 'PutDataProtectionPolicy', { ResourceArn: TopicArn, DataProtectionPolicy });
    await publish('ann@example.com');
    expect(audits()).toEqual([]);
    await sns(cloud, 'Publish', { TopicArn, Message: 'ann@example.com' }, { accountId: '111122223333' });
    expect(audits()).toMatchObject([{ record: { callerPrincipal: 'arn:aws:iam::111122223333:root' } }]);
  });

  test.each([
    [0, []],
    [1, [1, 101]],
    [50, [1, 3, 5, 7, 9]],
    [99, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
  ])('of %i percent looks at the messages %j, spread evenly', async (SampleRate, firstOnes) => {
    await put({ SampleRate, FindingsDestination: logs });
    const ids = new Map<unknown, number>();
    for (let n = 1; n <= 200; n++) ids.set((await publish('ann@example.com')).MessageId, n);
    const looked = audits().map(({ messageId }) => ids.get(messageId));
    expect(looked).toHaveLength(SampleRate * 2);
    expect(looked.slice(0, firstOnes.length)).toEqual(firstOnes);
  });

  test('counts by batch entry', async () => {
    await put({ SampleRate: 99, FindingsDestination: logs });
    const entries = ['ann@example.com', 'nobody', 'bob@example.org'].map((Message, n) => ({ Id: `m${n}`, Message }));
    await sns(cloud, 'PublishBatch', { TopicArn, PublishBatchRequestEntries: entries });
    expect(audits()).toHaveLength(2);
  });
});

test('[SNS-94] what audits find is counted: MessagesWithFindings and MessagesWithNoFindings', async () => {
  await put({ SampleRate: 99, FindingsDestination: logs });
  for (const text of ['ann@example.com', 'nobody', 'bob@example.org']) await publish(text);
  after(cloud, 60);
  const minute = startMs / 60_000;
  const sums = [...cloud.home.cloudWatch.store.all()].flatMap((series) => {
    const { ref } = series;
    if (!ref.metricName.startsWith('MessagesWith')) return [];
    expect(ref).toMatchObject({ namespace: 'AWS/SNS', dimensions: { TopicName: 't' } });
    return [[ref.metricName, series.collect(minute, minute + 1)?.sum]];
  });
  expect(Object.fromEntries(sums)).toEqual({ MessagesWithFindings: 2, MessagesWithNoFindings: 1 });
});
