/**
 * What a policy says about a request. Not whether the request may go on: that is for the service, which also knows that
 * the owner of a resource needs no policy.
 */
import { holds } from './conditions.ts';
import { bindAll, matches } from './pattern.ts';
import type { Patterns, Policy, Statement } from './policy.ts';
import { includes } from './principals.ts';
import { type Context, contextOf, type PolicyRequest } from './request.ts';

/** `neutral`: no statement is about this request. */
export type Verdict = 'allow' | 'deny' | 'neutral';

/** One statement that denies outweighs all that allow, wherever it stands. */
export function evaluate(policy: Policy, request: PolicyRequest): Verdict {
  const context = contextOf(request);
  let verdict: Verdict = 'neutral';
  for (const statement of policy.statements) {
    if (!applies(statement, request, context)) continue;
    if (statement.effect === 'Deny') return 'deny';
    verdict = 'allow';
  }
  return verdict;
}

function applies(statement: Statement, request: PolicyRequest, context: Context): boolean {
  const { principals, actions, resources, conditions } = statement;
  return (
    includes(principals, request.principal, request.resource) &&
    covers(actions, request.action.toLowerCase(), context) &&
    (resources === null || covers(resources, request.resource, context)) &&
    conditions.every((condition) => holds(condition, context))
  );
}

/** A variable without a value takes the whole statement with it, so not even NotResource covers anything then. */
function covers({ negated, templates }: Patterns, text: string, context: Context): boolean {
  const patterns = bindAll(templates, context);
  return patterns?.some((pattern) => matches(pattern, text)) === !negated;
}
