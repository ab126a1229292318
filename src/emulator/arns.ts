/**
 * ARNs of the emulator's own things, and the partition that each one begins with: a Region's, for China and GovCloud are AWS clouds of
 * their own.
 *
 * Made once for each queue, topic and stream, never for each request. Not here: reading somebody else's ARN, which each service does in
 * its own words (sns/arns.ts, sqs/redrive.ts).
 */

/** By the beginning of a Region's name. No other Region of `aws` begins like one of these. */
const partitions: readonly (readonly [beginning: string, partition: string])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
  ['eu-isoe-', 'aws-iso-e'],
  ['us-isof-', 'aws-iso-f'],
  ['eusc-', 'aws-eusc'],
];

/** `cn-north-1` -> `aws-cn`; `aws` for every Region that is of no other partition, also for one that does not exist. */
export function partitionOf(region: string): string {
  return partitions.find(([beginning]) => region.startsWith(beginning))?.[1] ?? 'aws';
}

export interface Place {
  readonly region: string;
  readonly accountId: string;
}

/** @param resource what comes behind the account, e.g. `stream/clicks` */
export function arnOf(service: string, { region, accountId }: Place, resource: string): string {
  return `arn:${partitionOf(region)}:${service}:${region}:${accountId}:${resource}`;
}

/** Who an account is in answers and policies. IAM has no Region, but a partition. */
export function rootArn(partition: string, accountId: string): string {
  return `arn:${partition}:iam::${accountId}:root`;
}

/** `arn:aws-cn:sqs:cn-north-1:...` -> `aws-cn` */
export function partitionIn(arn: string): string {
  return arn.split(':', 2)[1] ?? '';
}
