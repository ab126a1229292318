/** The one way a filter policy is refused. Not an AWS error yet: only the caller knows which action was asked. */

/** How far into a value the policy was read when it was refused: to its beginning, or to its end. */
export type ReadTo = 'start' | 'end';

/** A value of the policy by the keys and indices that lead to it. */
export interface Place {
  readonly path: readonly (string | number)[];
  readonly readTo: ReadTo;
}

/**
 * A policy that AWS would not accept. The message starts where the two actions agree: Subscribe says
 * `Invalid parameter: Attributes Reason: ` before it, SetSubscriptionAttributes `Invalid parameter: `.
 */
export class FilterPolicyError extends Error {
  /** Null for what is wrong with the policy as a whole. */
  readonly place: Place | null;
  /** What AWS says behind the message: where it was in the policy. */
  readonly where: string;

  constructor(message: string, place: Place | null = null, where = '') {
    super(message);
    this.name = 'FilterPolicyError';
    this.place = place;
    this.where = where;
  }

  /** The same, of a value that is one step further down. */
  below(step: string | number): FilterPolicyError {
    const { message, place } = this;
    return place === null ? this : new FilterPolicyError(message, { ...place, path: [step, ...place.path] });
  }

  at(where: string): FilterPolicyError {
    return new FilterPolicyError(this.message, this.place, where);
  }
}

/** For everything the policy's own text is wrong about. @param readTo of the value that is being read */
export function refusal(reason: string, readTo?: ReadTo): FilterPolicyError {
  return new FilterPolicyError(`FilterPolicy: ${reason}`, readTo === undefined ? null : { path: [], readTo });
}

/** Reads a value that is inside of another one. @throws FilterPolicyError with its place in the other one */
export function within<T>(step: string | number, read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    throw thrown instanceof FilterPolicyError ? thrown.below(step) : thrown;
  }
}
