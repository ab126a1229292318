/**
 * When each message is sent, from what a recording has: how many in each minute.
 *
 * Counts are whole in the end: fractions, as a factor leaves them, are carried to the next minute.
 */
import { drawExponential } from '../../../core/distributions/index.ts';
import type { Random } from '../../../core/time/random.ts';

/**
 * How the messages of a minute lie in it. 'even': at equal distances, as the flow has them. 'chance': each anywhere, which
 * is Poisson traffic given its minute counts. 'together': in batches of `batchSize` at chance instants.
 */
export type ArrivalSpread =
  | { readonly kind: 'even' }
  | { readonly kind: 'chance' }
  | { readonly kind: 'together'; readonly batchSize: number };

/**
 * @param perMinute messages of each minute, no NaN, none negative
 * @returns seconds from the start, ascending; each within its minute, its end excluded
 */
export function arrivalsOfMinutes(perMinute: ArrayLike<number>, spread: ArrivalSpread, random: Random): Float64Array {
  const total = Array.from(perMinute).reduce((sum, sent) => sum + sent, 0);
  // A hair more than the sum, which rounding may have put just below a whole number.
  const sentSeconds = new Float64Array(Math.floor(total + 1e-6));
  let written = 0;
  let due = 0;
  for (let minute = 0; minute < perMinute.length && written < sentSeconds.length; minute++) {
    due += perMinute[minute]!;
    const count = Math.min(sentSeconds.length, Math.floor(due + 1e-6)) - written;
    const block = sentSeconds.subarray(written, written + count);
    place(block, spread, random);
    for (let index = 0; index < count; index++) block[index] = minute * 60 + block[index]! * 60;
    written += count;
  }
  return sentSeconds;
}

/** Shares of a minute, ascending. */
function place(block: Float64Array, spread: ArrivalSpread, random: Random): void {
  if (spread.kind === 'even') {
    for (let index = 0; index < block.length; index++) block[index] = (index + 0.5) / block.length;
    return;
  }
  const size = spread.kind === 'chance' ? 1 : spread.batchSize;
  for (let index = 0; index < block.length; index++) {
    block[index] = index % size === 0 ? random.next() : block[index - 1]!;
  }
  block.sort();
}

/**
 * Poisson traffic at a constant rate.
 *
 * @param batchSize messages that come together; the rate counts batches
 * @returns the instants of `count` messages, seconds, ascending
 */
export function poissonArrivals(perSecond: number, count: number, random: Random, batchSize = 1): Float64Array {
  const sentSeconds = new Float64Array(count);
  let now = 0;
  for (let index = 0; index < count; index++) {
    if (index % batchSize === 0) now += drawExponential(random) / perSecond;
    sentSeconds[index] = now;
  }
  return sentSeconds;
}
