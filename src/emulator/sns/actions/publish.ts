import { defineAction } from '../../service.ts';
import { required, structure, text } from '../../wire/shapes.ts';
import { parseTopicArn } from '../arns.ts';
import { endpointDisabled, invalidParameter, notFound } from '../errors.ts';
import { contentForTopic, type PublishRequest, publish as publishTo, readContent } from '../publishing.ts';
import type { SnsState } from '../state.ts';
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
  run(state, input, { origin }) {
    const content = readContent(input);
    const target = targetOf(input);
    if (target.kind === 'topic') {
      const topic = state.topicFor(target.arn, 'Publish');
      const taken = contentForTopic(topic, content, input, state.accountId);
      topic.metrics.published(content.sizeBytes);
      const { messageId, sequenceNumber } = publishTo(state, topic, taken, input, origin);
      return { MessageId: messageId, ...(sequenceNumber === null ? {} : { SequenceNumber: sequenceNumber }) };
    }
    if (target.kind === 'endpoint') checkEndpoint(state, target.to);
    const MessageId = state.nextId();
    state.outbox.add({
      atMs: state.world.nowMs(),
      kind: target.kind === 'phone' ? 'sms' : 'application',
      to: target.to,
      topicArn: null,
      messageId: MessageId,
      subject: content.subject,
      body: content.bodies?.get(target.kind === 'phone' ? 'sms' : platformOf(target.to)) ?? content.body,
    });
    return { MessageId };
  },
});

type Target =
  | { readonly kind: 'topic'; readonly arn: string }
  | { readonly kind: 'endpoint'; readonly to: string }
  | { readonly kind: 'phone'; readonly to: string };

/** Exactly one of the three. */
function targetOf({ TopicArn, TargetArn, PhoneNumber }: Input): Target {
  const given = [TopicArn, TargetArn, PhoneNumber].filter((one) => one !== undefined && one !== '');
  if (given.length === 0) throw invalidParameter('TopicArn or TargetArn Reason: no value for required parameter');
  if (given.length > 1) throw invalidParameter('Only one of TopicArn, TargetArn and PhoneNumber can be given');
  if (PhoneNumber !== undefined && PhoneNumber !== '') {
    if (/^\+[1-9]\d{3,14}$/.test(PhoneNumber)) return { kind: 'phone', to: PhoneNumber };
    throw invalidParameter(`PhoneNumber Reason: ${PhoneNumber.slice(0, 40)} is not valid to publish to`);
  }
  const arn = given[0]!;
  if (/^arn:aws[\w-]*:sns:[^:]+:\d{12}:endpoint\//.test(arn)) return { kind: 'endpoint', to: arn };
  if (parseTopicArn(arn) === null) throw invalidParameter(TopicArn === undefined ? 'TargetArn' : 'TopicArn');
  return { kind: 'topic', arn };
}

function checkEndpoint(state: SnsState, arn: string): void {
  const endpoint = state.mobile.endpoint(arn);
  if (endpoint === undefined) throw notFound('Endpoint');
  if (!endpoint.enabled) throw endpointDisabled();
}

/** `arn:...:endpoint/GCM/app/id` -> `GCM`, as MessageStructure json names it. */
const platformOf = (endpointArn: string): string => endpointArn.split('/')[1] ?? '';
