/** What callers may do with a topic that do not say who they are. Not here: accounts (state.ts). */
import { evaluate, parsePolicy, unsignedContext } from '../policy/index.ts';
import { shareable } from './permissions.ts';
import type { Topic } from './topic.ts';

/** @param action without its service; a batch goes by the name of its single action */
export function mayCallUnsigned({ arn, settings }: Topic, action: string): boolean {
  const named = action === 'PublishBatch' ? 'Publish' : action;
  const policy = settings.get('Policy');
  if (policy === undefined || !shareable.has(named)) return false;
  const principal = { kind: 'anonymous' } as const;
  const request = { principal, action: `sns:${named}`, resource: arn, context: unsignedContext };
  return evaluate(parsePolicy(policy), request) === 'allow';
}
