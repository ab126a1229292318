import { partitionIn, rootArn } from '../../arns.ts';
import { defineAction } from '../../service.ts';
import { required, structure, text } from '../../wire/shapes.ts';
import { effectivePolicyOf } from '../deliveryPolicy.ts';
import { effectiveDeliveryPolicyText } from '../deliveryPolicyText.ts';
import type { SnsState } from '../state.ts';
import { shownSubscriptionSettings } from '../subscriptionSettings.ts';
import { attributeMap } from '../wireShapes.ts';

export const getSubscriptionAttributes = defineAction<
  SnsState,
  { SubscriptionArn: string },
  { Attributes: Record<string, string> }
>({
  name: 'GetSubscriptionAttributes',
  input: structure({ SubscriptionArn: required(text) }),
  output: structure({ Attributes: attributeMap }),
  run(state, { SubscriptionArn }) {
    const subscription = state.subscriptionFor(SubscriptionArn);
    const { arn, topic, protocol, endpoint, ownerId, settings, pending } = subscription;
    const isHttp = protocol === 'http' || protocol === 'https';
    const effective = effectivePolicyOf(topic.settings.deliveryPolicy, settings.deliveryPolicy);
    return {
      Attributes: {
        SubscriptionArn: arn,
        TopicArn: topic.arn,
        Protocol: protocol,
        Endpoint: endpoint,
        Owner: ownerId,
        SubscriptionPrincipal: rootArn(partitionIn(arn), ownerId),
        ConfirmationWasAuthenticated: String(subscription.confirmationWasAuthenticated),
        PendingConfirmation: String(pending !== null),
        ...shownSubscriptionSettings(settings),
        // It takes no time here.
        ...(settings.replay === null ? {} : { ReplayStatus: pending === null ? 'Completed' : 'Pending' }),
        ...(isHttp ? { EffectiveDeliveryPolicy: effectiveDeliveryPolicyText(effective, 'subscription') } : {}),
      },
    };
  },
});
