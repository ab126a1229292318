/**
 * Data protection policies of topics: kept, and applied to what goes through.
 *
 * What is looked at is the text of a message and nothing else: no subject, no attributes. Every statement sees it as it came. Deny goes
 * before de-identification; where two findings overlap, the one that begins first has its way.
 * Not here: audits (dataProtection/audit.ts), the form of a policy (dataProtection/parse.ts), what is recognised (dataProtection/identifiers.ts).
 */
import type { Finding } from './dataProtection/detectors.ts';
import { type DataDirection, type DataProtectionPolicy, parseDataProtectionPolicy } from './dataProtection/parse.ts';
import { isAbout, type Party } from './dataProtection/party.ts';
import { invalidParameter } from './errors.ts';

export { type Audit, auditOf } from './dataProtection/audit.ts';
export { recognisedDataIdentifiers, unrecognisedDataIdentifiers } from './dataProtection/identifiers.ts';
export { type DataDirection, type DataProtectionPolicy, type Party, parseDataProtectionPolicy };

/** A message that comes through, with or without what was sensitive in it; or one that does not. */
export type Protected = { readonly body: string } | { readonly denied: true };

interface Replacement extends Finding {
  readonly mask: string;
}

/**
 * What becomes of a message.
 *
 * A message of which redacting leaves nothing is denied: SNS has no empty messages.
 *
 * @param direction Inbound for what is published, Outbound for what is delivered
 * @param party who publishes, or who subscribed: statements about other principals do not count. Null: all statements do
 */
export function applyDataProtection(
  policy: DataProtectionPolicy,
  direction: DataDirection,
  body: string,
  party: Party | null = null,
): Protected {
  const replacements: Replacement[] = [];
  for (const statement of policy.statements) {
    const { find, operation } = statement;
    if (statement.direction !== direction || operation.kind === 'Audit') continue;
    if (party !== null && !isAbout(statement, party)) continue;
    const findings = find(body);
    if (operation.kind === 'Deny') {
      if (findings.length > 0) return { denied: true };
    } else {
      for (const finding of findings) replacements.push({ ...finding, mask: operation.mask });
    }
  }
  if (replacements.length === 0) return { body };
  const left = replaced(body, replacements);
  return left === '' ? { denied: true } : { body: left };
}

/** The policy of a topic, read once for every text it has; null without one. */
export function dataProtectionOf(topic: Protectable): DataProtectionPolicy | null {
  const { dataProtectionPolicy: text } = topic;
  if (text === null) return null;
  const known = parsed.get(topic);
  if (known?.text === text) return known.policy;
  const policy = parseDataProtectionPolicy(text);
  parsed.set(topic, { text, policy });
  return policy;
}

/**
 * Puts a policy in place of what a topic had; an empty text takes it away.
 *
 * @throws AwsError InvalidParameter for a text that is no policy or too long, and for a FIFO topic
 */
export function setDataProtectionPolicy(topic: Protectable, text: string): void {
  if (text === '') {
    topic.dataProtectionPolicy = null;
    return;
  }
  if (topic.fifo) {
    throw invalidParameter('DataProtectionPolicy Reason: Data protection policies are for standard topics only');
  }
  const policy = parseDataProtectionPolicy(text);
  topic.dataProtectionPolicy = text;
  parsed.set(topic, { text, policy });
}

/** What a topic is to this file. */
export interface Protectable {
  readonly fifo: boolean;
  dataProtectionPolicy: string | null;
}

const parsed = new WeakMap<Protectable, { readonly text: string; readonly policy: DataProtectionPolicy }>();

/** Each found character becomes the mask. The mask of redaction is nothing. */
function replaced(body: string, replacements: readonly Replacement[]): string {
  let result = '';
  let done = 0;
  // Sorting keeps the order of statements among findings that start together.
  for (const { start, end, mask } of replacements.toSorted((a, b) => a.start - b.start)) {
    if (end <= done) continue;
    const from = Math.max(start, done);
    result += body.slice(done, from) + mask.repeat([...body.slice(from, end)].length);
    done = end;
  }
  return result + body.slice(done);
}
