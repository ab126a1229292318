import { describe, expect, it, vi } from 'vitest';
import type { Cloud } from '../../../../src/emulator/cloud.ts';
import { createCloud } from '../../../../src/emulator/cloud.ts';
import { createWorld } from '../../../../src/emulator/world/world.ts';
import { call, queueArn, sqs, startMs, testCloud } from '../sns/harness.ts';

const other = { accountId: '111122223333' };
const QueueUrl = 'http://127.0.0.1:4566/000000000000/q';

async function withQueue(statement?: object): Promise<Cloud> {
  const cloud = testCloud();
  const Attributes: Record<string, string> = {};
  if (statement !== undefined) {
    const Statement = { Effect: 'Allow', Principal: { AWS: other.accountId }, Resource: queueArn('q'), ...statement };
    Attributes.Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  }
  await sqs(cloud, 'CreateQueue', { QueueName: 'q', Attributes });
  return cloud;
}

describe('another account', () => {
  it('[SQS-91] is let in where the policy says so: the same queue, the same ids', async () => {
    const cloud = await withQueue({ Action: ['sqs:SendMessage', 'sqs:GetQueueUrl'] });
    const url = await sqs(cloud, 'GetQueueUrl', { QueueName: 'q', QueueOwnerAWSAccountId: '000000000000' }, other);
    expect(url).toEqual({ QueueUrl });
    const sent = await sqs(cloud, 'SendMessage', { QueueUrl, MessageBody: 'x' }, other);
    const { Messages } = await sqs(cloud, 'ReceiveMessage', { QueueUrl });
    expect(Messages).toEqual([expect.objectContaining({ MessageId: sent.MessageId, Body: 'x' })]);
    const batch = { QueueUrl, Entries: [{ Id: 'a', MessageBody: 'y' }] };
    expect(await sqs(cloud, 'SendMessageBatch', batch, other)).toMatchObject({ Successful: [{ Id: 'a' }] });
  });

  it.each([
    ['without a policy', undefined, 'SendMessage', { MessageBody: 'x' }],
    ['for another action', { Action: 'sqs:ReceiveMessage' }, 'SendMessage', { MessageBody: 'x' }],
    ["for what is the owner's alone", { Action: 'sqs:*' }, 'SetQueueAttributes', { Attributes: { DelaySeconds: '1' } }],
    ["for what is the owner's alone, deletion", { Action: '*' }, 'DeleteQueue', {}],
  ])('[SQS-91] is refused %s', async (_name, statement, action, input) => {
    const cloud = await withQueue(statement);
    expect(await sqs(cloud, action, { QueueUrl, ...input }, other)).toEqual({
      error: 'AccessDenied',
      message:
        `User: arn:aws:iam::111122223333:root is not authorized to perform: sqs:${action.toLowerCase()} on resource: ${queueArn('q')} ` +
        `because no resource-based policy allows the sqs:${action.toLowerCase()} action`,
    });
  });

  it('a queue that is not there does not exist, whoever asks', async () => {
    const cloud = await withQueue();
    const none = { QueueUrl: 'http://127.0.0.1:4566/999999999999/q' };
    expect((await sqs(cloud, 'ReceiveMessage', none)).error).toBe('AWS.SimpleQueueService.NonExistentQueue');
  });
});

it('[SQS-98] GetQueueUrl takes no mistake of the emulator for a queue out of reach', async () => {
  const cloud = testCloud();
  vi.spyOn(cloud.home.sqs, 'queueOf').mockImplementation(() => {
    throw new TypeError('a mistake');
  });
  const asked = { QueueName: 'q', QueueOwnerAWSAccountId: other.accountId };
  await expect(sqs(cloud, 'GetQueueUrl', asked)).rejects.toThrow(TypeError);
});

it('[SQS-92] the owner may do what no statement denies', async () => {
  const cloud = await withQueue({ Effect: 'Deny', Principal: '*', Action: 'sqs:SendMessage' });
  expect((await sqs(cloud, 'SendMessage', { QueueUrl, MessageBody: 'x' })).error).toBe('AccessDenied');
  expect((await sqs(cloud, 'ReceiveMessage', { QueueUrl })).error).toBeUndefined();
});

describe('strict quotas', () => {
  const strict = (region = 'us-east-1') =>
    createCloud({ world: createWorld({ startMs, seed: 1 }), accountId: '000000000000', region, strictQuotas: true });
  const fifoUrl = 'http://127.0.0.1:4566/000000000000/q.fifo';
  const send = (cloud: Cloud, n: number, region: string) =>
    call(cloud, 'sqs', 'SendMessage', { QueueUrl: fifoUrl, MessageBody: `${n}`, MessageGroupId: 'g' }, { region });

  it.each([
    [{}, 'us-east-1', 300],
    [{ DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' }, 'eu-north-1', 2_400],
  ])(
    '[SQS-95] [SQS-151] a FIFO queue with %o in %s takes %i sends a second, and receives beside them',
    async (over, region, limit) => {
      const cloud = strict(region);
      const Attributes = { FifoQueue: 'true', ContentBasedDeduplication: 'true', ...over };
      await call(cloud, 'sqs', 'CreateQueue', { QueueName: 'q.fifo', Attributes }, { region });
      for (let n = 0; n < limit; n++) expect((await send(cloud, n, region)).error).toBeUndefined();
      expect(await send(cloud, limit, region)).toEqual({
        error: 'RequestThrottled',
        message: 'Request is throttled.',
      });
      expect((await call(cloud, 'sqs', 'ReceiveMessage', { QueueUrl: fifoUrl }, { region })).error).toBeUndefined();
      cloud.world.advanceTo(startMs + 1_000);
      expect((await send(cloud, limit, region)).error).toBeUndefined();
    },
  );

  it('[SQS-95] a standard queue has no such limit', async () => {
    const cloud = strict();
    await sqs(cloud, 'CreateQueue', { QueueName: 'q' });
    for (let n = 0; n < 400; n++) {
      expect((await sqs(cloud, 'SendMessage', { QueueUrl, MessageBody: 'x' })).error).toBeUndefined();
    }
  });
});
