/**
 * AddPermission and RemovePermission: statements by label in a queue's policy, as the service writes them.
 *
 * Not here: what a policy allows (../policy).
 */
import { partitionIn, rootArn } from '../arns.ts';
import { invalidAttributeValue, invalidValue, missingParameter, overLimit } from './errors.ts';

/** What a label may hold. */
const labelForm = /^[\w-]{1,80}$/;
const mostActions = 7;
const mostStatements = 20;
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

/** As the API's reference lists them; whatever else is named is no action at all. */
const ownersAlone = new Set([
  'AddPermission',
  'CancelMessageMoveTask',
  'CreateQueue',
  'DeleteQueue',
  'ListMessageMoveTasks',
  'ListQueues',
  'ListQueueTags',
  'RemovePermission',
  'SetQueueAttributes',
  'StartMessageMoveTask',
  'TagQueue',
  'UntagQueue',
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
    const reason = ownersAlone.has(unknown)
      ? 'Only the queue owner is allowed to invoke this action'
      : 'Please refer to the appropriate WSDL for a list of valid actions';
    throw invalidValue('ActionName', `SQS:${unknown.slice(0, 80)}`, reason);
  }
  // Those that can be are enough: the others are left out.
  const principals = accountIds.filter((id) => /^\d{12}$/.test(id));
  if (principals.length === 0) {
    throw invalidValue('PrincipalId', `[${accountIds.join(', ')}]`, 'Unable to verify principal');
  }
  const document = policy === null ? null : read(policy);
  if (document?.Statement.some(({ Sid }) => Sid === label)) throw invalidValue('Label', label, 'Already exists');
  const statements = (document?.Statement.length ?? 0) + 1;
  if (statements > mostStatements)
    throw overLimit(`${statements} Statements were found, maximum allowed is ${mostStatements}.`);
  const partition = partitionIn(queueArn);
  const statement = {
    Sid: label,
    Effect: 'Allow',
    Principal: { AWS: oneOrMany(principals.map((id) => rootArn(partition, id))) },
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
