/**
 * How a kept clock goes on after a restart: at which speed, and whether the time in between has passed.
 *
 * Pure. A clock in step with the host's (speed 1) is taken for the wall's, so time passes while nobody is there, too. Any other clock
 * has nothing outside to be in step with and stands where it stood.
 */
import type { ClockFacts } from './entries.ts';

/** As the emulator is started: 'stepped', or a speed. */
export type ClockOption = 'stepped' | { readonly speed: number };

/** Virtual seconds per real second; 0 is held. */
export const speedOf = (option: ClockOption): number => (option === 'stepped' ? 0 : option.speed);

/** The speed in force before, unless the emulator is now started with another than at the last start. */
export function speedAfterRestart(option: ClockOption, last: ClockFacts | null): number {
  const given = speedOf(option);
  return last !== null && last.startedWith === given ? last.speed : given;
}

/**
 * @param last the last pace, and the virtual instant at which it began
 * @param playedToMs the last instant that the file knows
 */
export function instantAfterRestart(
  last: { readonly atMs: number; readonly facts: ClockFacts } | null,
  playedToMs: number,
  speed: number,
  hostNowMs: number,
): number {
  if (last === null || last.facts.speed !== 1 || speed !== 1) return playedToMs;
  return Math.max(playedToMs, Math.floor(last.atMs + (hostNowMs - last.facts.hostMs)));
}
