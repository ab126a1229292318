import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../../../src/emulator/cloud.ts';
import { arnOf, sqs, testCloud, urlOf } from './actionHarness.ts';

const QueueUrl = urlOf('q');

async function withQueue(): Promise<Cloud> {
  const cloud = testCloud();
  await sqs(cloud, 'CreateQueue', { QueueName: 'q' });
  return cloud;
}

async function policyOf(cloud: Cloud): Promise<unknown> {
  const { Attributes } = await sqs(cloud, 'GetQueueAttributes', { QueueUrl, AttributeNames: ['Policy'] });
  const text = (Attributes as Record<string, string> | undefined)?.Policy;
  return text === undefined ? null : JSON.parse(text);
}

const add = (cloud: Cloud, over: Record<string, unknown> = {}) =>
  sqs(cloud, 'AddPermission', {
    QueueUrl,
    Label: 'producers',
    AWSAccountIds: ['111122223333'],
    Actions: ['SendMessage'],
    ...over,
  });

describe('permissions by label', () => {
  it('[SQS-90] are statements of the policy, and the last one takes the policy with it', async () => {
    const cloud = await withQueue();
    expect(await add(cloud)).toEqual({});
    const first = {
      Sid: 'producers',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:root' },
      Action: 'SQS:SendMessage',
      Resource: arnOf('q'),
    };
    const head = { Version: '2008-10-17', Id: `${arnOf('q')}/SQSDefaultPolicy` };
    expect(await policyOf(cloud)).toEqual({ ...head, Statement: [first] });
    const both = { AWSAccountIds: ['111122223333', '444455556666'], Actions: ['ReceiveMessage', 'DeleteMessage'] };
    await add(cloud, { Label: 'consumers', ...both });
    const second = {
      Sid: 'consumers',
      Effect: 'Allow',
      Principal: { AWS: ['arn:aws:iam::111122223333:root', 'arn:aws:iam::444455556666:root'] },
      Action: ['SQS:ReceiveMessage', 'SQS:DeleteMessage'],
      Resource: arnOf('q'),
    };
    expect(await policyOf(cloud)).toEqual({ ...head, Statement: [first, second] });
    expect(await sqs(cloud, 'RemovePermission', { QueueUrl, Label: 'producers' })).toEqual({});
    expect(await policyOf(cloud)).toEqual({ ...head, Statement: [second] });
    await sqs(cloud, 'RemovePermission', { QueueUrl, Label: 'consumers' });
    expect(await policyOf(cloud)).toBeNull();
  });

  it('[SQS-90] join a policy that was set, with its one statement as it stood', async () => {
    const cloud = await withQueue();
    const Statement = { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: arnOf('q') };
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
    await sqs(cloud, 'SetQueueAttributes', { QueueUrl, Attributes: { Policy } });
    await add(cloud);
    expect(await policyOf(cloud)).toMatchObject({
      Version: '2012-10-17',
      Statement: [Statement, { Sid: 'producers' }],
    });
  });

  it.each([
    [{ Label: 'a b' }, 'InvalidParameterValueException', 'for parameter Label is invalid'],
    [{ Actions: [] }, 'MissingRequiredParameterException', 'Actions'],
    [{ AWSAccountIds: [] }, 'MissingRequiredParameterException', 'PrincipalId'],
    [{ AWSAccountIds: ['12'] }, 'InvalidParameterValueException', 'Unable to verify'],
    [{ Actions: ['CreateQueue'] }, 'InvalidParameterValueException', 'Only the queue owner is allowed'],
    [{ Actions: Array(8).fill('SendMessage') }, 'OverLimit', '8 Actions were found, maximum allowed is 7'],
  ])('%o is refused', async (over, error, words) => {
    const cloud = await withQueue();
    expect(await add(cloud, over)).toEqual({ error, message: expect.stringContaining(words) });
    expect(await policyOf(cloud)).toBeNull();
  });

  it('a label is there once, and must be there to be removed', async () => {
    const cloud = await withQueue();
    await add(cloud);
    expect((await add(cloud)).message).toBe('Value producers for parameter Label is invalid. Reason: Already exists.');
    expect((await sqs(cloud, 'RemovePermission', { QueueUrl, Label: 'none' })).message).toBe(
      "Value none for parameter Label is invalid. Reason: can't find label on existing policy.",
    );
  });
});
