/**
 * The JSON that a subscriber gets unless it asked for raw delivery, and the text that its signature is over.
 *
 * Field order and spacing are the service's: some receivers compare texts. Rules: docs/rules/sns.md (SNS-30 to SNS-34).
 */
import { inServiceOrder } from './attributeOrder.ts';
import { bodyFor, type MessageAttributes, type PublishedMessage } from './message.ts';
import type { Subscription } from './topic.ts';

/** Signs with the key whose certificate is at `certificateUrl`. */
export interface Signer {
  /** @returns base64; version 1 is SHA-1, version 2 SHA-256, both RSA */
  sign(text: string, version: '1' | '2'): string;
  certificateUrl(origin: string): string;
}

/** A notification for one subscription. */
export function notificationText(message: PublishedMessage, subscription: Subscription, signer: Signer): string {
  const body = bodyFor(message, subscription.protocol);
  const fields: [string, unknown][] = [
    ['Type', 'Notification'],
    ['MessageId', message.messageId],
    ...(message.sequenceNumber === null ? [] : [['SequenceNumber', message.sequenceNumber] as [string, unknown]]),
    ['TopicArn', message.topicArn],
    ...(message.subject === null ? [] : [['Subject', message.subject] as [string, unknown]]),
    ['Message', body],
    ['Timestamp', timestampOf(message.publishedAtMs)],
    ...(message.replayed ? [['Replayed', true] as [string, unknown]] : []),
    ...(subscription.topic.fifo ? [] : signatureOf(message, body, subscription, signer)),
    ['UnsubscribeURL', unsubscribeUrl(message.origin, subscription.arn)],
    ...(message.attributes === null
      ? []
      : [['MessageAttributes', writtenAttributes(message.attributes)] as [string, unknown]]),
  ];
  return writtenJson(fields);
}

/** What FIFO topics publish is not signed. */
function signatureOf(
  message: PublishedMessage,
  body: string,
  subscription: Subscription,
  signer: Signer,
): [string, unknown][] {
  const version = signatureVersionOf(subscription);
  return [
    ['SignatureVersion', version],
    ['Signature', signer.sign(notificationSigned(message, body), version)],
    ['SigningCertURL', signer.certificateUrl(message.origin)],
  ];
}

/** `SubscriptionConfirmation` or `UnsubscribeConfirmation`, with a token that ConfirmSubscription takes. */
export function confirmationText(
  confirmation: {
    readonly type: 'SubscriptionConfirmation' | 'UnsubscribeConfirmation';
    readonly messageId: string;
    readonly token: string;
    readonly atMs: number;
    readonly origin: string;
  },
  subscription: Subscription,
  signer: Signer,
): string {
  const { type, messageId, token, atMs, origin } = confirmation;
  const topicArn = subscription.topic.arn;
  const Message =
    type === 'SubscriptionConfirmation'
      ? `You have chosen to subscribe to the topic ${topicArn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`
      : `You have chosen to deactivate subscription ${subscription.arn}.\nTo cancel this operation and restore the subscription, visit the SubscribeURL included in this message.`;
  const SubscribeURL = confirmUrl(origin, topicArn, token);
  const Timestamp = timestampOf(atMs);
  const signed = signedText([
    ['Message', Message],
    ['MessageId', messageId],
    ['SubscribeURL', SubscribeURL],
    ['Timestamp', Timestamp],
    ['Token', token],
    ['TopicArn', topicArn],
    ['Type', type],
  ]);
  const version = signatureVersionOf(subscription);
  return writtenJson([
    ['Type', type],
    ['MessageId', messageId],
    ['Token', token],
    ['TopicArn', topicArn],
    ['Message', Message],
    ['SubscribeURL', SubscribeURL],
    ['Timestamp', Timestamp],
    ['SignatureVersion', version],
    ['Signature', signer.sign(signed, version)],
    ['SigningCertURL', signer.certificateUrl(origin)],
  ]);
}

/** Links are Query calls without a signature and, as with AWS, without a version and with the ARN as it is. */
const confirmUrl = (origin: string, topicArn: string, token: string): string =>
  `${origin}/?Action=ConfirmSubscription&TopicArn=${topicArn}&Token=${token}`;

const unsubscribeUrl = (origin: string, subscriptionArn: string): string =>
  `${origin}/?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}`;

export const timestampOf = (ms: number): string => new Date(ms).toISOString();

function signatureVersionOf({ topic }: Subscription): '1' | '2' {
  return topic.settings.get('SignatureVersion') === '2' ? '2' : '1';
}

/** Name and value in lines of their own, in the order of the names. */
function notificationSigned(message: PublishedMessage, body: string): string {
  return signedText([
    ['Message', body],
    ['MessageId', message.messageId],
    ...(message.subject === null ? [] : [['Subject', message.subject] as [string, string]]),
    ['Timestamp', timestampOf(message.publishedAtMs)],
    ['TopicArn', message.topicArn],
    ['Type', 'Notification'],
  ]);
}

const signedText = (fields: readonly (readonly [string, string])[]): string =>
  fields.map(([name, value]) => `${name}\n${value}\n`).join('');

function writtenAttributes(attributes: MessageAttributes): Record<string, { Type: string; Value: string }> {
  return Object.fromEntries(
    inServiceOrder([...attributes.keys()]).map((name) => {
      const { dataType, value } = attributes.get(name)!;
      return [
        name,
        { Type: dataType, Value: typeof value === 'string' ? value : Buffer.from(value).toString('base64') },
      ];
    }),
  );
}

/** With spaces around the colons, which JSON.stringify does not write. */
function writtenJson(fields: readonly (readonly [string, unknown])[]): string {
  const lines = fields.map(([name, value]) => `  ${JSON.stringify(name)} : ${writtenValue(value)}`);
  return `{\n${lines.join(',\n')}\n}`;
}

function writtenValue(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value as Record<string, { Type: string; Value: string }>);
  const lines = entries.map(
    ([name, { Type, Value }]) =>
      `    ${JSON.stringify(name)} : {"Type":${JSON.stringify(Type)},"Value":${JSON.stringify(Value)}}`,
  );
  return `{\n${lines.join(',\n')}\n  }`;
}
