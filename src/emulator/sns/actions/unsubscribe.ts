import { defineAction } from '../../service.ts';
import { structure, text } from '../../wire/shapes.ts';
import { authorizationError, invalidParameter, notFound } from '../errors.ts';
import type { SnsState } from '../state.ts';
import { unsubscribe as leave, leaveByLink } from '../subscribing.ts';
import { noOutput } from '../wireShapes.ts';

/** One that is not there is gone already. A link does it too, unless the subscriber wanted signed requests only. */
export const unsubscribe = defineAction<SnsState, { SubscriptionArn?: string }, Record<string, never>>({
  name: 'Unsubscribe',
  input: structure({ SubscriptionArn: text }),
  output: noOutput,
  run(state, { SubscriptionArn }, { signed, origin }) {
    if (SubscriptionArn === undefined)
      throw invalidParameter('SubscriptionArn Reason: no value for required parameter');
    const subscription = found(state, SubscriptionArn);
    if (subscription === null) return {};
    const { authenticateOnUnsubscribe, ownerId, topic } = subscription;
    if (authenticateOnUnsubscribe && !(signed && [ownerId, topic.accountId].includes(state.accountId))) {
      const caller = signed ? state.callerArn : 'anonymous';
      throw authorizationError(caller, 'SNS:Unsubscribe', SubscriptionArn);
    }
    if (signed) leave(subscription);
    else leaveByLink(state, subscription, origin);
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
