/** RedrivePolicy and RedriveAllowPolicy: reading their JSON, and whether a queue may use another as its dead-letter queue. */
import { invalidAttributeValue, invalidValue } from './errors.ts';

/** Spelled as the attribute's JSON spells it, so that writing it back needs no translation. */
export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  /** A message received this often goes to the target instead of being received once more. */
  readonly maxReceiveCount: number;
}

/** @throws AwsError InvalidParameterValue with the service's reason */
export function parseRedrivePolicy(text: string): RedrivePolicy {
  const refuse = (reason: string): Error => invalidValue('RedrivePolicy', text, reason);
  const parsed = parseObject(text);
  if (parsed === null) throw refuse('Redrive policy is not a valid JSON map');
  const { deadLetterTargetArn, maxReceiveCount: givenCount, ...others } = parsed;
  // In this order: a policy with keys in other letters lacks the count before it has too much.
  if (givenCount === undefined) throw refuse('Redrive policy does not contain mandatory attribute: maxReceiveCount');
  if (typeof deadLetterTargetArn !== 'string') {
    throw refuse('Redrive policy does not contain mandatory attribute: deadLetterTargetArn');
  }
  if (Object.keys(others).length > 0)
    throw refuse('Only following attributes are supported: [maxReceiveCount, deadLetterTargetArn]');
  if (!/^arn:aws[\w-]*:sqs:[a-z0-9-]+:\d{12}:[\w.-]{1,80}$/.test(deadLetterTargetArn)) {
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

/** @returns the text, once it is known to be a policy */
export function parseRedriveAllowPolicy(text: string): string {
  if (readAllowPolicy(text) === null) throw invalidAttributeValue('RedriveAllowPolicy');
  return text;
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

function readAllowPolicy(text: string): AllowPolicy | null {
  const parsed = parseObject(text);
  if (parsed === null) return null;
  const permission = parsed.redrivePermission;
  const arns = parsed.sourceQueueArns ?? [];
  if (permission !== 'allowAll' && permission !== 'denyAll' && permission !== 'byQueue') return null;
  if (!Array.isArray(arns) || arns.length > 10 || !arns.every((arn): arn is string => typeof arn === 'string'))
    return null;
  // A list belongs to byQueue, and byQueue needs one.
  if ((permission === 'byQueue') !== arns.length > 0) return null;
  return { permission, sourceQueueArns: arns };
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? (parsed as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
