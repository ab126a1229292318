/**
 * What AWS itself answered to parameters that lack something or do not go together: policies of dead letters, throughput, batches,
 * permissions. Code, words and status, in both protocols.
 */
import { describe, expect, it } from 'vitest';
import { arnOf, testCloud } from './actionHarness.ts';
import { expectRefusal, fifo, invalid, isFifo, q, type Refused, refusal, text } from './recordedAnswersCases.ts';
import { answerTo, protocols } from './recordedAnswersClient.ts';

const missing = (parameter: string) =>
  refusal('MissingParameter', `The request must contain the parameter ${parameter}.`);

const redrive = (deadLetterTargetArn: string): string => JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 3 });
const setRedrive = (RedrivePolicy: string) => ({
  action: 'SetQueueAttributes',
  input: { ...q, Attributes: { RedrivePolicy } },
});
const refusedRedrive = (policy: string, reason: string) =>
  invalid(`Value ${policy} for parameter RedrivePolicy is invalid. Reason: ${reason}.`);

const targets: readonly Refused[] = [
  ...[' ', '[]', '"x"', '5'].map(
    (policy): Refused => ({
      what: `[SQS-140] the redrive policy ${JSON.stringify(policy)}`,
      ...setRedrive(policy),
      ...refusal(
        'InvalidAttributeValue',
        'Invalid value for the parameter RedrivePolicy. Reason: Redrive policy is not a valid JSON map.',
      ),
    }),
  ),
  {
    what: '[SQS-140] a dead-letter queue of the other kind, with two full stops',
    before: [['CreateQueue', { QueueName: 'd.fifo', Attributes: isFifo }]],
    ...setRedrive(redrive(arnOf('d.fifo'))),
    ...refusedRedrive(redrive(arnOf('d.fifo')), 'Dead-letter queue must be same type of queue as the source.'),
  },
  ...[
    [arnOf('d').replace('us-east-1', 'eu-west-1'), 'Dead-letter target must be in same region as the source'],
    [arnOf('d').replace('000000000000', '111111111111'), 'Dead-letter target owner should be same as the source'],
    ['arn:aws:sns:us-east-1:000000000000:t', 'Only SQS queues are valid resources for deadLetterTargetArn'],
  ].map(
    ([target, reason]): Refused => ({
      what: `[SQS-140] the dead-letter target ${target}`,
      before: [['CreateQueue', { QueueName: 'd' }]],
      ...setRedrive(redrive(target!)),
      ...refusedRedrive(redrive(target!), reason!),
    }),
  ),
];

const attributes: readonly Refused[] = [
  {
    what: '[SQS-142] a limit by group without deduplication by group',
    queue: isFifo,
    action: 'SetQueueAttributes',
    input: { ...fifo, Attributes: { FifoThroughputLimit: 'perMessageGroupId' } },
    ...refusal(
      'InvalidAttributeValue',
      'Invalid value for the parameter FifoThroughputLimit. Reason: To set FifoThroughputLimit to perMessageGroupId, the DeduplicationScope must be messageGroup.',
    ),
  },
  { what: '[SQS-143] a change of nothing', action: 'SetQueueAttributes', input: q, ...missing('Attribute.Name') },
];

const lacking: readonly Refused[] = [
  ...['SendMessageBatch', 'DeleteMessageBatch', 'ChangeMessageVisibilityBatch'].map(
    (action): Refused => ({
      what: `[SQS-144] ${action} with an entry that has no id`,
      action,
      input: {
        ...q,
        Entries: [
          { Id: 'a', MessageBody: 'x', ReceiptHandle: 'h', VisibilityTimeout: 0 },
          { MessageBody: 'x', ReceiptHandle: 'h', VisibilityTimeout: 0 },
        ],
      },
      ...missing(`${action}RequestEntry.2.Id`),
    }),
  ),
  { what: '[SQS-144] a delete without a handle', action: 'DeleteMessage', input: q, ...missing('MessageHandle') },
  {
    what: '[SQS-145] an attribute without a type',
    action: 'SendMessage',
    input: { ...q, MessageBody: 'x', MessageAttributes: { HTTPStatus: { StringValue: '200' } } },
    ...invalid("The message (user) attribute 'HTTPStatus' must contain a non-empty message attribute type."),
  },
];

const bodies: readonly Refused[] = [
  ['a\u0007b\u0001', '7'],
  ['\u{1f600}\u001f', '1F'],
  ['\uffff', 'FFFF'],
].map(
  ([MessageBody, hex]): Refused => ({
    what: `[SQS-150] a body with the character ${hex}`,
    action: 'SendMessage',
    input: { ...q, MessageBody },
    ...refusal(
      'InvalidMessageContents',
      `Invalid binary character '#x${hex}' was found in the message body, the set of allowed characters is #x9 | #xA | #xD | [#x20-#xD7FF] | [#xE000-#xFFFD] | [#x10000-#x10FFFF].`,
    ),
  }),
);

const permission = { ...q, Label: 'l', AWSAccountIds: ['111122223333'], Actions: ['SendMessage'] };
const permissions: readonly Refused[] = [
  {
    what: '[SQS-146] a permission for what is no action',
    action: 'AddPermission',
    input: { ...permission, Actions: ['SendMessageBatch'] },
    ...invalid(
      'Value SQS:SendMessageBatch for parameter ActionName is invalid. Reason: Please refer to the appropriate WSDL for a list of valid actions.',
    ),
  },
  {
    what: '[SQS-146] a permission for what is the owner’s alone',
    action: 'AddPermission',
    input: { ...permission, Actions: ['SetQueueAttributes'] },
    ...invalid(
      'Value SQS:SetQueueAttributes for parameter ActionName is invalid. Reason: Only the queue owner is allowed to invoke this action.',
    ),
  },
  {
    what: '[SQS-146] a permission for nobody who is an account',
    action: 'AddPermission',
    input: { ...permission, AWSAccountIds: ['arn:aws:iam::111122223333:user/x', '*'] },
    ...invalid(
      'Value [arn:aws:iam::111122223333:user/x, *] for parameter PrincipalId is invalid. Reason: Unable to verify principal.',
    ),
  },
];

describe.each(protocols)('%s, refused as AWS does:', (protocol) => {
  it.each([...targets, ...attributes, ...lacking, ...bodies, ...permissions])('$what', (refused) =>
    expectRefusal(protocol, refused),
  );

  it('[SQS-143] a queue without a name, in words that name no missing parameter', async () => {
    expect(await answerTo(protocol, testCloud(), 'CreateQueue', { Attributes: { DelaySeconds: '1' } })).toEqual({
      status: 400,
      ...invalid('Value for parameter QueueName is invalid. Reason: Must specify a queue name.'),
    });
  });

  it('[SQS-149] an entry for the other kind of queue, which does not hear what was wrong', async () => {
    const cloud = testCloud();
    await answerTo(protocol, cloud, 'CreateQueue', { QueueName: 'q' });
    const Entries = [{ Id: 'a', MessageBody: 'x', MessageDeduplicationId: 'd' }];
    expect(await answerTo(protocol, cloud, 'SendMessageBatch', { ...q, Entries })).toMatchObject({
      output: {
        Failed: [
          {
            Id: 'a',
            Code: 'InvalidParameterValue',
            Message: 'The request include parameter that is not valid for this queue type',
            SenderFault: true,
          },
        ],
      },
    });
  });

  it('[SQS-145] an entry with an attribute without a type fails alone', async () => {
    const cloud = testCloud();
    await answerTo(protocol, cloud, 'CreateQueue', { QueueName: 'q' });
    const Entries = [
      { Id: 'a', MessageBody: 'x', MessageAttributes: { name: { StringValue: 'v' } } },
      { Id: 'b', MessageBody: 'x', MessageAttributes: { name: text('v') } },
    ];
    expect(await answerTo(protocol, cloud, 'SendMessageBatch', { ...q, Entries })).toMatchObject({
      status: 200,
      output: { Successful: [{ Id: 'b' }], Failed: [{ Id: 'a', Code: 'InvalidParameterValue', SenderFault: true }] },
    });
  });
});
