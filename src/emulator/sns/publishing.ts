/**
 * Publish and PublishBatch: the request is checked, then every confirmed subscription whose filter lets it through gets the message.
 *
 * Not here: how it gets there (delivery/), what a filter is (filterPolicy/).
 */
import { createHash } from 'node:crypto';
import { partitionIn, rootArn } from '../arns.ts';
import { jsonObjectIn } from '../jsonObject.ts';
import type { CallScope } from '../service.ts';
import { sequenceNumberOf } from '../sqs/identifiers.ts';
import { keepInArchive } from './archive.ts';
import type { Audit } from './dataProtection.ts';
import { authorizationError, invalidParameter } from './errors.ts';
import { hasMalformedAttribute, matchesAttributes, matchesBody } from './filterPolicy/index.ts';
import { type MessageAttributes, messageSizeBytes, type PublishedMessage } from './message.ts';
import { readMessageAttributes, type WireAttributeValue } from './messageAttributes.ts';
import { auditedTexts, keepAudit, protectedTexts } from './protecting.ts';
import type { SnsState } from './state.ts';
import { isConfirmed, isPaused, type Subscription, type Topic } from './topic.ts';
import { maximumMessageSizeBytes } from './topicSettings.ts';

export interface PublishRequest {
  readonly Message: string;
  readonly Subject?: string;
  readonly MessageStructure?: string;
  readonly MessageAttributes?: Readonly<Record<string, WireAttributeValue>>;
  readonly MessageDeduplicationId?: string;
  readonly MessageGroupId?: string;
}

/** What is in a request, checked, before it has a topic. */
export interface Content {
  readonly subject: string | null;
  readonly body: string;
  readonly bodies: ReadonlyMap<string, string> | null;
  readonly attributes: MessageAttributes | null;
  readonly sizeBytes: number;
  /** What an audit of the topic's found in it as it came in. */
  readonly audit?: Audit;
}

/**
 * @param platform of the endpoint of a platform application that it is for: its own text does without a `default`
 * @throws AwsError InvalidParameter, ParameterValueInvalid
 */
export function readContent(request: PublishRequest, platform?: string): Content {
  checkTexts(request);
  const { Message, Subject, MessageStructure } = request;
  const attributes = readMessageAttributes(request.MessageAttributes);
  const bodies = bodiesIn(Message, MessageStructure, platform);
  return {
    subject: Subject ?? null,
    body: bodies?.get('default') ?? Message,
    bodies,
    attributes,
    sizeBytes: messageSizeBytes(Message, attributes),
  };
}

/** What a batch refuses entry by entry; everything else makes it refuse the batch. @throws AwsError InvalidParameter */
export function checkTexts({ Message, Subject }: PublishRequest): void {
  if (Message.length === 0) throw invalidParameter('Empty message');
  if (Subject !== undefined && !/^[^\s\p{Cc}][^\r\n\p{Cc}]{0,99}$/u.test(Subject)) throw invalidParameter('Subject');
}

/**
 * @param publisherId account that publishes
 * @returns the content as the topic takes it: its data protection policy may hide parts
 * @throws AwsError InvalidParameter when it is larger than the topic takes, or has ids that do not fit the kind of topic;
 *         AuthorizationError when the policy denies it
 */
export function contentForTopic(topic: Topic, content: Content, request: PublishRequest, publisherId: string): Content {
  if (content.sizeBytes > maximumMessageSizeBytes(topic.settings)) throw invalidParameter('Message too long');
  checkIds(topic, request);
  return protectedContent(topic, content, publisherId);
}

/** @throws AwsError AuthorizationError when the data protection policy denies it */
export function protectedContent(topic: Topic, content: Content, publisherId: string): Content {
  const left = protectedTexts(topic, 'Inbound', publisherId, content);
  if (left === null) throw authorizationError(rootArn(partitionIn(topic.arn), publisherId), 'SNS:Publish', topic.arn);
  const audit = auditedTexts(topic, publisherId, content);
  return audit === null ? left : { ...left, audit };
}

/** @throws AwsError InvalidParameter for ids that do not fit the kind of topic */
export function checkIds(topic: Topic, request: PublishRequest): void {
  const { MessageGroupId, MessageDeduplicationId } = request;
  checkId('MessageGroupId', MessageGroupId);
  checkId('MessageDeduplicationId', MessageDeduplicationId);
  if (!topic.fifo) {
    if (MessageDeduplicationId === undefined) return;
    throw invalidParameter(
      'MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type',
    );
  }
  if (MessageGroupId === undefined) {
    throw invalidParameter('The MessageGroupId parameter is required for FIFO topics');
  }
  if (MessageDeduplicationId === undefined && topic.settings.get('ContentBasedDeduplication') !== 'true') {
    throw invalidParameter(
      'The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
  }
}

/**
 * Publishes what was checked. A FIFO topic that got the same within five minutes gives the first message and delivers nothing.
 *
 * @param from how the publisher reached us
 */
export function publish(
  state: SnsState,
  topic: Topic,
  content: Content,
  request: PublishRequest,
  from: Pick<CallScope, 'origin' | 'traceHeader'>,
): PublishedMessage {
  const nowMs = state.world.nowMs();
  const deduplicationId = topic.fifo ? (request.MessageDeduplicationId ?? sha256(request.Message)) : null;
  const scope = topic.settings.get('FifoThroughputScope') === 'MessageGroup' ? `${request.MessageGroupId ?? ''}\n` : '';
  const key = deduplicationId === null ? null : scope + deduplicationId;
  const known = key === null ? null : topic.sent.known(key, nowMs);
  if (known !== null) return known;
  const message: PublishedMessage = {
    messageId: state.nextId(),
    topicArn: topic.arn,
    publishedAtMs: nowMs,
    subject: content.subject,
    body: content.body,
    bodies: content.bodies,
    attributes: content.attributes,
    groupId: request.MessageGroupId ?? null,
    deduplicationId,
    sequenceNumber: topic.fifo ? sequenceNumberOf(++topic.sequence) : null,
    origin: from.origin,
    traceHeader: from.traceHeader,
    replayed: false,
  };
  if (key !== null) topic.sent.remember(key, message, nowMs);
  topic.metrics.count('NumberOfMessagesPublished');
  if (content.audit !== undefined) keepAudit(state, topic, content.audit, message);
  keepInArchive(topic, message, nowMs);
  fanOut(state, topic, message);
  return message;
}

/** To every subscription that is confirmed now and wants it. */
function fanOut(state: SnsState, topic: Topic, message: PublishedMessage): void {
  const subscriptions = [...topic.subscriptions.values()].filter(
    (one) => isConfirmed(one) && !isPaused(one, message) && accepts(one, message, topic),
  );
  if (subscriptions.length === 0) return;
  // After whoever is at work has finished, at this same instant: the publisher's answer does not wait for it.
  state.world.at(state.world.nowMs(), () => {
    for (const subscription of subscriptions) state.neighbours.deliveries.deliver(message, subscription);
  });
}

/** Whether the filter lets it through; what it holds back is counted by its reason (SNS-24). */
export function accepts({ settings }: Subscription, message: PublishedMessage, { metrics }: Topic): boolean {
  const { filter, filterScope } = settings;
  if (filter === null) return true;
  const refuse = (reason: Parameters<typeof metrics.count>[0]): false => {
    metrics.count('NumberOfNotificationsFilteredOut');
    metrics.count(reason);
    return false;
  };
  if (filterScope === 'MessageBody') {
    const body = jsonObjectIn(message.body);
    if (body === null) return refuse('NumberOfNotificationsFilteredOut-InvalidMessageBody');
    return matchesBody(filter, body) || refuse('NumberOfNotificationsFilteredOut-MessageBody');
  }
  const attributes = message.attributes ?? new Map();
  if (matchesAttributes(filter, attributes)) return true;
  if (attributes.size === 0) return refuse('NumberOfNotificationsFilteredOut-NoMessageAttributes');
  return refuse(
    hasMalformedAttribute(filter, attributes)
      ? 'NumberOfNotificationsFilteredOut-InvalidAttributes'
      : 'NumberOfNotificationsFilteredOut-MessageAttributes',
  );
}

function bodiesIn(
  text: string,
  structure: string | undefined,
  platform: string | undefined,
): ReadonlyMap<string, string> | null {
  if (structure === undefined || structure === '') return null;
  if (structure !== 'json') throw invalidParameter('MessageStructure');
  const parsed = jsonObjectIn(text);
  if (parsed === null) throw invalidParameter('Message Structure - JSON message body failed to parse');
  const texts = Object.entries(parsed).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const bodies = new Map(texts);
  if (!bodies.has('default') && (platform === undefined || !bodies.has(platform))) {
    throw invalidParameter(
      platform === undefined
        ? 'Message Structure - No default entry in JSON message body'
        : `JSON must contain an entry for 'default' or '${platform}'.`,
    );
  }
  return bodies;
}

function checkId(parameter: string, id: string | undefined): void {
  if (id === undefined || /^[\x21-\x7e]{1,128}$/.test(id)) return;
  throw invalidParameter(
    `${parameter} Reason: ${parameter} can only include alphanumeric and punctuation characters. 1 to 128 in length`,
  );
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
