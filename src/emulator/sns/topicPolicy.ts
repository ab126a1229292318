/**
 * What SNS asks of the policy of a topic beyond what every policy has to be: its size, its actions, its resource.
 *
 * Not here: asking it (../policy), statements by label (permissions.ts).
 */
import { InvalidPrincipal, type Policy, PolicyError, parsePolicy, policyCounts } from '../policy/index.ts';
import { invalidParameter } from './errors.ts';
import { shareable } from './permissions.ts';
import type { Topic } from './topic.ts';

const mostBytes = 30_720;
const mostStatements = 100;
const actionNames: ReadonlySet<string> = new Set([...shareable].map((name) => `sns:${name.toLowerCase()}`));

/** @throws AwsError InvalidParameter */
export function checkTopicPolicy(text: string): void {
  if (text === '') throw invalidParameter('Policy is empty');
  if (Buffer.byteLength(text, 'utf8') > mostBytes) throw invalidParameter('Policy Reason: Policy is too long');
  try {
    const policy = parsePolicy(text);
    if (policyCounts(policy).statements > mostStatements) {
      throw invalidParameter(`Policy Reason: more than ${mostStatements} statements`);
    }
  } catch (thrown) {
    if (thrown instanceof PolicyError) throw invalidParameter(`Policy Error: ${reasonOf(thrown)}`);
    throw thrown;
  }
  const { Statement } = JSON.parse(text) as { readonly Statement: WrittenStatement | readonly WrittenStatement[] };
  for (const statement of [Statement].flat() as readonly WrittenStatement[]) checkStatement(statement);
}

/** A principal that is none is one that AWS did not find; of everything else AWS says no more than this. */
const reasonOf = (error: PolicyError): string => (error instanceof InvalidPrincipal ? 'PrincipalNotFound' : 'null');

/** Asked with every publish, and set once in a long while. */
const read = new WeakMap<Topic, { readonly text: string; readonly policy: Policy }>();

/** @returns null for a topic that has none */
export function policyOf(topic: Topic): Policy | null {
  const text = topic.settings.get('Policy');
  if (text === undefined) return null;
  const known = read.get(topic);
  if (known?.text === text) return known.policy;
  const policy = parsePolicy(text);
  read.set(topic, { text, policy });
  return policy;
}

interface WrittenStatement {
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
}

/** A topic's policy names the actions one by one: AWS takes neither `*` nor `SNS:*`, nor what acts on something else. */
function checkStatement({ Action = [], NotAction = [], Resource = [] }: WrittenStatement): void {
  if (![Action, NotAction].flat().every(isOfTopics)) {
    throw invalidParameter('Policy statement action out of service scope!');
  }
  if ([Resource].flat().length > 1) throw invalidParameter('Policy statement must apply to a single resource!');
}

/** Part of a name and a wildcard may be, as in `SNS:Get*`. */
function isOfTopics(action: string): boolean {
  const name = action.toLowerCase();
  return actionNames.has(name) || (/^sns:.*[*?]/.test(name) && !/^sns:[*?]+$/.test(name));
}
