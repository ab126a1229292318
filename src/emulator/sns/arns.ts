/** ARNs of SNS and of the endpoints it delivers to. */

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

/** A subscription's: the topic's and an id behind it. @returns the topic's ARN */
export function topicOfSubscription(subscriptionArn: string): string | null {
  const end = subscriptionArn.lastIndexOf(':');
  const topicArn = subscriptionArn.slice(0, Math.max(0, end));
  return parseTopicArn(topicArn) === null ? null : topicArn;
}
