/**
 * ARNs of the emulator's own things; each begins with its Region's partition.
 *
 * Made once for each queue, topic and stream, never for each request. Not here: reading somebody else's ARN, which each service does in
 * its own words (sns/arns.ts, sqs/redrive.ts); which Region is of which partition (core/partitions.ts).
 */
import { partitionOf } from '../core/partitions.ts';

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
