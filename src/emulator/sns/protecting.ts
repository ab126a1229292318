/** A topic's data protection policy on the way in and on the way out: every text that a message holds. */
import { applyDataProtection, type DataDirection, dataProtectionOf } from './dataProtection.ts';
import type { PublishedMessage } from './message.ts';
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
  const apply = (text: string): string | null => {
    const result = applyDataProtection(policy, direction, text, accountId);
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
