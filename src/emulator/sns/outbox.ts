/**
 * What a real SNS would have let out of AWS, kept to be read and never sent: e-mails, text messages and mobile pushes; why a message did not
 * get to a subscriber; and what audits of data protection policies found.
 */

export interface OutboxEntry {
  readonly atMs: number;
  readonly kind: 'email' | 'email-json' | 'sms' | 'application';
  /** Address, phone number, or the ARN of the endpoint. */
  readonly to: string;
  /** Null for what was published to a phone number or an endpoint directly. */
  readonly topicArn: string | null;
  readonly messageId: string;
  readonly subject: string | null;
  readonly body: string;
}

/** A message that one receiver did not get, after the last attempt. Without its text, which can be large. */
export interface Undelivered {
  readonly atMs: number;
  readonly protocol: string;
  readonly to: string;
  /** Null for what was published to a phone number or an endpoint directly. */
  readonly topicArn: string | null;
  readonly subscriptionArn: string | null;
  readonly messageId: string;
  readonly reason: string;
}

/** One record of an Audit statement, as its destinations would have got it. */
export interface AuditRecord {
  readonly atMs: number;
  readonly topicArn: string;
  readonly messageId: string;
  /** Whether they are the statement's FindingsDestination or its NoFindingsDestination. */
  readonly findings: boolean;
  /** Service and name: `CloudWatchLogs /aws/vendedlogs/sns`, `Firehose NAME`, `S3 NAME`. */
  readonly destinations: readonly string[];
  readonly record: Readonly<Record<string, unknown>>;
}

export interface Outbox {
  add(entry: OutboxEntry): void;
  addUndelivered(entry: Undelivered): void;
  addAudit(record: AuditRecord): void;
  /** Oldest first, like the others. */
  entries(): readonly OutboxEntry[];
  undelivered(): readonly Undelivered[];
  audits(): readonly AuditRecord[];
}

/** Of each kind. More would be a leak: the oldest go. */
const mostEntries = 10_000;

export function createOutbox(): Outbox {
  const messages = createNewest<OutboxEntry>();
  const undelivered = createNewest<Undelivered>();
  const audits = createNewest<AuditRecord>();
  return {
    add: messages.add,
    addUndelivered: (entry) => undelivered.add({ ...entry, to: withoutPassword(entry.to) }),
    addAudit: audits.add,
    entries: messages.all,
    undelivered: undelivered.all,
    audits: audits.all,
  };
}

function createNewest<T>(): { add(one: T): void; all(): readonly T[] } {
  const kept: T[] = [];
  return {
    add(one) {
      kept.push(one);
      if (kept.length > mostEntries + mostEntries / 10) kept.splice(0, kept.length - mostEntries);
    },
    all: () => kept.slice(-mostEntries),
  };
}

/** Endpoints of HTTP/S may hold a name and a password, which only GetSubscriptionAttributes tells. */
const withoutPassword = (endpoint: string): string => endpoint.replace(/^(https?:\/\/)[^/?#]*@/i, '$1');
