/**
 * Delivery to a Lambda function: the event it gets, posted to where the function runs.
 *
 * The emulator runs no functions. The user says at which URL each one can be invoked (the Lambda runtime interface emulator, SAM, a
 * server of one's own).
 */
import { parseArn } from '../arns.ts';
import { notificationText, type Signer } from '../envelope.ts';
import type { PublishedMessage } from '../message.ts';
import type { Subscription } from '../topic.ts';
import { attemptPost } from './http.ts';
import type { Outbound } from './outbound.ts';
import { clientFault, type Outcome } from './outcome.ts';

/** The URL that invokes a function, by the function's name or its ARN, with or without a qualifier. */
export type LambdaTargets = Readonly<Record<string, string>>;

/** One attempt; what no function is asked for ends at once. @param event of `lambdaEventText` */
export function deliverToLambda(
  outbound: Outbound,
  targets: LambdaTargets,
  functionArn: string,
  event: string,
): Outcome | Promise<Outcome> {
  const name = nameOf(functionArn);
  if (name === null) return clientFault(`${functionArn} is not the ARN of a Lambda function.`);
  const url = targetOf(targets, functionArn, name);
  if (url === undefined) {
    return clientFault(
      `The Lambda function ${functionArn} runs nowhere that is known: no URL was given ` +
        `for "${name}" or for its ARN (--lambda-targets).`,
    );
  }
  // Asynchronous, as SNS invokes: what the function makes of the event is not SNS's business.
  const headers = { 'content-type': 'application/json', 'x-amz-invocation-type': 'Event' };
  return attemptPost(outbound, url, headers, event);
}

/** The notification as Lambda gets it: a record around it, two names spelt otherwise, nothing left out. */
export function lambdaEventText(message: PublishedMessage, subscription: Subscription, signer: Signer): string {
  const { SigningCertURL, UnsubscribeURL, ...notification } = JSON.parse(
    notificationText(message, subscription, signer),
  ) as Notification;
  const record = {
    EventSource: 'aws:sns',
    EventVersion: '1.0',
    EventSubscriptionArn: subscription.arn,
    Sns: {
      Type: notification.Type,
      MessageId: notification.MessageId,
      TopicArn: notification.TopicArn,
      Subject: notification.Subject ?? null,
      Message: notification.Message,
      Timestamp: notification.Timestamp,
      // AWS says 1 to Lambda also where the topic's version, which the signature is of, is 2.
      SignatureVersion: '1',
      Signature: notification.Signature,
      SigningCertUrl: SigningCertURL,
      UnsubscribeUrl: UnsubscribeURL,
      MessageAttributes: lambdaAttributes(notification.MessageAttributes ?? {}),
    },
  };
  return JSON.stringify({ Records: [record] });
}

interface Notification {
  readonly Type: string;
  readonly MessageId: string;
  readonly TopicArn: string;
  readonly Subject?: string;
  readonly Message: string;
  readonly Timestamp: string;
  readonly SignatureVersion: string;
  readonly Signature: string;
  readonly SigningCertURL: string;
  readonly UnsubscribeURL: string;
  readonly MessageAttributes?: NotificationAttributes;
}

type NotificationAttributes = Readonly<Record<string, { readonly Type: string; readonly Value: string }>>;

/** Lambda knows no numbers and no arrays of strings: both come as String. */
function lambdaAttributes(attributes: NotificationAttributes): NotificationAttributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { Type, Value }]) => [
      name,
      { Type: /^Number\b|^String\.Array$/.test(Type) ? 'String' : Type, Value },
    ]),
  );
}

/** @returns null for what is no function's ARN */
function nameOf(functionArn: string): string | null {
  const parts = parseArn(functionArn);
  if (parts?.service !== 'lambda') return null;
  return /^function:([\w-]+)(?::[\w$-]+)?$/.exec(parts.resource)?.[1] ?? null;
}

/** The most exact one: an alias may run elsewhere than the rest of its function. */
function targetOf(targets: LambdaTargets, functionArn: string, name: string): string | undefined {
  const unqualified = functionArn.split(':').slice(0, 7).join(':');
  const key = [functionArn, unqualified, name].find((candidate) => Object.hasOwn(targets, candidate));
  return key === undefined ? undefined : targets[key];
}
