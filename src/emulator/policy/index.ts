/** Resource policies: read one, count what services limit, ask it about a request. */
export { InvalidPrincipal, PolicyError } from './errors.ts';
export { evaluate, type Verdict } from './evaluate.ts';
export { parsePolicy } from './parse.ts';
export { type Policy, type PolicyCounts, policyCounts } from './policy.ts';
export { type Caller, type PolicyRequest, unsignedContext } from './request.ts';
