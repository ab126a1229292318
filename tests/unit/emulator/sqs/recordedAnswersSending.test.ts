/** What AWS itself answered to messages and batches that it refused: code, words and status, in both protocols. */
import { describe, it } from 'vitest';
import { expectRefusal, fifo, invalid, isFifo, q, type Refused, refusal, text } from './recordedAnswersCases.ts';
import { protocols } from './recordedAnswersClient.ts';

const many = Array.from({ length: 20 }, (_, n) => ({ Id: String(n), ReceiptHandle: 'h', MessageBody: 'x' }));
/** With its attribute `k` the body has one byte more than the limit. */
const overBy1 = (limit: number) => ({ MessageBody: 'a'.repeat(limit - 7), MessageAttributes: { k: text('x') } });
const twoIdsNeeded =
  'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly';
const batchId =
  'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.';

const sending: readonly Refused[] = [
  {
    what: 'an empty body',
    action: 'SendMessage',
    input: { ...q, MessageBody: '' },
    ...refusal('MissingParameter', 'The request must contain the parameter MessageBody.'),
  },
  {
    what: 'a message of one byte too many, attributes counted',
    action: 'SendMessage',
    input: { ...q, ...overBy1(1_048_576) },
    ...invalid('One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.'),
  },
  {
    what: 'the same for a limit that was lowered',
    before: [['SetQueueAttributes', { ...q, Attributes: { MaximumMessageSize: '1024' } }]],
    action: 'SendMessage',
    input: { ...q, ...overBy1(1_024) },
    ...invalid('One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.'),
  },
  {
    what: 'a batch of one byte too many, attributes counted',
    action: 'SendMessageBatch',
    input: {
      ...q,
      Entries: [
        { Id: '1', MessageBody: 'a'.repeat(1_048_576 - 8), MessageAttributes: { k: text('x') } },
        { Id: '2', MessageBody: 'a' },
      ],
    },
    ...refusal(
      'AWS.SimpleQueueService.BatchRequestTooLong',
      'Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.',
    ),
  },
  {
    what: 'an attribute with an empty value',
    action: 'SendMessage',
    input: { ...q, MessageBody: 'test', MessageAttributes: { ErrorDetails: text('') } },
    ...invalid("Message (user) attribute 'ErrorDetails' must contain a non-empty value of type 'String'."),
  },
  {
    what: 'a delay of one message in a FIFO queue',
    queue: { ...isFifo, ContentBasedDeduplication: 'true' },
    action: 'SendMessage',
    input: { ...fifo, MessageBody: 'message-1', MessageGroupId: '1', DelaySeconds: 2 },
    ...invalid(
      'Value 2 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.',
    ),
  },
  {
    what: 'no deduplication id where it is needed',
    queue: isFifo,
    action: 'SendMessage',
    input: { ...fifo, MessageBody: 'x', MessageGroupId: 'g' },
    ...invalid(twoIdsNeeded),
  },
  {
    what: 'no group where it is needed',
    queue: isFifo,
    action: 'SendMessage',
    input: { ...fifo, MessageBody: 'x', MessageDeduplicationId: 'd' },
    ...refusal('MissingParameter', 'The request must contain the parameter MessageGroupId.'),
  },
  ...(['MessageDeduplicationId', 'MessageGroupId'] as const).flatMap((parameter) =>
    ['', 'a'.repeat(129), 'group 123'].map(
      (id): Refused => ({
        what: `"${id.slice(0, 12)}" as ${parameter}`,
        queue: isFifo,
        action: 'SendMessage',
        input: { ...fifo, MessageBody: 'x', MessageGroupId: 'g', MessageDeduplicationId: 'd', [parameter]: id },
        ...invalid(
          `Value ${id} for parameter ${parameter} is invalid. Reason: ${parameter} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
        ),
      }),
    ),
  ),
  {
    what: 'a group of a standard queue with a blank',
    action: 'SendMessage',
    input: { ...q, MessageBody: 'x', MessageGroupId: 'group 123' },
    ...invalid(
      'Value group 123 for parameter MessageGroupId is invalid. Reason: MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.',
    ),
  },
  {
    what: 'a FIFO batch with one entry without deduplication id, all of it',
    queue: { ...isFifo, ContentBasedDeduplication: 'false' },
    action: 'SendMessageBatch',
    input: {
      ...fifo,
      Entries: [
        { Id: 'a', MessageBody: 'x', MessageGroupId: 'g', MessageDeduplicationId: 'd' },
        { Id: 'b', MessageBody: 'x', MessageGroupId: 'g' },
      ],
    },
    ...invalid(twoIdsNeeded),
  },
  {
    what: 'a FIFO batch with one entry without group, all of it and with another code than a single message',
    queue: { ...isFifo, ContentBasedDeduplication: 'false' },
    action: 'SendMessageBatch',
    input: {
      ...fifo,
      Entries: [
        { Id: 'a', MessageBody: 'x', MessageGroupId: 'g', MessageDeduplicationId: 'd' },
        { Id: 'b', MessageBody: 'x', MessageDeduplicationId: 'e' },
      ],
    },
    ...invalid('The request must contain the parameter MessageGroupId.'),
  },
  ...['', 'testLongId'.repeat(10), 'invalid:id'].map(
    (Id): Refused => ({
      what: `a delete batch with the id "${Id.slice(0, 12)}"`,
      action: 'DeleteMessageBatch',
      input: { ...q, Entries: [{ Id, ReceiptHandle: 'testHandle1' }] },
      ...refusal('AWS.SimpleQueueService.InvalidBatchEntryId', batchId),
    }),
  ),
  {
    what: 'a send batch with a colon in an id',
    action: 'SendMessageBatch',
    input: { ...q, Entries: [{ Id: 'message:1', MessageBody: 'x' }] },
    ...refusal('AWS.SimpleQueueService.InvalidBatchEntryId', batchId),
  },
  ...['SendMessageBatch', 'DeleteMessageBatch', 'ChangeMessageVisibilityBatch'].map(
    (action): Refused => ({
      what: `${action} with twenty entries`,
      action,
      input: { ...q, Entries: many },
      ...refusal(
        'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
        'Maximum number of entries per request are 10. You have sent 20.',
      ),
    }),
  ),
];

describe.each(protocols)('%s, refused as AWS does:', (protocol) => {
  it.each(sending)('$what', (refused) => expectRefusal(protocol, refused));
});
