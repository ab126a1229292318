/**
 * How often a connection can be expected to bring something new, in its own time. The recorder and the page ask here, so
 * that a clock that runs fast makes neither of them call what is on time late. Pure.
 */

/** A fast virtual clock is not followed by more polls than this. */
export const shortestWaitMs = 1_000;

/**
 * @param pollIntervalSeconds of the connection
 * @param speed seconds of the connection's clock per second of this machine's; 0 while it is held
 * @returns seconds of the connection's clock: CloudWatch's minute, the interval, or what passes between two polls
 */
export function expectedEverySeconds(pollIntervalSeconds: number, speed: number): number {
  return Math.max(60, pollIntervalSeconds, (speed * shortestWaitMs) / 1000);
}
