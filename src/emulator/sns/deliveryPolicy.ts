/**
 * Delivery policies of HTTP/S endpoints: how often and at what distances a delivery is tried again.
 *
 * A pure list of waits comes of it; the waiting is delivery/retries.ts's. Rules: docs/rules/sns.md (SNS-50 to SNS-54). Not here: how the
 * Get actions show a policy (deliveryPolicyText.ts).
 */
import { jsonObjectIn } from '../jsonObject.ts';
import { invalidParameter } from './errors.ts';
import { jsonProblem } from './jsonProblem.ts';

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

/** What a policy says itself; null where it says nothing. */
export interface DeliveryPolicyParts {
  readonly retry: RetryPolicy | null;
  readonly maxReceivesPerSecond: number | null;
  readonly headerContentType: string | null;
  readonly disableSubscriptionOverrides: boolean;
}

const noParts: DeliveryPolicyParts = {
  retry: null,
  maxReceivesPerSecond: null,
  headerContentType: null,
  disableSubscriptionOverrides: false,
};

/** How the members are called: a topic's policy stands below `http`, a subscription's by itself. */
export const policyMembers = {
  topic: {
    prefix: 'http.',
    retry: 'defaultHealthyRetryPolicy',
    sickly: 'defaultSicklyRetryPolicy',
    throttle: 'defaultThrottlePolicy',
    request: 'defaultRequestPolicy',
    other: 'disableSubscriptionOverrides',
  },
  subscription: {
    prefix: '',
    retry: 'healthyRetryPolicy',
    sickly: 'sicklyRetryPolicy',
    throttle: 'throttlePolicy',
    request: 'requestPolicy',
    other: 'guaranteed',
  },
} as const;

/**
 * Read once, when it is set: every delivery asks for it.
 *
 * @throws AwsError InvalidParameter
 */
export function parseDeliveryPolicy(text: string, of: 'topic' | 'subscription'): DeliveryPolicyParts {
  const { prefix, ...names } = policyMembers[of];
  const parsed = objectIn(text);
  if (of === 'topic') refuseOthers(parsed, ['http']);
  const root = of === 'topic' ? member(parsed, 'http') : parsed;
  refuseOthers(root, Object.values(names));
  const request = member(root, names.request);
  const contentType = Object.hasOwn(request, 'headerContentType') ? request.headerContentType : undefined;
  if (contentType !== undefined && typeof contentType !== 'string') throw refuse('headerContentType must be a text');
  return {
    retry: retryIn(member(root, names.retry), `${prefix}${names.retry}.`),
    maxReceivesPerSecond: throttleIn(member(root, names.throttle), `${prefix}${names.throttle}.`),
    headerContentType: contentType ?? null,
    disableSubscriptionOverrides: of === 'topic' && root.disableSubscriptionOverrides === true,
  };
}

/** @param path in front of the names of the members, for the words */
function retryIn(healthy: Json, path: string): RetryPolicy | null {
  if (Object.keys(healthy).length === 0) return null;
  const base = defaultDeliveryPolicy.retry;
  const whole = (name: string, least: number, most: number, otherwise: number): number =>
    wholeIn(healthy, name, path, { least, most }) ?? otherwise;
  const retry: RetryPolicy = {
    minDelayTargetSeconds: whole('minDelayTarget', 1, longestTotalSeconds, base.minDelayTargetSeconds),
    maxDelayTargetSeconds: whole('maxDelayTarget', 1, longestTotalSeconds, base.maxDelayTargetSeconds),
    numRetries: whole('numRetries', 0, 100, base.numRetries),
    numNoDelayRetries: whole('numNoDelayRetries', 0, 100, 0),
    numMinDelayRetries: whole('numMinDelayRetries', 0, 100, 0),
    numMaxDelayRetries: whole('numMaxDelayRetries', 0, 100, 0),
    backoffFunction: backoff(healthy, path),
  };
  // Whoever says anything about retries has to say these, and hears that before one of them is held against a default.
  const need = (name: string): void => {
    if (!Object.hasOwn(healthy, name) || healthy[name] === null) throw refuse(`${path}${name} must be specified`);
  };
  need('minDelayTarget');
  need('maxDelayTarget');
  if (retry.maxDelayTargetSeconds < retry.minDelayTargetSeconds) {
    throw refuse(`${path}maxDelayTarget must be greater than or equal to minDelayTarget`);
  }
  need('numRetries');
  if (retry.numNoDelayRetries + retry.numMinDelayRetries + retry.numMaxDelayRetries > retry.numRetries) {
    throw refuse(
      `${path}numRetries must be greater than or equal to total of numMinDelayRetries, numNoDelayRetries and numMaxDelayRetries`,
    );
  }
  const totalSeconds = retryWaitsSeconds(retry).reduce((sum, seconds) => sum + seconds, 0);
  if (totalSeconds > longestTotalSeconds)
    throw refuse(`the retries take longer than ${longestTotalSeconds} seconds in all`);
  return retry;
}

function throttleIn(throttle: Json, path: string): number | null {
  const name = 'maxReceivesPerSecond';
  const found = Object.hasOwn(throttle, name) ? throttle[name] : undefined;
  if (typeof found === 'number' && found < 1) throw refuse(`${path}${name} must be >= 1`);
  return wholeIn(throttle, name, path, { least: 1, most: 1_000_000 });
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

const refuse = (reason: string): Error => invalidParameter(`DeliveryPolicy: ${reason}`);

type Json = Readonly<Record<string, unknown>>;

function objectIn(text: string): Json {
  const parsed = jsonObjectIn(text);
  if (parsed === null) throw refuse(`failed to parse JSON.${jsonProblem(text)}`);
  return parsed;
}

function member(parent: Json, name: string): Json {
  const found = Object.hasOwn(parent, name) ? parent[name] : undefined;
  if (found === undefined || found === null) return {};
  if (typeof found !== 'object' || Array.isArray(found)) throw refuse(`${name} must be an object`);
  return found as Json;
}

function refuseOthers(parent: Json, names: readonly string[]): void {
  const other = Object.keys(parent).find((name) => !names.includes(name));
  if (other !== undefined) throw refuse(`Unexpected JSON member: ${other.slice(0, 80)}`);
}

/** @returns null where there is none */
function wholeIn(
  parent: Json,
  name: string,
  path: string,
  { least, most }: { readonly least: number; readonly most: number },
): number | null {
  const found = Object.hasOwn(parent, name) ? parent[name] : undefined;
  if (found === undefined || found === null) return null;
  if (typeof found !== 'number' || !Number.isInteger(found)) throw refuse(`${path}${name} must be a whole number`);
  if (found < least) throw refuse(`${path}${name} must be greater than or equal to ${least}`);
  if (found > most) throw refuse(`${path}${name} must be less than or equal to ${most}`);
  return found;
}

function backoff(healthy: Json, path: string): BackoffFunction {
  const found = Object.hasOwn(healthy, 'backoffFunction') ? (healthy.backoffFunction ?? 'linear') : 'linear';
  if (typeof found === 'string' && backoffs.includes(found)) return found as BackoffFunction;
  throw refuse(`${path}backoffFunction the value [${String(found).slice(0, 80)}] is not a valid backoff function`);
}

/**
 * What holds for a topic, or for a subscription: part by part its own, unless the topic keeps it from having any; else the topic's; else
 * the default.
 *
 * @param topic null: the topic has no policy; so for the subscription
 */
export function effectivePolicyOf(
  topic: DeliveryPolicyParts | null,
  subscription: DeliveryPolicyParts | null = null,
): DeliveryPolicy {
  const ofTopic = topic ?? noParts;
  const own = subscription === null || ofTopic.disableSubscriptionOverrides ? noParts : subscription;
  const { retry, headerContentType } = defaultDeliveryPolicy;
  return {
    retry: own.retry ?? ofTopic.retry ?? retry,
    maxReceivesPerSecond: own.maxReceivesPerSecond ?? ofTopic.maxReceivesPerSecond,
    headerContentType: own.headerContentType ?? ofTopic.headerContentType ?? headerContentType,
    disableSubscriptionOverrides: ofTopic.disableSubscriptionOverrides,
  };
}
