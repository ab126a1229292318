/**
 * One attempt to deliver to an HTTP/S endpoint: the headers, and what the reply's status comes to.
 *
 * Not here: the body (envelope.ts), the network (outbound.ts), trying again (retries.ts).
 */
import { failureOf, type Outbound, webUrl } from './outbound.ts';
import { clientFault, delivered, type Outcome, serverFault } from './outcome.ts';

export interface HttpDelivery {
  /** May hold a name and a password, which an endpoint gets that asks with a 401: `https://user:password@host/`. */
  readonly url: string;
  readonly messageType: 'Notification' | 'SubscriptionConfirmation' | 'UnsubscribeConfirmation';
  readonly messageId: string;
  readonly topicArn: string;
  /** Null before there is one. A SubscriptionConfirmation never tells it. */
  readonly subscriptionArn: string | null;
  readonly body: string;
  readonly raw: boolean;
  /** As the delivery policy has it. */
  readonly contentType: string;
}

export function deliverHttp(outbound: Outbound, delivery: HttpDelivery): Promise<Outcome> {
  const { url, messageType, messageId, topicArn, subscriptionArn, body, raw, contentType } = delivery;
  const tellsArn = subscriptionArn !== null && messageType !== 'SubscriptionConfirmation';
  const headers = {
    'x-amz-sns-message-type': messageType,
    'x-amz-sns-message-id': messageId,
    'x-amz-sns-topic-arn': topicArn,
    ...(tellsArn ? { 'x-amz-sns-subscription-arn': subscriptionArn } : {}),
    ...(raw ? { 'x-amz-sns-rawdelivery': 'true' } : {}),
    'content-type': contentType,
    // As the service sends it; nobody reads what comes back.
    'accept-encoding': 'gzip,deflate',
  };
  return attemptPost(outbound, url, headers, body);
}

/**
 * Posts, and says how it ended: 2xx is delivered; 5xx, 429 and no reply are the server's fault; all else is the client's.
 *
 * @param url no reason tells its name and password
 */
export async function attemptPost(
  outbound: Outbound,
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<Outcome> {
  const target = webUrl(url);
  if (target === null) return clientFault('The endpoint is no http:// or https:// URL.');
  const place = `${target.origin}${target.pathname}`;
  const sent = { ...headers, 'user-agent': 'Amazon Simple Notification Service Agent' };
  try {
    const { status } = await outbound.post(target.href, sent, body);
    if (status >= 200 && status <= 299) return delivered;
    const reason = `${place} answered ${status}, expected 200 to 299.`;
    return status >= 500 || status === 429 ? serverFault(reason) : clientFault(reason);
  } catch (thrown) {
    return serverFault(`${place} gave no reply: ${failureOf(thrown)}.`);
  }
}
