/**
 * How closely the replayed deployed shards match what was recorded: taken, refused, iterator age. KREP-35.
 */
import type { StreamColumns } from '../plants/kinesis/types.ts';

export interface RecordedStream {
  /** Per minute, NaN where there is no datapoint. */
  readonly records: Float64Array;
  readonly throttled: Float64Array;
  readonly iteratorAgeSeconds: Float64Array;
}

export interface StreamMatch {
  readonly minutesCompared: number;
  readonly minutesLeftOut: number;
  readonly takenErrorShare: number | null;
  readonly throttled: {
    readonly recorded: number;
    readonly replayed: number;
    readonly recordedMinutes: number;
    readonly replayedMinutes: number;
    readonly bothMinutes: number;
  };
  readonly iteratorAge: {
    readonly minutes: number;
    readonly recordedWorstSeconds: number;
    readonly replayedWorstSeconds: number;
    readonly nrmse: number | null;
  } | null;
}

/** A minute in which less than one attempt is refused shows nothing in a metric of whole counts. */
const leastRefused = 1;

export function matchStream(replayed: StreamColumns, recorded: RecordedStream): StreamMatch {
  let minutesCompared = 0;
  let taken = 0;
  let error = 0;
  const throttled = { recorded: 0, replayed: 0, recordedMinutes: 0, replayedMinutes: 0, bothMinutes: 0 };
  const age = { minutes: 0, least: Number.POSITIVE_INFINITY, recordedWorst: 0, replayedWorst: 0, squares: 0 };
  recorded.records.forEach((records, minute) => {
    if (Number.isNaN(records)) return;
    minutesCompared++;
    taken += records;
    error += Math.abs(records - replayed.records[minute]!);
    const was = recorded.throttled[minute]!;
    const is = replayed.throttled[minute]!;
    if (was > 0) throttled.recorded += was;
    throttled.replayed += is;
    if (was > 0) throttled.recordedMinutes++;
    if (is >= leastRefused) throttled.replayedMinutes++;
    if (was > 0 && is >= leastRefused) throttled.bothMinutes++;
    const ageSeconds = recorded.iteratorAgeSeconds[minute]!;
    if (Number.isNaN(ageSeconds)) return;
    age.minutes++;
    age.least = Math.min(age.least, ageSeconds);
    age.recordedWorst = Math.max(age.recordedWorst, ageSeconds);
    age.replayedWorst = Math.max(age.replayedWorst, replayed.iteratorAgeSeconds[minute]!);
    age.squares += (ageSeconds - replayed.iteratorAgeSeconds[minute]!) ** 2;
  });
  const range = age.recordedWorst - age.least;
  return {
    minutesCompared,
    minutesLeftOut: recorded.records.length - minutesCompared,
    takenErrorShare: taken > 0 ? error / taken : null,
    throttled,
    iteratorAge:
      age.minutes === 0
        ? null
        : {
            minutes: age.minutes,
            recordedWorstSeconds: age.recordedWorst,
            replayedWorstSeconds: age.replayedWorst,
            nrmse: range > 0 ? Math.sqrt(age.squares / age.minutes) / range : null,
          },
  };
}
