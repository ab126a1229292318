import { defineAction } from '../../service.ts';
import { required, structure, text } from '../../wire/shapes.ts';
import { parseTopicArn } from '../arns.ts';
import { invalidParameter, notFound } from '../errors.ts';
import type { SnsState } from '../state.ts';
import { confirm } from '../subscribing.ts';

/** By the token of the question; also by a link, which nobody signs. */
export const confirmSubscription = defineAction<
  SnsState,
  { TopicArn: string; Token: string; AuthenticateOnUnsubscribe?: string },
  { SubscriptionArn: string }
>({
  name: 'ConfirmSubscription',
  input: structure({ TopicArn: required(text), Token: required(text), AuthenticateOnUnsubscribe: text }),
  output: structure({ SubscriptionArn: text }),
  run(state, { TopicArn, Token, AuthenticateOnUnsubscribe }, { signed }) {
    const parts = parseTopicArn(TopicArn);
    if (parts === null) throw invalidParameter('TopicArn');
    // The token is the permission: whoever has it was asked.
    const topic = state.neighbours.snsAt(parts.accountId, parts.region).topicByArn(TopicArn);
    if (topic === undefined) throw notFound('Topic');
    const authenticateOnUnsubscribe = AuthenticateOnUnsubscribe?.toLowerCase() === 'true';
    const how = { authenticated: signed, authenticateOnUnsubscribe };
    return { SubscriptionArn: confirm(topic, Token, state.world.nowMs(), how).arn };
  },
});
