/**
 * AWS/SNS metrics of one topic: counted as things happen, put into CloudWatch a minute at a time.
 *
 * Each metric is there from its first event on, while the topic is active: called within the last six hours. Rules: docs/rules/sns.md
 * (SNS-90 to SNS-92).
 */
import { metricsActive } from '../../core/queue/metrics.ts';
import type { MetricHandle, MetricSink } from '../metricSink.ts';

export const minuteMs = 60_000;

const counted = [
  'NumberOfMessagesPublished',
  'NumberOfNotificationsDelivered',
  'NumberOfNotificationsFailed',
  'NumberOfNotificationsFilteredOut',
  'NumberOfNotificationsFilteredOut-MessageAttributes',
  'NumberOfNotificationsFilteredOut-MessageBody',
  'NumberOfNotificationsFilteredOut-InvalidAttributes',
  'NumberOfNotificationsFilteredOut-NoMessageAttributes',
  'NumberOfNotificationsFilteredOut-InvalidMessageBody',
  'NumberOfNotificationsRedrivenToDlq',
  'NumberOfNotificationsFailedToRedriveToDlq',
  'MessagesWithFindings',
  'MessagesWithNoFindings',
] as const;

export type CountedMetric = (typeof counted)[number];

export interface TopicMetrics {
  /** Last call of any kind that names the topic. */
  lastCallMs: number;
  count(metric: CountedMetric, by?: number): void;
  /** One point for a call; a batch is one call. */
  published(bytes: number): void;
  /** Call at each full minute, for the minute that ended. */
  flush(atMs: number): void;
}

export const createTopicMetrics = (topicName: string, sink: MetricSink, nowMs: number): TopicMetrics =>
  createMetrics({ TopicName: topicName }, sink, nowMs);

/** Of whatever the dimensions name (directMetrics.ts). */
export function createMetrics(
  dimensions: Readonly<Record<string, string>>,
  sink: MetricSink,
  nowMs: number,
): TopicMetrics {
  const handle = (metricName: string, unit: string): MetricHandle =>
    sink.metric({ namespace: 'AWS/SNS', metricName, dimensions }, unit);
  const counts = new Map<CountedMetric, { readonly handle: MetricHandle; sum: number; events: number }>();
  let size: { readonly handle: MetricHandle } | null = null;
  let sizes = { count: 0, sum: 0, minimum: Number.POSITIVE_INFINITY, maximum: Number.NEGATIVE_INFINITY };

  return {
    lastCallMs: nowMs,
    count(metric, by = 1) {
      let counter = counts.get(metric);
      if (counter === undefined) {
        counter = { handle: handle(metric, 'Count'), sum: 0, events: 0 };
        counts.set(metric, counter);
      }
      counter.sum += by;
      counter.events++;
    },
    published(bytes) {
      size ??= { handle: handle('PublishSize', 'Bytes') };
      const { count, sum, minimum, maximum } = sizes;
      sizes = {
        count: count + 1,
        sum: sum + bytes,
        minimum: Math.min(minimum, bytes),
        maximum: Math.max(maximum, bytes),
      };
    },
    flush(atMs) {
      const active = metricsActive(atMs - this.lastCallMs);
      for (const counter of counts.values()) {
        if (active || counter.events > 0) counter.handle.sample(atMs, counter.sum);
        counter.sum = counter.events = 0;
      }
      if (size !== null && sizes.count > 0) size.handle.put({ atMs, ...sizes });
      sizes = { count: 0, sum: 0, minimum: Number.POSITIVE_INFINITY, maximum: Number.NEGATIVE_INFINITY };
    },
  };
}
