/**
 * Subscribe, confirm, unsubscribe: which endpoints fit which protocol, and who must be asked first.
 *
 * Rules: docs/rules/sns.md (SNS-10 to SNS-16). Not here: attributes (subscriptionSettings.ts).
 */
import { isEndpointArn, parseArn } from './arns.ts';
import { amongAttributes, invalidParameter, invalidValue, subscriptionLimitExceeded } from './errors.ts';
import { checkProtocolOfLarge, checkRoomOfLarge } from './largeMessages.ts';
import { checkReplay, startReplay } from './replaying.ts';
import type { SnsState } from './state.ts';
import {
  changedSubscriptionSettings,
  defaultSubscriptionSettings,
  meansTheSame,
  type SubscriptionKind,
} from './subscriptionSettings.ts';
import type { Protocol, Subscription, Topic } from './topic.ts';

const tokenLivesMs = 2 * 86_400_000;
const mostOfFifoTopic = 100;

/** What each protocol takes for an endpoint. */
const endpointForms: Readonly<Record<Protocol, (endpoint: string) => boolean>> = {
  http: (endpoint) => isUrl(endpoint, 'http:'),
  https: (endpoint) => isUrl(endpoint, 'https:'),
  email: isAddress,
  'email-json': isAddress,
  sms: isPhoneNumber,
  sqs: (endpoint) => parseArn(endpoint)?.service === 'sqs',
  application: isEndpointArn,
  lambda: (endpoint) => parseArn(endpoint)?.service === 'lambda',
  firehose: (endpoint) => parseArn(endpoint)?.service === 'firehose',
};

const refuseUrl = (): Error => invalidParameter('Endpoint must match the specified protocol');
const refuseAddress = (): Error => invalidParameter('Email address');

const refusals: Readonly<Record<Protocol, (endpoint: string) => Error>> = {
  http: refuseUrl,
  https: refuseUrl,
  email: refuseAddress,
  'email-json': refuseAddress,
  sms: (endpoint) => invalidValue(`Invalid SMS endpoint: ${endpoint.slice(0, 200)}`),
  sqs: () => invalidParameter('SQS endpoint ARN'),
  application: (endpoint) => invalidParameter(`Application endpoint arn invalid:${endpoint.slice(0, 200)}`),
  lambda: () => invalidParameter('Lambda endpoint ARN'),
  firehose: () => invalidParameter('Firehose endpoint ARN'),
};

/**
 * @returns the subscription; the one that was there when protocol and endpoint are the same and the attributes do not differ
 * @throws AwsError InvalidParameter, SubscriptionLimitExceeded
 */
export function subscribe(
  state: SnsState,
  topic: Topic,
  request: {
    readonly protocol: string;
    readonly endpoint: string;
    readonly attributes: Readonly<Record<string, string>>;
    readonly origin: string;
  },
): Subscription {
  const protocol = checkedProtocol(request.protocol);
  const { endpoint, attributes, origin } = request;
  checkProtocolOfLarge(topic, protocol);
  checkEndpoint(topic, protocol, endpoint);
  const kind = kindOf(topic, protocol, endpoint);
  const settings = changedSubscriptionSettings(defaultSubscriptionSettings, attributes, kind, 'subscribe');
  const known = [...topic.subscriptions.values()].find((one) => one.protocol === protocol && one.endpoint === endpoint);
  if (known !== undefined) {
    if (!meansTheSame(known.settings, settings, Object.keys(attributes))) {
      throw invalidParameter('Attributes Reason: Subscription already exists with different attributes');
    }
    if (known.pending !== null) ask(state, known, origin);
    return known;
  }
  if (protocol === 'application') checkDevice(state, endpoint);
  amongAttributes(() => checkReplay(topic, settings.replay));
  if (topic.fifo && topic.subscriptions.size >= mostOfFifoTopic) {
    throw subscriptionLimitExceeded(`A FIFO topic has at most ${mostOfFifoTopic} subscriptions.`);
  }
  checkRoomOfLarge(topic);
  const subscription: Subscription = {
    arn: `${topic.arn}:${state.nextId()}`,
    topic,
    protocol,
    endpoint,
    ownerId: state.accountId,
    settings,
    pending: null,
    confirmationWasAuthenticated: true,
    authenticateOnUnsubscribe: false,
  };
  topic.subscriptions.set(subscription.arn, subscription);
  if (mustBeAsked(subscription, state.accountId)) ask(state, subscription, origin);
  startReplay(state, subscription);
  return subscription;
}

/** A fresh token each time; the older ones are good no more. */
function ask(state: SnsState, subscription: Subscription, origin: string): void {
  const atMs = state.world.nowMs();
  const token = (state.nextId() + state.nextId()).replaceAll('-', '');
  subscription.pending = { token, untilMs: atMs + tokenLivesMs };
  subscription.confirmationWasAuthenticated = false;
  const question = { type: 'SubscriptionConfirmation', messageId: state.nextId(), token, atMs, origin } as const;
  state.world.at(atMs, () => state.neighbours.deliveries.ask(subscription, question));
}

/** Whoever can be reached from outside, and a queue whose owner has not subscribed it. */
function mustBeAsked({ protocol, endpoint }: Subscription, callerId: string): boolean {
  if (protocol === 'sqs') return parseArn(endpoint)!.accountId !== callerId;
  return protocol === 'http' || protocol === 'https' || protocol === 'email' || protocol === 'email-json';
}

export interface HowConfirmed {
  readonly authenticated: boolean;
  readonly authenticateOnUnsubscribe: boolean;
  /** Told once, not when a link is followed again. */
  confirmed(subscription: Subscription): void;
}

/**
 * By the token alone: it says which subscription it is for, and what the request calls the topic decides nothing.
 *
 * @param topics where it can be
 * @param how `authenticated`: it was signed by somebody
 * @returns null for a token of no subscription. @throws AwsError InvalidParameter for one older than two days
 */
export function confirm(topics: Iterable<Topic>, token: string, nowMs: number, how: HowConfirmed): Subscription | null {
  for (const topic of topics) {
    const subscription = [...topic.subscriptions.values()].find((one) => one.pending?.token === token);
    if (subscription !== undefined) return confirmed(subscription, token, nowMs, how);
    // Confirmed twice is confirmed: links are followed again.
    const again = topic.subscriptions.get(topic.confirmedTokens.get(token) ?? '');
    if (again !== undefined) return again;
    const left = topic.left.get(token);
    if (left !== undefined && nowMs < left.untilMs) return restored(left.subscription, token);
  }
  return null;
}

/** Whoever left by mistake is back, or has subscribed again meanwhile. */
function restored(subscription: Subscription, token: string): Subscription {
  const { topic, protocol, endpoint } = subscription;
  topic.left.delete(token);
  const other = [...topic.subscriptions.values()].find((one) => one.protocol === protocol && one.endpoint === endpoint);
  const back = other ?? subscription;
  topic.subscriptions.set(back.arn, back);
  topic.confirmedTokens.set(token, back.arn);
  return back;
}

function confirmed(subscription: Subscription, token: string, nowMs: number, how: HowConfirmed): Subscription {
  if (nowMs >= subscription.pending!.untilMs) throw invalidParameter('Token Reason: The token has expired');
  subscription.topic.confirmedTokens.set(token, subscription.arn);
  subscription.pending = null;
  subscription.confirmationWasAuthenticated = how.authenticated;
  subscription.authenticateOnUnsubscribe = how.authenticateOnUnsubscribe;
  how.confirmed(subscription);
  return subscription;
}

export function unsubscribe(subscription: Subscription): void {
  const { topic } = subscription;
  if (topic.subscriptions.delete(subscription.arn)) topic.deletedSubscriptions++;
}

/** By a link, which anybody may have followed: the endpoint is told, with a token that takes it back. */
export function leaveByLink(state: SnsState, subscription: Subscription, origin: string): void {
  unsubscribe(subscription);
  const { topic, protocol } = subscription;
  if (protocol !== 'http' && protocol !== 'https') return;
  const atMs = state.world.nowMs();
  const token = (state.nextId() + state.nextId()).replaceAll('-', '');
  for (const [old, { untilMs }] of topic.left) if (untilMs <= atMs) topic.left.delete(old);
  topic.left.set(token, { subscription, untilMs: atMs + tokenLivesMs });
  const question = { type: 'UnsubscribeConfirmation', messageId: state.nextId(), token, atMs, origin } as const;
  state.world.at(atMs, () => state.neighbours.deliveries.ask(subscription, question));
}

export const kindOf = (topic: Topic, protocol: Protocol, endpoint: string): SubscriptionKind => ({
  protocol,
  endpoint,
  fifoTopic: topic.fifo,
  accountId: topic.accountId,
  region: topic.region,
});

function checkedProtocol(protocol: string): Protocol {
  if (Object.hasOwn(endpointForms, protocol)) return protocol as Protocol;
  throw invalidParameter(`Amazon SNS does not support this protocol string: ${protocol.slice(0, 80)}`);
}

function checkEndpoint(topic: Topic, protocol: Protocol, endpoint: string): void {
  if (!endpointForms[protocol](endpoint)) throw refusals[protocol](endpoint);
  if (topic.fifo && protocol !== 'sqs') throw invalidParameter(`Invalid protocol type: ${protocol}`);
  if (!topic.fifo && protocol === 'sqs' && endpoint.endsWith('.fifo')) {
    throw invalidParameter(
      'Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics',
    );
  }
}

/** Only a new subscription asks: one that was there outlives its endpoint. The words are the service's, down to the missing blank. */
function checkDevice({ neighbours }: SnsState, endpointArn: string): void {
  const { accountId, region } = parseArn(endpointArn)!;
  if (neighbours.snsAt(accountId, region).mobile.endpoint(endpointArn) !== undefined) return;
  throw invalidParameter(`Endpoint Reason: Endpoint does not exist for endpoint arn${endpointArn.slice(0, 400)}`);
}

function isUrl(endpoint: string, scheme: string): boolean {
  try {
    return new URL(endpoint).protocol === scheme;
  } catch {
    return false;
  }
}

/** E.164, as people write it: one of `.`, `/` and `-` between two digits, or spaces and brackets. */
function isPhoneNumber(endpoint: string): boolean {
  return /^\+?[1-9](?:(?:[./-]|[\s()]+)?\d){3,14}$/.test(endpoint);
}

function isAddress(endpoint: string): boolean {
  return /^[^\s@]{1,64}@[^\s@]{1,255}$/.test(endpoint);
}
