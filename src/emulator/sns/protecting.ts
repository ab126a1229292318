/** A topic's data protection policy on the way in and on the way out: every text that a message holds, and the records of audits. */
import {
  type Audit,
  applyDataProtection,
  auditOf,
  type DataDirection,
  dataProtectionOf,
  type Party,
} from './dataProtection.ts';
import type { PublishedMessage } from './message.ts';
import type { SnsState } from './state.ts';
import type { Topic } from './topic.ts';

type Texts = Pick<PublishedMessage, 'body' | 'bodies'>;

/**
 * @param accountId who publishes, or who subscribed
 * @returns the texts as they go on, the same object where nothing changes; null when the message does not come through
 */
export function protectedTexts<T extends Texts>(
  topic: Topic,
  direction: DataDirection,
  accountId: string,
  texts: T,
): T | null {
  const policy = dataProtectionOf(topic);
  if (policy === null) return texts;
  const party: Party = { accountId, topicArn: topic.arn };
  const apply = (text: string): string | null => {
    const result = applyDataProtection(policy, direction, text, party);
    return 'denied' in result ? null : result.body;
  };
  const body = apply(texts.body);
  if (body === null) return null;
  if (texts.bodies === null) return { ...texts, body };
  const bodies = new Map<string, string>();
  for (const [protocol, text] of texts.bodies) {
    const left = apply(text);
    if (left === null) return null;
    bodies.set(protocol, left);
  }
  return { ...texts, body, bodies };
}

/** @returns what the topic's Audit statement makes of a message as it came in; null where it makes nothing of it */
export function auditedTexts(topic: Topic, publisherId: string, { body, bodies }: Texts): Audit | null {
  const policy = dataProtectionOf(topic);
  if (policy === null) return null;
  // One text for several protocols is one text.
  return auditOf(policy, { accountId: publisherId, topicArn: topic.arn }, [
    ...new Set([body, ...(bodies?.values() ?? [])]),
  ]);
}

/** Counts an audit, and keeps its record for whoever reads the outbox: the destinations are not part of this emulator. */
export function keepAudit(
  state: SnsState,
  topic: Topic,
  { findings, destinations }: Audit,
  { messageId, publishedAtMs: atMs }: PublishedMessage,
): void {
  const found = findings.length > 0;
  topic.metrics.count(found ? 'MessagesWithFindings' : 'MessagesWithNoFindings');
  if (destinations.length === 0) return;
  state.neighbours.snsAt(topic.accountId, topic.region).outbox.addAudit({
    atMs,
    topicArn: topic.arn,
    messageId,
    findings: found,
    destinations,
    record: {
      messageId,
      auditTimestamp: new Date(atMs).toISOString().replace(/\.\d+Z$/, 'Z'),
      callerPrincipal: state.callerArn,
      resourceArn: topic.arn,
      dataIdentifiers: findings,
    },
  });
}
