/**
 * What the last replays took and gave, so that moving one slider replays one setup and reads nothing again.
 *
 * Keyed by everything a result depends on but the recording itself; whoever changes the recording forgets it all. Results
 * are shared and must not be changed. Bounded by minutes: a year of a busy fleet is some fifty megabytes. Schedules that knew have bounds of
 * their own (schedules.ts).
 */
import type { ReplayRun } from '../../core/contract/shapes.ts';
import type { Recording } from './recording.ts';
import { createScheduleMemory, type ScheduleMemory } from './schedules.ts';

const mostMinutes = 2_500_000;

interface Kept {
  readonly minutes: number;
  readonly value: Recording | ReplayRun;
}

export interface ReplayMemory {
  recording(key: string, load: () => Recording): Recording;
  run(key: string): ReplayRun | undefined;
  keep(key: string, run: ReplayRun): void;
  /** What is part of something better by now. */
  drop(key: string): void;
  /** What the schedule that knew comes to (YARD-50). */
  readonly schedule: ScheduleMemory['schedule'];
  /** After anything was recorded, imported or removed. */
  forget(): void;
}

export function createReplayMemory(): ReplayMemory {
  /** Oldest use first. */
  const kept = new Map<string, Kept>();
  const schedules = createScheduleMemory();

  function get(key: string): Kept['value'] | undefined {
    const found = kept.get(key);
    if (found === undefined) return undefined;
    kept.delete(key);
    kept.set(key, found);
    return found.value;
  }

  function put(key: string, minutes: number, value: Kept['value']): void {
    kept.delete(key);
    kept.set(key, { minutes, value });
    let total = 0;
    for (const entry of kept.values()) total += entry.minutes;
    for (const [oldest, entry] of kept) {
      if (total <= mostMinutes || oldest === key) break;
      kept.delete(oldest);
      total -= entry.minutes;
    }
  }

  return {
    recording(key, load) {
      const known = get(`recording ${key}`) as Recording | undefined;
      if (known !== undefined) return known;
      const loaded = load();
      put(`recording ${key}`, loaded.minutes, loaded);
      return loaded;
    },
    run: (key) => get(`run ${key}`) as ReplayRun | undefined,
    keep: (key, run) => put(`run ${key}`, run.columns.times.length, run),
    drop: (key) => void kept.delete(`run ${key}`),
    schedule: schedules.schedule,
    forget() {
      kept.clear();
      schedules.forget();
    },
  };
}
