/**
 * Minutes in which the recorded fleet says nothing about the deployed policy, by rule and with the reason.
 *
 * Rules: docs/rules/replay.md (FID-08 to FID-10). Not here: comparing the others (fidelity.ts).
 */
import type { Fidelity } from '../core/contract/shapes.ts';
import { fidelityLeftOutIds } from '../core/messages/fidelity.ts';
import type { FidelityInput } from './types.ts';

/** Minutes left out from a manual change on: the policy is then answering a fleet it did not make (MODEL-28, MODEL-29). */
const minutesAfterChange = 15;
/** Minutes at the edges of a stretch at the maximum that are compared: there the policy brought the fleet in or out. */
const edgeMinutes = 2;

const compared = 0;
type Reason = NonNullable<Fidelity['leftOut']>[number]['reason'];
const codeOf = (reason: Reason): number => fidelityLeftOutIds.indexOf(reason) + 1;

export interface LeftOutMinutes {
  /** Per minute: 0 is compared, else why not; for the fleet and its actions. */
  readonly fleet: Uint8Array;
  /** The same for backlog and age, which still tell something while the fleet stands at its maximum (FID-10). */
  readonly plant: Uint8Array;
  readonly stretches: NonNullable<Fidelity['leftOut']>;
}

/** Whether a minute is left out. */
export function tellsNothing(minutes: Uint8Array, minute: number): boolean {
  return minutes[minute] !== compared;
}

export function leftOutMinutes(input: FidelityInput, minutes: number): LeftOutMinutes {
  const { desired, inService, times } = input.recorded.columns;
  const startMs = (times[0] ?? 0) * 1000;
  const plant = new Uint8Array(minutes);
  /** Fill what no earlier reason has; begun minutes count whole. */
  const leave = (reason: Reason, fromMs: number, toMs: number): void => {
    const to = Math.min(minutes, Math.ceil((toMs - startMs) / 60_000));
    for (let minute = Math.max(0, Math.floor((fromMs - startMs) / 60_000)); minute < to; minute++) {
      if (plant[minute] === compared) plant[minute] = codeOf(reason);
    }
  };
  for (const { fromMs, toMs } of input.holes ?? []) leave('hole', fromMs, toMs);
  for (let minute = 0; minute < minutes; minute++) {
    if (!Number.isNaN(desired[minute]!) && !Number.isNaN(inService[minute]!)) continue;
    leave('no-fleet', startMs + minute * 60_000, startMs + (minute + 1) * 60_000);
  }
  if (input.setupChangedMs != null) leave('earlier-setup', startMs, input.setupChangedMs);
  const after = minutesAfterChange * 60_000;
  for (const atMs of input.manualChangesMs ?? []) leave('manual-change', atMs, atMs + after);
  for (const atMs of input.failuresMs ?? []) leave('instance-failure', atMs, atMs + after);
  const fleet = plant.slice();
  leavePinned(input, fleet);
  return { fleet, plant, stretches: stretchesOf(fleet, startMs) };
}

/** Where recorded and replayed desired capacity both stand at the maximum, no policy could show a difference. */
function leavePinned({ run, recorded }: FidelityInput, fleet: Uint8Array): void {
  const { maxSize } = run.setup.group;
  const pinned = (minute: number): boolean =>
    recorded.columns.desired[minute]! >= maxSize && run.columns.desired[minute]! >= maxSize;
  for (let from = 0; from < fleet.length; from++) {
    if (!pinned(from)) continue;
    let to = from + 1;
    while (to < fleet.length && pinned(to)) to++;
    // At the range's own ends there is no edge: the fleet stood there before, and may go on to.
    const first = from === 0 ? 0 : from + edgeMinutes;
    const last = to === fleet.length ? to : to - edgeMinutes;
    for (let minute = first; minute < last; minute++) {
      if (fleet[minute] === compared) fleet[minute] = codeOf('at-maximum');
    }
    from = to;
  }
}

function stretchesOf(fleet: Uint8Array, startMs: number): LeftOutMinutes['stretches'] {
  const stretches: LeftOutMinutes['stretches'] = [];
  for (let from = 0; from < fleet.length; from++) {
    const code = fleet[from]!;
    if (code === compared) continue;
    let to = from + 1;
    while (to < fleet.length && fleet[to] === code) to++;
    stretches.push({
      fromMs: startMs + from * 60_000,
      toMs: startMs + to * 60_000,
      reason: fidelityLeftOutIds[code - 1]!,
    });
    from = to - 1;
  }
  return stretches;
}
