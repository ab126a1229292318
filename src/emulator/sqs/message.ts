/** A message in a queue: what was sent, and where it is on its way. Plain data; queue.ts moves it. */
import { md5OfBody } from './checksums.ts';

export interface MessageAttribute {
  /** String, Number or Binary, with an optional suffix after a dot. */
  readonly dataType: string;
  readonly value: string | Uint8Array;
}

/** Insertion order is the sender's. */
export type MessageAttributes = ReadonlyMap<string, MessageAttribute>;

export const messageStates = { visible: 0, delayed: 1, inFlight: 2, gone: 3 } as const;
export type MessageState = (typeof messageStates)[keyof typeof messageStates];

/** A class for its fixed layout: half a million of these pass through a simulated day. */
export class Message {
  /** Unique over all queues of the account and Region; survives a move to a dead-letter queue, as the MessageId does. */
  readonly sequence: number;
  readonly body: string;
  readonly attributes: MessageAttributes | null;
  readonly traceHeader: string | null;
  readonly groupId: string | null;
  /** FIFO only: the sender's, or that of the content; null after a move to a dead-letter queue, where the MessageId stands for it. */
  readonly deduplicationId: string | null;
  /** First sent. Retention counts from here, also in a standard dead-letter queue. */
  readonly sentAtMs: number;
  /** Put into this queue: differs from `sentAtMs` after a move. Age counts from here. */
  readonly enqueuedAtMs: number;
  /** The queue it was moved from, or null. */
  readonly movedFromArn: string | null;
  /** Its place among all that came into this queue. */
  arrival = 0;
  /** FIFO: its place among all that was sent or came back. */
  turn = 0;
  state: MessageState = messageStates.visible;
  /** Receives in all queues it has been in. */
  receiveCount: number;
  /** Receives in this queue: these count against maxReceiveCount. */
  receivesHere = 0;
  /** Epoch milliseconds; 0 before the first receive. */
  firstReceivedAtMs: number;
  lastReceivedAtMs = 0;
  /** When it becomes visible by itself, epoch milliseconds; says something only while it is delayed or in flight. */
  shownAtMs = 0;
  /** Worked out when first asked for: a simulated day never asks, who sends and receives over the wire asks twice. */
  #md5OfBody: string | null = null;
  /** Grows whenever a timer set for the message becomes void. */
  timerEpoch = 0;

  constructor(sent: {
    readonly sequence: number;
    readonly body: string;
    readonly attributes: MessageAttributes | null;
    readonly traceHeader: string | null;
    readonly groupId: string | null;
    readonly deduplicationId?: string | null;
    readonly sentAtMs: number;
    readonly enqueuedAtMs: number;
    readonly movedFromArn: string | null;
    readonly receiveCount: number;
    readonly firstReceivedAtMs: number;
  }) {
    this.sequence = sent.sequence;
    this.body = sent.body;
    this.attributes = sent.attributes;
    this.traceHeader = sent.traceHeader;
    this.groupId = sent.groupId;
    this.deduplicationId = sent.deduplicationId ?? null;
    this.sentAtMs = sent.sentAtMs;
    this.enqueuedAtMs = sent.enqueuedAtMs;
    this.movedFromArn = sent.movedFromArn;
    this.receiveCount = sent.receiveCount;
    this.firstReceivedAtMs = sent.firstReceivedAtMs;
  }

  get md5OfBody(): string {
    this.#md5OfBody ??= md5OfBody(this.body);
    return this.#md5OfBody;
  }
}

// A field that has only ever held numbers gets a box for its number in every message; one that has held null as well gets it with its first
// number. Most messages of a long queue have none of these times yet: 32 bytes each, 32 MB of a million.
const untimed: { firstReceivedAtMs: unknown; lastReceivedAtMs: unknown; shownAtMs: unknown } = new Message({
  sequence: 0,
  body: '',
  attributes: null,
  traceHeader: null,
  groupId: null,
  sentAtMs: 0,
  enqueuedAtMs: 0,
  movedFromArn: null,
  receiveCount: 0,
  firstReceivedAtMs: 0,
});
untimed.firstReceivedAtMs = untimed.lastReceivedAtMs = untimed.shownAtMs = null;

/**
 * What counts against MaximumMessageSize: body, and names, types and values of attributes, in UTF-8 bytes.
 *
 * @param ascii the body is known to be
 */
export function messageSizeBytes(body: string, attributes: MessageAttributes | null, ascii = false): number {
  let bytes = ascii ? body.length : Buffer.byteLength(body, 'utf8');
  if (attributes === null) return bytes;
  for (const [name, { dataType, value }] of attributes) {
    bytes += Buffer.byteLength(name, 'utf8') + Buffer.byteLength(dataType, 'utf8');
    bytes += typeof value === 'string' ? Buffer.byteLength(value, 'utf8') : value.length;
  }
  return bytes;
}
