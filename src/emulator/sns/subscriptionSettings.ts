/**
 * Attributes of a subscription that can be set: their checks, and what they come to once read.
 *
 * Not here: counts, owner and ARN (actions/getSubscriptionAttributes.ts), which message passes a filter (filterPolicy/).
 */
import { parseArn } from './arns.ts';
import { parseDeliveryPolicy } from './deliveryPolicy.ts';
import { invalidParameter } from './errors.ts';
import {
  type FilterPolicy,
  FilterPolicyError,
  type FilterPolicyScope,
  parseFilterPolicy,
} from './filterPolicy/index.ts';

export interface SubscriptionSettings {
  /** As they came. */
  readonly texts: ReadonlyMap<string, string>;
  readonly filter: FilterPolicy | null;
  readonly filterScope: FilterPolicyScope;
  readonly rawMessageDelivery: boolean;
  /** The queue for what could not be delivered. */
  readonly deadLetterArn: string | null;
}

export const defaultSubscriptionSettings: SubscriptionSettings = {
  texts: new Map(),
  filter: null,
  filterScope: 'MessageAttributes',
  rawMessageDelivery: false,
  deadLetterArn: null,
};

const known = new Set([
  'DeliveryPolicy',
  'FilterPolicy',
  'FilterPolicyScope',
  'RawMessageDelivery',
  'RedrivePolicy',
  'ReplayPolicy',
  'SubscriptionRoleArn',
]);
/** Protocols that can do without the envelope. */
const rawProtocols = new Set(['sqs', 'http', 'https', 'firehose']);

/** What a subscription belongs to, for rules that depend on it. */
export interface SubscriptionKind {
  readonly protocol: string;
  readonly fifoTopic: boolean;
  readonly accountId: string;
  readonly region: string;
}

/**
 * Settings after a request, the given ones left alone; an empty text takes an attribute away.
 *
 * @throws AwsError InvalidParameter for an attribute that is unknown or has no such value
 */
export function changedSubscriptionSettings(
  before: SubscriptionSettings,
  request: Readonly<Record<string, string>>,
  kind: SubscriptionKind,
): SubscriptionSettings {
  const texts = new Map(before.texts);
  for (const [name, text] of Object.entries(request)) {
    if (!known.has(name)) throw invalidParameter('AttributeName');
    if (text === '' || (name === 'FilterPolicy' && text.trim() === '{}')) texts.delete(name);
    else texts.set(name, text);
  }
  const filterScope = scopeIn(texts.get('FilterPolicyScope'));
  return {
    texts,
    filter: filterIn(texts.get('FilterPolicy'), filterScope),
    filterScope,
    rawMessageDelivery: rawIn(texts.get('RawMessageDelivery'), kind.protocol),
    deadLetterArn: deadLetterIn(texts.get('RedrivePolicy'), kind),
    ...checkedOthers(texts, kind),
  };
}

function checkedOthers(texts: ReadonlyMap<string, string>, { protocol, fifoTopic }: SubscriptionKind): object {
  const deliveryPolicy = texts.get('DeliveryPolicy');
  if (deliveryPolicy !== undefined) parseDeliveryPolicy(deliveryPolicy, 'subscription');
  const role = texts.get('SubscriptionRoleArn');
  if (role !== undefined && parseArn(role)?.service !== 'iam') throw invalidParameter('SubscriptionRoleArn');
  if (protocol === 'firehose' && role === undefined) {
    throw invalidParameter('Attributes Reason: SubscriptionRoleArn must be provided for firehose subscriptions');
  }
  if (texts.has('ReplayPolicy') && !fifoTopic) {
    throw invalidParameter('ReplayPolicy Reason: only subscriptions of FIFO topics can replay');
  }
  return {};
}

function scopeIn(text = 'MessageAttributes'): FilterPolicyScope {
  if (text === 'MessageAttributes' || text === 'MessageBody') return text;
  throw invalidParameter(
    `FilterPolicyScope: Invalid value [${text.slice(0, 80)}]. Please use either MessageBody or MessageAttributes`,
  );
}

function filterIn(text: string | undefined, scope: FilterPolicyScope): FilterPolicy | null {
  if (text === undefined) return null;
  try {
    return parseFilterPolicy(text, scope);
  } catch (thrown) {
    if (!(thrown instanceof FilterPolicyError)) throw thrown;
    throw invalidParameter(thrown.message.replace(/^Invalid parameter: /, ''));
  }
}

function rawIn(text: string | undefined, protocol: string): boolean {
  if (text === undefined) return false;
  const value = text.toLowerCase();
  if (value !== 'true' && value !== 'false') {
    throw invalidParameter(
      `Attributes Reason: RawMessageDelivery: Invalid value [${text.slice(0, 80)}]. Must be true or false.`,
    );
  }
  if (value === 'true' && !rawProtocols.has(protocol)) {
    throw invalidParameter(`Attributes Reason: Delivery protocol [${protocol}] does not support raw message delivery.`);
  }
  return value === 'true';
}

/** A queue of the same account and Region; FIFO for a FIFO topic. Whether it is there shows at the first failure. */
function deadLetterIn(text: string | undefined, { accountId, region, fifoTopic }: SubscriptionKind): string | null {
  if (text === undefined) return null;
  const arn = deadLetterArnIn(text);
  const parts = arn === null ? null : parseArn(arn);
  if (arn === null || parts?.service !== 'sqs') {
    throw invalidParameter('RedrivePolicy: deadLetterTargetArn is an invalid arn');
  }
  if (parts.accountId !== accountId || parts.region !== region) {
    throw invalidParameter(
      'RedrivePolicy: deadLetterTargetArn must be in the same account and Region as the subscription',
    );
  }
  if (fifoTopic && !parts.resource.endsWith('.fifo')) {
    throw invalidParameter('RedrivePolicy: must use a FIFO queue as DLQ for a FIFO topic');
  }
  return arn;
}

function deadLetterArnIn(text: string): string | null {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null || !Object.hasOwn(parsed, 'deadLetterTargetArn')) return null;
    const { deadLetterTargetArn } = parsed as { deadLetterTargetArn: unknown };
    return typeof deadLetterTargetArn === 'string' ? deadLetterTargetArn : null;
  } catch {
    throw invalidParameter('RedrivePolicy: failed to parse JSON.');
  }
}
