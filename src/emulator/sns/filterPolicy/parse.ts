/** From the text of the FilterPolicy attribute to a policy that messages can be held against. */
import { jsonProblem } from '../jsonProblem.ts';
import { attributeAlternatives, bodyAlternatives, type KeyNode } from './alternatives.ts';
import { FilterPolicyError, refusal } from './errors.ts';
import { checkLimits, maxBytes } from './limits.ts';
import { locationText } from './location.ts';
import { parseRules } from './rules.ts';
import { isObject } from './values.ts';

export type FilterPolicyScope = 'MessageAttributes' | 'MessageBody';

export interface FilterPolicy {
  readonly scope: FilterPolicyScope;
  /** A message passes when it meets one of them. Of an empty policy there are none, and everything passes. */
  readonly alternatives: readonly KeyNode[];
}

/**
 * Reads and checks a policy: JSON, operators, five keys, 150 combinations, 256 KB, and no nesting for attributes.
 * @throws FilterPolicyError in the words of AWS as far as they are known
 */
export function parseFilterPolicy(text: string, scope: FilterPolicyScope): FilterPolicy {
  if (Buffer.byteLength(text, 'utf8') > maxBytes) throw refusal(`Filter policy is larger than ${maxBytes} bytes`);
  const policy = parseJson(text);
  if (isObject(policy) && Object.keys(policy).length === 0) return { scope, alternatives: [] };

  const rules = located(policy, () => {
    if (!isObject(policy)) throw refusal('Filter is not an object', 'start');
    return parseRules(policy);
  });
  const ofAttributes = scope === 'MessageAttributes';
  if (ofAttributes && isNested(rules)) {
    throw new FilterPolicyError('Filter policy scope MessageAttributes does not support nested filter policy');
  }
  checkLimits(rules);
  return { scope, alternatives: ofAttributes ? attributeAlternatives(rules) : bodyAlternatives(rules) };
}

function isNested(rules: ReturnType<typeof parseRules>): boolean {
  return rules.some((rule) => rule.kind === 'nested' || (rule.kind === 'or' && rule.alternatives.some(isNested)));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refusal('failed to parse JSON.').at(jsonProblem(text));
  }
}

function located<T>(policy: unknown, read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    if (!(thrown instanceof FilterPolicyError) || thrown.place === null) throw thrown;
    throw thrown.at(locationText(policy, thrown.place));
  }
}
