/**
 * How often a process that ended may be started again (EL-04): three times in five minutes, each time after a longer wait.
 */
export const restartLimit = { times: 3, windowMs: 5 * 60_000 } as const;
const firstDelayMs = 250;

/**
 * @param restartsMs instants of the restarts so far, epoch milliseconds, oldest first
 * @returns how long to wait before the next one, milliseconds; null when it must not be started again
 */
export function restartDelayMs(restartsMs: readonly number[], nowMs: number): number | null {
  const recent = restartsMs.filter((atMs) => nowMs - atMs < restartLimit.windowMs).length;
  return recent >= restartLimit.times ? null : firstDelayMs * 4 ** recent;
}
