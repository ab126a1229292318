/**
 * RedrivePolicy and RedriveAllowPolicy: reading their JSON, and whether a queue may use another as its dead-letter queue.
 *
 * Not here: whether the target is there and of the same kind (state.ts), the move itself (receiving.ts).
 */
import { jsonObjectIn } from '../jsonObject.ts';
import { invalidAttributeValue, invalidValue } from './errors.ts';

/** Spelled as the attribute's JSON spells it, so that writing it back needs no translation. */
export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  /** A message received this often goes to the target instead of being received once more. */
  readonly maxReceiveCount: number;
}

/** @throws AwsError InvalidAttributeValue for what is no JSON map, else InvalidParameterValue with the service's reason (SQS-140) */
export function parseRedrivePolicy(text: string): RedrivePolicy {
  const refuse = (reason: string): Error => invalidValue('RedrivePolicy', text, reason);
  const parsed = jsonObjectIn(text);
  if (parsed === null) throw invalidAttributeValue('RedrivePolicy', 'Redrive policy is not a valid JSON map');
  const { deadLetterTargetArn, maxReceiveCount: givenCount, ...others } = parsed;
  // In this order: a policy with keys in other letters lacks the count before it has too much.
  if (givenCount === undefined) throw refuse('Redrive policy does not contain mandatory attribute: maxReceiveCount');
  if (deadLetterTargetArn === undefined) {
    throw refuse('Redrive policy does not contain mandatory attribute: deadLetterTargetArn');
  }
  if (Object.keys(others).length > 0)
    throw refuse('Only following attributes are supported: [maxReceiveCount, deadLetterTargetArn]');
  const service = typeof deadLetterTargetArn === 'string' ? serviceIn(deadLetterTargetArn) : null;
  if (service !== null && service !== 'sqs') {
    throw refuse('Only SQS queues are valid resources for deadLetterTargetArn');
  }
  if (typeof deadLetterTargetArn !== 'string' || !queueArn.test(deadLetterTargetArn)) {
    throw refuse('Invalid value for deadLetterTargetArn');
  }
  const maxReceiveCount = Number(givenCount);
  if (!Number.isInteger(maxReceiveCount) || maxReceiveCount < 1 || maxReceiveCount > 1_000) {
    throw refuse(
      `Invalid value for maxReceiveCount: ${String(givenCount)}, valid values are from 1 to 1000 both inclusive`,
    );
  }
  return { deadLetterTargetArn, maxReceiveCount };
}

const queueArn = /^arn:aws[\w-]*:sqs:[a-z0-9-]+:\d{12}:[\w.-]{1,80}$/;

/** `arn:aws:sns:us-east-1:000000000000:topic` -> `sns`; null for what is no ARN */
const serviceIn = (arn: string): string | null =>
  /^arn:aws[\w-]*:(?<service>[a-z0-9-]+):[a-z0-9-]*:\d*:./.exec(arn)?.groups?.service ?? null;

/** Why no queue of `sourceArn` may give up to a queue with that ARN, there or not; null when nothing is in the way. */
export function placeReason(sourceArn: string, targetArn: string): string | null {
  const [, , , sourceRegion, sourceOwner] = sourceArn.split(':');
  const [, , , region, owner] = targetArn.split(':');
  if (region !== sourceRegion) return 'Dead-letter target must be in same region as the source';
  return owner === sourceOwner ? null : 'Dead-letter target owner should be same as the source';
}

const maxSources = 10;
const cannotCreate = "Amazon SQS can't create the redrive allow policy";

/**
 * @returns the text, once it is known to be a policy
 * @throws AwsError InvalidAttributeValue for what has another form, InvalidParameterValue for sources that do not go with the permission (SQS-141)
 */
export function parseRedriveAllowPolicy(text: string): string {
  const policy = readAllowPolicy(text);
  if (policy === null) {
    throw invalidAttributeValue('RedriveAllowPolicy', `${cannotCreate}, as it’s in an unsupported format`);
  }
  const reason = sourcesReason(policy);
  if (reason !== null) throw invalidValue('RedriveAllowPolicy', text, `${cannotCreate}. ${reason}`);
  return text;
}

/** A list belongs to byQueue, and byQueue needs one. */
function sourcesReason({ permission, sourceQueueArns: { length } }: AllowPolicy): string | null {
  if (permission !== 'byQueue') {
    return length === 0 ? null : 'To specify one or more source queue ARNs, you must set redrivePermission to byQueue';
  }
  if (length === 0) {
    return 'When you specify the byQueue permission type, you must also specify one or more sourceQueueArns values';
  }
  return length > maxSources ? `The maximum number of source queue ARNs you can specify is ${maxSources}` : null;
}

/** Whether `sourceArn` may name the queue with this RedriveAllowPolicy as its target. Without one, any queue may. */
export function allowsRedrive(redriveAllowPolicy: string | null, sourceArn: string): boolean {
  const policy = redriveAllowPolicy === null ? null : readAllowPolicy(redriveAllowPolicy);
  if (policy === null || policy.permission === 'allowAll') return true;
  return policy.permission === 'byQueue' && policy.sourceQueueArns.includes(sourceArn);
}

interface AllowPolicy {
  readonly permission: 'allowAll' | 'denyAll' | 'byQueue';
  readonly sourceQueueArns: readonly string[];
}

/** Null for what is no such policy; its sources may still be too many, or too few. */
function readAllowPolicy(text: string): AllowPolicy | null {
  const parsed = jsonObjectIn(text);
  if (parsed === null) return null;
  const { redrivePermission: permission, sourceQueueArns: arns = [], ...others } = parsed;
  if (permission !== 'allowAll' && permission !== 'denyAll' && permission !== 'byQueue') return null;
  if (!Array.isArray(arns) || !arns.every((arn): arn is string => typeof arn === 'string')) return null;
  return Object.keys(others).length > 0 ? null : { permission, sourceQueueArns: arns };
}
