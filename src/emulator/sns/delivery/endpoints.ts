/**
 * Endpoints outside of the emulator: each subscription's deliveries with the retries and the throttle that its policy asks for.
 *
 * Not here: one attempt (http.ts, lambda.ts), how retries wait (retries.ts), what becomes of a failed message (deliveries.ts).
 */
import type { World } from '../../world/world.ts';
import { type DeliveryPolicy, effectivePolicyOf, retryWaitsSeconds } from '../deliveryPolicy.ts';
import type { Signer } from '../envelope.ts';
import type { Subscription } from '../topic.ts';
import type { Endpoints, Settled } from './deliveries.ts';
import { deliverHttp } from './http.ts';
import { deliverToLambda, type LambdaTargets, lambdaEventText } from './lambda.ts';
import type { Outbound } from './outbound.ts';
import { createThrottle, deliverWithRetries, managedRetryWaitsSeconds, type Throttle } from './retries.ts';

export function createEndpoints(options: {
  readonly world: World;
  readonly outbound: Outbound;
  readonly signer: Signer;
  readonly lambdaTargets: LambdaTargets;
}): Endpoints {
  const { world, outbound, signer, lambdaTargets } = options;
  const throttles = new WeakMap<Subscription, Throttle>();

  function throttleOf(subscription: Subscription): Throttle {
    let throttle = throttles.get(subscription);
    if (throttle === undefined) {
      throttle = createThrottle(world, () => policyOf(subscription).maxReceivesPerSecond);
      throttles.set(subscription, throttle);
    }
    return throttle;
  }

  return {
    http(subscription, post, settled) {
      const { retry, headerContentType } = policyOf(subscription);
      deliverWithRetries({
        world,
        throttle: throttleOf(subscription),
        waitsSeconds: retryWaitsSeconds(retry),
        attempt: () =>
          deliverHttp(outbound, {
            ...post,
            url: subscription.endpoint,
            topicArn: subscription.topic.arn,
            subscriptionArn: subscription.arn,
            contentType: headerContentType,
          }),
        ...settling(settled),
      });
    },
    lambda(message, subscription, settled) {
      const event = lambdaEventText(message, subscription, signer);
      deliverWithRetries({
        world,
        throttle: null,
        waitsSeconds: managedRetryWaitsSeconds,
        attempt: () => deliverToLambda(outbound, lambdaTargets, subscription.endpoint, event),
        ...settling(settled),
      });
    },
  };
}

const settling = (settled: Settled) => ({
  onAttemptFailed: () => settled.attemptFailed(),
  done: (outcome: Parameters<Settled['finally']>[0]) => settled.finally(outcome),
});

function policyOf({ topic, settings }: Subscription): DeliveryPolicy {
  return effectivePolicyOf(topic.settings.deliveryPolicy, settings.deliveryPolicy);
}
