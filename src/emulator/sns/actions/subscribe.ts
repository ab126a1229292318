import { defineAction } from '../../service.ts';
import { flag, required, structure, text } from '../../wire/shapes.ts';
import { invalidParameter } from '../errors.ts';
import type { SnsState } from '../state.ts';
import { subscribe as subscribeTo } from '../subscribing.ts';
import { attributeMap } from '../wireShapes.ts';

/** The ARN at once, or `pending confirmation` until the endpoint has answered, unless the caller wants the ARN anyway. */
export const subscribe = defineAction<
  SnsState,
  {
    TopicArn: string;
    Protocol: string;
    Endpoint?: string;
    Attributes?: Record<string, string>;
    ReturnSubscriptionArn?: boolean;
  },
  { SubscriptionArn: string }
>({
  name: 'Subscribe',
  input: structure({
    TopicArn: required(text),
    Protocol: required(text),
    Endpoint: text,
    Attributes: attributeMap,
    ReturnSubscriptionArn: flag,
  }),
  output: structure({ SubscriptionArn: text }),
  run(state, { TopicArn, Protocol, Endpoint, Attributes = {}, ReturnSubscriptionArn = false }, { origin }) {
    const topic = state.topicFor(TopicArn, 'Subscribe');
    if (Endpoint === undefined || Endpoint === '') throw invalidParameter('Endpoint');
    const request = { protocol: Protocol, endpoint: Endpoint, attributes: Attributes, origin };
    const { arn, pending } = subscribeTo(state, topic, request);
    return { SubscriptionArn: pending !== null && !ReturnSubscriptionArn ? 'pending confirmation' : arn };
  },
});
