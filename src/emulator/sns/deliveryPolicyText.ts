/**
 * Delivery policies as GetTopicAttributes and GetSubscriptionAttributes show them: what was set, and what holds in the end.
 *
 * SNS does not give back the text it got: members come in an order of its own, nulls are left out of a topic's policy and filled into a
 * subscription's. Not here: what the policies mean (deliveryPolicy.ts).
 */
import { type DeliveryPolicy, policyMembers } from './deliveryPolicy.ts';

/** @param text that was checked when it was set */
export function shownDeliveryPolicyText(text: string, of: 'topic' | 'subscription'): string {
  const parsed = JSON.parse(text) as Json;
  if (of === 'subscription') {
    const { retry, sickly, throttle, request, other } = policyMembers.subscription;
    return JSON.stringify({
      [retry]: retryMembers(parsed[retry]),
      [sickly]: retryMembers(parsed[sickly]),
      [throttle]: parsed[throttle] ?? null,
      [request]: parsed[request] ?? null,
      [other]: parsed[other] === true,
    });
  }
  const root = (parsed.http ?? {}) as Json;
  const { retry, sickly, throttle, request, other } = policyMembers.topic;
  const members: [string, unknown][] = [
    [retry, retryMembers(root[retry])],
    [sickly, retryMembers(root[sickly])],
    [other, root[other] === true],
    [throttle, root[throttle] ?? null],
    [request, root[request] ?? null],
  ];
  return JSON.stringify({ http: Object.fromEntries(members.filter(([, value]) => value !== null)) });
}

export function effectiveDeliveryPolicyText(policy: DeliveryPolicy, of: 'topic' | 'subscription'): string {
  const { retry } = policy;
  const healthyRetryPolicy = {
    minDelayTarget: retry.minDelayTargetSeconds,
    maxDelayTarget: retry.maxDelayTargetSeconds,
    numRetries: retry.numRetries,
    numMaxDelayRetries: retry.numMaxDelayRetries,
    numNoDelayRetries: retry.numNoDelayRetries,
    numMinDelayRetries: retry.numMinDelayRetries,
    backoffFunction: retry.backoffFunction,
  };
  const throttlePolicy =
    policy.maxReceivesPerSecond === null ? null : { maxReceivesPerSecond: policy.maxReceivesPerSecond };
  const requestPolicy = { headerContentType: policy.headerContentType };
  return JSON.stringify(
    of === 'subscription'
      ? { healthyRetryPolicy, sicklyRetryPolicy: null, throttlePolicy, requestPolicy, guaranteed: false }
      : {
          http: {
            defaultHealthyRetryPolicy: healthyRetryPolicy,
            disableSubscriptionOverrides: policy.disableSubscriptionOverrides,
            ...(throttlePolicy === null ? {} : { defaultThrottlePolicy: throttlePolicy }),
            defaultRequestPolicy: requestPolicy,
          },
        },
  );
}

type Json = Readonly<Record<string, unknown>>;

const retryOrder = [
  'minDelayTarget',
  'maxDelayTarget',
  'numRetries',
  'numMaxDelayRetries',
  'numNoDelayRetries',
  'numMinDelayRetries',
  'backoffFunction',
];

/** Those that were given, in the order of the service. */
function retryMembers(given: unknown): Json | null {
  if (typeof given !== 'object' || given === null) return null;
  const members = given as Json;
  const present = retryOrder.filter((name) => Object.hasOwn(members, name) && members[name] !== null);
  return Object.fromEntries(present.map((name) => [name, members[name]]));
}
