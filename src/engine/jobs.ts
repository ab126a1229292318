/**
 * Long calls in slices: other calls are answered in between, progress is pushed, and a cancelled one ends at once.
 *
 * One thread on purpose: a replay's slices take some milliseconds, and columns need not be copied to a worker and back
 * (ARCHITECTURE.md). Nothing is stored before a job is done, so a cancelled one leaves nothing.
 */
import type { CancelSignal } from '../core/contract/dispatch.ts';
import { SpillwayError } from '../core/errors.ts';
import type { HostTime } from './options.ts';
import type { Pushes } from './pushes.ts';

/** Work between two looks at what else there is: a frame of a screen is 16 ms. */
const busyMs = 25;
/** Often enough to see that it moves. */
const progressEveryMs = 100;

export interface Jobs {
  /**
   * @param steps yields the share done, 0 to 1
   * @throws SpillwayError CANCELLED; whatever the steps throw
   */
  run<T>(steps: Iterator<number, T>, signal: CancelSignal, jobId?: string): Promise<T>;
  /** A job that is done or unknown is left alone. */
  cancel(jobId: string): void;
}

export function createJobs(hostTime: HostTime, pushes: Pick<Pushes, 'send'>): Jobs {
  const running = new Map<string, { cancelled: boolean }>();
  const breathe = (): Promise<void> => new Promise((resolve) => void hostTime.setTimer(0, resolve));

  return {
    async run(steps, signal, jobId) {
      const job = { cancelled: false };
      if (jobId !== undefined) running.set(jobId, job);
      let sliceAtMs = hostTime.nowMs();
      let toldAtMs = sliceAtMs;
      try {
        for (;;) {
          const step = steps.next();
          if (step.done) return step.value;
          const nowMs = hostTime.nowMs();
          if (nowMs - sliceAtMs < busyMs) continue;
          if (jobId !== undefined && nowMs - toldAtMs >= progressEveryMs) {
            pushes.send('progress', { jobId, share: step.value });
            toldAtMs = nowMs;
          }
          await breathe();
          if (job.cancelled || signal.aborted) throw new SpillwayError('CANCELLED');
          sliceAtMs = hostTime.nowMs();
        }
      } finally {
        if (jobId !== undefined && running.get(jobId) === job) running.delete(jobId);
      }
    },
    cancel(jobId) {
      const job = running.get(jobId);
      if (job !== undefined) job.cancelled = true;
    },
  };
}
