/**
 * Publishing to one phone number or one device, without a topic.
 *
 * What is known at once is an error of Publish; what only the carrier or the push service would say comes after the message id, as a message
 * that did not arrive. Rules: docs/rules/sns.md (SNS-82, SNS-86 to SNS-89).
 */
import { endpointDisabled, invalidParameter } from '../errors.ts';
import type { OutboxEntry } from '../outbox.ts';
import type { SnsState } from '../state.ts';
import { announceFailure, disable } from './events.ts';
import type { PlatformEndpoint } from './platforms.ts';
import { pushProblem, sandboxProblem, smsProblem } from './receiving.ts';

type Message = Pick<OutboxEntry, 'messageId' | 'subject' | 'body'>;

/** @returns whether it arrives. @throws AwsError InvalidParameter for a number that is not verified, in the SMS sandbox */
export function sendToPhone(state: SnsState, phoneNumber: string, message: Message): boolean {
  const refused = sandboxProblem(state.mobile, phoneNumber);
  if (refused !== null) {
    throw invalidParameter(`PhoneNumber Reason: ${phoneNumber} is not valid to publish to. ${refused}`);
  }
  const problem = smsProblem(state.mobile, phoneNumber);
  keep(state, 'sms', phoneNumber, message, problem);
  return problem === null;
}

/** Asked before anybody looks at the message. @throws AwsError InvalidParameter, EndpointDisabled */
export function reachableEndpoint(state: SnsState, arn: string): PlatformEndpoint {
  const endpoint = state.mobile.endpoint(arn);
  if (endpoint === undefined)
    throw invalidParameter('TargetArn Reason: No endpoint found for the target arn specified');
  if (!endpoint.enabled) throw endpointDisabled();
  return endpoint;
}

/** @param origin `http://HOST` as the publisher reached us. @returns whether it arrives */
export function sendToEndpoint(state: SnsState, endpoint: PlatformEndpoint, message: Message, origin: string): boolean {
  const problem = pushProblem(endpoint);
  keep(state, 'application', endpoint.arn, message, problem?.message ?? null);
  if (problem === null) return true;
  announceFailure(state, endpoint, { problem, messageId: message.messageId }, origin);
  disable(state, endpoint, origin);
  return false;
}

function keep(
  { outbox, world }: SnsState,
  kind: 'sms' | 'application',
  to: string,
  message: Message,
  reason: string | null,
): void {
  const atMs = world.nowMs();
  if (reason === null) {
    outbox.add({ atMs, kind, to, topicArn: null, ...message });
    return;
  }
  const { messageId } = message;
  outbox.addUndelivered({ atMs, protocol: kind, to, topicArn: null, subscriptionArn: null, messageId, reason });
}
