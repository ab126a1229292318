/** Holding values against the conditions of one key. Where the values come from: `attributes.ts`, `body.ts`. */
import { isInNetwork } from './cidr.ts';
import type { Condition } from './condition.ts';
import { isInRange, toSteps } from './numeric.ts';
import type { Scalar } from './values.ts';
import { matchesWildcard } from './wildcard.ts';

/**
 * How a part of a policy turned out. `absent` is the success that comes from keys not being there: alone it does not
 * make an empty message pass, and of an array it speaks for all elements where `matched` speaks for one.
 */
export type Outcome = 'matched' | 'absent' | 'failed';

/** Conditions are ORed, and so are values: one that meets one is enough. */
export function meet(conditions: readonly Condition[], values: readonly Scalar[]): Outcome {
  if (values.length === 0) {
    return conditions.some((condition) => condition.kind === 'exists' && !condition.expected) ? 'absent' : 'failed';
  }
  return conditions.some((condition) => values.some((value) => meets(condition, value))) ? 'matched' : 'failed';
}

/** Keys are ANDed. */
export function allOf(outcomes: Iterable<Outcome>): Outcome {
  let all: Outcome = 'absent';
  for (const outcome of outcomes) {
    if (outcome === 'failed') return 'failed';
    if (outcome === 'matched') all = 'matched';
  }
  return all;
}

function meets(condition: Condition, value: Scalar): boolean {
  switch (condition.kind) {
    case 'exactly':
      return value === condition.value;
    case 'numeric':
      return typeof value === 'number' && isInRange(condition.range, value);
    case 'exists':
      return condition.expected && value !== null && value !== '';
    case 'anything-but': {
      if (typeof value === 'string') return !condition.strings.has(value);
      const steps = typeof value === 'number' ? toSteps(value) : null;
      return steps === null || !condition.steps.has(steps);
    }
    // What is no string has no prefix, so it is anything but that.
    case 'anything-but-prefix':
      return typeof value !== 'string' || !value.startsWith(condition.text);
    case 'anything-but-wildcard':
      return typeof value !== 'string' || !matchesWildcard(condition.pattern, value);
    default:
      return typeof value === 'string' && meetsText(condition, value);
  }
}

type TextCondition = Extract<Condition, { kind: 'prefix' | 'suffix' | 'equals-ignore-case' | 'wildcard' | 'cidr' }>;

function meetsText(condition: TextCondition, value: string): boolean {
  switch (condition.kind) {
    case 'prefix':
      return value.startsWith(condition.text);
    case 'suffix':
      return value.endsWith(condition.text);
    case 'equals-ignore-case':
      return value.toLowerCase() === condition.lowerCase;
    case 'wildcard':
      return matchesWildcard(condition.pattern, value);
    case 'cidr':
      return isInNetwork(condition.network, value);
  }
}
