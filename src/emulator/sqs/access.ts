/**
 * Who may call a queue: its policy, asked about accounts and services.
 *
 * Identity policies are not imitated: an account may do with its own queues whatever no statement denies (SQS-92).
 */
import {
  type Caller,
  evaluate,
  type Policy,
  type PolicyRequest,
  parsePolicy,
  unsignedContext,
  type Verdict,
} from '../policy/index.ts';
import type { Queue } from './queue.ts';
import type { QueueSettings } from './settings.ts';

/** What a policy can let other accounts do; all else is the owner's alone. Batches go by the name of their single action. */
const shareable: ReadonlySet<string> = new Set([
  'SendMessage',
  'ReceiveMessage',
  'DeleteMessage',
  'ChangeMessageVisibility',
  'GetQueueAttributes',
  'GetQueueUrl',
  'ListDeadLetterSourceQueues',
  'PurgeQueue',
]);

/** Settings are never changed, only replaced: each is read once. */
const read = new WeakMap<QueueSettings, Policy>();

/** @param action without its service: `SendMessage` */
export function verdictOf(
  queue: Queue,
  principal: Caller,
  action: string,
  context: PolicyRequest['context'] = {},
): Verdict {
  const { settings } = queue;
  if (settings.policy === null) return 'neutral';
  let policy = read.get(settings);
  if (policy === undefined) {
    policy = parsePolicy(settings.policy);
    read.set(settings, policy);
  }
  return evaluate(policy, { principal, action: `sqs:${action}`, resource: queue.arn, context });
}

/** @param ownerId the queue's account */
export function mayCall(queue: Queue, ownerId: string, callerId: string, action: string): boolean {
  // Nearly always so, and this is asked with every call.
  if (queue.settings.policy === null) return callerId === ownerId;
  const verdict = verdictOnCaller(queue, callerId, action);
  if (callerId === ownerId) return verdict !== 'deny';
  return shareable.has(singleAction(action)) && verdict === 'allow';
}

/** Whether a statement keeps the caller out, rather than none letting it in. */
export const isDenied = (queue: Queue, callerId: string, action: string): boolean =>
  verdictOnCaller(queue, callerId, action) === 'deny';

function verdictOnCaller(queue: Queue, callerId: string, action: string): Verdict {
  const context = { 'aws:PrincipalAccount': callerId, 'aws:SecureTransport': 'true' };
  return verdictOf(queue, { kind: 'account', accountId: callerId }, singleAction(action), context);
}

/** `SendMessageBatch` -> `SendMessage` */
export const singleAction = (action: string): string => action.replace(/Batch$/, '');

/** Whether everybody may, who they are or not: a policy must say so to anonymous callers, conditions included. */
export function mayCallUnsigned(queue: Queue, action: string): boolean {
  const named = singleAction(action);
  return shareable.has(named) && verdictOf(queue, { kind: 'anonymous' }, named, unsignedContext) === 'allow';
}
