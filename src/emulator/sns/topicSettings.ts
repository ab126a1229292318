/**
 * Attributes of a topic that can be set: their checks, and what GetTopicAttributes shows of them.
 *
 * Kept as the texts they came as; what acts on them is read from here by name. Not here: counts and ARN (actions/getTopicAttributes.ts).
 */
import { PolicyError, parsePolicy, policyCounts } from '../policy/index.ts';
import { parseDeliveryPolicy } from './deliveryPolicy.ts';
import { invalidParameter } from './errors.ts';

export type TopicSettings = ReadonlyMap<string, string>;

export const defaultMaximumMessageSizeBytes = 262_144;
const mostMessageSizeBytes = 1_048_576;
const mostPolicyBytes = 30_720;
const mostPolicyStatements = 100;

type Check = (text: string) => void;

const oneOf =
  (name: string, allowed: readonly string[]): Check =>
  (text) => {
    if (!allowed.includes(text)) throw invalidParameter(`${name} Reason: ${name} must be one of ${allowed.join(', ')}`);
  };
const anything: Check = () => {};

const feedback = ['HTTP', 'Firehose', 'Lambda', 'Application', 'SQS'].flatMap((kind): [string, Check][] => [
  [`${kind}SuccessFeedbackRoleArn`, anything],
  [`${kind}FailureFeedbackRoleArn`, anything],
  [
    `${kind}SuccessFeedbackSampleRate`,
    (text) => {
      if (!/^(100|\d{1,2})$/.test(text)) throw invalidParameter(`${kind}SuccessFeedbackSampleRate`);
    },
  ],
]);

const checks: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['Policy', checkPolicy],
  [
    'DisplayName',
    (text) => {
      if (text.length > 100)
        throw invalidParameter('DisplayName Reason: DisplayName must be at most 100 characters long');
    },
  ],
  [
    'DeliveryPolicy',
    (text) => {
      if (text !== '') parseDeliveryPolicy(text, 'topic');
    },
  ],
  ['KmsMasterKeyId', anything],
  ['TracingConfig', oneOf('TracingConfig', ['PassThrough', 'Active'])],
  ['SignatureVersion', oneOf('SignatureVersion', ['1', '2'])],
  [
    'MaximumMessageSize',
    (text) => {
      const bytes = /^\d{1,8}$/.test(text) ? Number(text) : Number.NaN;
      if (!(bytes >= 1_024 && bytes <= mostMessageSizeBytes)) {
        throw invalidParameter(`MaximumMessageSize Reason: must be between 1024 and ${mostMessageSizeBytes}`);
      }
    },
  ],
  ...feedback,
]);

const fifoChecks: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['ContentBasedDeduplication', oneOf('ContentBasedDeduplication', ['true', 'false'])],
  ['FifoThroughputScope', oneOf('FifoThroughputScope', ['Topic', 'MessageGroup'])],
  ['ArchivePolicy', checkArchivePolicy],
]);

/** What a topic has that nobody set. */
export function defaultTopicSettings(topicArn: string, accountId: string, fifo: boolean): TopicSettings {
  return new Map([
    ['Policy', defaultPolicy(topicArn, accountId)],
    ['DisplayName', ''],
    ...(fifo
      ? ([
          ['FifoTopic', 'true'],
          ['ContentBasedDeduplication', 'false'],
          ['FifoThroughputScope', 'Topic'],
        ] as const)
      : []),
  ]);
}

/**
 * Settings after a request, the given ones left alone; an empty text takes an attribute away.
 *
 * @throws AwsError InvalidParameter for an attribute that is unknown, cannot be set, or has no such value
 */
export function changedTopicSettings(before: TopicSettings, request: Readonly<Record<string, string>>): TopicSettings {
  const fifo = before.get('FifoTopic') === 'true';
  const after = new Map(before);
  for (const [name, text] of Object.entries(request)) {
    const check = checks.get(name) ?? (fifo ? fifoChecks.get(name) : undefined);
    if (check === undefined) throw invalidParameter(`AttributeName`);
    if (text === '' && name !== 'DisplayName') {
      after.delete(name);
      continue;
    }
    check(text);
    after.set(name, text);
  }
  return after;
}

export function maximumMessageSizeBytes(settings: TopicSettings): number {
  return Number(settings.get('MaximumMessageSize') ?? defaultMaximumMessageSizeBytes);
}

/** Days a FIFO topic keeps what was published; null without an archive. */
export function archiveDays(settings: TopicSettings): number | null {
  const text = settings.get('ArchivePolicy');
  return text === undefined
    ? null
    : Number((JSON.parse(text) as { MessageRetentionPeriod: string }).MessageRetentionPeriod);
}

function checkPolicy(text: string): void {
  if (Buffer.byteLength(text, 'utf8') > mostPolicyBytes) throw invalidParameter('Policy Reason: Policy is too long');
  try {
    const policy = parsePolicy(text);
    if (policyCounts(policy).statements > mostPolicyStatements) {
      throw invalidParameter(`Policy Reason: more than ${mostPolicyStatements} statements`);
    }
  } catch (thrown) {
    if (thrown instanceof PolicyError) throw invalidParameter(`Policy Error: ${thrown.message}`);
    throw thrown;
  }
}

function checkArchivePolicy(text: string): void {
  const days = readRetention(text);
  if (days === null || days < 1 || days > 365) {
    throw invalidParameter('ArchivePolicy Reason: MessageRetentionPeriod must be a whole number of days from 1 to 365');
  }
}

function readRetention(text: string): number | null {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null || !Object.hasOwn(parsed, 'MessageRetentionPeriod')) return null;
    const days = Number((parsed as { MessageRetentionPeriod: unknown }).MessageRetentionPeriod);
    return Number.isInteger(days) ? days : null;
  } catch {
    return null;
  }
}

/** As the service writes it: everything for the owner, nothing for others. */
function defaultPolicy(topicArn: string, accountId: string): string {
  return JSON.stringify({
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [
          'SNS:GetTopicAttributes',
          'SNS:SetTopicAttributes',
          'SNS:AddPermission',
          'SNS:RemovePermission',
          'SNS:DeleteTopic',
          'SNS:Subscribe',
          'SNS:ListSubscriptionsByTopic',
          'SNS:Publish',
        ],
        Resource: topicArn,
        Condition: { StringEquals: { 'AWS:SourceOwner': accountId } },
      },
    ],
  });
}
