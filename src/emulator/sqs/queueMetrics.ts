/**
 * AWS/SQS metrics of one queue: traffic is counted as it happens, gauges are sampled several times a minute, and each
 * full minute is put into CloudWatch.
 *
 * Missing is not zero: a queue that rests (no message, no call for six hours) puts nothing; in-flight and delayed counts
 * and the age appear only while there is such a message; a size only when something was sent. A fair queue's are there while it is active,
 * zeros too, but for the age (fairMetrics below).
 */
import { metricsActive } from '../../core/queue/metrics.ts';
import type { MetricHandle, MetricSink } from '../metricSink.ts';
import type { FairCounts, Queue } from './queue.ts';

/** Six samples a minute: Minimum, Maximum and Average of a moving gauge differ as they do in AWS. */
export const samplePeriodMs = 10_000;
const minuteMs = 60_000;

/** Sum, count and extremes of one minute. */
class Statistics {
  count = 0;
  sum = 0;
  minimum = Number.POSITIVE_INFINITY;
  maximum = Number.NEGATIVE_INFINITY;

  add(value: number): void {
    this.count++;
    this.sum += value;
    if (value < this.minimum) this.minimum = value;
    if (value > this.maximum) this.maximum = value;
  }

  flush(handle: MetricHandle, atMs: number): void {
    const { count, sum, minimum, maximum } = this;
    if (count > 0) handle.put({ atMs, count, sum, minimum, maximum });
    this.count = 0;
    this.sum = 0;
    this.minimum = Number.POSITIVE_INFINITY;
    this.maximum = Number.NEGATIVE_INFINITY;
  }

  clear(): void {
    this.count = 0;
    this.sum = 0;
    this.minimum = Number.POSITIVE_INFINITY;
    this.maximum = Number.NEGATIVE_INFINITY;
  }
}

/** What a queue counts as it works; taken and cleared once a minute. */
export interface QueueTraffic {
  sent(sizeBytes: number): void;
  received(messages: number): void;
  deleted(): void;
  emptyReceive(): void;
  /** A send that a FIFO queue had already. */
  deduplicated(): void;
  take(): {
    readonly deduplicated: number;
    readonly sent: number;
    readonly received: number;
    readonly deleted: number;
    readonly emptyReceives: number;
  };
  flushSizes(handle: MetricHandle, atMs: number): void;
}

export function createTraffic(): QueueTraffic {
  let sent = 0;
  let received = 0;
  let deleted = 0;
  let emptyReceives = 0;
  let deduplicated = 0;
  const sizes = new Statistics();
  return {
    sent(sizeBytes) {
      sent++;
      sizes.add(sizeBytes);
    },
    received(messages) {
      received += messages;
    },
    deleted() {
      deleted++;
    },
    emptyReceive() {
      emptyReceives++;
    },
    deduplicated() {
      deduplicated++;
    },
    take() {
      const taken = { sent, received, deleted, emptyReceives, deduplicated };
      sent = received = deleted = emptyReceives = deduplicated = 0;
      return taken;
    },
    flushSizes: (handle, atMs) => sizes.flush(handle, atMs),
  };
}

export interface QueueMeter {
  /** Call every `samplePeriodMs`, at multiples of it. */
  tick(nowMs: number): void;
}

export function createQueueMeter(queue: Queue, sink: MetricSink): QueueMeter {
  const metric = (metricName: string, unit = 'Count'): MetricHandle =>
    sink.metric({ namespace: 'AWS/SQS', metricName, dimensions: { QueueName: queue.name } }, unit);
  const handles = {
    visible: metric('ApproximateNumberOfMessagesVisible'),
    notVisible: metric('ApproximateNumberOfMessagesNotVisible'),
    delayed: metric('ApproximateNumberOfMessagesDelayed'),
    age: metric('ApproximateAgeOfOldestMessage', 'Seconds'),
    sent: metric('NumberOfMessagesSent'),
    received: metric('NumberOfMessagesReceived'),
    deleted: metric('NumberOfMessagesDeleted'),
    emptyReceives: metric('NumberOfEmptyReceives'),
    size: metric('SentMessageSize', 'Bytes'),
    deduplicated: metric('NumberOfDeduplicatedSentMessages'),
    groups: metric('ApproximateNumberOfGroupsWithInflightMessages'),
  };
  const visible = new Statistics();
  const notVisible = new Statistics();
  const delayed = new Statistics();
  const age = new Statistics();
  const groups = new Statistics();
  /** Null until the queue is fair: others have none of these metrics. */
  let fair: FairMetrics | null = null;

  function sample(nowMs: number): void {
    const counts = queue.counts();
    const holdsMessages = counts.visible + counts.notVisible + counts.delayed > 0;
    if (!holdsMessages && !metricsActive(nowMs - queue.lastCallMs)) return;
    visible.add(counts.visible);
    notVisible.add(counts.notVisible);
    delayed.add(counts.delayed);
    if (queue.groupsInFlight !== null) groups.add(queue.groupsInFlight);
    const fairCounts = queue.fairCounts();
    if (fairCounts !== null) {
      fair ??= fairMetrics(metric);
      fair.add(fairCounts);
    }
    const ageMs = holdsMessages ? queue.oldestMessageAgeMs() : null;
    if (ageMs !== null) age.add(Math.floor(ageMs / 1_000));
  }

  function flush(atMs: number): void {
    const { sent, received, deleted, emptyReceives, deduplicated } = queue.traffic.take();
    const active = visible.count > 0 || sent + received + deleted + emptyReceives + deduplicated > 0;
    if (active) {
      visible.flush(handles.visible, atMs);
      flushWhilePresent(notVisible, handles.notVisible, atMs);
      flushWhilePresent(delayed, handles.delayed, atMs);
      age.flush(handles.age, atMs);
      handles.sent.sample(atMs, sent);
      handles.received.sample(atMs, received);
      handles.deleted.sample(atMs, deleted);
      handles.emptyReceives.sample(atMs, emptyReceives);
      queue.traffic.flushSizes(handles.size, atMs);
      groups.flush(handles.groups, atMs);
      if (deduplicated > 0) handles.deduplicated.sample(atMs, deduplicated);
      fair?.flush(atMs);
    }
  }

  return {
    tick(nowMs) {
      // The sample at the full minute belongs to the minute that begins.
      // A queue made at this very instant has no minute behind it.
      if (nowMs % minuteMs === 0 && nowMs > queue.createdAtMs) flush(nowMs - minuteMs);
      sample(nowMs);
    },
  };
}

function flushWhilePresent(gauge: Statistics, handle: MetricHandle, atMs: number): void {
  if (gauge.maximum > 0) gauge.flush(handle, atMs);
  else gauge.clear();
}

/** Gauges of a fair queue's tenants. */
interface FairMetrics {
  add(counts: FairCounts): void;
  flush(atMs: number): void;
}

function fairMetrics(metric: (metricName: string, unit?: string) => MetricHandle): FairMetrics {
  const gauge = (metricName: string, unit?: string) => ({ of: new Statistics(), handle: metric(metricName, unit) });
  const noisyGroups = gauge('ApproximateNumberOfNoisyGroups');
  const visible = gauge('ApproximateNumberOfMessagesVisibleInQuietGroups');
  const notVisible = gauge('ApproximateNumberOfMessagesNotVisibleInQuietGroups');
  const delayed = gauge('ApproximateNumberOfMessagesDelayedInQuietGroups');
  const age = gauge('ApproximateAgeOfOldestMessageInQuietGroups', 'Seconds');
  return {
    add(counts) {
      noisyGroups.of.add(counts.noisyGroups);
      visible.of.add(counts.quiet.visible);
      notVisible.of.add(counts.quiet.notVisible);
      delayed.of.add(counts.quiet.delayed);
      if (counts.oldestQuietAgeMs !== null) age.of.add(Math.floor(counts.oldestQuietAgeMs / 1_000));
    },
    flush(atMs) {
      for (const { of, handle } of [noisyGroups, visible, notVisible, delayed, age]) of.flush(handle, atMs);
    },
  };
}
