import { type CallScope, defineAction } from '../../service.ts';
import { required, structure, text, whole } from '../../wire/shapes.ts';
import { md5OfAttributes } from '../checksums.ts';
import { invalidAttributeName, invalidValue, notForThisKind } from '../errors.ts';
import { sequenceNumberOf } from '../identifiers.ts';
import { chosenAttributes, type WireAttributeValue, writeMessageAttributes } from '../messageAttributes.ts';
import type { Queue, Received } from '../queue.ts';
import type { SqsState } from '../state.ts';
import { flatList, messageAttributes, queueAttributes } from '../wireShapes.ts';

interface Input {
  readonly QueueUrl: string;
  /** The older of the two ways to ask for system attributes; both are served. */
  readonly AttributeNames?: readonly string[];
  readonly MessageSystemAttributeNames?: readonly string[];
  readonly MessageAttributeNames?: readonly string[];
  readonly MaxNumberOfMessages?: number;
  readonly VisibilityTimeout?: number;
  readonly WaitTimeSeconds?: number;
  readonly ReceiveRequestAttemptId?: string;
}

interface WireMessage {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly MD5OfBody: string;
  readonly Body: string;
  readonly Attributes?: Record<string, string>;
  readonly MD5OfMessageAttributes?: string;
  readonly MessageAttributes?: Record<string, WireAttributeValue>;
}

/** Up to ten messages. With a wait, answers at the first arrival or when the wait is over; a client that leaves takes nothing. */
export const receiveMessage = defineAction<SqsState, Input, { Messages?: WireMessage[] }>({
  name: 'ReceiveMessage',
  input: structure({
    QueueUrl: required(text),
    AttributeNames: flatList(text, 'AttributeName'),
    MessageSystemAttributeNames: flatList(text, 'MessageSystemAttributeName'),
    MessageAttributeNames: flatList(text, 'MessageAttributeName'),
    MaxNumberOfMessages: whole({ min: 1, max: 10 }),
    VisibilityTimeout: whole({ min: 0, max: 43_200 }),
    WaitTimeSeconds: whole({ min: 0, max: 20 }),
    ReceiveRequestAttemptId: text,
  }),
  output: structure({
    Messages: flatList(
      structure({
        MessageId: text,
        ReceiptHandle: text,
        MD5OfBody: text,
        Body: text,
        Attributes: queueAttributes,
        MD5OfMessageAttributes: text,
        MessageAttributes: messageAttributes,
      }),
      'Message',
    ),
  }),
  run(state, input, scope) {
    const queue = state.queueFor(input.QueueUrl, 'ReceiveMessage');
    state.quota.take(queue, 'receive');
    const systemNames = [...(input.AttributeNames ?? []), ...(input.MessageSystemAttributeNames ?? [])];
    checkSystemNames(systemNames);
    const reply = (received: readonly Received[]): { Messages?: WireMessage[] } => {
      if (received.length === 0) return {};
      return { Messages: received.map((one) => write(state, queue, one, systemNames, input.MessageAttributeNames)) };
    };
    const taken = take(queue, input, scope);
    return taken instanceof Promise ? taken.then(reply) : reply(taken);
  },
});

function take(queue: Queue, input: Input, { signal }: CallScope): Received[] | Promise<Received[]> {
  const { MaxNumberOfMessages: max = 1, VisibilityTimeout: visibilityTimeoutSeconds } = input;
  const attemptId = checkedAttemptId(queue, input.ReceiveRequestAttemptId);
  const waitSeconds = input.WaitTimeSeconds ?? queue.settings.receiveWaitSeconds;
  if (waitSeconds === 0) return queue.receive(max, visibilityTimeoutSeconds, attemptId);
  return new Promise((resolve) => {
    const cancel = queue.receiveWhenAvailable(max, waitSeconds, visibilityTimeoutSeconds, resolve, attemptId);
    signal.onAbort(() => {
      cancel();
      resolve([]);
    });
  });
}

type SystemAttribute = (state: SqsState, received: Received, queue: Queue) => string | null;

const systemAttributes: ReadonlyMap<string, SystemAttribute> = new Map<string, SystemAttribute>([
  ['SenderId', ({ accountId }) => accountId],
  ['SentTimestamp', (_state, { message }) => String(message.sentAtMs)],
  ['ApproximateReceiveCount', (_state, { receiveCount }) => String(receiveCount)],
  ['ApproximateFirstReceiveTimestamp', (_state, { firstReceivedAtMs }) => String(firstReceivedAtMs)],
  ['MessageGroupId', (_state, { message }) => message.groupId],
  ['AWSTraceHeader', (_state, { message }) => message.traceHeader],
  ['DeadLetterQueueSourceArn', (_state, { message }) => message.movedFromArn],
  [
    'SequenceNumber',
    (_state, { message }, queue) => (queue.kind === 'fifo' ? sequenceNumberOf(message.sequence) : null),
  ],
  [
    'MessageDeduplicationId',
    // After a move to a dead-letter queue it is the message's own id.
    (state, { message }, queue) =>
      queue.kind === 'fifo' ? (message.deduplicationId ?? state.messageId(queue, message)) : null,
  ],
]);

function checkedAttemptId(queue: Queue, attemptId: string | undefined): string | undefined {
  if (attemptId === undefined) return undefined;
  if (queue.kind === 'standard') throw notForThisKind('ReceiveRequestAttemptId', attemptId);
  if (/^[\x21-\x7e]{1,128}$/.test(attemptId)) return attemptId;
  const reason = 'ReceiveRequestAttemptId can only include alphanumeric and punctuation characters. 1 to 128 in length';
  throw invalidValue('ReceiveRequestAttemptId', attemptId, reason);
}

function checkSystemNames(names: readonly string[]): void {
  const unknown = names.find((name) => name !== 'All' && !systemAttributes.has(name));
  if (unknown !== undefined) throw invalidAttributeName(unknown);
}

function write(
  state: SqsState,
  queue: Queue,
  received: Received,
  systemNames: readonly string[],
  attributeNames: readonly string[] | undefined,
): WireMessage {
  const { message, receiptHandle } = received;
  // Put together step by step: most messages are asked for and have nothing but a body.
  const written: { -readonly [Member in keyof WireMessage]: WireMessage[Member] } = {
    MessageId: state.messageId(queue, message),
    ReceiptHandle: receiptHandle,
    MD5OfBody: message.md5OfBody,
    Body: message.body,
  };
  if (systemNames.length > 0) {
    const system = writeSystemAttributes(state, queue, received, systemNames);
    if (system !== null) written.Attributes = system;
  }
  const chosen = chosenAttributes(message.attributes, attributeNames);
  if (chosen !== null) {
    written.MD5OfMessageAttributes = md5OfAttributes(chosen);
    written.MessageAttributes = writeMessageAttributes(chosen);
  }
  return written;
}

function writeSystemAttributes(
  state: SqsState,
  queue: Queue,
  received: Received,
  wanted: readonly string[],
): Record<string, string> | null {
  const system: Record<string, string> = {};
  for (const name of wanted.includes('All') ? systemAttributes.keys() : wanted) {
    const value = systemAttributes.get(name)?.(state, received, queue) ?? null;
    if (value !== null) system[name] = value;
  }
  return Object.keys(system).length === 0 ? null : system;
}
