/** How things stand in a cloud, as plain data: whatever a client could learn, and what is due next. */

import type { Cloud, CloudRegion } from '../../../../src/emulator/cloud.ts';
import { alarmToWire } from '../../../../src/emulator/cloudwatch/alarm.ts';
import type { MinuteSeries } from '../../../../src/emulator/cloudwatch/minuteSeries.ts';
import type { Stream } from '../../../../src/emulator/kinesis/stream.ts';
import type { Queue } from '../../../../src/emulator/sqs/queue.ts';

export function pictureOf({ world, regions }: Cloud): unknown {
  const pictures = regions()
    .map(regionPicture)
    // A Region that was only looked at is the same as none.
    .filter(({ accountId, region, ...rest }) => JSON.stringify(rest) !== emptyRegion);
  return { nowMs: world.nowMs(), regions: pictures, dueMs: world.nextDueMs() };
}

const emptyRegion = JSON.stringify({
  queues: [],
  streams: [],
  metrics: [],
  alarms: [],
  history: [],
  groups: [],
  activities: [],
  topics: [],
  outbox: [],
});

function regionPicture(region: CloudRegion) {
  const { sqs, kinesis, cloudWatch, autoScaling, sns } = region;
  return {
    accountId: region.accountId,
    region: region.region,
    queues: sqs.queues().map((queue) => queuePicture(region, queue)),
    streams: kinesis.streamNames().map((name) => streamPicture(kinesis.stream(name)!)),
    metrics: [...cloudWatch.store.all()].map(seriesPicture),
    alarms: [...cloudWatch.alarms.values()].map((alarm) => ({ ...alarmToWire(alarm), failures: alarm.lastFailures })),
    history: [...cloudWatch.history.items()],
    groups: [...autoScaling.groups.values()].map(({ random, workload, reaction, policies, instances, ...group }) => ({
      ...group,
      instances: instances.map(({ work, ...instance }) => ({ ...instance, works: work !== null })),
      enabledMetrics: [...group.enabledMetrics],
      reacting: reaction !== null,
      policies: [...policies],
    })),
    activities: [...autoScaling.activities],
    topics: sns.topics().map(({ metrics, sent, subscriptions, ...topic }) => ({
      ...topic,
      lastCallMs: metrics.lastCallMs,
      subscriptions: [...subscriptions.values()].map(({ topic: _topic, ...one }) => one),
    })),
    outbox: [...sns.outbox.entries()],
  };
}

function queuePicture({ sqs }: CloudRegion, queue: Queue): unknown {
  return {
    arn: queue.arn,
    settings: queue.settings,
    tags: [...queue.tags],
    instants: [queue.createdAtMs, queue.settingsChangedAtMs, queue.lastCallMs, queue.lastPurgeMs],
    counts: queue.counts(),
    messages: [...queue.peek()].map((message) => ({ ...message, id: sqs.messageId(queue, message) })),
    ageMs: queue.oldestMessageAgeMs(),
    groupsInFlight: queue.groupsInFlight,
    fair: queue.fairCounts(),
    waiting: queue.waitingReceivers,
    moves: sqs.moveTasks.ofSource(queue.arn).map((task) => ({ ...task })),
  };
}

function streamPicture(stream: Stream): unknown {
  const { name, mode, createdAtMs, status, retentionHours, tags, enhancedMetrics } = stream;
  const shards = stream.allShards().map((shard) => {
    const { firstOrdinal, nextOrdinal } = shard.records;
    const ordinals = Array.from({ length: nextOrdinal - firstOrdinal }, (_, index) => firstOrdinal + index);
    return {
      id: shard.shardId,
      range: [String(shard.startingHashKey), String(shard.endingHashKey)],
      instants: [shard.createdAtMs, shard.closedAtMs],
      records: ordinals.map((ordinal) => [
        shard.sequenceNumber(ordinal),
        shard.records.arrivedAtMs(ordinal),
        shard.records.partitionKey(ordinal),
        Buffer.from(shard.records.data(ordinal)).toString('hex'),
      ]),
    };
  });
  return { name, mode, createdAtMs, status, retentionHours, tags: [...tags], enhanced: [...enhancedMetrics], shards };
}

function seriesPicture(series: MinuteSeries): unknown {
  const points: unknown[] = [];
  const newest = series.newestMinute();
  if (newest !== null) {
    for (let minute = series.oldestMinute(); minute <= newest; minute++) {
      const set = series.collect(minute, minute + 1);
      if (set !== null) points.push([minute, set]);
    }
  }
  return { ref: series.ref, unit: series.unit, fromService: series.fromService, points };
}
