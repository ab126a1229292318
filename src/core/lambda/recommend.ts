/**
 * What the queue behind a function should be set to, so that retries do not overtake the first attempt.
 *
 * Recommendations, not limits: nothing refuses other values. Rules: docs/rules/lambda.md (LSQS-06).
 */
import { defaults } from '../defaults.ts';

const FUNCTION_TIMEOUTS = 6;

/**
 * Least visibility timeout: six times the function's timeout, and the time a batch is gathered (LSQS-06).
 *
 * @returns seconds; may lie above what a queue can be set to (12 h), which the caller has to say
 */
export function visibilityTimeoutAtLeastSeconds(
  functionTimeoutSeconds: number,
  maximumBatchingWindowSeconds: number = defaults['lambda.sqs.maximumBatchingWindowSeconds'],
): number {
  return FUNCTION_TIMEOUTS * functionTimeoutSeconds + maximumBatchingWindowSeconds;
}

/** Receives a message should be given before it is a dead letter (LSQS-06): throttled invokes count as receives too. */
export const MAX_RECEIVE_COUNT_AT_LEAST = defaults['lambda.sqs.maxReceiveCountAtLeast'];
