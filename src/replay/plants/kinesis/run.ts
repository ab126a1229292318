/**
 * A stream replayed over minute columns of traffic: producers offer each minute evenly, shards change in between.
 *
 * Order only. Within one instant: a split or merge that is done, then a scripted call, then the rule's (KREP-23). The same
 * input gives the same outcome; no chance, no clock.
 */
import { AutoResharding, shardsOfLoad } from './autoResharding.ts';
import { OnDemandGrowth } from './onDemand.ts';
import { Resharding } from './resharding.ts';
import { StreamPlant } from './stream.ts';
import type { ConsumerOutcome, ScriptedChange, StreamColumns, StreamInput, StreamOutcome } from './types.ts';

/** Records without a recorded size count with this: none is smaller, as a partition key has a character. */
const leastBytesPerRecord = 1;

/** What was there when the part that is told began. */
interface Start {
  readonly waiting: number;
  readonly shardSeconds: number;
  readonly consumers: readonly Omit<ConsumerOutcome, 'unreadAtStart'>[];
  /** Changes before it: of an on-demand stream that followed its traffic. */
  readonly changes: number;
}

/** @returns after the share done, 0 to 1, once a minute */
export function* streamSteps(input: StreamInput): Generator<number, StreamOutcome> {
  const { traffic, capacity, minutesBefore = 0 } = input;
  const minutes = traffic.records.length;
  const startSeconds = minutesBefore * 60;
  const plant = new StreamPlant(input);
  const resharding = new Resharding(plant);
  const scripted = capacity.mode === 'PROVISIONED' ? inOrder(capacity.changes) : [];
  const rule = capacity.mode === 'PROVISIONED' && capacity.rule !== null ? new AutoResharding(capacity.rule) : null;
  const growth =
    capacity.mode === 'ON_DEMAND'
      ? new OnDemandGrowth(traffic, capacity.peakBytesPerSecond, capacity.peakRecordsPerSecond)
      : null;
  const columns = emptyColumns(minutes - minutesBefore);
  const sums = { offered: 0, taken: 0, refused: 0, throttled: 0 };
  const begin = (): Start => {
    plant.forgetWorstAges();
    return {
      waiting: plant.waitingRecords,
      shardSeconds: plant.shardSeconds,
      consumers: plant.consumerOutcomes(),
      changes: resharding.changes.length,
    };
  };
  let start = begin();

  for (let minute = 0; minute < minutes; minute++) {
    if (minute === minutesBefore) start = begin();
    const records = traffic.records[minute]!;
    const recordsPerSecond = records / 60;
    const bytesPerRecord = records > 0 ? Math.max(leastBytesPerRecord, traffic.bytes[minute]! / records) : 1;
    const end = (minute + 1) * 60;
    plant.beginMinute();
    if (growth !== null) {
      const shards = growth.shardsAt(minute);
      if (shards > plant.openShards) resharding.growAtOnce(shards);
    }
    for (;;) {
      const call = scripted[0] === undefined ? Number.POSITIVE_INFINITY : startSeconds + scripted[0].atSeconds;
      const next = Math.min(resharding.nextSeconds, call);
      if (next >= end) break;
      plant.advance(next, recordsPerSecond, bytesPerRecord);
      if (resharding.nextSeconds <= next) resharding.step();
      else resharding.update(scripted.shift()!.targetShards, 'script');
    }
    plant.advance(end, recordsPerSecond, bytesPerRecord);
    plant.endMinute();
    yield (minute + 1) / minutes;
    const told = minute - minutesBefore;
    if (told < 0) continue;
    if (rule !== null && !resharding.updating) {
      const load = shardsOfLoad(recordsPerSecond * bytesPerRecord, recordsPerSecond);
      const wanted = rule.minute(load, plant.openShards);
      if (wanted !== null) {
        resharding.update(wanted, 'rule');
        rule.asked();
      }
    }
    columns.records[told] = plant.minuteRecords;
    columns.bytes[told] = plant.minuteBytes;
    columns.throttled[told] = plant.minuteThrottled;
    columns.iteratorAgeSeconds[told] = plant.minuteWorstAgeSeconds;
    columns.shards[told] = plant.openShards;
    sums.offered += records;
    sums.taken += plant.minuteRecords;
    sums.refused += plant.minuteRefused;
    sums.throttled += plant.minuteThrottled;
  }
  return {
    columns,
    changes: resharding.changes.slice(start.changes).map((change) => ({
      ...change,
      atSeconds: change.atSeconds - startSeconds,
      doneAtSeconds: change.doneAtSeconds === null ? null : change.doneAtSeconds - startSeconds,
    })),
    offeredRecords: sums.offered,
    waitingAtStart: start.waiting,
    takenRecords: sums.taken,
    refusedRecords: sums.refused,
    waitingRecords: plant.waitingRecords,
    throttledAttempts: sums.throttled,
    consumers: plant.consumerOutcomes().map((outcome, consumer) => {
      const before = start.consumers[consumer]!;
      return {
        ...outcome,
        unreadAtStart: before.unreadRecords,
        readRecords: outcome.readRecords - before.readRecords,
        expiredRecords: outcome.expiredRecords - before.expiredRecords,
      };
    }),
    shardSeconds: plant.shardSeconds - start.shardSeconds,
  };
}

/** The same at once. */
export function runStream(input: StreamInput): StreamOutcome {
  const steps = streamSteps(input);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

function inOrder(changes: readonly ScriptedChange[]): ScriptedChange[] {
  return [...changes].sort((a, b) => a.atSeconds - b.atSeconds);
}

function emptyColumns(minutes: number): StreamColumns {
  const column = (): Float64Array => new Float64Array(minutes);
  return {
    records: column(),
    bytes: column(),
    throttled: column(),
    iteratorAgeSeconds: column(),
    shards: column(),
  };
}
