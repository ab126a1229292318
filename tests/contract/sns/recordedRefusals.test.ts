/** Attributes, tags and endpoints that AWS is known to refuse, in its words, and how clients hear that: Query with each of them. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunningEmulator } from '../../../src/emulator/index.ts';
import type { Step, Value } from '../calls.ts';
import { patienceMs, snsClients, snsThroughSdk } from '../everyClient.ts';
import { startTestEmulator } from '../testEmulator.ts';

let emulator: RunningEmulator;

beforeEach(async () => {
  emulator = await startTestEmulator();
});

afterEach(() => emulator.stop());

const TopicArn = 'arn:aws:sns:us-east-1:000000000000:t';
const queueArn = 'arn:aws:sqs:us-east-1:000000000000:q';
const SubscriptionArn = '$subscribed.SubscriptionArn';
const refused = (reason: string) => ({ error: 'InvalidParameter', message: `Invalid parameter: ${reason}` });

const policyOf = (principal: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: principal }, Action: 'sns:Subscribe', Resource: TopicArn }],
  });
const redrive = JSON.stringify({ deadLetterTargetArn: queueArn, maxReceiveCount: 5 });
const set = (AttributeName: string, AttributeValue: string): Step => ({
  action: 'SetSubscriptionAttributes',
  input: { SubscriptionArn, AttributeName, AttributeValue },
});
const setTopic = (AttributeName: string, AttributeValue: string): Step => ({
  action: 'SetTopicAttributes',
  input: { TopicArn, AttributeName, AttributeValue },
});
const large = 'MaximumMessageSize greater than 262144 bytes';
const retries = (over: Readonly<Record<string, number>>) => JSON.stringify({ healthyRetryPolicy: over });
const subscribe = (Endpoint: Value, Protocol: string, Attributes: Readonly<Record<string, string>> = {}): Step => ({
  action: 'Subscribe',
  input: { TopicArn, Protocol, Endpoint, Attributes },
});
const application = { Name: 'app', Platform: 'GCM', Attributes: { PlatformCredential: 'key' } };
const device = { PlatformApplicationArn: '$app.PlatformApplicationArn', Token: 'token' };

const cases: readonly (readonly [step: Step, heard: unknown])[] = [
  [{ action: 'CreateTopic', input: { Name: 't' } }, { TopicArn }],
  [
    { action: 'CreateTopic', input: { Name: 'u', Tags: [{ Key: 'at', Value: 'Monday, 02-Mar-26' }] } },
    refused('Tags Reason: The given tag(s) contain invalid characters'),
  ],
  [
    { action: 'TagResource', input: { ResourceArn: TopicArn, Tags: [{ Key: 'k!', Value: '' }] } },
    refused('Tags Reason: The given tag(s) contain invalid characters'),
  ],
  [
    { action: 'TagResource', input: { ResourceArn: TopicArn, Tags: [{ Key: '팀 a_.:/=+-@', Value: '주문 1' }] } },
    expect.not.objectContaining({ error: expect.anything() }),
  ],
  [
    {
      action: 'SetTopicAttributes',
      input: { TopicArn, AttributeName: 'Policy', AttributeValue: policyOf('arn:aws:iam::123:root') },
    },
    refused('Policy Error: PrincipalNotFound'),
  ],
  [
    subscribe(queueArn, 'sqs', { RedrivePolicy: redrive }),
    refused('Attributes Reason: RedrivePolicy: invalid JSON. Attribute maxReceiveCount is unknown.'),
  ],
  [{ ...subscribe(queueArn, 'sqs'), as: 'subscribed' }, { SubscriptionArn: expect.stringMatching(/^arn:aws:sns:/) }],
  [set('RedrivePolicy', redrive), refused('RedrivePolicy: invalid JSON. Attribute maxReceiveCount is unknown.')],
  [
    set('DeliveryPolicy', retries({ numRetries: 3 })),
    refused('DeliveryPolicy: healthyRetryPolicy.minDelayTarget must be specified'),
  ],
  [
    set('DeliveryPolicy', retries({ numRetries: 3, minDelayTarget: 1, maxDelayTarget: 2 })),
    expect.not.objectContaining({ error: expect.anything() }),
  ],
  [
    { action: 'CreatePlatformApplication', input: application, as: 'app' },
    { PlatformApplicationArn: expect.any(String) },
  ],
  [{ action: 'CreatePlatformEndpoint', input: device, as: 'device' }, { EndpointArn: expect.any(String) }],
  [
    {
      action: 'Publish',
      input: { TargetArn: '$device.EndpointArn', Message: '{"GCM":{"data":{}},"APNS":"x"}', MessageStructure: 'json' },
    },
    refused("JSON must contain an entry for 'default' or 'GCM'."),
  ],
  [{ action: 'DeleteEndpoint', input: { EndpointArn: '$device.EndpointArn' } }, expect.anything()],
  [
    subscribe('$device.EndpointArn', 'application'),
    {
      error: 'InvalidParameter',
      message: expect.stringMatching(
        /^Invalid parameter: Endpoint Reason: Endpoint does not exist for endpoint arnarn:aws:sns:us-east-1:000000000000:endpoint\/GCM\/app\//,
      ),
    },
  ],
  [
    {
      action: 'CreateTopic',
      input: { Name: 'f.fifo', Attributes: { FifoTopic: 'True', ContentBasedDeduplication: 'False' } },
    },
    { TopicArn: 'arn:aws:sns:us-east-1:000000000000:f.fifo' },
  ],
  [
    { action: 'CreateTopic', input: { Name: 'v', Attributes: { FifoTopic: 'yes' } } },
    refused('Attributes Reason: FifoTopic: Invalid value [yes]. Must be true or false.'),
  ],
  [setTopic('Policy', '{"Version":"2012-10-17","Statement":[]}'), refused('Policy Error: null')],
  [
    setTopic('SQSSuccessFeedbackRoleArn', queueArn),
    refused(`SQSSuccessFeedbackRoleArn: ${queueArn} is not a valid role to allow SNS to write to Cloudwatch Logs`),
  ],
  [
    setTopic('MaximumMessageSize', '1048577'),
    refused('MaximumMessageSize: 1048577 is not an integer between 1024 and 1048576 bytes'),
  ],
  [setTopic('MaximumMessageSize', '1048576'), expect.not.objectContaining({ error: expect.anything() })],
  [subscribe('a@example.com', 'email'), refused(`${large} is not supported for the following protocol: [email]`)],
  [
    { action: 'Publish', input: { TargetArn: TopicArn.replace('us-east-1', 'eu-west-1'), Message: 'x' } },
    refused('TargetArn'),
  ],
];

describe.each(snsClients)('SNS with %s', (_name, leftOut, run) => {
  it.skipIf(leftOut)('[SNS-152] to [SNS-166] what is refused', { timeout: patienceMs }, async () => {
    expect(
      await run(
        emulator,
        cases.map(([step]) => step),
      ),
    ).toEqual(cases.map(([, heard]) => heard));
  });
});

describe('a topic of another account', () => {
  const withPolicy = async (Effect: 'Allow' | 'Deny', Action: string): Promise<void> => {
    const Statement = [{ Effect, Principal: { AWS: '111122223333' }, Action, Resource: TopicArn }];
    const Attributes = { Policy: JSON.stringify({ Version: '2012-10-17', Statement }) };
    await snsThroughSdk(emulator, [{ action: 'CreateTopic', input: { Name: 't', Attributes } }]);
  };

  it.each([
    ['Allow', 'sns:Subscribe', 'because no resource-based policy allows the SNS:Publish action'],
    ['Deny', 'sns:Publish', 'with an explicit deny in a resource-based policy'],
  ] as const)('[SNS-155] says why it is refused: %s %s', async (effect, action, because) => {
    await withPolicy(effect, action);
    const publish: Step = { action: 'Publish', input: { TopicArn, Message: 'x' } };
    expect(await snsThroughSdk(emulator, [publish], '111122223333')).toEqual([
      {
        error: 'AuthorizationError',
        message: `User: arn:aws:iam::111122223333:root is not authorized to perform: SNS:Publish on resource: ${TopicArn} ${because}`,
      },
    ]);
  });
});
