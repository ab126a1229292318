/**
 * Receives that find nothing and wait for nothing: all they leave behind is a count and that the queue was called.
 *
 * A receive is known by its whole text. Once it was answered with nothing, it will be again, as long as the queue holds no message and its settings
 * are those of then; that is looked up before it runs. Whatever is in doubt here is not such a receive and is written down whole.
 * How many of them share a line is quiet.ts.
 */
import type { Cloud } from '../cloud.ts';
import type { Queue } from '../sqs/queue.ts';
import type { QueueSettings } from '../sqs/settings.ts';
import type { WireReply } from '../wire/message.ts';
import { type FormFields, parseForm } from '../wire/query.ts';
import { dialectOf } from '../wire/router.ts';
import type { ReadHead } from './heads.ts';
import type { PollRequest } from './quiet.ts';

export interface Poll extends PollRequest {
  readonly accountId: string;
  readonly region: string;
  readonly queueUrl: string;
  /** Null: as the queue has it. */
  readonly waitSeconds: number | null;
  /** Answered with nothing when the queue had these settings. */
  verified: { readonly queue: Queue; readonly settings: QueueSettings } | null;
}

/** Whether its queue is still as it was then. */
export const isVerified = ({ verified }: Poll): boolean =>
  verified !== null && verified.queue.settings === verified.settings;

/** What of a cloud is asked. */
export type PolledCloud = Pick<Cloud, 'at' | 'home' | 'strictQuotas'>;

/** Longer ones are rare and would be much to remember. */
const longestBytes = 1024;
const mostKnown = 1024;

export class Polls {
  readonly #cloud: PolledCloud;
  readonly #known = new Map<ReadHead, Map<string, Poll | null>>();
  #size = 0;

  constructor(cloud: PolledCloud) {
    this.#cloud = cloud;
  }

  /** @param read one object for one head: what it was once is remembered @returns as `read` */
  of(read: ReadHead, body: Uint8Array): Poll | null {
    const text = this.#textOf(read, body);
    if (text === null) return null;
    let ofHead = this.#known.get(read);
    const found = ofHead?.get(text);
    if (found !== undefined) return found;
    if (this.#size >= mostKnown) {
      this.#known.clear();
      this.#size = 0;
      ofHead = undefined;
    }
    if (ofHead === undefined) {
      ofHead = new Map();
      this.#known.set(read, ofHead);
    }
    const poll = this.#read(read, Buffer.from(body));
    ofHead.set(text, poll);
    this.#size++;
    return poll;
  }

  /** @returns null for what is no receive, or one that is to be written whole */
  read(read: ReadHead, body: Uint8Array): Poll | null {
    return this.#textOf(read, body) === null ? null : this.#read(read, Buffer.from(body));
  }

  /** Whether it will be answered with nothing, at once. The account and Region must be there: asking would make them. */
  findsNothing(poll: Poll): boolean {
    if (poll.verified === null) return false;
    const { queue, settings } = poll.verified;
    if (queue.settings !== settings || queue.size > 0) return false;
    const [, , , , ownerId = ''] = queue.arn.split(':', 5);
    if (this.#cloud.at(ownerId, poll.region).sqs.queueByArn(queue.arn) === queue) return true;
    // Another has its name now, or none: asked anew.
    poll.verified = null;
    return false;
  }

  /** The queue, when it does not let the receive wait. */
  queueOf(poll: Poll): Queue | null {
    const { accountId, region, queueUrl, waitSeconds } = poll;
    try {
      const queue = this.#cloud.at(accountId, region).sqs.queueFor(queueUrl, 'ReceiveMessage');
      // Who may call may depend on more than settings.
      if (queue.settings.policy !== null) return null;
      return (waitSeconds ?? queue.settings.receiveWaitSeconds) === 0 ? queue : null;
    } catch {
      return null;
    }
  }

  /** Null when a glance tells that it is no receive to be counted. */
  #textOf(read: ReadHead, body: Uint8Array): string | null {
    // Quotas count every call.
    if (this.#cloud.strictQuotas || body.length > longestBytes || mayReceive(read) === false) return null;
    const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');
    // Any request of Query comes by here, and those that send would crowd out what is known.
    if (read.head.headers['x-amz-target'] === undefined && !text.includes('Action=ReceiveMessage')) return null;
    return text;
  }

  #read(read: ReadHead, body: Buffer): Poll | null {
    const input = inputOf(read, body);
    if (input === null) return null;
    const { home } = this.#cloud;
    const { accountId, region } = read.identity;
    return {
      ...input,
      head: read.head,
      body,
      accountId: accountId ?? home.accountId,
      region: region ?? home.region,
      verified: null,
    };
  }
}

/** @returns null for a reply that gave messages, or refused */
export const foundNothing = ({ status, body }: WireReply): boolean =>
  status === 200 &&
  typeof body === 'string' &&
  (body === '{}' || /^<\?xml[^>]*>\s*<ReceiveMessageResponse\b(?!.*<Message>)/s.test(body));

const target = 'AmazonSQS.ReceiveMessage';

/** At a glance; false is sure. */
function mayReceive({ head }: ReadHead): boolean {
  const named = head.headers['x-amz-target'];
  return named === undefined ? dialectOf(head.headers, '/') === 'query' : named === target;
}

type PollInput = Pick<Poll, 'queueUrl' | 'waitSeconds'>;

function inputOf({ head, urlFields }: ReadHead, body: Buffer): PollInput | null {
  // Fields in the URL come on top of those in the body, and a body may be packed.
  if (urlFields === null || urlFields.size > 0 || head.headers['content-encoding'] !== undefined) return null;
  try {
    const text = body.toString('utf8');
    switch (dialectOf(head.headers, head.path)) {
      case 'json-1.0':
      case 'json-1.1':
        return jsonInput(JSON.parse(text));
      case 'query':
        return /(?:^|&)Action=ReceiveMessage(?:&|$)/.test(text) ? formInput(parseForm(text), head.path) : null;
      default:
        return null;
    }
  } catch {
    return null;
  }
}

function jsonInput(input: unknown): PollInput | null {
  const { QueueUrl, WaitTimeSeconds, ReceiveRequestAttemptId } = input as Readonly<Record<string, unknown>>;
  if (typeof QueueUrl !== 'string' || ReceiveRequestAttemptId !== undefined) return null;
  if (WaitTimeSeconds === undefined || WaitTimeSeconds === null) return { queueUrl: QueueUrl, waitSeconds: null };
  return WaitTimeSeconds === 0 ? { queueUrl: QueueUrl, waitSeconds: 0 } : null;
}

function formInput(fields: FormFields, path: string): PollInput | null {
  if (fields.has('ReceiveRequestAttemptId')) return null;
  const waitTime = fields.get('WaitTimeSeconds');
  if (waitTime !== undefined && waitTime !== '0') return null;
  // An address that names a queue stands in for the parameter.
  return { queueUrl: fields.get('QueueUrl') ?? path, waitSeconds: waitTime === undefined ? null : 0 };
}
