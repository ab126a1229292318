/** A topic and its subscriptions: what they hold. Plain data; state.ts keeps them, publishing.ts and delivery/ work with them. */
import type { Deduplication } from '../sqs/deduplication.ts';
import type { PublishedMessage } from './message.ts';
import type { SubscriptionSettings } from './subscriptionSettings.ts';
import type { TopicMetrics } from './topicMetrics.ts';
import type { TopicSettings } from './topicSettings.ts';

export interface Topic {
  readonly arn: string;
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly fifo: boolean;
  readonly createdAtMs: number;
  readonly tags: Map<string, string>;
  readonly subscriptions: Map<string, Subscription>;
  readonly metrics: TopicMetrics;
  readonly sent: Deduplication<PublishedMessage>;
  /** Tokens that were used, with the ARN of the subscription they confirmed. */
  readonly confirmedTokens: Map<string, string>;
  /** Subscriptions that were left by a link, by the token that brings them back. */
  readonly left: Map<string, { readonly subscription: Subscription; readonly untilMs: number }>;
  /** FIFO topics with an archive: oldest first. */
  readonly archive: PublishedMessage[];
  archiveSinceMs: number | null;
  settings: TopicSettings;
  dataProtectionPolicy: string | null;
  deletedSubscriptions: number;
  /** Of the newest message of a FIFO topic. */
  sequence: number;
}

export type Protocol =
  | 'http'
  | 'https'
  | 'email'
  | 'email-json'
  | 'sms'
  | 'sqs'
  | 'application'
  | 'lambda'
  | 'firehose';

export interface Subscription {
  readonly arn: string;
  readonly topic: Topic;
  readonly protocol: Protocol;
  readonly endpoint: string;
  /** Account of the subscriber. */
  readonly ownerId: string;
  settings: SubscriptionSettings;
  /** Null once confirmed. */
  pending: { readonly token: string; readonly untilMs: number } | null;
  confirmationWasAuthenticated: boolean;
  /** Unsubscribing needs a signature. */
  authenticateOnUnsubscribe: boolean;
}

export const isConfirmed = ({ pending }: Subscription): boolean => pending === null;

/** A replay with an end pauses its subscription there: what is published later waits in the archive for a policy without one. */
export const isPaused = ({ settings }: Subscription, { publishedAtMs }: PublishedMessage): boolean =>
  settings.replay !== null && publishedAtMs > settings.replay.toMs;
