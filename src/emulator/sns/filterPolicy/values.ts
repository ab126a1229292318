/** JSON values as policies and messages hold them: telling them apart, and taking arrays apart. Nothing is compared here. */

/** What a condition can be held against. */
export type Scalar = string | number | boolean | null;

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isScalar(value: unknown): value is Scalar {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/**
 * Adds a value to `into`, or, for an array, everything in it that is not an array itself, in no particular order.
 * Keeps its own stack: a message may nest arrays deeper than calls can.
 */
export function addElements(value: unknown, into: unknown[]): void {
  if (!Array.isArray(value)) {
    into.push(value);
    return;
  }
  const pending: unknown[][] = [value];
  for (let array = pending.pop(); array !== undefined; array = pending.pop()) {
    for (const element of array) {
      if (Array.isArray(element)) pending.push(element);
      else into.push(element);
    }
  }
}
