/**
 * `GET /_spillway/sqs/messages?QueueUrl=…`: what is in a queue, hidden and delayed messages too, without receiving any.
 *
 * Looking is no call of the queue's: it changes no count, no timer and no metric. Used by the page (page/), too.
 */
import type { Cloud, CloudRegion } from '../cloud.ts';
import { sequenceNumberOf } from '../sqs/identifiers.ts';
import { type Message, type MessageAttribute, messageSizeBytes, messageStates } from '../sqs/message.ts';
import type { Queue } from '../sqs/queue.ts';
import { parseQueueUrl } from '../sqs/urls.ts';
import { encodeBase64 } from '../wire/bytes.ts';
import { isRegion } from '../wire/identity.ts';
import type { WireReply } from '../wire/message.ts';
import { json, refusal } from './replies.ts';

export type MessageState = 'visible' | 'delayed' | 'inFlight';

/** Instants are epoch milliseconds of the virtual clock. */
export interface PeekedMessage {
  readonly messageId: string;
  readonly state: MessageState;
  readonly body: string;
  /** A binary value in base64. */
  readonly attributes: Readonly<Record<string, PeekedAttribute>>;
  readonly messageGroupId: string | null;
  readonly messageDeduplicationId: string | null;
  readonly sequenceNumber: string | null;
  readonly traceHeader: string | null;
  /** The queue it came from when it was given up there. */
  readonly deadLetterSourceArn: string | null;
  readonly sentAtMs: number;
  /** Into this queue. */
  readonly enqueuedAtMs: number;
  readonly firstReceivedAtMs: number | null;
  /** From this queue. */
  readonly lastReceivedAtMs: number | null;
  /** In all queues it has been in, as ApproximateReceiveCount has it. */
  readonly receiveCount: number;
  readonly receiveCountHere: number;
  /** When the visibility timeout or the delay ends; null for a message that is visible. */
  readonly visibleAtMs: number | null;
  /** As ReceiveMessage gives it. */
  readonly senderId: string;
}

export type PeekedAttribute =
  | { readonly dataType: string; readonly stringValue: string }
  | { readonly dataType: string; readonly binaryValue: string };

export interface Peeked {
  readonly messages: readonly PeekedMessage[];
  /** Asked for with it, the next ones follow; null: these were the last. */
  readonly nextToken: string | null;
  /** How many of the queue's messages come before these. */
  readonly before: number;
}

/** A reply is one string, which the engine bounds at half a gigabyte; escaping may double what is in it. */
const mostBytes = 192 * 1_024 * 1_024;
/** What a message takes beside its body and attributes. */
const fieldBytes = 600;

/**
 * In the order in which they came.
 *
 * @param token `nextToken` of the page before; null begins
 * @returns null when together they are too large to show at once
 */
export function peekMessages(region: CloudRegion, queue: Queue, max: number, token: string | null): Peeked | null {
  const messages: PeekedMessage[] = [];
  const after = token === null ? -1 : Number(token);
  let last = after;
  let bytes = 0;
  let before = 0;
  for (const message of queue.peek()) {
    if (message.arrival <= after) {
      before++;
      continue;
    }
    if (messages.length === max) return { messages, nextToken: String(last), before };
    bytes += messageSizeBytes(message.body, message.attributes) + fieldBytes;
    if (bytes > mostBytes) return null;
    messages.push(peeked(region, queue, message));
    last = message.arrival;
  }
  return { messages, nextToken: null, before };
}

function peeked({ sqs, accountId }: CloudRegion, queue: Queue, message: Message): PeekedMessage {
  const messageId = sqs.messageId(queue, message);
  const fifo = queue.kind === 'fifo';
  const state = stateOf(message);
  return {
    messageId,
    state,
    body: message.body,
    attributes: Object.fromEntries([...(message.attributes ?? [])].map(([name, value]) => [name, attribute(value)])),
    messageGroupId: message.groupId,
    messageDeduplicationId: fifo ? (message.deduplicationId ?? messageId) : null,
    sequenceNumber: fifo ? sequenceNumberOf(message.sequence) : null,
    traceHeader: message.traceHeader,
    deadLetterSourceArn: message.movedFromArn,
    sentAtMs: message.sentAtMs,
    enqueuedAtMs: message.enqueuedAtMs,
    firstReceivedAtMs: orNull(message.firstReceivedAtMs),
    lastReceivedAtMs: orNull(message.lastReceivedAtMs),
    receiveCount: message.receiveCount,
    receiveCountHere: message.receivesHere,
    visibleAtMs: state === 'visible' ? null : message.shownAtMs,
    senderId: accountId,
  };
}

function stateOf({ state }: Message): MessageState {
  if (state === messageStates.inFlight) return 'inFlight';
  return state === messageStates.delayed ? 'delayed' : 'visible';
}

const attribute = ({ dataType, value }: MessageAttribute): PeekedAttribute =>
  typeof value === 'string' ? { dataType, stringValue: value } : { dataType, binaryValue: encodeBase64(value) };

const orNull = (ms: number): number | null => (ms === 0 ? null : ms);

/** @param fields of the URL; `Region`, `MaxResults` and `NextToken` may be left out */
export function answerMessages(fields: URLSearchParams, cloud: Cloud): WireReply {
  const url = fields.get('QueueUrl') ?? '';
  if (url === '')
    return refusal(400, 'QueueUrl is missing: GET /_spillway/sqs/messages?QueueUrl=URL_OR_PATH_OF_A_QUEUE.');
  const address = parseQueueUrl(url);
  if (address === null)
    return refusal(400, `QueueUrl is "${url}", expected http://HOST/ACCOUNT/NAME or /ACCOUNT/NAME.`);
  const regionName = fields.get('Region') ?? cloud.home.region;
  if (!isRegion(regionName)) return refusal(400, `Region is "${regionName}", expected one such as us-east-1.`);
  const [maxResults, nextToken] = [fields.get('MaxResults'), fields.get('NextToken')];
  if (maxResults !== null && !(isWholeNumber(maxResults) && Number(maxResults) > 0))
    return refusal(400, `MaxResults is "${maxResults}", expected a whole number from 1.`);
  if (nextToken !== null && !isWholeNumber(nextToken))
    return refusal(400, `NextToken is "${nextToken}", expected the nextToken of the reply before.`);

  const accountId = address.accountId ?? cloud.home.accountId;
  const ofAccount = cloud.regions().filter((one) => one.accountId === accountId);
  const found = ofAccount.find((one) => one.region === regionName);
  const queue = found?.sqs.queueByName(address.name);
  if (found === undefined || queue === undefined) {
    const elsewhere = ofAccount.filter(({ sqs }) => sqs.queueByName(address.name) !== undefined);
    const hint =
      elsewhere.length === 0 ? '' : ` There is one in ${elsewhere.map(({ region }) => region).join(', ')}: add Region.`;
    return refusal(404, `There is no queue "${address.name}" of account ${accountId} in ${regionName}.${hint}`);
  }
  const peek = peekMessages(found, queue, Number(maxResults ?? Number.POSITIVE_INFINITY), nextToken);
  if (peek === null) return refusal(413, 'The messages are too large for one reply: ask for fewer with MaxResults.');
  return json(200, { queueArn: queue.arn, nowMs: cloud.world.nowMs(), counts: countsOf(queue), ...peek });
}

export function countsOf(queue: Queue): Readonly<Record<MessageState, number>> {
  const { visible, notVisible, delayed } = queue.counts();
  return { visible, inFlight: notVisible, delayed };
}

const isWholeNumber = (text: string): boolean => /^\d{1,15}$/.test(text);
