/**
 * Attributes of a topic that can be set: their checks, and what GetTopicAttributes shows of them.
 *
 * Kept as the texts they came as; what acts on them is read from here by name, but for the delivery policy, which is kept read as well. Not here: counts and ARN (actions/getTopicAttributes.ts).
 */
import { isRoleArn } from './arns.ts';
import { type DeliveryPolicyParts, parseDeliveryPolicy } from './deliveryPolicy.ts';
import { amongAttributes, invalidParameter } from './errors.ts';
import { flagIn } from './flags.ts';
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

/** Whether it may write logs is not asked: there is no IAM here. */
const loggingRole =
  (name: string): Check =>
  (text) => {
    if (isRoleArn(text)) return;
    throw invalidParameter(
      `${name}: ${text.slice(0, 200)} is not a valid role to allow SNS to write to Cloudwatch Logs`,
    );
  };

const feedback = ['HTTP', 'Firehose', 'Lambda', 'Application', 'SQS'].flatMap((kind): [string, Check][] => [
  [`${kind}SuccessFeedbackRoleArn`, loggingRole(`${kind}SuccessFeedbackRoleArn`)],
  [`${kind}FailureFeedbackRoleArn`, loggingRole(`${kind}FailureFeedbackRoleArn`)],
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
        throw invalidParameter(
          `MaximumMessageSize: ${text.slice(0, 80)} is not an integer between 1024 and ${mostMessageSizeBytes} bytes`,
        );
      }
    },
  ],
  ...feedback,
]);

const fifoChecks: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['ContentBasedDeduplication', (text) => void flagIn('ContentBasedDeduplication', text)],
  ['FifoThroughputScope', oneOf('FifoThroughputScope', ['Topic', 'MessageGroup'])],
  ['ArchivePolicy', checkArchivePolicy],
]);

/** An empty text does not take these away: it is a value of theirs like any other, and but for DisplayName a wrong one. */
const neverEmpty = /^(DisplayName|Policy|ArchivePolicy|MaximumMessageSize|ContentBasedDeduplication|\w+SampleRate)$/;

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
 * Settings after a request, the given ones left alone; an empty text takes most attributes away.
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
    if ((text === '' && !neverEmpty.test(name)) || (name === 'ArchivePolicy' && text.trim() === '{}')) {
      after.delete(name);
      if (name === 'DeliveryPolicy') after.deliveryPolicy = null;
      continue;
    }
    check(text);
    if (name === 'DeliveryPolicy') after.deliveryPolicy = parseDeliveryPolicy(text, 'topic');
    after.set(name, name === 'ContentBasedDeduplication' ? text.toLowerCase() : text);
  }
  return after;
}

/** As RemovePermission leaves a topic whose last statement it took. */
export function withoutPolicy(before: TopicSettings): TopicSettings {
  const after = new Settings(before);
  after.deliveryPolicy = before.deliveryPolicy;
  after.delete('Policy');
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
  const days = retentionDaysIn(text);
  if (days === null || days < 1 || days > 365) {
    throw invalidParameter('ArchivePolicy: MessageRetentionPeriod value is invalid');
  }
}

function retentionDaysIn(text: string): number | null {
  const parsed = parsedArchivePolicy(text);
  if (typeof parsed !== 'object' || parsed === null || !Object.hasOwn(parsed, 'MessageRetentionPeriod')) return null;
  const days = Number((parsed as { MessageRetentionPeriod: unknown }).MessageRetentionPeriod);
  return Number.isInteger(days) ? days : null;
}

function parsedArchivePolicy(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidParameter('ArchivePolicy: Unable to parse JSON');
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
