/**
 * E-mails, text messages and mobile pushes that a real SNS would have sent: kept to be read, never sent.
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

export interface Outbox {
  add(entry: OutboxEntry): void;
  /** Oldest first. */
  entries(): readonly OutboxEntry[];
}

/** More would be a leak: the oldest go. */
const mostEntries = 10_000;

export function createOutbox(): Outbox {
  const kept: OutboxEntry[] = [];
  return {
    add(entry) {
      kept.push(entry);
      if (kept.length > mostEntries + mostEntries / 10) kept.splice(0, kept.length - mostEntries);
    },
    entries: () => kept.slice(-mostEntries),
  };
}
