/** A policy once read, and the counts that services limit. */
import type { Condition } from './conditions.ts';
import type { Template } from './pattern.ts';
import type { Principals } from './principals.ts';

export interface Policy {
  readonly version: '2008-10-17' | '2012-10-17';
  readonly id: string | null;
  /** At least one. */
  readonly statements: readonly Statement[];
}

export interface Statement {
  readonly sid: string | null;
  readonly effect: 'Allow' | 'Deny';
  readonly principals: Principals;
  /** In lower case: action names have none of their own. */
  readonly actions: Patterns;
  /** null: none named, so whatever the policy is attached to. */
  readonly resources: Patterns | null;
  /** All of them have to hold. */
  readonly conditions: readonly Condition[];
}

export interface Patterns {
  /** NotAction and NotResource: everything but these. */
  readonly negated: boolean;
  readonly templates: readonly Template[];
}

export interface PolicyCounts {
  readonly statements: number;
  /** Of all statements, one named twice counted twice. */
  readonly principals: number;
  /** Of all statements: each key below each operator. */
  readonly conditions: number;
  /** Of the statement that has most. */
  readonly actionsPerStatement: number;
}

/** For the quotas of a service; the number of bytes is a matter of the text. */
export function policyCounts({ statements }: Policy): PolicyCounts {
  const sum = (count: (statement: Statement) => number): number =>
    statements.reduce((total, statement) => total + count(statement), 0);
  return {
    statements: statements.length,
    principals: sum(({ principals }) => principals.count),
    conditions: sum(({ conditions }) => conditions.length),
    actionsPerStatement: statements.reduce((most, { actions }) => Math.max(most, actions.templates.length), 0),
  };
}
