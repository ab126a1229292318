/**
 * Subscribe, confirm, unsubscribe: which endpoints fit which protocol, and who must be asked first.
 *
 * Rules: docs/rules/sns.md (SNS-10 to SNS-18). Not here: attributes (subscriptionSettings.ts).
 */
import { parseArn } from './arns.ts';
import { invalidParameter, subscriptionLimitExceeded } from './errors.ts';
import type { SnsState } from './state.ts';
import {
  changedSubscriptionSettings,
  defaultSubscriptionSettings,
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
  sms: (endpoint) => /^\+?[1-9]\d{3,14}$/.test(endpoint.replaceAll(/[\s().-]/g, '')),
  sqs: (endpoint) => parseArn(endpoint)?.service === 'sqs',
  application: (endpoint) => /^arn:aws[\w-]*:sns:[^:]+:\d{12}:endpoint\//.test(endpoint),
  lambda: (endpoint) => parseArn(endpoint)?.service === 'lambda',
  firehose: (endpoint) => parseArn(endpoint)?.service === 'firehose',
};

const wrongEndpoint: Readonly<Partial<Record<Protocol, string>>> = {
  http: 'Endpoint must match the specified protocol',
  https: 'Endpoint must match the specified protocol',
  email: 'Email address',
  'email-json': 'Email address',
  sms: 'SMS endpoint',
  sqs: 'SQS endpoint ARN',
  application: 'Application endpoint arn invalid',
  lambda: 'Lambda endpoint ARN',
  firehose: 'Firehose endpoint ARN',
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
  checkEndpoint(topic, protocol, endpoint);
  const kind = kindOf(topic, protocol);
  const settings = changedSubscriptionSettings(defaultSubscriptionSettings, attributes, kind);
  const known = [...topic.subscriptions.values()].find((one) => one.protocol === protocol && one.endpoint === endpoint);
  if (known !== undefined) {
    checkEqual(known, attributes);
    if (known.pending !== null) ask(state, known, origin);
    return known;
  }
  if (topic.fifo && topic.subscriptions.size >= mostOfFifoTopic) {
    throw subscriptionLimitExceeded(`A FIFO topic has at most ${mostOfFifoTopic} subscriptions.`);
  }
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

/**
 * @param authenticated the confirmation was signed by somebody
 * @throws AwsError InvalidParameter for a token that is unknown or older than two days
 */
export function confirm(
  topic: Topic,
  token: string,
  nowMs: number,
  how: { readonly authenticated: boolean; readonly authenticateOnUnsubscribe: boolean },
): Subscription {
  const subscription = [...topic.subscriptions.values()].find((one) => one.pending?.token === token);
  if (subscription === undefined) {
    // Confirmed twice is confirmed: links are followed again.
    const again = topic.confirmedTokens.get(token);
    const confirmed = again === undefined ? undefined : topic.subscriptions.get(again);
    if (confirmed === undefined) throw invalidParameter('Token');
    return confirmed;
  }
  if (nowMs >= subscription.pending!.untilMs) throw invalidParameter('Token Reason: The token has expired');
  topic.confirmedTokens.set(token, subscription.arn);
  subscription.pending = null;
  subscription.confirmationWasAuthenticated = how.authenticated;
  subscription.authenticateOnUnsubscribe = how.authenticateOnUnsubscribe;
  return subscription;
}

export function unsubscribe(subscription: Subscription): void {
  const { topic } = subscription;
  if (topic.subscriptions.delete(subscription.arn)) topic.deletedSubscriptions++;
}

export const kindOf = (topic: Topic, protocol: Protocol): SubscriptionKind => ({
  protocol,
  fifoTopic: topic.fifo,
  accountId: topic.accountId,
  region: topic.region,
});

function checkedProtocol(protocol: string): Protocol {
  if (Object.hasOwn(endpointForms, protocol)) return protocol as Protocol;
  throw invalidParameter(`Amazon SNS does not support this protocol string: ${protocol.slice(0, 80)}`);
}

function checkEndpoint(topic: Topic, protocol: Protocol, endpoint: string): void {
  if (!endpointForms[protocol](endpoint)) throw invalidParameter(wrongEndpoint[protocol] ?? 'Endpoint');
  if (topic.fifo && protocol !== 'sqs') {
    throw invalidParameter(`Invalid protocol type: ${protocol}. Only SQS queues can be subscribed to a FIFO topic`);
  }
  if (!topic.fifo && protocol === 'sqs' && endpoint.endsWith('.fifo')) {
    throw invalidParameter(
      'Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics',
    );
  }
}

function checkEqual(known: Subscription, attributes: Readonly<Record<string, string>>): void {
  const { texts } = known.settings;
  for (const [name, text] of Object.entries(attributes)) {
    if ((texts.get(name) ?? '') !== text) {
      throw invalidParameter('Attributes Reason: Subscription already exists with different attributes');
    }
  }
}

function isUrl(endpoint: string, scheme: string): boolean {
  try {
    return new URL(endpoint).protocol === scheme;
  } catch {
    return false;
  }
}

function isAddress(endpoint: string): boolean {
  return /^[^\s@]{1,64}@[^\s@]{1,255}$/.test(endpoint);
}
