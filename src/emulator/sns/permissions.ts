/**
 * AddPermission and RemovePermission: statements by label in a topic's policy, as the service writes them.
 *
 * Not here: what a policy allows (../policy).
 */
import { partitionIn, rootArn } from '../arns.ts';
import { invalidParameter } from './errors.ts';

/** What can be shared; everything else is the owner's alone. */
export const shareable: ReadonlySet<string> = new Set([
  'Publish',
  'RemovePermission',
  'SetTopicAttributes',
  'DeleteTopic',
  'ListSubscriptionsByTopic',
  'GetTopicAttributes',
  'Receive',
  'AddPermission',
  'Subscribe',
  'ListTagsForResource',
  'GetDataProtectionPolicy',
  'PutDataProtectionPolicy',
]);

interface PolicyDocument {
  readonly Statement: readonly { readonly Sid?: string }[];
}

/** @throws AwsError InvalidParameter */
export function withPermission(
  policy: string | null,
  topicArn: string,
  permission: { readonly label: string; readonly accountIds: readonly string[]; readonly actions: readonly string[] },
): string {
  const { label, accountIds, actions } = permission;
  if (label.length < 1 || label.length > 80) throw invalidParameter('Label');
  if (accountIds.length === 0 || !accountIds.every((id) => /^\d{12}$/.test(id))) {
    throw invalidParameter('A provided account ID is not valid');
  }
  if (actions.length === 0 || !actions.every((action) => shareable.has(action))) {
    throw invalidParameter('Policy statement action out of service scope!');
  }
  const document = policy === null ? null : read(policy);
  if (document?.Statement.some(({ Sid }) => Sid === label)) throw invalidParameter('Statement already exists');
  const partition = partitionIn(topicArn);
  const statement = {
    Sid: label,
    Effect: 'Allow',
    Principal: { AWS: oneOrMany(accountIds.map((id) => rootArn(partition, id))) },
    Action: oneOrMany(actions.map((action) => `SNS:${action}`)),
    Resource: topicArn,
  };
  return JSON.stringify({
    ...(document ?? { Version: '2008-10-17', Id: '__default_policy_ID' }),
    Statement: [...(document?.Statement ?? []), statement],
  });
}

/** A label that is not there is removed already. @returns null when no statement is left */
export function withoutPermission(policy: string | null, label: string): string | null {
  if (policy === null) return null;
  const document = read(policy);
  const Statement = document.Statement.filter(({ Sid }) => Sid !== label);
  return Statement.length === 0 ? null : JSON.stringify({ ...document, Statement });
}

const oneOrMany = (values: readonly string[]): string | readonly string[] =>
  values.length === 1 ? values[0]! : values;

/** The policy was checked when it was set; only its one statement may stand without a list. */
function read(policy: string): PolicyDocument {
  const parsed = JSON.parse(policy) as { Statement: PolicyDocument['Statement'] | { Sid?: string } };
  const { Statement } = parsed;
  return { ...parsed, Statement: Array.isArray(Statement) ? Statement : [Statement as { Sid?: string }] };
}
