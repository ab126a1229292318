/** Reading ARNs of SNS and of the endpoints it delivers to. Not here: making them (../arns.ts). */
import { partitionOf } from '../../core/partitions.ts';
import { partitionIn } from '../arns.ts';
import { invalidParameter } from './errors.ts';

export interface ArnParts {
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
  readonly resource: string;
}

const form = /^arn:aws[\w-]*:([a-z0-9-]+):([a-z0-9-]*):(\d{12}|):(.+)$/s;

/** @returns null for what is no ARN */
export function parseArn(text: string): ArnParts | null {
  const [, service, region, accountId, resource] = form.exec(text) ?? [];
  if (service === undefined) return null;
  return { service, region: region!, accountId: accountId!, resource: resource! };
}

/** A topic's ARN: its resource is the name alone. */
export function parseTopicArn(text: string): ArnParts | null {
  const parts = parseArn(text);
  if (parts?.service !== 'sns' || parts.region === '' || parts.accountId === '') return null;
  return /^[\w-]{1,256}(\.fifo)?$/.test(parts.resource) ? parts : null;
}

/** That of an endpoint of a platform application, by its form. */
export function isEndpointArn(text: string): boolean {
  const parts = parseArn(text);
  return (
    parts?.service === 'sns' && parts.region !== '' && parts.accountId !== '' && parts.resource.startsWith('endpoint/')
  );
}

export function isRoleArn(text: string): boolean {
  const parts = parseArn(text);
  return parts?.service === 'iam' && /^role\/./.test(parts.resource);
}

/** A subscription's: the topic's and an id behind it. @returns the topic's ARN */
function topicOfSubscription(subscriptionArn: string): string | null {
  const end = subscriptionArn.lastIndexOf(':');
  const topicArn = subscriptionArn.slice(0, Math.max(0, end));
  return parseTopicArn(topicArn) === null ? null : topicArn;
}

/**
 * An action's ARN of a topic. What has too few parts is told apart from what is the ARN of something else.
 *
 * @throws AwsError InvalidParameter
 */
export function requiredTopicArn(text: string, parameter = 'TopicArn'): ArnParts {
  checkElements(parameter, text);
  const parts = parseTopicArn(text);
  if (parts === null) throw invalidParameter(parameter);
  checkPartition(parameter, text, parts.region);
  return parts;
}

/** @returns the topic's ARN. @throws AwsError InvalidParameter */
export function requiredSubscriptionArn(text: string): { readonly topicArn: string; readonly parts: ArnParts } {
  checkElements('SubscriptionArn', text);
  const topicArn = topicOfSubscription(text);
  const parts = topicArn === null ? null : parseTopicArn(topicArn);
  if (topicArn === null || parts === null) throw invalidParameter('SubscriptionId');
  checkPartition('SubscriptionArn', text, parts.region);
  return { topicArn, parts };
}

/** @throws AwsError InvalidParameter for an ARN whose Region is of another partition */
export function checkPartition(parameter: string, arn: string, region: string): void {
  const partition = partitionOf(region);
  if (partitionIn(arn) === partition) return;
  const words = `A ${region.slice(0, 80)} ARN must begin with arn:${partition}, not ${arn.slice(0, 400)}`;
  throw invalidParameter(`${parameter} Reason: ${words}`);
}

const leastElements = 6;

function checkElements(parameter: string, text: string): void {
  const elements = text.split(':').length;
  if (elements >= leastElements) return;
  throw invalidParameter(`${parameter} Reason: An ARN must have at least ${leastElements} elements, not ${elements}`);
}
