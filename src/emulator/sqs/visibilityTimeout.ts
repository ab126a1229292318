/** The timeout that ChangeMessageVisibility and its batch are given. Not here: that of a receive, which is refused in other words. */
import { invalidValue } from './errors.ts';
import { maxVisibilityTimeoutSeconds } from './queue.ts';

/** @throws AwsError InvalidParameterValue; in a batch this fails the entry only */
export function checkedVisibilityTimeout(seconds: number): number {
  if (seconds >= 0 && seconds <= maxVisibilityTimeoutSeconds) return seconds;
  const reason = `VisibilityTimeout must be an integer between 0 and ${maxVisibilityTimeoutSeconds}`;
  throw invalidValue('VisibilityTimeout', seconds, reason);
}
