/** Policies and requests the tests start from: one queue of account 111111111111, and who might call. */
import { evaluate, type PolicyRequest, parsePolicy, type Verdict } from '../../../../src/emulator/policy/index.ts';

export const queueArn = 'arn:aws:sqs:us-east-1:111111111111:orders';

export const callers = {
  account: { kind: 'account', accountId: '222222222222' },
  otherAccount: { kind: 'account', accountId: '333333333333' },
  sns: { kind: 'service', service: 'sns.amazonaws.com' },
  nobody: { kind: 'anonymous' },
} as const;

export const statement = {
  Effect: 'Allow',
  Principal: { AWS: '222222222222' },
  Action: 'sqs:SendMessage',
  Resource: queueArn,
};

/** The statement with some of its elements exchanged; undefined takes one away. */
export function policyText(changes: Record<string, unknown> = {}, version = '2012-10-17'): string {
  return JSON.stringify({ Version: version, Statement: { ...statement, ...changes } });
}

export const request: PolicyRequest = {
  principal: callers.account,
  action: 'sqs:SendMessage',
  resource: queueArn,
  context: {},
};

export function verdict(text: string, changes: Partial<PolicyRequest> = {}): Verdict {
  return evaluate(parsePolicy(text), { ...request, ...changes });
}

/** Whether the Condition holds, asked by way of a statement that allows. */
export function conditionHolds(condition: unknown, context: PolicyRequest['context'], version?: string): boolean {
  return verdict(policyText({ Condition: condition }, version), { context }) === 'allow';
}
