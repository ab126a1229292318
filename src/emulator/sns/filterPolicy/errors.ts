/** The one way a filter policy is refused. Not an AWS error yet: only the caller knows which action was asked. */

/**
 * A policy that AWS would not accept. The message starts where the two actions agree: Subscribe says
 * `Invalid parameter: Attributes Reason: ` before it, SetSubscriptionAttributes `Invalid parameter: `.
 */
export class FilterPolicyError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FilterPolicyError';
  }
}

/** For everything the policy's own text is wrong about. */
export function refusal(reason: string): FilterPolicyError {
  return new FilterPolicyError(`FilterPolicy: ${reason}`);
}
