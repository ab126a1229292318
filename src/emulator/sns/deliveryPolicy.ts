/**
 * Delivery policies of HTTP/S endpoints: how often and at what distances a delivery is tried again.
 *
 * A pure list of waits comes of it; the waiting is delivery/retries.ts's. Rules: docs/rules/sns.md (SNS-50 to SNS-54).
 */
import { invalidParameter } from './errors.ts';

export type BackoffFunction = 'linear' | 'arithmetic' | 'geometric' | 'exponential';

export interface RetryPolicy {
  readonly minDelayTargetSeconds: number;
  readonly maxDelayTargetSeconds: number;
  readonly numRetries: number;
  readonly numNoDelayRetries: number;
  readonly numMinDelayRetries: number;
  readonly numMaxDelayRetries: number;
  readonly backoffFunction: BackoffFunction;
}

export interface DeliveryPolicy {
  readonly retry: RetryPolicy;
  readonly maxReceivesPerSecond: number | null;
  readonly headerContentType: string;
  /** Topic only. */
  readonly disableSubscriptionOverrides: boolean;
}

export const defaultDeliveryPolicy: DeliveryPolicy = {
  retry: {
    minDelayTargetSeconds: 20,
    maxDelayTargetSeconds: 20,
    numRetries: 3,
    numNoDelayRetries: 0,
    numMinDelayRetries: 0,
    numMaxDelayRetries: 0,
    backoffFunction: 'linear',
  },
  maxReceivesPerSecond: null,
  headerContentType: 'text/plain; charset=UTF-8',
  disableSubscriptionOverrides: false,
};

const longestTotalSeconds = 3_600;
const backoffs: readonly string[] = ['linear', 'arithmetic', 'geometric', 'exponential'];

/**
 * @param of a topic's policy stands below `http`, a subscription's by itself
 * @throws AwsError InvalidParameter
 */
export function parseDeliveryPolicy(text: string, of: 'topic' | 'subscription'): DeliveryPolicy {
  const parsed = objectIn(text);
  const root = of === 'topic' ? member(parsed, 'http') : parsed;
  const healthy = member(root, of === 'topic' ? 'defaultHealthyRetryPolicy' : 'healthyRetryPolicy');
  const throttle = member(root, of === 'topic' ? 'defaultThrottlePolicy' : 'throttlePolicy');
  const request = member(root, of === 'topic' ? 'defaultRequestPolicy' : 'requestPolicy');
  const base = defaultDeliveryPolicy.retry;
  const retry: RetryPolicy = {
    minDelayTargetSeconds: whole(healthy, 'minDelayTarget', 1, longestTotalSeconds, base.minDelayTargetSeconds),
    maxDelayTargetSeconds: whole(healthy, 'maxDelayTarget', 1, longestTotalSeconds, base.maxDelayTargetSeconds),
    numRetries: whole(healthy, 'numRetries', 0, 100, base.numRetries),
    numNoDelayRetries: whole(healthy, 'numNoDelayRetries', 0, 100, 0),
    numMinDelayRetries: whole(healthy, 'numMinDelayRetries', 0, 100, 0),
    numMaxDelayRetries: whole(healthy, 'numMaxDelayRetries', 0, 100, 0),
    backoffFunction: backoff(healthy),
  };
  if (retry.maxDelayTargetSeconds < retry.minDelayTargetSeconds) {
    throw refuse('maxDelayTarget must be greater than or equal to minDelayTarget');
  }
  if (retry.numNoDelayRetries + retry.numMinDelayRetries + retry.numMaxDelayRetries > retry.numRetries) {
    throw refuse('numRetries must be at least the sum of numNoDelayRetries, numMinDelayRetries and numMaxDelayRetries');
  }
  const contentType = Object.hasOwn(request, 'headerContentType') ? request.headerContentType : undefined;
  if (contentType !== undefined && typeof contentType !== 'string') throw refuse('headerContentType must be a text');
  const policy: DeliveryPolicy = {
    retry,
    maxReceivesPerSecond: Object.hasOwn(throttle, 'maxReceivesPerSecond')
      ? whole(throttle, 'maxReceivesPerSecond', 1, 1_000_000, 1)
      : null,
    headerContentType: contentType ?? defaultDeliveryPolicy.headerContentType,
    disableSubscriptionOverrides: root.disableSubscriptionOverrides === true,
  };
  const totalSeconds = retryWaitsSeconds(retry).reduce((sum, seconds) => sum + seconds, 0);
  if (totalSeconds > longestTotalSeconds)
    throw refuse(`the retries take longer than ${longestTotalSeconds} seconds in all`);
  return policy;
}

/**
 * The wait before each retry: without delay, then at the least one, then growing to the greatest, then at that.
 *
 * @returns one per retry
 */
export function retryWaitsSeconds(policy: RetryPolicy): number[] {
  const { minDelayTargetSeconds: least, maxDelayTargetSeconds: most, numRetries } = policy;
  const { numNoDelayRetries, numMinDelayRetries, numMaxDelayRetries } = policy;
  const growing = numRetries - numNoDelayRetries - numMinDelayRetries - numMaxDelayRetries;
  return [
    ...Array.from({ length: numNoDelayRetries }, () => 0),
    ...Array.from({ length: numMinDelayRetries }, () => least),
    ...Array.from({ length: growing }, (_, index) => grown(policy.backoffFunction, least, most, index, growing)),
    ...Array.from({ length: numMaxDelayRetries }, () => most),
  ];
}

/** From `least` at the first of `count` to `most` at the last. */
function grown(how: BackoffFunction, least: number, most: number, index: number, count: number): number {
  const share = count === 1 ? 0 : index / (count - 1);
  switch (how) {
    case 'linear':
      return least + (most - least) * share;
    case 'arithmetic':
      return least + (most - least) * share * ((index + 1) / count);
    case 'geometric':
      return least * (most / least) ** share;
    case 'exponential':
      return Math.min(most, least * 2 ** index);
  }
}

/** As GetTopicAttributes and GetSubscriptionAttributes show what holds in the end. */
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

const refuse = (reason: string): Error => invalidParameter(`DeliveryPolicy: ${reason}`);

type Json = Readonly<Record<string, unknown>>;

function objectIn(text: string): Json {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as Json;
  } catch {
    // Refused below, like JSON of another type.
  }
  throw refuse('failed to parse JSON.');
}

function member(parent: Json, name: string): Json {
  const found = Object.hasOwn(parent, name) ? parent[name] : undefined;
  if (found === undefined || found === null) return {};
  if (typeof found !== 'object' || Array.isArray(found)) throw refuse(`${name} must be an object`);
  return found as Json;
}

function whole(parent: Json, name: string, least: number, most: number, otherwise: number): number {
  const found = Object.hasOwn(parent, name) ? parent[name] : undefined;
  if (found === undefined || found === null) return otherwise;
  if (typeof found === 'number' && Number.isInteger(found) && found >= least && found <= most) return found;
  throw refuse(`${name} must be a whole number from ${least} to ${most}`);
}

function backoff(healthy: Json): BackoffFunction {
  const found = Object.hasOwn(healthy, 'backoffFunction') ? healthy.backoffFunction : 'linear';
  if (typeof found === 'string' && backoffs.includes(found)) return found as BackoffFunction;
  throw refuse(`backoffFunction must be one of ${backoffs.join(', ')}`);
}

/** What holds for a subscription: its own policy, unless the topic keeps it from having one; else the topic's; else the default. */
export function effectivePolicyOf(topicText: string | undefined, subscriptionText: string | undefined): DeliveryPolicy {
  const ofTopic = topicText === undefined ? defaultDeliveryPolicy : parseDeliveryPolicy(topicText, 'topic');
  if (subscriptionText === undefined || ofTopic.disableSubscriptionOverrides) return ofTopic;
  return parseDeliveryPolicy(subscriptionText, 'subscription');
}
