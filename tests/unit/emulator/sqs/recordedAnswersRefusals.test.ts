/** What AWS itself answered to receives, queues and attributes that it refused: code, words and status, in both protocols. */
import { describe, expect, it } from 'vitest';
import { arnOf, testCloud } from './actionHarness.ts';
import { expectRefusal, fifo, invalid, isFifo, q, type Refused, refusal } from './recordedAnswersCases.ts';
import { answerTo, protocols } from './recordedAnswersClient.ts';

const policy = '{"deadLetterTargetArn": "dummy", "maxReceiveCount": 42}';
const redrive = (target: string, count: number | string) =>
  `{"deadLetterTargetArn": "${arnOf(target)}", "maxReceiveCount":${JSON.stringify(count)}}`;

const receiving: readonly Refused[] = [
  {
    what: 'eleven messages at once',
    action: 'ReceiveMessage',
    input: { ...q, MaxNumberOfMessages: 11 },
    ...invalid('Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.'),
  },
  {
    what: 'a visibility timeout of more than twelve hours, received with',
    action: 'ReceiveMessage',
    input: { ...q, VisibilityTimeout: 43_201 },
    ...invalid(
      'Value 43201 for parameter VisibilityTimeout is invalid. Reason: Must be >= 0 and <= 43200, if provided.',
    ),
  },
  ...[43_201, -1].map(
    (VisibilityTimeout): Refused => ({
      what: `a visibility timeout of ${VisibilityTimeout} s, changed to`,
      action: 'ChangeMessageVisibility',
      input: { ...q, ReceiptHandle: 'h', VisibilityTimeout },
      ...invalid(
        `Value ${VisibilityTimeout} for parameter VisibilityTimeout is invalid. Reason: VisibilityTimeout must be an integer between 0 and 43200.`,
      ),
    }),
  ),
  ...[21, -1].map(
    (WaitTimeSeconds): Refused => ({
      what: `a wait of ${WaitTimeSeconds} s`,
      action: 'ReceiveMessage',
      input: { ...q, WaitTimeSeconds },
      ...invalid(
        `Value ${WaitTimeSeconds} for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.`,
      ),
    }),
  ),
  {
    what: 'a handle that is none, deleted',
    action: 'DeleteMessage',
    input: { ...q, ReceiptHandle: 'garbage' },
    ...refusal('ReceiptHandleIsInvalid', 'The input receipt handle "garbage" is not a valid receipt handle.'),
    status: 404,
  },
  {
    what: 'a handle that is none, changed',
    action: 'ChangeMessageVisibility',
    input: { ...q, ReceiptHandle: 'INVALID', VisibilityTimeout: 60 },
    ...refusal('ReceiptHandleIsInvalid', 'The input receipt handle "INVALID" is not a valid receipt handle.'),
    status: 404,
  },
  {
    what: 'a second purge',
    before: [['PurgeQueue', q]],
    action: 'PurgeQueue',
    input: q,
    ...refusal(
      'AWS.SimpleQueueService.PurgeQueueInProgress',
      'Only one PurgeQueue operation on q is allowed every 60 seconds.',
    ),
    status: 403,
  },
];

const queues: readonly Refused[] = [
  {
    what: 'the name of a queue deleted just now',
    before: [['DeleteQueue', q]],
    action: 'CreateQueue',
    input: { QueueName: 'q' },
    ...refusal(
      'AWS.SimpleQueueService.QueueDeletedRecently',
      'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
    ),
  },
  {
    what: 'the name of a queue with another delay',
    queue: { ReceiveMessageWaitTimeSeconds: '1', DelaySeconds: '1' },
    action: 'CreateQueue',
    input: { QueueName: 'q', Attributes: { ReceiveMessageWaitTimeSeconds: '1', DelaySeconds: '2' } },
    ...refusal(
      'QueueAlreadyExists',
      'A queue already exists with the same name and a different value for attribute DelaySeconds',
    ),
  },
  {
    what: 'the name of a FIFO queue with another deduplication',
    queue: { ...isFifo, ContentBasedDeduplication: 'true' },
    action: 'CreateQueue',
    input: { QueueName: 'q.fifo', Attributes: { ...isFifo, ContentBasedDeduplication: 'false' } },
    ...refusal(
      'QueueAlreadyExists',
      'A queue already exists with the same name and a different value for attribute ContentBasedDeduplication',
    ),
  },
  ...['true', 'false'].map(
    (FifoQueue): Refused => ({
      what: `FifoQueue ${FifoQueue} of a standard queue`,
      action: 'SetQueueAttributes',
      input: { ...q, Attributes: { FifoQueue } },
      ...refusal('InvalidAttributeName', 'Unknown Attribute FifoQueue.'),
    }),
  ),
  {
    what: 'FifoQueue false of a FIFO queue',
    queue: isFifo,
    before: [['SetQueueAttributes', { ...fifo, Attributes: isFifo }]],
    action: 'SetQueueAttributes',
    input: { ...fifo, Attributes: { FifoQueue: 'false' } },
    ...refusal(
      'InvalidAttributeValue',
      'Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.',
    ),
  },
  ...['59', '86401', 'soon'].map(
    (KmsDataKeyReusePeriodSeconds): Refused => ({
      what: `a data key used for ${KmsDataKeyReusePeriodSeconds} s`,
      action: 'SetQueueAttributes',
      input: { ...q, Attributes: { KmsMasterKeyId: 'k', KmsDataKeyReusePeriodSeconds } },
      ...refusal('InvalidAttributeValue', 'Invalid value for the parameter KmsDataKeyReusePeriodSeconds.'),
    }),
  ),
  {
    what: 'both kinds of encryption at once',
    action: 'SetQueueAttributes',
    input: { ...q, Attributes: { KmsMasterKeyId: 'testKeyId', SqsManagedSseEnabled: 'true' } },
    ...refusal(
      'InvalidAttributeName',
      'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.',
    ),
  },
  {
    what: 'a dead-letter target that is no ARN, before anybody looks for it',
    action: 'CreateQueue',
    input: { QueueName: 'other', Attributes: { RedrivePolicy: policy } },
    ...invalid(
      `Value ${policy} for parameter RedrivePolicy is invalid. Reason: Invalid value for deadLetterTargetArn.`,
    ),
  },
  ...[
    ['{}', 'maxReceiveCount'],
    [`{"deadLetterTargetArn": "${arnOf('dead')}"}`, 'maxReceiveCount'],
    ['{"MaxReceiveCount":"4","DeadLetterTargetArn":"x"}', 'maxReceiveCount'],
    ['{"maxReceiveCount": "42"}', 'deadLetterTargetArn'],
  ].map(
    ([RedrivePolicy, lacking]): Refused => ({
      what: `the redrive policy ${RedrivePolicy}, which lacks ${lacking}`,
      action: 'SetQueueAttributes',
      input: { ...q, Attributes: { RedrivePolicy } },
      ...invalid(
        `Value ${RedrivePolicy} for parameter RedrivePolicy is invalid. Reason: Redrive policy does not contain mandatory attribute: ${lacking}.`,
      ),
    }),
  ),
  {
    what: 'a dead-letter target that does not exist, the policy repeated as it was written',
    action: 'CreateQueue',
    input: { QueueName: 'other', Attributes: { RedrivePolicy: redrive('none', '3') } },
    ...invalid(
      `Value ${redrive('none', '3')} for parameter RedrivePolicy is invalid. Reason: Dead letter target does not exist.`,
    ),
  },
  {
    what: 'a label that is there',
    before: [['AddPermission', { ...q, Label: 'l', AWSAccountIds: ['668614515564'], Actions: ['ReceiveMessage'] }]],
    action: 'AddPermission',
    input: { ...q, Label: 'l', AWSAccountIds: ['111111111111'], Actions: ['ReceiveMessage'] },
    ...invalid('Value l for parameter Label is invalid. Reason: Already exists.'),
  },
  {
    what: 'a label of a queue without policy',
    action: 'RemovePermission',
    input: { ...q, Label: 'l' },
    ...invalid("Value l for parameter Label is invalid. Reason: can't find label."),
  },
];

describe.each(protocols)('%s, refused as AWS does:', (protocol) => {
  it.each([...receiving, ...queues])('$what', (refused) => expectRefusal(protocol, refused));

  it.each([
    ['FifoQueue', 'false', 'Unknown Attribute FifoQueue.'],
    ...[
      ['ContentBasedDeduplication', 'false'],
      ['DeduplicationScope', 'queue'],
      ['FifoThroughputLimit', 'perQueue'],
    ].map(([name, given]) => [name, given, `You can specify the ${name} only when FifoQueue is set to true.`]),
  ])('a new standard queue with %s %s', async (name, given, message) => {
    const refused = await answerTo(protocol, testCloud(), 'CreateQueue', {
      QueueName: 'q',
      Attributes: { [name!]: given },
    });
    expect(refused).toEqual({ status: 400, code: 'InvalidAttributeName', message });
  });

  it.each([
    ['a FIFO queue without the ending', 'q', isFifo],
    ['a standard queue with it', 'q.fifo', {}],
    ['a name with slashes', 'queue/x/', {}],
  ])('%s', async (_what, QueueName, Attributes) => {
    const refused = await answerTo(protocol, testCloud(), 'CreateQueue', { QueueName, Attributes });
    expect(refused).toMatchObject({ status: 400, code: 'InvalidParameterValue' });
  });

  it('[SQS-05] [SQS-151] a short poll with 120,000 messages in flight', async () => {
    const cloud = testCloud();
    const queue = cloud.home.sqs.createQueue('q', {});
    for (let n = 0; n <= 120_000; n++) queue.send({ body: 'x' });
    for (let n = 0; n < 12_000; n++) queue.receive(10);
    expect(await answerTo(protocol, cloud, 'ReceiveMessage', q)).toEqual({
      status: 403,
      code: 'OverLimit',
      message:
        'Too many messages have been received without being deleted.\nPlease delete your received messages or let them timeout before receiving more.',
    });
  });

  it('a queue that is not there, with other words in Query', async () => {
    const words = protocol === 'Query' ? ' for this wsdl version' : '';
    for (const [action, input] of [
      ['GetQueueAttributes', q],
      ['GetQueueUrl', { QueueName: 'q' }],
    ] as const) {
      expect(await answerTo(protocol, testCloud(), action, input)).toEqual({
        status: 400,
        code: 'AWS.SimpleQueueService.NonExistentQueue',
        message: `The specified queue does not exist${words}.`,
      });
    }
  });
});
