/** Kinesis's modelled errors, in AWS's words. */
import { AwsError } from '../service.ts';

export const faults = {
  streamNotFound: (name: string, accountId: string) =>
    new AwsError('ResourceNotFoundException', `Stream ${name} under account ${accountId} not found.`),

  shardNotFound: (shardId: string, name: string, accountId: string) =>
    new AwsError(
      'ResourceNotFoundException',
      `Could not find shard ${shardId} in stream ${name} under account ${accountId}.`,
    ),

  streamExists: (name: string, accountId: string) =>
    new AwsError('ResourceInUseException', `Stream ${name} under account ${accountId} already exists.`),

  notActive: (name: string, accountId: string, status: string) =>
    new AwsError(
      'ResourceInUseException',
      `Stream ${name} under account ${accountId} not ACTIVE, instead in state ${status}`,
    ),

  invalid: (message: string) => new AwsError('InvalidArgumentException', message),

  limit: (message: string) => new AwsError('LimitExceededException', message),

  validation: (message: string) => new AwsError('ValidationException', message),

  onDemandOnly: (action: string, name: string) =>
    new AwsError(
      'ValidationException',
      `${action} is not supported for stream ${name} because its capacity mode is ON_DEMAND.`,
    ),

  /** The framework's refusal of a member, before the service looks at it. */
  constraint: (member: string, value: string, constraint: string) =>
    new AwsError(
      'ValidationException',
      `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`,
    ),

  rateExceeded: (shardId: string, name: string, accountId: string) =>
    new AwsError('ProvisionedThroughputExceededException', rateExceededMessage(shardId, name, accountId)),

  iteratorInvalid: () => new AwsError('InvalidArgumentException', 'Invalid ShardIterator.'),

  iteratorExpired: (issuedAtMs: number, nowMs: number, lifeMs: number) =>
    new AwsError(
      'ExpiredIteratorException',
      `Iterator expired. The iterator was created at time ${amazonDate(issuedAtMs)} while right now it is ` +
        `${amazonDate(nowMs)} which is further in the future than the tolerated delay of ${lifeMs} milliseconds.`,
    ),

  tokenExpired: () => new AwsError('ExpiredNextTokenException', 'The provided NextToken has expired.'),

  tokenInvalid: () => new AwsError('InvalidArgumentException', 'NextToken is invalid.'),
} as const;

export function rateExceededMessage(shardId: string, name: string, accountId: string): string {
  return `Rate exceeded for shard ${shardId} in stream ${name} under account ${accountId}.`;
}

/** `Mon Mar 02 07:00:00 UTC 2026` */
function amazonDate(atMs: number): string {
  const [weekday, day, month, year, time] = new Date(atMs).toUTCString().replace(',', '').split(' ');
  return `${weekday} ${month} ${day} ${time} UTC ${year}`;
}
