/**
 * One message to one subscription, by its protocol; and what becomes of a message that cannot be delivered.
 *
 * Not here: which subscriptions get it (publishing.ts), endpoints outside of the emulator and their retries (endpoints.ts), what is kept in
 * place of mails and pushes (toOutbox.ts).
 */
import type { Queue } from '../../sqs/queue.ts';
import { confirmationText, notificationText, type Signer } from '../envelope.ts';
import { bodyFor, type PublishedMessage } from '../message.ts';
import { protectedTexts } from '../protecting.ts';
import type { SnsState } from '../state.ts';
import type { Subscription, Topic } from '../topic.ts';
import { clientFault, type Outcome } from './outcome.ts';
import { deliverToQueue } from './sqs.ts';
import { deliverToOutbox } from './toOutbox.ts';

export interface Deliveries {
  deliver(message: PublishedMessage, subscription: Subscription): void;
  /** Asks the endpoint whether it wants to be subscribed, or to stay so. */
  ask(subscription: Subscription, question: Question): void;
}

export interface Question {
  readonly type: 'SubscriptionConfirmation' | 'UnsubscribeConfirmation';
  readonly messageId: string;
  readonly token: string;
  readonly atMs: number;
  /** `http://HOST` where the answer goes. */
  readonly origin: string;
}

/** HTTP/S subscribers and Lambda functions: outside of the emulator, so the outcome comes later, after retries if need be. */
export interface Endpoints {
  http(subscription: Subscription, post: HttpPost, done: Settled): void;
  lambda(message: PublishedMessage, subscription: Subscription, done: Settled): void;
}

export interface HttpPost {
  readonly messageType: 'Notification' | Question['type'];
  readonly messageId: string;
  readonly body: string;
  readonly raw: boolean;
}

export interface Settled {
  /** Each attempt that failed, whether or not another one follows. */
  attemptFailed(): void;
  finally(outcome: Outcome): void;
}

export function createDeliveries(options: {
  readonly signer: Signer;
  readonly endpoints: Endpoints;
  queueByArn(arn: string): Queue | undefined;
  snsAt(accountId: string, region: string): SnsState;
}): Deliveries {
  const { signer, endpoints, queueByArn, snsAt } = options;

  return {
    deliver(published, subscription) {
      const { protocol, endpoint, settings, topic } = subscription;
      const message = protectedTexts(topic, 'Outbound', subscription.ownerId, published);
      if (message === null) {
        const reason = `The topic's data protection policy prohibits this message from being delivered to ${subscription.arn}`;
        settle(clientFault(reason), published, subscription, { lost: true });
        return;
      }
      switch (protocol) {
        case 'sqs':
          settle(toQueue(message, subscription, endpoint, settings.rawMessageDelivery), message, subscription);
          return;
        case 'http':
        case 'https': {
          const raw = settings.rawMessageDelivery;
          const body = raw ? bodyFor(message, protocol) : notificationText(message, subscription, signer);
          const post: HttpPost = { messageType: 'Notification', messageId: message.messageId, body, raw };
          endpoints.http(subscription, post, later(message, subscription, 'each attempt'));
          return;
        }
        case 'lambda':
          endpoints.lambda(message, subscription, later(message, subscription, 'the last attempt'));
          return;
        case 'firehose':
          // Trying again for 23 days, as AWS would, could not end otherwise.
          settle(clientFault('This emulator has no Firehose.'), message, subscription);
          return;
        default:
          settle(deliverToOutbox(message, subscription, protocol, { snsAt, signer }), message, subscription);
      }
    },
    ask(subscription, question) {
      const { protocol, endpoint, topic } = subscription;
      const body = confirmationText(question, subscription, signer);
      if (protocol === 'http' || protocol === 'https') {
        const post: HttpPost = { messageType: question.type, messageId: question.messageId, body, raw: false };
        endpoints.http(subscription, post, {
          attemptFailed() {},
          finally: (outcome) => tell(outcome, question.messageId, subscription),
        });
      } else if (protocol === 'sqs') {
        const message = asMessage(question, topic, body);
        const source = { sourceArn: topic.arn, sourceAccountId: topic.accountId };
        const outcome = deliverToQueue(queueByArn(endpoint), endpoint, { message, ...source, body, raw: false });
        tell(outcome, question.messageId, subscription);
      } else if (protocol === 'email' || protocol === 'email-json') {
        snsAt(topic.accountId, topic.region).outbox.add({
          atMs: question.atMs,
          kind: protocol,
          to: endpoint,
          topicArn: topic.arn,
          messageId: question.messageId,
          subject: 'AWS Notification - Subscription Confirmation',
          body,
        });
      }
    },
  };

  function toQueue(message: PublishedMessage, subscription: Subscription, arn: string, raw: boolean): Outcome {
    const { topic } = subscription;
    const body = raw ? '' : notificationText(message, subscription, signer);
    const source = { sourceArn: topic.arn, sourceAccountId: topic.accountId };
    return deliverToQueue(queueByArn(arn), arn, { message, ...source, body, raw });
  }

  /** HTTP counts every attempt that fails, the others a message that does (SNS-91). */
  function later(
    message: PublishedMessage,
    subscription: Subscription,
    counts: 'each attempt' | 'the last attempt',
  ): Settled {
    return {
      attemptFailed() {
        if (counts === 'each attempt') subscription.topic.metrics.count('NumberOfNotificationsFailed');
      },
      finally: (outcome) => settle(outcome, message, subscription, { counted: counts === 'each attempt' }),
    };
  }

  /** @param how `counted`: its failure is counted already; `lost`: it may not even go to the dead-letter queue */
  function settle(
    outcome: Outcome,
    message: PublishedMessage,
    subscription: Subscription,
    how: { readonly counted?: boolean; readonly lost?: boolean } = {},
  ): void {
    const { metrics } = subscription.topic;
    if (outcome.kind === 'delivered') {
      metrics.count('NumberOfNotificationsDelivered');
      return;
    }
    if (how.counted !== true) metrics.count('NumberOfNotificationsFailed');
    tell(outcome, message.messageId, subscription);
    const { deadLetterArn, rawMessageDelivery } = subscription.settings;
    if (deadLetterArn === null || how.lost === true) return;
    const moved = toQueue(message, subscription, deadLetterArn, rawMessageDelivery);
    tell(moved, message.messageId, subscription, { protocol: 'sqs', endpoint: deadLetterArn });
    metrics.count(
      moved.kind === 'delivered' ? 'NumberOfNotificationsRedrivenToDlq' : 'NumberOfNotificationsFailedToRedriveToDlq',
    );
  }

  /** Why something did not arrive, for whoever reads the outbox. @param to another than the subscriber: its dead-letter queue */
  function tell(
    outcome: Outcome,
    messageId: string,
    { arn: subscriptionArn, topic, ...subscriber }: Subscription,
    to: { readonly protocol: string; readonly endpoint: string } = subscriber,
  ): void {
    if (outcome.kind === 'delivered') return;
    const { outbox, world } = snsAt(topic.accountId, topic.region);
    const { reason } = outcome;
    const { protocol, endpoint } = to;
    const atMs = world.nowMs();
    outbox.addUndelivered({ atMs, protocol, to: endpoint, topicArn: topic.arn, subscriptionArn, messageId, reason });
  }
}

/** A question as a queue takes it. */
function asMessage({ messageId, atMs, origin }: Question, { arn, fifo }: Topic, body: string): PublishedMessage {
  return {
    messageId,
    topicArn: arn,
    publishedAtMs: atMs,
    subject: null,
    body,
    bodies: null,
    attributes: null,
    groupId: fifo ? messageId : null,
    deduplicationId: fifo ? messageId : null,
    sequenceNumber: null,
    origin,
    replayed: false,
  };
}
