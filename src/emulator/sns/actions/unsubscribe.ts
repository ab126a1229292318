import { defineAction } from '../../service.ts';
import { required, structure, text } from '../../wire/shapes.ts';
import { topicOfSubscription } from '../arns.ts';
import { authorizationError, invalidParameter, notFound } from '../errors.ts';
import type { SnsState } from '../state.ts';
import { unsubscribe as leave } from '../subscribing.ts';
import { noOutput } from '../wireShapes.ts';

/** One that is not there is gone already. A link does it too, unless the subscriber wanted signed requests only. */
export const unsubscribe = defineAction<SnsState, { SubscriptionArn: string }, Record<string, never>>({
  name: 'Unsubscribe',
  input: structure({ SubscriptionArn: required(text) }),
  output: noOutput,
  run(state, { SubscriptionArn }, { signed, origin }) {
    if (topicOfSubscription(SubscriptionArn) === null) {
      throw invalidParameter(
        `SubscriptionArn Reason: An ARN must have at least 6 elements, not ${SubscriptionArn.split(':').length}`,
      );
    }
    const subscription = found(state, SubscriptionArn);
    if (subscription === null) return {};
    if (subscription.authenticateOnUnsubscribe && !signed) {
      throw authorizationError('anonymous', 'SNS:Unsubscribe', SubscriptionArn);
    }
    leave(subscription);
    const { protocol } = subscription;
    if (!signed && (protocol === 'http' || protocol === 'https')) {
      // Somebody followed a link: the endpoint is told, and may come back with the token.
      const atMs = state.world.nowMs();
      const token = (state.nextId() + state.nextId()).replaceAll('-', '');
      const question = { type: 'UnsubscribeConfirmation', messageId: state.nextId(), token, atMs, origin } as const;
      state.world.at(atMs, () => state.neighbours.deliveries.ask(subscription, question));
    }
    return {};
  },
});

function found(state: SnsState, arn: string): ReturnType<SnsState['subscriptionFor']> | null {
  try {
    return state.subscriptionFor(arn);
  } catch (thrown) {
    if ((thrown as Error).message === notFound('Subscription').message) return null;
    throw thrown;
  }
}
