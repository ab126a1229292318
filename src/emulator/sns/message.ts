/** What was published, once it is known to be right: the same for every subscription. Plain data. */

export interface MessageAttribute {
  /** String, Number, Binary or String.Array. */
  readonly dataType: string;
  readonly value: string | Uint8Array;
}

export type MessageAttributes = ReadonlyMap<string, MessageAttribute>;

export interface PublishedMessage {
  readonly messageId: string;
  readonly topicArn: string;
  readonly publishedAtMs: number;
  readonly subject: string | null;
  readonly body: string;
  /** By protocol, with MessageStructure json; `default` is `body`. */
  readonly bodies: ReadonlyMap<string, string> | null;
  readonly attributes: MessageAttributes | null;
  /** FIFO topics, and the tenant for fair queues behind standard ones. */
  readonly groupId: string | null;
  readonly deduplicationId: string | null;
  /** FIFO topics only. */
  readonly sequenceNumber: string | null;
  /** `http://HOST` as the publisher reached us: links and certificates point there. */
  readonly origin: string;
  /** Of the publisher's HTTP request; queues get it as the message's AWSTraceHeader. */
  readonly traceHeader?: string | undefined;
  /** Sent again from a FIFO topic's archive. */
  readonly replayed: boolean;
}

/** What one protocol gets to read. */
export function bodyFor(message: PublishedMessage, protocol: string): string {
  return message.bodies?.get(protocol) ?? message.body;
}

/** Body and attributes in UTF-8 bytes: what counts against MaximumMessageSize. */
export function messageSizeBytes(body: string, attributes: MessageAttributes | null): number {
  let bytes = Buffer.byteLength(body, 'utf8');
  for (const [name, { dataType, value }] of attributes ?? []) {
    bytes += Buffer.byteLength(name, 'utf8') + Buffer.byteLength(dataType, 'utf8');
    bytes += typeof value === 'string' ? Buffer.byteLength(value, 'utf8') : value.length;
  }
  return bytes;
}
