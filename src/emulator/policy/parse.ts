/** Reading the text of a policy. What it grants is evaluate.ts; how large it may be, each service knows. */
import { parseConditions } from './conditions.ts';
import { PolicyError } from './errors.ts';
import { compile } from './pattern.ts';
import type { Patterns, Policy, Statement } from './policy.ts';
import { parsePrincipals } from './principals.ts';
import { type Fields, listOf, quoted, readFields, readOptionalString, readPair, readStrings } from './reading.ts';

const policyFields = ['Version', 'Id', 'Statement'];
const statementFields = [
  'Sid',
  'Effect',
  ...['Principal', 'NotPrincipal'],
  ...['Action', 'NotAction'],
  ...['Resource', 'NotResource'],
  'Condition',
];

/**
 * The text as a policy of a resource, which unlike one of a user has to say whom each statement is about.
 *
 * @throws PolicyError with the first thing that is wrong, and where
 */
export function parsePolicy(text: string): Policy {
  const fields = readFields(parseJson(text), '', policyFields);
  const version = parseVersion(fields);
  const id = readOptionalString(fields, 'Id', '');
  if (!fields.has('Statement')) throw new PolicyError('', 'Missing required field Statement');
  const given = listOf(fields.get('Statement'));
  if (given.length === 0) throw new PolicyError('', 'Statement must hold at least one statement');
  const statements = given.map((statement, index) => parseStatement(statement, `Statement ${index + 1}`, version));

  const sids = statements.flatMap(({ sid }) => (sid === null ? [] : [sid]));
  if (new Set(sids).size < sids.length) {
    throw new PolicyError('', 'Statement IDs (SID) in a single policy must be unique');
  }
  return { version, id, statements };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PolicyError('', "Policies must be valid JSON and the first byte must be '{'");
  }
}

function parseVersion(fields: Fields): Policy['version'] {
  const version = fields.has('Version') ? fields.get('Version') : '2008-10-17';
  if (version === '2008-10-17' || version === '2012-10-17') return version;
  throw new PolicyError('', 'The policy must contain a valid version string: 2012-10-17 or 2008-10-17');
}

function parseStatement(value: unknown, where: string, version: Policy['version']): Statement {
  const fields = readFields(value, where, statementFields);
  const variables = version === '2012-10-17';
  const effect = parseEffect(fields, where);
  const principal = readPair(fields, 'Principal', where);
  if (principal === null) throw new PolicyError(where, 'Missing required field Principal');
  if (principal.negated && effect === 'Allow') {
    throw new PolicyError(where, 'Allow with NotPrincipal is not allowed');
  }
  return {
    sid: readOptionalString(fields, 'Sid', where),
    effect,
    principals: parsePrincipals(principal, where),
    actions: parseActions(fields, where),
    resources: parseResources(fields, where, variables),
    conditions: fields.has('Condition')
      ? parseConditions(fields.get('Condition'), `${where}, Condition`, variables)
      : [],
  };
}

function parseEffect(fields: Fields, where: string): Statement['effect'] {
  const effect = readOptionalString(fields, 'Effect', where);
  if (effect === 'Allow' || effect === 'Deny') return effect;
  throw new PolicyError(where, effect === null ? 'Missing required field Effect' : `Invalid effect: ${quoted(effect)}`);
}

function parseActions(fields: Fields, where: string): Patterns {
  const pair = readPair(fields, 'Action', where);
  const actions = pair === null ? [] : readStrings(pair.value, where, pair.name);
  if (pair === null || actions.length === 0) throw new PolicyError(where, 'Policy statement must contain actions');
  const templates = actions.map((action) => {
    if (action !== '*' && !/^[A-Za-z0-9-]+:[\w*?-]+$/.test(action)) {
      const reason = 'Actions/Conditions must be prefaced by a vendor, e.g., sqs, sns';
      throw new PolicyError(where, `${reason}: ${quoted(action)}`);
    }
    return compile(action.toLowerCase(), { wildcards: true, variables: false });
  });
  return { negated: pair.negated, templates };
}

function parseResources(fields: Fields, where: string, variables: boolean): Patterns | null {
  const pair = readPair(fields, 'Resource', where);
  if (pair === null) return null;
  const resources = readStrings(pair.value, where, pair.name);
  if (resources.length === 0) throw new PolicyError(where, 'Policy statement must contain resources');
  const templates = resources.flatMap((resource) => {
    if (resource !== '*' && !resource.startsWith('arn:')) {
      throw new PolicyError(where, `Resource ${quoted(resource)} must be in ARN format or "*"`);
    }
    return readings(resource).map((reading) => compile(reading, { wildcards: true, variables }));
  });
  return { negated: pair.negated, templates };
}

/**
 * `arn:aws:sqs` means `arn:aws:sqs:*:*:*`. With a wildcard, too few fields can also be meant as written, as in
 * `arn:aws:sqs:*:orders`, where the `*` stands for more than one.
 */
function readings(resource: string): readonly string[] {
  const missing = resource === '*' ? 0 : 6 - resource.split(':', 6).length;
  return missing === 0 ? [resource] : [resource, resource + ':*'.repeat(missing)];
}
