/**
 * Attributes of a topic that can be set: their checks, and what GetTopicAttributes shows of them.
 *
 * Kept as the texts they came as; what acts on them is read from here by name, but for the delivery policy, which is kept read as well. Not here: counts and ARN (actions/getTopicAttributes.ts).
 */
import { type DeliveryPolicyParts, parseDeliveryPolicy } from './deliveryPolicy.ts';
import { amongAttributes, invalidParameter } from './errors.ts';
import { checkTopicPolicy } from './topicPolicy.ts';

/** Texts by name, and what is read of them only once. Never changed: a request makes others. */
export interface TopicSettings extends ReadonlyMap<string, string> {
  /** Null without one. */
  readonly deliveryPolicy: DeliveryPolicyParts | null;
}

class Settings extends Map<string, string> implements TopicSettings {
  deliveryPolicy: DeliveryPolicyParts | null = null;
}

export const defaultMaximumMessageSizeBytes = 262_144;
const mostMessageSizeBytes = 1_048_576;

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
      if (/^(100|\d{1,2})$/.test(text)) return;
      throw invalidParameter(
        `${kind}SuccessFeedbackSampleRate: ${text.slice(0, 80)} value provided is not an integer between 0-100`,
      );
    },
  ],
]);

const checks: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['Policy', checkTopicPolicy],
  [
    'DisplayName',
    (text) => {
      if (text.length > 100) throw invalidParameter('DisplayName');
    },
  ],
  // Checked by being read.
  ['DeliveryPolicy', anything],
  ['KmsMasterKeyId', anything],
  [
    'TracingConfig',
    (text) => {
      if (text === 'PassThrough' || text === 'Active') return;
      throw invalidParameter(`Invalid tracing config value: ${text.slice(0, 80)}`);
    },
  ],
  [
    'SignatureVersion',
    (text) => {
      if (text !== '1' && text !== '2') throw invalidParameter('SignatureVersion: Invalid value. Must be 1 or 2.');
    },
  ],
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
  return new Settings([
    ['Policy', defaultPolicy(topicArn, accountId)],
    ['DisplayName', ''],
    ...(fifo
      ? ([
          ['FifoTopic', 'true'],
          ['ContentBasedDeduplication', 'false'],
        ] as const)
      : []),
  ]);
}

/**
 * Settings after a request, the given ones left alone; an empty text takes an attribute away.
 *
 * @param how whether CreateTopic names them, which refuses them in other words
 * @throws AwsError InvalidParameter for an attribute that is unknown, cannot be set, or has no such value
 */
export function changedTopicSettings(
  before: TopicSettings,
  request: Readonly<Record<string, string>>,
  how: 'create' | 'set' = 'set',
): TopicSettings {
  const change = (): TopicSettings => changed(before, request, how);
  return how === 'create' ? amongAttributes(change) : change();
}

function changed(
  before: TopicSettings,
  request: Readonly<Record<string, string>>,
  how: 'create' | 'set',
): TopicSettings {
  const fifo = before.get('FifoTopic') === 'true';
  const after = new Settings(before);
  after.deliveryPolicy = before.deliveryPolicy;
  for (const [name, text] of Object.entries(request)) {
    const check = checks.get(name) ?? (fifo ? fifoChecks.get(name) : undefined);
    if (check === undefined) throw unknownAttribute(name, how);
    if ((text === '' && name !== 'DisplayName') || (name === 'ArchivePolicy' && text.trim() === '{}')) {
      after.delete(name);
      if (name === 'DeliveryPolicy') after.deliveryPolicy = null;
      continue;
    }
    check(text);
    if (name === 'DeliveryPolicy') after.deliveryPolicy = parseDeliveryPolicy(text, 'topic');
    after.set(name, text);
  }
  return after;
}

const unknownAttribute = (name: string, how: 'create' | 'set'): Error =>
  invalidParameter(how === 'create' ? `Unknown attribute ${name.slice(0, 80)}` : 'AttributeName');

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

function checkArchivePolicy(text: string): void {
  const days = readRetention(text);
  if (days === null || days < 1 || days > 365) {
    throw invalidParameter('ArchivePolicy: MessageRetentionPeriod value is invalid');
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
