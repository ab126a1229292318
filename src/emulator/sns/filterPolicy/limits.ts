/** How large a filter policy may be, counted the way AWS documents. */
import type { Condition } from './condition.ts';
import { refusal } from './errors.ts';
import type { Rule, Rules } from './rules.ts';

export const maxBytes = 262_144;
export const maxCombinations = 150;
const maxKeys = 5;
const maxWildcardsPerPattern = 3;
const maxWildcardPoints = 100;

/** @throws FilterPolicyError for the first limit that is passed */
export function checkLimits(rules: Rules): void {
  // First, because it bounds how many paths there are to write out.
  if (combinations(rules, 1) > maxCombinations) throw refusal('Filter policy is too complex');
  const keys = keysOf(rules, '');
  if (new Set(keys.map(({ path }) => path)).size > maxKeys) {
    throw refusal(`Filter policy can not have more than ${maxKeys} keys`);
  }
  const tooManyWildcards = refusal('Rule is too complex - try using fewer wildcard characters');
  let points = 0;
  for (const { conditions } of keys) {
    const counts = conditions.flatMap(wildcardsOf);
    if (counts.some((count) => count > maxWildcardsPerPattern)) throw tooManyWildcards;
    points += wildcardPoints(counts);
  }
  if (points > maxWildcardPoints) throw tooManyWildcards;
}

interface Key {
  readonly path: string;
  readonly conditions: readonly Condition[];
}

/** The keys with conditions; one that only holds others is not counted, one in several alternatives comes often. */
function keysOf(rules: Rules, prefix: string): readonly Key[] {
  return rules.flatMap((rule) => keysOfRule(rule, prefix));
}

function keysOfRule(rule: Rule, prefix: string): readonly Key[] {
  switch (rule.kind) {
    case 'key':
      return [{ path: prefix + rule.name, conditions: rule.conditions }];
    case 'nested':
      return keysOf(rule.rules, `${prefix}${rule.name}.`);
    case 'or':
      return rule.alternatives.flatMap((alternative) => keysOf(alternative, prefix));
  }
}

/** Keys multiply, each with its conditions times its level; alternatives add up. */
function combinations(rules: Rules, level: number): number {
  return rules.reduce((product, rule) => product * factor(rule, level), 1);
}

function factor(rule: Rule, level: number): number {
  switch (rule.kind) {
    case 'key':
      return rule.conditions.length * level;
    case 'nested':
      return combinations(rule.rules, level + 1);
    case 'or':
      return rule.alternatives.reduce((sum, alternative) => sum + combinations(alternative, level), 0);
  }
}

function wildcardsOf(condition: Condition): readonly number[] {
  return condition.kind === 'wildcard' || condition.kind === 'anything-but-wildcard'
    ? [condition.pattern.wildcards]
    : [];
}

/** A lone `*` is one point and one of several three; a key has the points of its patterns times their number. */
function wildcardPoints(counts: readonly number[]): number {
  const points = counts.reduce((sum, count) => sum + (count > 1 ? 3 * count : count), 0);
  return points * counts.length;
}
