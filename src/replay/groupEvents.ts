/**
 * What happens to a group without any alarm: scheduled actions, and scripted faults (Spot interruptions, launches that fail).
 *
 * Planned before the loop starts, in order of time. Semantics of scheduled actions are core's (SCHED). Rules:
 * docs/rules/replay.md (REP-25 to REP-27).
 */
import type { ReplayFault, ReplaySetup } from '../core/contract/shapes.ts';
import { nextScheduledRun, type ScheduledAction } from '../core/schedule/action.ts';

export type GroupEvent =
  | { readonly kind: 'schedule'; readonly atSeconds: number; readonly action: ScheduledAction }
  | { readonly kind: 'spot-interruption'; readonly atSeconds: number; readonly instances: number };

/** A time in which every launch fails, seconds from the start. */
export interface LaunchFailure {
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

export interface PlannedEvents {
  /** Oldest first; of one second, schedules before faults. */
  readonly events: readonly GroupEvent[];
  readonly launchFailures: readonly LaunchFailure[];
}

/** Runs of one action; a cron of every minute over a year is more than anybody means. */
const MOST_RUNS = 600_000;

export function planEvents(
  setup: ReplaySetup,
  faults: readonly ReplayFault[],
  startSeconds: number,
  minutes: number,
): PlannedEvents {
  const startMs = startSeconds * 1000;
  const endMs = startMs + minutes * 60_000;
  const events: GroupEvent[] = [];
  for (const action of setup.schedule ?? []) {
    let atMs = nextScheduledRun(action, startMs - 1);
    for (let run = 0; atMs !== null && atMs < endMs && run < MOST_RUNS; run++) {
      events.push({ kind: 'schedule', atSeconds: (atMs - startMs) / 1000, action });
      atMs = nextScheduledRun(action, atMs);
    }
  }
  const launchFailures: LaunchFailure[] = [];
  for (const fault of faults) {
    if (fault.kind === 'launch-failure') {
      launchFailures.push({
        fromSeconds: (fault.fromMs - startMs) / 1000,
        toSeconds: (fault.toMs - startMs) / 1000,
      });
    } else if (fault.atMs >= startMs && fault.atMs < endMs) {
      events.push({
        kind: 'spot-interruption',
        atSeconds: (fault.atMs - startMs) / 1000,
        instances: fault.instances,
      });
    }
  }
  const order = { schedule: 0, 'spot-interruption': 1 };
  events.sort((a, b) => a.atSeconds - b.atSeconds || order[a.kind] - order[b.kind]);
  return { events, launchFailures };
}

/** When a launch that is asked for now really begins: at the end of the failures it falls into (REP-27). */
export function launchBeginsAt(nowSeconds: number, failures: readonly LaunchFailure[]): number {
  let at = nowSeconds;
  for (const { fromSeconds, toSeconds } of failures.toSorted((a, b) => a.fromSeconds - b.fromSeconds)) {
    if (at >= fromSeconds && at < toSeconds) at = toSeconds;
  }
  return at;
}
