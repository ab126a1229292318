/** A policy's JSON read as it is nested: keys with conditions, keys with more keys, and `$or`. Limits: `limits.ts`. */
import { type Condition, parseCondition } from './condition.ts';
import { refusal, within } from './errors.ts';
import { maxCombinations } from './limits.ts';
import { isObject, type JsonObject } from './values.ts';

/** All of them must be met. */
export type Rules = readonly Rule[];

export type Rule =
  | { readonly kind: 'key'; readonly name: string; readonly conditions: readonly Condition[] }
  | { readonly kind: 'nested'; readonly name: string; readonly rules: Rules }
  /** One of them must be met. */
  | { readonly kind: 'or'; readonly alternatives: readonly Rules[] };

/** Names that an object of an `$or` may not have as a key; with one of them, `$or` is a key like any other. */
const reservedNames: ReadonlySet<string> = new Set([
  ...['exactly', 'prefix', 'suffix', 'equals-ignore-case', 'wildcard', 'anything-but', 'exists', 'numeric', 'cidr'],
  ...['=', '<', '<=', '>', '>=', 'regex', 'not-wildcard', 'not-equals-ignore-case', 'in-date-range'],
  ...['date-after', 'date-on-or-after', 'date-before', 'date-on-or-before'],
  ...['ip-address-in-range', 'ip-address-not-in-range'],
]);

/** @throws FilterPolicyError */
export function parseRules(policy: JsonObject): Rules {
  return readRules(policy, 1);
}

function readRules(object: JsonObject, level: number): Rules {
  // A key counts as often as it is deep, and an alternative at least once, so anything deeper is over that limit.
  if (level > maxCombinations) throw refusal('Filter policy is too complex');
  const entries = Object.entries(object);
  if (entries.length === 0) throw refusal('Empty objects are not allowed', 'end');
  return entries.map(([name, value]) => within(name, () => readRule(name, value, level)));
}

function readRule(name: string, value: unknown, level: number): Rule {
  if (name === '$or' && isAlternatives(value)) {
    const alternatives = value.map((alternative, index) => within(index, () => readRules(alternative, level + 1)));
    return { kind: 'or', alternatives };
  }
  if (isObject(value)) return { kind: 'nested', name, rules: readRules(value, level + 1) };
  if (!Array.isArray(value)) throw refusal(`"${name}" must be an object or an array`, 'start');
  if (value.length === 0) throw refusal('Empty arrays are not allowed', 'end');
  return { kind: 'key', name, conditions: value.map((one, index) => within(index, () => parseCondition(one))) };
}

function isAlternatives(value: unknown): value is readonly JsonObject[] {
  return (
    Array.isArray(value) &&
    value.length >= 2 &&
    value.every((entry) => isObject(entry) && !Object.keys(entry).some((name) => reservedNames.has(name)))
  );
}
