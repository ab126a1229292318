/** One message of SendMessage or SendMessageBatch: checked, sent, and answered with its checksums. */
import type { CallScope } from '../service.ts';
import { isXmlText } from '../wire/xml.ts';
import { md5OfAttributes, md5OfBody } from './checksums.ts';
import {
  entryNotForThisKind,
  invalidMessageContents,
  invalidParameter,
  invalidValue,
  messageTooLong,
  missingParameter,
  notForThisKind,
} from './errors.ts';
import { sequenceNumberOf } from './identifiers.ts';
import { type MessageAttributes, messageSizeBytes } from './message.ts';
import { readMessageAttributes, type WireAttributeValue } from './messageAttributes.ts';
import type { Queue, SendInput } from './queue.ts';
import type { SqsState } from './state.ts';

export interface SendRequest {
  readonly MessageBody: string;
  readonly DelaySeconds?: number;
  readonly MessageAttributes?: Readonly<Record<string, WireAttributeValue>>;
  readonly MessageSystemAttributes?: Readonly<Record<string, WireAttributeValue>>;
  readonly MessageDeduplicationId?: string;
  readonly MessageGroupId?: string;
}

/** Of one entry of a batch. */
export interface BatchEntry {
  readonly id: string;
  readonly sizeBytes: number;
}

export interface SendReply {
  /** Only of an entry of a batch. */
  readonly Id?: string;
  readonly MessageId: string;
  readonly MD5OfMessageBody: string;
  readonly MD5OfMessageAttributes?: string;
  readonly MD5OfMessageSystemAttributes?: string;
  /** FIFO queues only. */
  readonly SequenceNumber?: string;
}

/**
 * @param scope of the HTTP request: its trace header is for a message without one of its own
 * @param entry of a batch: its id, which the reply begins with, and the size of the message, which was worked out before
 * @throws AwsError for whatever is wrong with the message
 */
export function sendOne(
  state: SqsState,
  queue: Queue,
  request: SendRequest,
  { traceHeader: headerTrace, printable }: Pick<CallScope, 'traceHeader' | 'printable'>,
  entry: BatchEntry | null = null,
): SendReply {
  const { MessageBody: body, DelaySeconds: delaySeconds, MessageGroupId: groupId } = request;
  const { MessageDeduplicationId: deduplicationId } = request;
  checkBody(body, printable);
  checkDelay(delaySeconds);
  checkKind(queue, request, entry !== null);
  checkId('MessageGroupId', groupId);
  checkId('MessageDeduplicationId', deduplicationId);
  const attributes = readMessageAttributes(request.MessageAttributes);
  const system = readSystemAttributes(request.MessageSystemAttributes);
  const limitBytes = queue.settings.maximumMessageSizeBytes;
  const sizeBytes = entry?.sizeBytes ?? messageSizeBytes(body, attributes, printable);
  if (sizeBytes > limitBytes) throw messageTooLong(limitBytes);
  const traceHeader = system?.get('AWSTraceHeader')?.value ?? headerTrace;
  // Put together step by step: every message comes by here, and most have nothing but a body.
  const input: { -readonly [Member in keyof SendInput]: SendInput[Member] } = { body, sizeBytes };
  if (attributes !== null) input.attributes = attributes;
  if (typeof traceHeader === 'string' && traceHeader !== '') input.traceHeader = traceHeader;
  if (groupId !== undefined) input.groupId = groupId;
  if (deduplicationId !== undefined) input.deduplicationId = deduplicationId;
  // A FIFO queue's own delay holds for all of its messages.
  if (delaySeconds !== undefined && queue.kind !== 'fifo') input.delaySeconds = delaySeconds;
  const message = queue.send(input);
  const MessageId = state.messageId(queue, message);
  // A FIFO queue may give the message it has under this id, with another body.
  const MD5OfMessageBody = message.body === body ? message.md5OfBody : md5OfBody(body);
  const reply: { -readonly [Member in keyof SendReply]: SendReply[Member] } =
    entry === null ? { MessageId, MD5OfMessageBody } : { Id: entry.id, MessageId, MD5OfMessageBody };
  if (attributes !== null) reply.MD5OfMessageAttributes = md5OfAttributes(attributes);
  if (system !== null) reply.MD5OfMessageSystemAttributes = md5OfAttributes(system);
  if (queue.kind === 'fifo') reply.SequenceNumber = sequenceNumberOf(message.sequence);
  return reply;
}

/** What a FIFO queue must be told, and what only the other kind may be. */
function checkKind(queue: Queue, request: SendRequest, inBatch: boolean): void {
  const { DelaySeconds, MessageGroupId, MessageDeduplicationId } = request;
  if (queue.settings.fifo === null) {
    if (MessageDeduplicationId === undefined) return;
    throw inBatch ? entryNotForThisKind() : notForThisKind('MessageDeduplicationId', MessageDeduplicationId);
  }
  if (DelaySeconds !== undefined && DelaySeconds !== 0) throw notForThisKind('DelaySeconds', DelaySeconds);
  if (MessageGroupId === undefined) throw missingParameter('MessageGroupId');
  if (lacksDeduplicationId(queue, MessageDeduplicationId)) throw deduplicationIdNeeded();
}

/** An entry without its ids spoils the whole batch of a FIFO queue, and a missing group has another code there (SQS-62). */
export function checkFifoBatch(queue: Queue, entries: readonly SendRequest[]): void {
  if (queue.kind !== 'fifo') return;
  for (const { MessageGroupId, MessageDeduplicationId } of entries) {
    if (MessageGroupId === undefined) throw invalidParameter('The request must contain the parameter MessageGroupId.');
    if (lacksDeduplicationId(queue, MessageDeduplicationId)) throw deduplicationIdNeeded();
  }
}

const lacksDeduplicationId = ({ settings }: Queue, id: string | undefined): boolean =>
  id === undefined && settings.fifo?.contentBasedDeduplication === false;

const deduplicationIdNeeded = (): Error =>
  invalidParameter(
    'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
  );

function checkId(parameter: 'MessageGroupId' | 'MessageDeduplicationId', id: string | undefined): void {
  if (id === undefined || /^[\x21-\x7e]{1,128}$/.test(id)) return;
  const reason = `${parameter} can only include alphanumeric and punctuation characters. 1 to 128 in length`;
  throw invalidValue(parameter, id, reason);
}

function checkBody(body: string, printable: boolean): void {
  if (body.length === 0) throw missingParameter('MessageBody');
  if (!printable && !isXmlText(body)) throw invalidMessageContents([...body].find((char) => !isXmlText(char))!);
}

function checkDelay(delaySeconds: number | undefined): void {
  if (delaySeconds !== undefined && (delaySeconds < 0 || delaySeconds > 900)) {
    throw invalidValue('DelaySeconds', delaySeconds, 'DelaySeconds must be >= 0 and <= 900');
  }
}

/** The trace header is the only one there is, and it has no part in the message's size. */
function readSystemAttributes(wire: SendRequest['MessageSystemAttributes']): MessageAttributes | null {
  const system = readMessageAttributes(wire);
  for (const [name, { dataType }] of system ?? []) {
    if (name !== 'AWSTraceHeader' || dataType !== 'String') {
      throw invalidParameter(`Message system attribute name '${name}' is invalid.`);
    }
  }
  return system;
}
