/** Antipatterns of a run, named with the minutes where they show and a change to try. Definitions: docs/rules/antipatterns.md. */
import { clippedAtMax, cpuBlindQueue, zeroCapacityTrap } from './limits.ts';
import { changesOf } from './stretches.ts';
import { backlogPerInstanceThrash, flapping, thrashAfterWarmup } from './swings.ts';
import { lateScaleOut, ratchet, scaleInDuringDrain } from './timing.ts';
import type { AntipatternInput, Finding } from './types.ts';

export { antipatternInputOf } from './ofRun.ts';
export type { AntipatternInput, Finding, Stretch } from './types.ts';

const detectors = [
  flapping,
  lateScaleOut,
  scaleInDuringDrain,
  thrashAfterWarmup,
  clippedAtMax,
  ratchet,
  cpuBlindQueue,
  zeroCapacityTrap,
  backlogPerInstanceThrash,
];

/** @returns every antipattern that shows, in the order of their ids; empty when none does. Throws nothing. */
export function findAntipatterns(input: AntipatternInput): Finding[] {
  const changes = changesOf(input.desired);
  return detectors.map((detect) => detect(input, changes)).filter((finding) => finding !== null);
}
