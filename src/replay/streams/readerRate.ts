/**
 * How fast the slowest consumer works on a shard, from the minutes in which it lagged behind. KREP-37.
 *
 * Who lags reads as fast as it can; the other consumers, at the tip, read what is written, and that is taken off. Needs shard
 * metrics. Not here: a consumer that its shard holds up rather than its work, which looks the same.
 */
const leastLagSeconds = 60;
const leastMinutes = 5;

/** Of one shard, per minute; NaN where there is no datapoint. */
export interface ShardReads {
  readonly incomingRecords: Float64Array;
  readonly outgoingRecords: Float64Array;
  readonly iteratorAgeSeconds: Float64Array;
}

/**
 * @param consumers that poll, all together
 * @returns records a second per shard; null with fewer than 5 minutes of lag
 */
export function slowestReaderRate(shards: readonly ShardReads[], consumers: number): number | null {
  let minutes = 0;
  let records = 0;
  for (const { incomingRecords, outgoingRecords, iteratorAgeSeconds } of shards) {
    const lags = (minute: number): boolean => iteratorAgeSeconds[minute]! >= leastLagSeconds;
    for (let minute = 1; minute < iteratorAgeSeconds.length - 1; minute++) {
      // Its neighbours lag, too: a minute in which it caught up was not all work.
      if (!lags(minute - 1) || !lags(minute) || !lags(minute + 1)) continue;
      const read = outgoingRecords[minute]! - (consumers - 1) * orNone(incomingRecords[minute]!);
      if (Number.isNaN(read)) continue;
      minutes++;
      records += read;
    }
  }
  return minutes < leastMinutes || records <= 0 ? null : records / (minutes * 60);
}

/** No datapoint of writes is no write (KMET-01): reads were recorded in that minute. */
const orNone = (count: number): number => (Number.isNaN(count) ? 0 : count);
