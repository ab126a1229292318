/** Long calls in slices: progress, other calls in between, and cancelling (UX-70). */
import { describe, expect, it } from 'vitest';
import { createJobs } from '../../../src/engine/jobs.ts';
import type { HostTime } from '../../../src/engine/options.ts';

/** Each look at the clock takes a millisecond; timers run as soon as the work lets them. */
function ticking(): HostTime & { readonly breaths: () => number } {
  let now = 0;
  let breaths = 0;
  return {
    nowMs: () => ++now,
    setTimer(_ms, run) {
      breaths++;
      queueMicrotask(run);
      return () => {};
    },
    breaths: () => breaths,
  };
}

function* counting(steps: number, seen: number[] = []): Generator<number, string> {
  for (let at = 1; at <= steps; at++) {
    seen.push(at);
    yield at / steps;
  }
  return 'done';
}

const going = { aborted: false };

describe('jobs', () => {
  it('gives the result, breathes at most every 25 ms and tells rising progress of the named job', async () => {
    const time = ticking();
    const told: { jobId: string; share: number }[] = [];
    const jobs = createJobs(time, { send: (_topic, payload) => void told.push(payload as never) });
    expect(await jobs.run(counting(1_000), going, 'a')).toBe('done');
    expect(time.breaths()).toBeGreaterThan(20);
    expect(time.breaths()).toBeLessThan(1_000 / 20);
    expect(told.length).toBeGreaterThan(3);
    expect(told.every(({ jobId }) => jobId === 'a')).toBe(true);
    expect(told.map(({ share }) => share)).toEqual(told.map(({ share }) => share).toSorted((x, y) => x - y));
  });

  it('a cancelled job ends at its next breath, others go on', async () => {
    const jobs = createJobs(ticking(), { send: () => {} });
    const seen: number[] = [];
    const one = jobs.run(counting(10_000, seen), going, 'one');
    const other = jobs.run(counting(500), going, 'other');
    jobs.cancel('one');
    await expect(one).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(seen.length).toBeLessThan(60);
    expect(await other).toBe('done');
    // Gone or unknown: no error.
    jobs.cancel('one');
    jobs.cancel('never');
  });

  it('a caller that went away cancels, too', async () => {
    const jobs = createJobs(ticking(), { send: () => {} });
    await expect(jobs.run(counting(10_000), { aborted: true })).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('what the steps throw is thrown, and the job is over', async () => {
    const jobs = createJobs(ticking(), { send: () => {} });
    function* failing(): Generator<number, never> {
      yield 0.5;
      throw new RangeError('no');
    }
    await expect(jobs.run(failing(), going, 'a')).rejects.toThrow(RangeError);
  });
});
