/**
 * Events of platform endpoints, published to the topics that their application's EventEndpointCreated, EventEndpointUpdated,
 * EventEndpointDeleted and EventDeliveryFailure name.
 *
 * The application's account is who publishes, so the topic's policy decides as for any publisher. What the topic does not take is lost,
 * as nobody is there to be told. Rules: docs/rules/sns.md (SNS-88). Not here: what happens to endpoints (platforms.ts).
 */
import { AwsError } from '../../service.ts';
import { timestampOf } from '../envelope.ts';
import { contentForTopic, publish, readContent } from '../publishing.ts';
import type { SnsState } from '../state.ts';
import type { PlatformEndpoint } from './platforms.ts';
import type { PushProblem } from './receiving.ts';

export type EndpointEvent = 'EndpointCreated' | 'EndpointUpdated' | 'EndpointDeleted';

const longestSubject = 100;

/** @param origin `http://HOST` as the caller reached us */
export function announce(state: SnsState, endpoint: PlatformEndpoint, event: EndpointEvent, origin: string): void {
  send(state, endpoint, event, {}, origin);
}

/** Of a message that was published to the endpoint itself: of topics' messages AWS tells nothing here. */
export function announceFailure(
  state: SnsState,
  endpoint: PlatformEndpoint,
  failure: { readonly problem: PushProblem; readonly messageId: string },
  origin: string,
): void {
  const { problem, messageId } = failure;
  const more = {
    DeliveryAttempts: 1,
    FailureMessage: problem.message,
    FailureType: problem.type,
    MessageId: messageId,
  };
  send(state, endpoint, 'DeliveryFailure', more, origin);
}

/** A push service that knows a token no more makes SNS disable the endpoint. */
export function disable(state: SnsState, endpoint: PlatformEndpoint, origin: string): void {
  if (state.mobile.platforms.setEndpointAttributes(endpoint, { Enabled: 'false' })) {
    announce(state, endpoint, 'EndpointUpdated', origin);
  }
}

function send(
  state: SnsState,
  { arn, application }: PlatformEndpoint,
  event: EndpointEvent | 'DeliveryFailure',
  more: Readonly<Record<string, unknown>>,
  origin: string,
): void {
  const topicArn = application.settings.get(`Event${event}`);
  if (topicArn === undefined) return;
  const fields: Record<string, unknown> = {
    ...more,
    EndpointArn: arn,
    EventType: event,
    Resource: application.arn,
    Service: 'SNS',
    Time: timestampOf(state.world.nowMs()),
  };
  const request = {
    // In the order of their names, as AWS writes them.
    Message: JSON.stringify(Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)))),
    Subject: `${event} event for app ${application.name} (${application.platform})`.slice(0, longestSubject),
  };
  try {
    const topic = state.topicFor(topicArn, 'Publish');
    const content = contentForTopic(topic, readContent(request), request, state.accountId);
    topic.metrics.published(content.sizeBytes);
    publish(state, topic, content, request, { origin });
  } catch (thrown) {
    if (!(thrown instanceof AwsError)) throw thrown;
  }
}
