/**
 * AddPermission and RemovePermission: statements by label in a queue's policy, as the service writes them.
 *
 * Not here: what a policy allows (../policy).
 */
import { partitionIn, rootArn } from '../arns.ts';
import { invalidAttributeValue, invalidParameter, invalidValue, missingParameter, overLimit } from './errors.ts';

/** What a label may hold. */
const labelForm = /^[\w-]{1,80}$/;
const mostActions = 7;
/** Everything else is the owner's alone. */
const shareable = new Set([
  '*',
  'SendMessage',
  'ReceiveMessage',
  'DeleteMessage',
  'ChangeMessageVisibility',
  'GetQueueAttributes',
  'GetQueueUrl',
  'ListDeadLetterSourceQueues',
  'PurgeQueue',
]);

export interface Permission {
  readonly label: string;
  readonly accountIds: readonly string[];
  readonly actions: readonly string[];
}

interface PolicyDocument {
  readonly Version: string;
  readonly Id?: string;
  readonly Statement: readonly { readonly Sid?: string }[];
}

/**
 * @param policy the queue's, or null
 * @returns the policy with a statement more
 * @throws AwsError InvalidParameterValue, MissingParameter, OverLimit
 */
export function withPermission(policy: string | null, queueArn: string, permission: Permission): string {
  const { label, accountIds, actions } = permission;
  if (!labelForm.test(label)) {
    throw invalidValue(
      'Label',
      label,
      'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
    );
  }
  if (actions.length === 0) throw missingParameter('Actions');
  if (accountIds.length === 0) throw missingParameter('PrincipalId');
  if (actions.length > mostActions)
    throw overLimit(`${actions.length} Actions were found, maximum allowed is ${mostActions}.`);
  const unknown = actions.find((action) => !shareable.has(action));
  if (unknown !== undefined) {
    throw invalidParameter(
      `Value SQS:${unknown.slice(0, 80)} for parameter ActionName is invalid. Reason: Only the queue owner is allowed to invoke this action.`,
    );
  }
  const nobody = accountIds.find((id) => !/^\d{12}$/.test(id));
  if (nobody !== undefined) {
    throw invalidParameter(
      `Value [${nobody.slice(0, 80)}] for parameter PrincipalId is invalid. Reason: Unable to verify.`,
    );
  }
  const document = policy === null ? null : read(policy);
  if (document?.Statement.some(({ Sid }) => Sid === label)) throw invalidValue('Label', label, 'Already exists');
  const partition = partitionIn(queueArn);
  const statement = {
    Sid: label,
    Effect: 'Allow',
    Principal: { AWS: oneOrMany(accountIds.map((id) => rootArn(partition, id))) },
    Action: oneOrMany(actions.map((action) => `SQS:${action}`)),
    Resource: queueArn,
  };
  return JSON.stringify({
    ...(document ?? { Version: '2008-10-17', Id: `${queueArn}/SQSDefaultPolicy` }),
    Statement: [...(document?.Statement ?? []), statement],
  });
}

/**
 * @returns the policy without that statement; null when none is left
 * @throws AwsError InvalidParameterValue when there is no such statement
 */
export function withoutPermission(policy: string | null, label: string): string | null {
  const document = policy === null ? null : read(policy);
  if (document === null) throw invalidValue('Label', label, "can't find label");
  const Statement = document.Statement.filter(({ Sid }) => Sid !== label);
  if (Statement.length === document.Statement.length) {
    throw invalidValue('Label', label, "can't find label on existing policy");
  }
  return Statement.length === 0 ? null : JSON.stringify({ ...document, Statement });
}

const oneOrMany = (values: readonly string[]): string | readonly string[] =>
  values.length === 1 ? values[0]! : values;

/** The queue's policy was checked when it was set; only its one statement may stand without a list. */
function read(policy: string): PolicyDocument {
  try {
    const parsed = JSON.parse(policy) as PolicyDocument;
    const { Statement } = parsed;
    return { ...parsed, Statement: Array.isArray(Statement) ? Statement : [Statement] };
  } catch {
    throw invalidAttributeValue('Policy');
  }
}
