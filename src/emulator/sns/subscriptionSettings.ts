/**
 * Attributes of a subscription that can be set: their checks, and what they come to once read.
 *
 * Not here: counts, owner and ARN (actions/getSubscriptionAttributes.ts), which message passes a filter (filterPolicy/).
 */
import { parseArn } from './arns.ts';
import { type DeliveryPolicyParts, parseDeliveryPolicy } from './deliveryPolicy.ts';
import { shownDeliveryPolicyText } from './deliveryPolicyText.ts';
import { amongAttributes, invalidParameter } from './errors.ts';
import {
  type FilterPolicy,
  FilterPolicyError,
  type FilterPolicyScope,
  parseFilterPolicy,
} from './filterPolicy/index.ts';
import { flagIn } from './flags.ts';
import { jsonProblem } from './jsonProblem.ts';
import { parseReplayPolicy, type ReplayPolicy } from './replaying.ts';

export interface SubscriptionSettings {
  /** As they came. */
  readonly texts: ReadonlyMap<string, string>;
  readonly filter: FilterPolicy | null;
  readonly filterScope: FilterPolicyScope;
  readonly rawMessageDelivery: boolean;
  readonly replay: ReplayPolicy | null;
  readonly deliveryPolicy: DeliveryPolicyParts | null;
  /** The queue for what could not be delivered. */
  readonly deadLetterArn: string | null;
}

export const defaultSubscriptionSettings: SubscriptionSettings = {
  texts: new Map(),
  filter: null,
  filterScope: 'MessageAttributes',
  rawMessageDelivery: false,
  replay: null,
  deliveryPolicy: null,
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
  readonly endpoint: string;
  readonly fifoTopic: boolean;
  readonly accountId: string;
  readonly region: string;
}

/**
 * Settings after a request, the given ones left alone; an empty text takes an attribute away.
 *
 * @param how whether Subscribe names them, which refuses them in other words
 * @throws AwsError InvalidParameter for an attribute that is unknown or has no such value
 */
export function changedSubscriptionSettings(
  before: SubscriptionSettings,
  request: Readonly<Record<string, string>>,
  kind: SubscriptionKind,
  how: 'subscribe' | 'set' = 'set',
): SubscriptionSettings {
  const change = (): SubscriptionSettings => changed(before, request, kind, how);
  const after = how === 'subscribe' ? amongAttributes(change) : change();
  if (kind.protocol === 'firehose' && !after.texts.has('SubscriptionRoleArn')) {
    throw invalidParameter('Delivery protocol firehose can only be subscribed with subscription role arn');
  }
  return after;
}

function changed(
  before: SubscriptionSettings,
  request: Readonly<Record<string, string>>,
  kind: SubscriptionKind,
  how: 'subscribe' | 'set',
): SubscriptionSettings {
  const texts = new Map(before.texts);
  for (const [name, text] of Object.entries(request)) {
    if (!known.has(name)) {
      throw invalidParameter(how === 'subscribe' ? `Unknown attribute ${name.slice(0, 80)}` : 'AttributeName');
    }
    if (name === 'RawMessageDelivery') texts.set(name, text);
    else if (text === '' || (name === 'FilterPolicy' && text.trim() === '{}')) texts.delete(name);
    else texts.set(name, text);
  }
  const filterScope = scopeIn(texts.get('FilterPolicyScope'));
  const after: SubscriptionSettings = {
    texts,
    filter: filterIn(texts.get('FilterPolicy'), filterScope),
    filterScope,
    rawMessageDelivery: rawIn(texts.get('RawMessageDelivery'), kind.protocol),
    replay: replayIn(texts.get('ReplayPolicy'), kind),
    deadLetterArn: deadLetterIn(texts.get('RedrivePolicy'), kind),
    deliveryPolicy: deliveryPolicyIn(texts.get('DeliveryPolicy')),
  };
  checkRole(texts.get('SubscriptionRoleArn'));
  return after;
}

function replayIn(text: string | undefined, { fifoTopic }: SubscriptionKind): ReplayPolicy | null {
  if (text === undefined) return null;
  if (!fifoTopic) throw invalidParameter('ReplayPolicy Reason: only subscriptions of FIFO topics can replay');
  return parseReplayPolicy(text);
}

function deliveryPolicyIn(text: string | undefined): DeliveryPolicyParts | null {
  return text === undefined ? null : parseDeliveryPolicy(text, 'subscription');
}

function checkRole(arn: string | undefined): void {
  if (arn !== undefined && parseArn(arn)?.service !== 'iam') throw invalidParameter('SubscriptionRoleArn');
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
    throw invalidParameter(thrown.message + thrown.where);
  }
}

function rawIn(text: string | undefined, protocol: string): boolean {
  if (text === undefined) return false;
  const raw = flagIn('RawMessageDelivery', text);
  if (raw && !rawProtocols.has(protocol)) {
    throw invalidParameter(`Delivery protocol [${protocol}] does not support raw message delivery.`);
  }
  return raw;
}

/** A queue of the topic's account and Region, a FIFO queue behind a FIFO queue. Whether it is there shows at the first failure. */
function deadLetterIn(text: string | undefined, kind: SubscriptionKind): string | null {
  if (text === undefined) return null;
  const refuse = (reason: string): Error => invalidParameter(`RedrivePolicy: ${reason}`);
  const policy = objectIn(text, refuse);
  // What a queue's RedrivePolicy has beside the target, a subscription's has not.
  const other = Object.keys(policy).find((name) => name !== 'deadLetterTargetArn');
  if (other !== undefined) throw refuse(`invalid JSON. Attribute ${other.slice(0, 80)} is unknown.`);
  const arn = Object.hasOwn(policy, 'deadLetterTargetArn') ? policy.deadLetterTargetArn : undefined;
  if (arn === undefined) throw refuse('Missing deadLetterTargetArn attribute');
  const parts = typeof arn === 'string' ? parseArn(arn) : null;
  if (typeof arn !== 'string' || parts === null) throw refuse('deadLetterTargetArn is an invalid arn');
  if (parts.service !== 'sqs') throw refuse('deadLetterTargetArn must be a SQS queue');
  for (const [what, same] of [
    ['region', parts.region === kind.region],
    ['account', parts.accountId === kind.accountId],
  ] as const) {
    if (!same) throw refuse(`deadLetterTargetArn must be in the same ${what} as the subscription`);
  }
  if (kind.fifoTopic && kind.endpoint.endsWith('.fifo') && !parts.resource.endsWith('.fifo')) {
    throw refuse('must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.');
  }
  return arn;
}

function objectIn(text: string, refuse: (reason: string) => Error): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? (parsed as Record<string, unknown>)
      : {};
  } catch {
    throw refuse(`failed to parse JSON.${jsonProblem(text)}`);
  }
}

/** As GetSubscriptionAttributes shows them: a scope only with a policy that it is of. */
export function shownSubscriptionSettings(settings: SubscriptionSettings): Readonly<Record<string, string>> {
  const { FilterPolicyScope, DeliveryPolicy, ...texts } = Object.fromEntries(settings.texts);
  return {
    ...texts,
    ...(DeliveryPolicy === undefined
      ? {}
      : { DeliveryPolicy: shownDeliveryPolicyText(DeliveryPolicy, 'subscription') }),
    RawMessageDelivery: String(settings.rawMessageDelivery),
    ...(settings.filter === null ? {} : { FilterPolicyScope: settings.filterScope }),
  };
}

/**
 * Whether a second Subscribe means the same: each attribute that it names comes to what the subscription has, whichever way it is spelled
 * and also when it is what every subscription begins with.
 */
export function meansTheSame(
  has: SubscriptionSettings,
  asked: SubscriptionSettings,
  names: readonly string[],
): boolean {
  return names.every((name) => meaningOf(has, name) === meaningOf(asked, name));
}

function meaningOf({ texts, rawMessageDelivery, filterScope }: SubscriptionSettings, name: string): string {
  if (name === 'RawMessageDelivery') return String(rawMessageDelivery);
  if (name === 'FilterPolicyScope') return filterScope;
  const text = texts.get(name);
  if (text === undefined) return '';
  // The others that are no JSON are ARNs.
  return text.startsWith('{') ? JSON.stringify(JSON.parse(text)) : text;
}
