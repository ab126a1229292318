/**
 * What a topic may not have that takes messages of more than 256 KiB: most protocols, and more than a hundred subscriptions.
 *
 * Rules: docs/rules/sns.md (SNS-160, SNS-161). Not here: how large a message is (message.ts), the attribute's values (topicSettings.ts).
 */
import { invalidParameter } from './errors.ts';
import type { Protocol, Topic } from './topic.ts';
import { defaultMaximumMessageSizeBytes, maximumMessageSizeBytes, type TopicSettings } from './topicSettings.ts';

const mostSubscriptions = 100;
const protocols: ReadonlySet<Protocol> = new Set(['sqs', 'lambda', 'firehose']);

/** Asked before anybody looks at the endpoint. @throws AwsError InvalidParameter */
export function checkProtocolOfLarge({ settings }: Topic, protocol: Protocol): void {
  if (isLarge(settings) && !protocols.has(protocol)) throw unsupported(protocol);
}

/** Before a subscription more. @throws AwsError InvalidParameter */
export function checkRoomOfLarge({ settings, subscriptions }: Topic): void {
  if (isLarge(settings) && subscriptions.size >= mostSubscriptions) throw tooMany();
}

/** Whether a topic with these subscriptions, asked or confirmed, may have these settings. @throws AwsError InvalidParameter */
export function checkSubscriptionsOfLarge({ subscriptions }: Topic, settings: TopicSettings): void {
  if (!isLarge(settings)) return;
  for (const { protocol } of subscriptions.values()) if (!protocols.has(protocol)) throw unsupported(protocol);
  if (subscriptions.size > mostSubscriptions) throw tooMany();
}

const isLarge = (settings: TopicSettings): boolean =>
  maximumMessageSizeBytes(settings) > defaultMaximumMessageSizeBytes;

const what = `MaximumMessageSize greater than ${defaultMaximumMessageSizeBytes} bytes`;

const unsupported = (protocol: Protocol): Error =>
  invalidParameter(`${what} is not supported for the following protocol: [${protocol}]`);

const tooMany = (): Error =>
  invalidParameter(`A topic with ${what} supports a maximum of ${mostSubscriptions} subscriptions`);
