/**
 * Deliveries to people: e-mails, text messages and pushes end in the outbox, when the phone or the device would have got them.
 *
 * An endpoint's own account and Region decide for a push, the topic's for a text message. Endpoints of other partitions are out of reach.
 */
import { partitionIn } from '../../arns.ts';
import { notificationText, type Signer } from '../envelope.ts';
import { bodyFor, type PublishedMessage } from '../message.ts';
import { disable } from '../mobile/events.ts';
import { pushProblem, smsProblem } from '../mobile/receiving.ts';
import type { SnsState } from '../state.ts';
import type { Subscription } from '../topic.ts';
import { clientFault, delivered, type Outcome } from './outcome.ts';

export type OutboxProtocol = 'email' | 'email-json' | 'sms' | 'application';

export function deliverToOutbox(
  message: PublishedMessage,
  subscription: Subscription,
  protocol: OutboxProtocol,
  { snsAt, signer }: { snsAt(accountId: string, region: string): SnsState; readonly signer: Signer },
): Outcome {
  const { endpoint: to, topic } = subscription;
  const home = snsAt(topic.accountId, topic.region);
  const problem =
    protocol === 'sms'
      ? smsProblem(home.mobile, to)
      : protocol === 'application'
        ? refusedByDevice(to, subscription, message.origin, snsAt)
        : null;
  if (problem !== null) return clientFault(problem);
  home.outbox.add({
    atMs: message.publishedAtMs,
    kind: protocol,
    to,
    topicArn: message.topicArn,
    messageId: message.messageId,
    subject: message.subject ?? (protocol === 'email' ? 'AWS Notification Message' : null),
    body: protocol === 'email-json' ? notificationText(message, subscription, signer) : bodyFor(message, protocol),
  });
  return delivered;
}

function refusedByDevice(
  endpointArn: string,
  { topic }: Subscription,
  origin: string,
  snsAt: (accountId: string, region: string) => SnsState,
): string | null {
  const [, partition = '', , region = '', accountId = ''] = endpointArn.split(':');
  if (partition !== partitionIn(topic.arn)) return pushProblem(undefined)!.message;
  const state = snsAt(accountId, region);
  const endpoint = state.mobile.endpoint(endpointArn);
  const problem = pushProblem(endpoint);
  if (problem?.type === 'InvalidPlatformToken') disable(state, endpoint!, origin);
  return problem?.message ?? null;
}
