/**
 * What the loop asks of a plant, flow or messages: to move on with the instances there are, and what a minute shows.
 *
 * A minute is `beginMinute`, some `advance` within it, `endMinute`; then its figures are read.
 */
export interface Plant {
  /** From now on: how many instances work, and what they can do together (a plant of messages knows that itself). */
  instances: number;
  servicePerSecond: number;
  /** Since the start: messages processed, largest values at any instant, and when the backlog of the peak was gone (NaN: not). */
  readonly processed: number;
  readonly peakBacklog: number;
  readonly worstAgeSeconds: number;
  readonly drainedAtSeconds: number;
  /** Messages waiting now. */
  readonly visible: number;
  /** At the end of the last minute, as a gauge shows them. */
  readonly shownBacklog: number;
  readonly shownAgeSeconds: number;
  /** Of the current minute. */
  readonly minutePeakBacklog: number;
  readonly minuteLeastBacklog: number;
  readonly minuteWorstAgeSeconds: number;
  readonly minuteLeastAgeSeconds: number;
  readonly minuteBacklogSeconds: number;
  readonly minuteAgeSeconds: number;
  readonly minuteProcessed: number;
  beginMinute(): void;
  /** Move on to an instant of a minute, seconds from the start. */
  advance(minute: number, toSeconds: number): void;
  endMinute(): void;
}
