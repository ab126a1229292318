import { defineAction } from '../../service.ts';
import { required, structure, text } from '../../wire/shapes.ts';
import { checkReplay, startReplay } from '../replaying.ts';
import type { SnsState } from '../state.ts';
import { kindOf } from '../subscribing.ts';
import { changedSubscriptionSettings } from '../subscriptionSettings.ts';
import { noOutput } from '../wireShapes.ts';

/** AWS takes up to 15 minutes for a filter policy; here it is at once. */
export const setSubscriptionAttributes = defineAction<
  SnsState,
  { SubscriptionArn: string; AttributeName: string; AttributeValue?: string },
  Record<string, never>
>({
  name: 'SetSubscriptionAttributes',
  input: structure({ SubscriptionArn: required(text), AttributeName: required(text), AttributeValue: text }),
  output: noOutput,
  run(state, { SubscriptionArn, AttributeName, AttributeValue = '' }) {
    const subscription = state.subscriptionFor(SubscriptionArn);
    const kind = kindOf(subscription.topic, subscription.protocol, subscription.endpoint);
    const request = { [AttributeName]: AttributeValue };
    const settings = changedSubscriptionSettings(subscription.settings, request, kind);
    if (AttributeName === 'ReplayPolicy') checkReplay(subscription.topic, settings.replay);
    subscription.settings = settings;
    if (AttributeName === 'ReplayPolicy') startReplay(state, subscription);
    return {};
  },
});
