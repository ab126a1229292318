import { defineAction } from '../../service.ts';
import { required, structure, text } from '../../wire/shapes.ts';
import { parseTopicArn } from '../arns.ts';
import { invalidParameter, invalidValue } from '../errors.ts';
import { startReplay } from '../replaying.ts';
import type { SnsState } from '../state.ts';
import { confirm } from '../subscribing.ts';
import type { Subscription } from '../topic.ts';

/**
 * By the token of the question; also by a link, which nobody signs.
 *
 * Of the topic's ARN only account and Region matter, as with AWS: any topic of theirs that was asked with this token is confirmed. A link
 * has no Region of its own here, where all Regions are on one port, so it has the ARN's.
 */
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
    if (parts === null) throw invalidParameter('Topic');
    if (signed && parts.region !== state.region) throw invalidParameter('TopicArn');
    // What is no token at all is told apart from one that nobody was given.
    if (!/^(?:[\da-f]{2})+$/i.test(Token)) throw invalidValue('Invalid token');
    // The token is the permission: whoever has it was asked.
    const topics = state.neighbours.snsAt(parts.accountId, parts.region).topics();
    const authenticateOnUnsubscribe = AuthenticateOnUnsubscribe?.toLowerCase() === 'true';
    const confirmed = (subscription: Subscription): void => startReplay(state, subscription);
    const how = { authenticated: signed, authenticateOnUnsubscribe, confirmed };
    const subscription = confirm(topics, Token, state.world.nowMs(), how);
    if (subscription === null) throw invalidParameter(parts.region === state.region ? 'Token' : 'Topic');
    return { SubscriptionArn: subscription.arn };
  },
});
