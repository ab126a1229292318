import { defineAction } from '../../service.ts';
import { required, structure, text } from '../../wire/shapes.ts';
import { isEndpointArn, requiredTopicArn } from '../arns.ts';
import { invalidParameter } from '../errors.ts';
import { reachableEndpoint, sendToEndpoint, sendToPhone } from '../mobile/directly.ts';
import { contentForTopic, type PublishRequest, publish as publishTo, readContent } from '../publishing.ts';
import type { SnsState } from '../state.ts';
import { defaultMaximumMessageSizeBytes } from '../topicSettings.ts';
import { messageAttributes } from '../wireShapes.ts';

type Input = PublishRequest & { TopicArn?: string; TargetArn?: string; PhoneNumber?: string };

/** To a topic, to one endpoint of a platform application, or to one phone number. */
export const publish = defineAction<SnsState, Input, { MessageId: string; SequenceNumber?: string }>({
  name: 'Publish',
  input: structure({
    TopicArn: text,
    TargetArn: text,
    PhoneNumber: text,
    Message: required(text),
    Subject: text,
    MessageStructure: text,
    MessageAttributes: messageAttributes,
    MessageDeduplicationId: text,
    MessageGroupId: text,
  }),
  output: structure({ MessageId: text, SequenceNumber: text }),
  run(state, input, scope) {
    const target = targetOf(state, input);
    if (target.kind === 'topic') {
      const content = readContent(input);
      const topic = state.topicFor(target.arn, 'Publish');
      const taken = contentForTopic(topic, content, input, state.accountId);
      topic.metrics.published(content.sizeBytes);
      const { messageId, sequenceNumber } = publishTo(state, topic, taken, input, scope);
      return { MessageId: messageId, ...(sequenceNumber === null ? {} : { SequenceNumber: sequenceNumber }) };
    }
    const endpoint = target.kind === 'endpoint' ? reachableEndpoint(state, target.to) : null;
    const format = target.kind === 'phone' ? 'sms' : platformOf(target.to);
    const content = readContent(input, target.kind === 'phone' ? undefined : format);
    if (content.sizeBytes > defaultMaximumMessageSizeBytes) throw invalidParameter('Message too long');
    const MessageId = state.nextId();
    const message = {
      messageId: MessageId,
      subject: content.subject,
      body: content.bodies?.get(format) ?? content.body,
    };
    const arrived =
      endpoint === null
        ? sendToPhone(state, target.to, message)
        : sendToEndpoint(state, endpoint, message, scope.origin);
    state.directMetrics.sent(target, content.sizeBytes, arrived, state.world.nowMs());
    return { MessageId };
  },
});

type Target =
  | { readonly kind: 'topic'; readonly arn: string }
  | { readonly kind: 'endpoint'; readonly to: string }
  | { readonly kind: 'phone'; readonly to: string };

/** Exactly one of the three. */
function targetOf(state: SnsState, { TopicArn, TargetArn, PhoneNumber }: Input): Target {
  const given = [TopicArn, TargetArn, PhoneNumber].filter((one) => one !== undefined);
  if (given.length === 0) throw invalidParameter('TopicArn or TargetArn Reason: no value for required parameter');
  if (given.filter((one) => one !== '').length > 1) {
    throw invalidParameter('Only one of TopicArn, TargetArn and PhoneNumber can be given');
  }
  if (PhoneNumber !== undefined && PhoneNumber !== '') {
    if (/^\+[1-9]\d{3,14}$/.test(PhoneNumber)) return { kind: 'phone', to: PhoneNumber };
    throw invalidParameter(`PhoneNumber Reason: ${PhoneNumber.slice(0, 40)} is not valid to publish to`);
  }
  const arn = TopicArn || TargetArn || '';
  // Nearly always one's own, and then there is nothing to take apart.
  if (state.topicByArn(arn) !== undefined) return { kind: 'topic', arn };
  if (isEndpointArn(arn)) return { kind: 'endpoint', to: arn };
  const parameter = TopicArn || TargetArn === undefined ? 'TopicArn' : 'TargetArn';
  if (requiredTopicArn(arn, parameter).region !== state.region) throw invalidParameter(parameter);
  return { kind: 'topic', arn };
}

/** `arn:...:endpoint/GCM/app/id` -> `GCM`, as MessageStructure json names it. */
const platformOf = (endpointArn: string): string => endpointArn.split('/')[1] ?? '';
