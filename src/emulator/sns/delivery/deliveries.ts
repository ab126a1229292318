/**
 * One message to one subscription, by its protocol; and what becomes of a message that cannot be delivered.
 *
 * Not here: which subscriptions get it (publishing.ts), endpoints outside of the emulator and their retries (endpoints.ts).
 */
import type { Queue } from '../../sqs/queue.ts';
import { confirmationText, notificationText, type Signer } from '../envelope.ts';
import { bodyFor, type PublishedMessage } from '../message.ts';
import type { Outbox, OutboxEntry } from '../outbox.ts';
import { protectedTexts } from '../protecting.ts';
import type { Subscription, Topic } from '../topic.ts';
import { clientFault, delivered, type Outcome } from './outcome.ts';
import { deliverToQueue } from './sqs.ts';

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
  outboxOf(topic: Topic): Outbox;
}): Deliveries {
  const { signer, endpoints, queueByArn, outboxOf } = options;

  return {
    deliver(published, subscription) {
      const { protocol, endpoint, settings, topic } = subscription;
      const message = protectedTexts(topic, 'Outbound', subscription.ownerId, published);
      if (message === null) {
        settle(clientFault('The data protection policy of the topic denies it.'), published, subscription, {
          lost: true,
        });
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
          settle(clientFault('Firehose is not part of this emulator yet.'), message, subscription);
          return;
        default:
          outboxOf(topic).add(mail(message, subscription, protocol));
          settle(delivered, message, subscription);
      }
    },
    ask(subscription, question) {
      const { protocol, endpoint, topic } = subscription;
      const body = confirmationText(question, subscription, signer);
      if (protocol === 'http' || protocol === 'https') {
        const post: HttpPost = { messageType: question.type, messageId: question.messageId, body, raw: false };
        endpoints.http(subscription, post, { attemptFailed() {}, finally() {} });
      } else if (protocol === 'sqs') {
        const message = asMessage(question, topic, body);
        deliverToQueue(queueByArn(endpoint), endpoint, {
          message,
          sourceArn: topic.arn,
          sourceAccountId: topic.accountId,
          body,
          raw: false,
        });
      } else if (protocol === 'email' || protocol === 'email-json') {
        outboxOf(topic).add({
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
    const { deadLetterArn, rawMessageDelivery } = subscription.settings;
    if (deadLetterArn === null || how.lost === true) return;
    const moved = toQueue(message, subscription, deadLetterArn, rawMessageDelivery);
    metrics.count(
      moved.kind === 'delivered' ? 'NumberOfNotificationsRedrivenToDlq' : 'NumberOfNotificationsFailedToRedriveToDlq',
    );
  }

  function mail(
    message: PublishedMessage,
    subscription: Subscription,
    kind: 'email' | 'email-json' | 'sms' | 'application',
  ): OutboxEntry {
    const text = bodyFor(message, kind);
    return {
      atMs: message.publishedAtMs,
      kind,
      to: subscription.endpoint,
      topicArn: message.topicArn,
      messageId: message.messageId,
      subject: message.subject ?? (kind === 'email' ? 'AWS Notification Message' : null),
      body: kind === 'email-json' ? notificationText(message, subscription, signer) : text,
    };
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
