/**
 * What producers offered a stream, from what it recorded: records taken and attempts refused. KREP-30 to KREP-32.
 *
 * Not here: where the columns come from (engine), and the plant that is offered this.
 */
import { fillHoles } from '../holes.ts';
import type { StreamTraffic } from '../plants/kinesis/types.ts';
import type { Hole } from '../types.ts';

export interface RecordedTraffic {
  readonly startSeconds: number;
  /** Per minute, NaN where there is no datapoint. */
  readonly incomingRecords: Float64Array;
  readonly incomingBytes: Float64Array;
  readonly writeThrottled: Float64Array;
  /** Whether anything of the stream was recorded in a minute: then no datapoint of writes says that there were none. */
  readonly anything: readonly boolean[];
}

/**
 * @param retrySeconds null: refused records were gone; else producers offered each again after so long, and what was refused
 *   in a minute is a line of that many records that waited on average
 * @param factor       of the whole traffic
 */
export function offeredTraffic(
  { startSeconds, incomingRecords, incomingBytes, writeThrottled, anything }: RecordedTraffic,
  retrySeconds: number | null,
  factor: number,
): { readonly traffic: StreamTraffic; readonly holes: Hole[] } {
  const silent = (column: Float64Array): Float64Array =>
    column.map((value, minute) => (Number.isNaN(value) && anything[minute] ? 0 : value));
  const { arrivals: taken, holes } = fillHoles(silent(incomingRecords), startSeconds);
  const takenBytes = fillHoles(silent(incomingBytes), startSeconds).arrivals;
  const refused = writeThrottled.map((count) => (Number.isNaN(count) ? 0 : count));
  const meanBytes = ratio(total(takenBytes), total(taken)) ?? 1;
  const records = taken.map((count, minute) =>
    Math.max(0, count + (retrySeconds === null ? refused[minute]! : growth(refused, minute, retrySeconds))),
  );
  // A refused record is as large as those that were taken in its minute.
  const bytes = records.map(
    (count, minute) => count * (ratio(takenBytes[minute]!, taken[minute]!) ?? meanBytes) * factor,
  );
  return { traffic: { records: records.map((count) => count * factor), bytes }, holes };
}

/** By how much the line of waiting records grew in a minute: at its edges it lies between the means of the minutes. */
function growth(refused: Float64Array, minute: number, retrySeconds: number): number {
  const mean = (at: number): number =>
    ((refused[Math.min(refused.length - 1, Math.max(0, at))] ?? 0) * retrySeconds) / 60;
  return (mean(minute + 1) - mean(minute - 1)) / 2;
}

const total = (column: Float64Array): number => column.reduce((sum, value) => sum + value, 0);

function ratio(above: number, below: number): number | null {
  return below > 0 ? above / below : null;
}
