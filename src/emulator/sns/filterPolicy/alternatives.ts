/**
 * A policy without its `$or`: the alternatives written out, each a tree of keys that must all be met.
 *
 * Written out because a choice made for one key binds the others: keys of an object in an array must be met by the
 * same element, whichever `$or` they come from. `limits.ts` keeps their number at 150.
 */
import type { Condition } from './condition.ts';
import { refusal } from './errors.ts';
import { maxCombinations } from './limits.ts';
import type { Rule, Rules } from './rules.ts';

/** A step of a path: what must hold for the values there, and for the properties of the objects there. */
export interface KeyNode {
  readonly conditions: readonly Condition[] | null;
  readonly children: ReadonlyMap<string, KeyNode>;
}

/** Paths of an alternative, with dots between the steps. */
type Paths = ReadonlyMap<string, readonly Condition[]>;

/** Nothing but names: policies over attributes have no nesting, and a dot is a character of the name. */
export function attributeAlternatives(rules: Rules): readonly KeyNode[] {
  return expand(rules, '').map((paths) => toTree(paths, (path) => [path]));
}

/** SNS joins nested keys with dots before it compares, so `a.b` is also the `b` in `a`, in policy and message. */
export function bodyAlternatives(rules: Rules): readonly KeyNode[] {
  return expand(rules, '').map((paths) => toTree(paths, (path) => path.split('.')));
}

function expand(rules: Rules, prefix: string): readonly Paths[] {
  let alternatives: readonly Paths[] = [new Map()];
  for (const rule of rules) alternatives = cross(alternatives, pathsOf(rule, prefix));
  return alternatives;
}

function pathsOf(rule: Rule, prefix: string): readonly Paths[] {
  switch (rule.kind) {
    case 'key':
      return [new Map([[prefix + rule.name, rule.conditions]])];
    case 'nested':
      return expand(rule.rules, `${prefix}${rule.name}.`);
    case 'or':
      return rule.alternatives.flatMap((alternative) => expand(alternative, prefix));
  }
}

function cross(left: readonly Paths[], right: readonly Paths[]): readonly Paths[] {
  return left.flatMap((paths) => right.map((others) => merge(paths, others)));
}

function merge(left: Paths, right: Paths): Paths {
  for (const path of right.keys()) {
    if (left.has(path)) throw refusal(`Path \`${path}\` cannot be allowed multiple times`);
  }
  return new Map([...left, ...right]);
}

interface GrowingNode extends KeyNode {
  conditions: readonly Condition[] | null;
  readonly children: Map<string, GrowingNode>;
}

function toTree(paths: Paths, stepsOf: (path: string) => readonly string[]): KeyNode {
  const root: GrowingNode = { conditions: null, children: new Map() };
  for (const [path, conditions] of paths) {
    const steps = stepsOf(path);
    // Dots nest as braces do, and matching goes as deep as the tree.
    if (steps.length > maxCombinations) throw refusal('Filter policy is too complex');
    let node = root;
    for (const step of steps) {
      const child = node.children.get(step) ?? { conditions: null, children: new Map<string, GrowingNode>() };
      node.children.set(step, child);
      node = child;
    }
    node.conditions = conditions;
  }
  return root;
}
