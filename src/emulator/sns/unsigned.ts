/** What callers may do with a topic that do not say who they are. Not here: accounts (state.ts). */
import { evaluate, unsignedContext } from '../policy/index.ts';
import { shareable } from './permissions.ts';
import type { Topic } from './topic.ts';
import { policyOf } from './topicPolicy.ts';

/** @param action without its service; a batch goes by the name of its single action */
export function mayCallUnsigned(topic: Topic, action: string): boolean {
  const named = action === 'PublishBatch' ? 'Publish' : action;
  const policy = policyOf(topic);
  if (policy === null || !shareable.has(named)) return false;
  const principal = { kind: 'anonymous' } as const;
  const request = { principal, action: `sns:${named}`, resource: topic.arn, context: unsignedContext };
  return evaluate(policy, request) === 'allow';
}
