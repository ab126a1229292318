/**
 * AWS/SNS metrics of what is published without a topic: by phone number, and for devices by application and by platform.
 *
 * They come and go as a topic's do (topicMetrics.ts): from the first event on, zeros for six hours after the last one. Rules:
 * docs/rules/sns.md (SNS-90 to SNS-95).
 */
import type { MetricHandle, MetricSink } from '../metricSink.ts';
import { createMetrics, type TopicMetrics } from './topicMetrics.ts';

export type DirectTarget =
  | { readonly kind: 'phone'; readonly to: string }
  /** `to` is the ARN of a platform endpoint. */
  | { readonly kind: 'endpoint'; readonly to: string };

export interface DirectMetrics {
  /** One message that was taken. `arrived`: as far as the phone or the device goes here. */
  sent(target: DirectTarget, sizeBytes: number, arrived: boolean, nowMs: number): void;
  /** Call at each full minute, for the minute that ended. */
  flush(atMs: number): void;
}

/** Each takes memory for as long as CloudWatch keeps its points; what is sent to further ones is not counted. */
export const mostTargets = 1_000;

interface Counted {
  readonly metrics: TopicMetrics;
  /** SMSSuccessRate: 1 for a message that arrived, 0 for one that did not. Null for devices. */
  readonly rate: { readonly handle: MetricHandle; count: number; sum: number } | null;
}

/** @param begin called with each message: from then on `flush` must be called */
export function createDirectMetrics(sink: MetricSink, begin: () => void): DirectMetrics {
  const targets = new Map<string, Counted>();

  function countedFor(name: string, value: string, nowMs: number): Counted | undefined {
    const key = `${name} ${value}`;
    let counted = targets.get(key);
    if (counted === undefined && targets.size < mostTargets) {
      const dimensions = { [name]: value };
      const rate =
        name === 'PhoneNumber'
          ? sink.metric({ namespace: 'AWS/SNS', metricName: 'SMSSuccessRate', dimensions }, 'Count')
          : null;
      counted = {
        metrics: createMetrics(dimensions, sink, nowMs),
        rate: rate && { handle: rate, count: 0, sum: 0 },
      };
      targets.set(key, counted);
    }
    return counted;
  }

  return {
    sent(target, sizeBytes, arrived, nowMs) {
      begin();
      for (const [name, value] of dimensionsOf(target)) {
        const counted = countedFor(name, value, nowMs);
        if (counted === undefined) continue;
        const { metrics, rate } = counted;
        metrics.lastCallMs = nowMs;
        metrics.count('NumberOfMessagesPublished');
        metrics.published(sizeBytes);
        metrics.count(arrived ? 'NumberOfNotificationsDelivered' : 'NumberOfNotificationsFailed');
        if (rate === null) continue;
        rate.count++;
        if (arrived) rate.sum++;
      }
    },
    flush(atMs) {
      for (const { metrics, rate } of targets.values()) {
        metrics.flush(atMs);
        if (rate === null || rate.count === 0) continue;
        const { count, sum } = rate;
        rate.handle.put({ atMs, count, sum, minimum: sum < count ? 0 : 1, maximum: sum > 0 ? 1 : 0 });
        rate.count = rate.sum = 0;
      }
    },
  };
}

/** `arn:aws:sns:us-east-1:000000000000:endpoint/GCM/shop/...` */
function dimensionsOf({ kind, to }: DirectTarget): readonly (readonly [name: string, value: string])[] {
  if (kind === 'phone') return [['PhoneNumber', to]];
  const [, platform = '', application = ''] = to.split('/');
  return [
    ['Application', application],
    ['Platform', platform],
  ];
}
