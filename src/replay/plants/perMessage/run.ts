/**
 * A whole range message by message on a fleet that is known beforehand: columns per minute, waits, counts.
 *
 * For what-if questions about the queue itself, and for holding the flow against. Not here: a fleet that follows its
 * policies (replay/run.ts).
 */
import { MessagePlant } from './plant.ts';
import type { MessageCounts, MessagePlantInput } from './types.ts';

export interface MessageRunInput extends Omit<MessagePlantInput, 'instances'> {
  /** In service in each minute; its length is the range's. */
  readonly instancesPerMinute: ArrayLike<number>;
}

/** One entry per minute. */
export interface MessageColumns {
  /** Visible messages: at the minute's end, the most, and the mean. */
  readonly backlog: Float64Array;
  readonly peakBacklog: Float64Array;
  readonly meanBacklog: Float64Array;
  /** In flight, mean. */
  readonly notVisible: Float64Array;
  /** Age of the oldest message that is not gone: at the minute's end, and the largest. */
  readonly ageSeconds: Float64Array;
  readonly worstAgeSeconds: Float64Array;
  /** Mean share of the workers at work; NaN without instances. */
  readonly utilization: Float64Array;
  readonly sent: Float64Array;
  readonly received: Float64Array;
  readonly deleted: Float64Array;
}

export interface MessageRun {
  readonly columns: MessageColumns;
  readonly counts: MessageCounts;
  /** Still in the queue at the end. */
  readonly left: number;
  /** By message in the order of sending; NaN for those nobody has begun. */
  readonly waitSeconds: Float64Array;
  /** From send to deletion; NaN for those not processed. */
  readonly sojournSeconds: Float64Array;
}

/** @throws RangeError as `MessagePlant` does */
export function runMessages(input: MessageRunInput): MessageRun {
  const { instancesPerMinute, work } = input;
  const minutes = instancesPerMinute.length;
  const plant = new MessagePlant({ ...input, instances: 0 });
  const columns = emptyColumns(minutes);
  for (let minute = 0; minute < minutes; minute++) {
    const { sent, received, deleted } = plant.counts;
    const instances = instancesPerMinute[minute]!;
    plant.beginMinute();
    plant.setInstances(instances);
    plant.advance(minute * 60 + 60);
    columns.backlog[minute] = plant.visible;
    columns.peakBacklog[minute] = plant.minutePeakBacklog;
    columns.meanBacklog[minute] = plant.minuteBacklogSeconds / 60;
    columns.notVisible[minute] = plant.minuteNotVisibleSeconds / 60;
    columns.ageSeconds[minute] = plant.ageSeconds;
    columns.worstAgeSeconds[minute] = plant.minuteWorstAgeSeconds;
    columns.utilization[minute] = plant.minuteBusySeconds / 60 / (instances * (work.concurrencyPerInstance ?? 1));
    columns.sent[minute] = plant.counts.sent - sent;
    columns.received[minute] = plant.counts.received - received;
    columns.deleted[minute] = plant.counts.deleted - deleted;
  }
  return {
    columns,
    counts: { ...plant.counts },
    left: plant.inSystem,
    waitSeconds: plant.waitSeconds(),
    sojournSeconds: plant.sojournSeconds(),
  };
}

function emptyColumns(minutes: number): MessageColumns {
  const column = () => new Float64Array(minutes);
  return {
    backlog: column(),
    peakBacklog: column(),
    meanBacklog: column(),
    notVisible: column(),
    ageSeconds: column(),
    worstAgeSeconds: column(),
    utilization: column(),
    sent: column(),
    received: column(),
    deleted: column(),
  };
}
