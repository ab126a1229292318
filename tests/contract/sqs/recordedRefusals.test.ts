/**
 * Requests that AWS is known to refuse, or to take although its model says otherwise: how clients hear that. Tags, addresses, other accounts.
 *
 * The words are those of public recordings, but for a queue that is there with other tags, of which only the code is known.
 */
import * as sqs from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunningEmulator } from '../../../src/emulator/index.ts';
import type { Step } from '../calls.ts';
import { patienceMs, sqsClients, sqsThroughSdk } from '../everyClient.ts';
import { sdkOptions, startTestEmulator } from '../testEmulator.ts';

let emulator: RunningEmulator;

beforeEach(async () => {
  emulator = await startTestEmulator();
});

afterEach(() => emulator.stop());

const QueueUrl = '$queue.QueueUrl';
const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, 'v']));
const invalid = (message: string) => ({ error: 'InvalidParameterValue', message });
const isThere = { QueueUrl: expect.stringMatching(/\/000000000000\/q$/) };

const steps: readonly Step[] = [
  { action: 'CreateQueue', input: { QueueName: 'q', tags: { team: 'a', stage: 'test' } }, as: 'queue' },
  { action: 'CreateQueue', input: { QueueName: 'q' } },
  { action: 'CreateQueue', input: { QueueName: 'q', tags: { team: 'a' } } },
  { action: 'CreateQueue', input: { QueueName: 'q', tags: { team: 'b' } } },
  { action: 'CreateQueue', input: { QueueName: 'q', tags: { owner: 'x' } } },
  { action: 'ListQueueTags', input: { QueueUrl } },
  { action: 'TagQueue', input: { QueueUrl, Tags: tags(49) } },
  { action: 'TagQueue', input: { QueueUrl, Tags: {} } },
  { action: 'UntagQueue', input: { QueueUrl, TagKeys: [] } },
  { action: 'CreateQueue', input: { QueueName: 'tagged', tags: { ['k'.repeat(129)]: 'v' } } },
  { action: 'GetQueueUrl', input: { QueueName: 'tagged' } },
];

const heard: readonly unknown[] = [
  isThere,
  isThere,
  isThere,
  { error: 'QueueAlreadyExists', message: expect.stringContaining('A queue already exists with the same name') },
  { error: 'QueueAlreadyExists', message: expect.stringContaining('A queue already exists with the same name') },
  { Tags: { team: 'a', stage: 'test' } },
  invalid('Too many tags added for queue q.'),
  { error: 'MissingParameter', message: 'The request must contain the parameter Tags.' },
  invalid('Tag keys must be between 1 and 128 characters in length.'),
  invalid('Tag keys must be between 1 and 128 characters in length.'),
  // Refused, it has made no queue.
  expect.objectContaining({ error: 'AWS.SimpleQueueService.NonExistentQueue' }),
];

describe.each(sqsClients)('SQS with %s', (_name, leftOut, run) => {
  it.skipIf(leftOut)(
    '[SQS-129] tags of a queue that is there, and of one that is not',
    { timeout: patienceMs },
    async () => {
      expect(await run(emulator, steps)).toEqual(heard);
    },
  );
});

describe('the tags of the Java SDKs', () => {
  const form = (fields: Readonly<Record<string, string>>): Promise<Response> =>
    fetch(`${emulator.endpoint}/000000000000/q`, {
      method: 'POST',
      body: new URLSearchParams({ Version: '2012-11-05', ...fields }),
    });

  it('[SQS-130] are taken as `Tags.1.Key`, which is not how AWS’s model has them', async () => {
    await sqsThroughSdk(emulator, [{ action: 'CreateQueue', input: { QueueName: 'q' } }]);
    const reply = await form({
      Action: 'TagQueue',
      'Tags.1.Key': 'a:b',
      'Tags.1.Value': '1',
      'Tags.2.Key': 'c',
      'Tags.2.Value': '',
    });
    expect(reply.status).toBe(200);
    const listed = await form({ Action: 'ListQueueTags' });
    expect(await listed.text()).toContain(
      '<Tag><Key>a:b</Key><Value>1</Value></Tag><Tag><Key>c</Key><Value></Value></Tag>',
    );
  });
});

describe('a queue of another account', () => {
  const queueArn = 'arn:aws:sqs:us-east-1:000000000000:q';
  const url = () => `${emulator.endpoint}/000000000000/q`;
  const asOther = async (action: string, input: Readonly<Record<string, string>>): Promise<unknown> =>
    (await sqsThroughSdk(emulator, [{ action, input }], '111122223333'))[0];
  const withPolicy = (Effect: 'Allow' | 'Deny', Action: string): Promise<unknown> => {
    const Statement = [{ Effect, Principal: { AWS: '111122223333' }, Action, Resource: queueArn }];
    const Attributes = { Policy: JSON.stringify({ Version: '2012-10-17', Statement }) };
    return sqsThroughSdk(emulator, [{ action: 'CreateQueue', input: { QueueName: 'q', Attributes } }]);
  };
  const denied = (because: string) => ({
    error: 'AccessDenied',
    message: `User: arn:aws:iam::111122223333:root is not authorized to perform: sqs:sendmessage on resource: ${queueArn} ${because}`,
  });

  it('[SQS-97] is refused with whom, what, where and why', async () => {
    await withPolicy('Allow', 'sqs:ReceiveMessage');
    expect(await asOther('SendMessage', { QueueUrl: url(), MessageBody: 'x' })).toEqual(
      denied('because no resource-based policy allows the sqs:sendmessage action'),
    );
  });

  it('[SQS-97] is refused in other words where a statement denies', async () => {
    await withPolicy('Deny', 'sqs:SendMessage');
    expect(await asOther('SendMessage', { QueueUrl: url(), MessageBody: 'x' })).toEqual(
      denied('with an explicit deny in a resource-based policy'),
    );
  });

  it.each([['q'], ['none']])('[SQS-98] GetQueueUrl does not tell whether %s is there', async (QueueName) => {
    await withPolicy('Allow', 'sqs:SendMessage');
    expect(await asOther('GetQueueUrl', { QueueName, QueueOwnerAWSAccountId: '000000000000' })).toEqual({
      error: 'AWS.SimpleQueueService.NonExistentQueue',
      message: 'The specified queue does not exist or you do not have access to it.',
    });
  });
});

it('[SQS-120] a URL of no queue names one that does not exist', async () => {
  const client = new sqs.SQSClient({ ...sdkOptions(emulator), useQueueUrlAsEndpoint: false });
  const asked = client.send(new sqs.GetQueueAttributesCommand({ QueueUrl: 'http://whatever-incorrect-queue-address' }));
  await expect(asked).rejects.toThrow(sqs.QueueDoesNotExist);
  client.destroy();
});
