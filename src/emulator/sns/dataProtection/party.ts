/** Whose message it is, and whether a statement is about them. As in topics' policies an ARN is about its own partition (SQS-96). */
import { includes } from '../../policy/principals.ts';
import type { DataProtectionStatement } from './parse.ts';

/** Who published to a topic, or subscribed to it. */
export interface Party {
  readonly accountId: string;
  readonly topicArn: string;
}

export function isAbout({ principals }: DataProtectionStatement, { accountId, topicArn }: Party): boolean {
  return includes(principals, { kind: 'account', accountId }, topicArn);
}
