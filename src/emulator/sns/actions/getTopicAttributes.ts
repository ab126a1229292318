import { defineAction } from '../../service.ts';
import { required, structure, text } from '../../wire/shapes.ts';
import { archiveBeginsMs } from '../archive.ts';
import { effectivePolicyOf } from '../deliveryPolicy.ts';
import { effectiveDeliveryPolicyText, shownDeliveryPolicyText } from '../deliveryPolicyText.ts';
import type { SnsState } from '../state.ts';
import { isConfirmed } from '../topic.ts';
import { attributeMap } from '../wireShapes.ts';

export const getTopicAttributes = defineAction<SnsState, { TopicArn: string }, { Attributes: Record<string, string> }>({
  name: 'GetTopicAttributes',
  input: structure({ TopicArn: required(text) }),
  output: structure({ Attributes: attributeMap }),
  run(state, { TopicArn }) {
    const topic = state.topicFor(TopicArn, 'GetTopicAttributes');
    const subscriptions = [...topic.subscriptions.values()];
    const confirmed = subscriptions.filter(isConfirmed).length;
    const delivery = topic.settings.get('DeliveryPolicy');
    const archiveMs = archiveBeginsMs(topic, state.world.nowMs());
    return {
      Attributes: {
        ...Object.fromEntries(topic.settings),
        ...(delivery === undefined ? {} : { DeliveryPolicy: shownDeliveryPolicyText(delivery, 'topic') }),
        TopicArn: topic.arn,
        Owner: topic.accountId,
        SubscriptionsConfirmed: String(confirmed),
        SubscriptionsPending: String(subscriptions.length - confirmed),
        SubscriptionsDeleted: String(topic.deletedSubscriptions),
        EffectiveDeliveryPolicy: effectiveDeliveryPolicyText(effectivePolicyOf(topic.settings.deliveryPolicy), 'topic'),
        ...(archiveMs === null ? {} : { BeginningArchiveTime: new Date(archiveMs).toISOString() }),
      },
    };
  },
});
