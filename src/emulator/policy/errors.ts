/** What a text that is no policy answers with. Not an answer of a service: each has its own words around the reason. */

/** The message names the place first, as in `Statement 2: Missing required field Effect`. */
export class PolicyError extends Error {
  /** @param where the element at fault; empty for the document as a whole */
  constructor(where: string, reason: string) {
    super(where === '' ? reason : `${where}: ${reason}`);
    this.name = 'PolicyError';
  }
}

/** Services tell a principal that is none from everything else that is wrong with a policy. */
export class InvalidPrincipal extends PolicyError {
  /** @param written as the policy has it */
  constructor(where: string, written: string) {
    super(where, `Invalid principal in policy: ${written}`);
    this.name = 'InvalidPrincipal';
  }
}
