/** SNS subscription filter policies: which messages a subscription gets. Pure; no topics, no deliveries, no counting. */
export { type FilterableAttribute, hasMalformedAttribute, matchesAttributes } from './attributes.ts';
export { matchesBody } from './body.ts';
export { FilterPolicyError } from './errors.ts';
export { type FilterPolicy, type FilterPolicyScope, parseFilterPolicy } from './parse.ts';
