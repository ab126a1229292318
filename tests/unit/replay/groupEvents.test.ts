/** Scheduled actions, scripted faults, hooks and the warm pool in the loop (REP-25 to REP-29). */
import { describe, expect, it } from 'vitest';
import type { ReplaySetup } from '../../../src/core/contract/shapes.ts';
import { Group } from '../../../src/replay/group.ts';
import { launchBeginsAt } from '../../../src/replay/groupEvents.ts';
import { runReplay, validateSetup } from '../../../src/replay/index.ts';
import { Pool } from '../../../src/replay/pool.ts';
import { assumptionsOf, inputOf, outAndIn, startSeconds } from './setups.ts';

const none = {
  startMs: null,
  endMs: null,
  recurrence: null,
  timeZone: null,
  minSize: null,
  maxSize: null,
  desiredCapacity: null,
};
const scheduled = (over: Partial<NonNullable<ReplaySetup['schedule']>[number]>): ReplaySetup => ({
  ...outAndIn,
  schedule: [{ ...none, name: 'morning', ...over }],
});
const at = (minute: number, second = 0): number => (startSeconds + minute * 60 + second) * 1000;
const quiet = new Float64Array(60).fill(60);

describe('[REP-25] scheduled actions', () => {
  it('set the minimum at their own second: six instances serve after the launch delay', () => {
    const setup = scheduled({ startMs: at(10, 30), minSize: 6 });
    // No policy may move the group: only the schedule does.
    const run = runReplay(inputOf({ arrivals: quiet, setup: { ...setup, policies: setup.policies.slice(0, 1) } }));
    const { desired, inService } = run.columns;
    expect([desired[9], desired[10], desired[59]]).toEqual([2, 6, 6]);
    // 10:30 and 90 s of launch are 12:00: the minute before it has two, the next one six.
    expect([inService[11], inService[12]]).toEqual([2, 6]);
    expect(run.groupChanges).toEqual([
      {
        atMs: at(10, 30),
        kind: 'schedule',
        name: 'morning',
        minSize: 6,
        maxSize: 20,
        desiredBefore: 2,
        desiredAfter: 6,
        instancesLost: 0,
        rules: ['SCHED-01', 'COOL-04', 'CAP-01'],
      },
    ]);
  });

  it('the new minimum holds against a scale-in policy', () => {
    const idle = new Float64Array(120).fill(1);
    const run = runReplay(inputOf({ arrivals: idle, setup: scheduled({ startMs: at(60), minSize: 3 }) }));
    expect(run.columns.desired[59]).toBe(1);
    expect(Math.min(...run.columns.desired.subarray(60))).toBe(3);
  });

  it('recur by cron in their zone, once every day of the range', () => {
    // 09:00 in Seoul is midnight UTC.
    const setup = scheduled({ recurrence: '0 9 * * *', timeZone: 'Asia/Seoul', minSize: 1, desiredCapacity: 3 });
    const run = runReplay(inputOf({ arrivals: new Float64Array(3 * 1440).fill(10), setup }));
    expect(run.groupChanges!.map(({ atMs }) => atMs)).toEqual([at(0), at(1440), at(2880)]);
  });

  it('a lower maximum takes instances away at once, and caps what policies ask for', () => {
    const arrivals = new Float64Array(120).fill(900);
    const capped = runReplay(inputOf({ arrivals, setup: scheduled({ startMs: at(20), maxSize: 3 }) }));
    const free = runReplay(inputOf({ arrivals }));
    expect(free.columns.desired[19]!).toBeGreaterThan(3);
    expect(Math.max(...capped.columns.desired.subarray(20))).toBe(3);
    expect(capped.decisions.some(({ blockedBy, atMs }) => blockedBy === 'at-maximum' && atMs > at(20))).toBe(true);
    expect(capped.summary.minutesAtMax).toBeGreaterThanOrEqual(100);
  });

  it('without a schedule nothing is told, and a faulty one is refused where it is', () => {
    expect(runReplay(inputOf({ arrivals: quiet })).groupChanges).toBeUndefined();
    const wrong = scheduled({ recurrence: 'every morning', minSize: 9, maxSize: 3 });
    const fields = validateSetup(wrong).map(({ field }) => field);
    expect(fields).toContain('schedule[0].minSize');
    expect(fields.length).toBeGreaterThan(1);
    expect(() => runReplay(inputOf({ setup: wrong }))).toThrow(/POLICY_INVALID/);
  });
});

describe('[REP-26] Spot interruptions', () => {
  it('take instances at their instant and replace them after the launch delay; desired capacity stays', () => {
    const run = runReplay(
      inputOf({
        arrivals: new Float64Array(30).fill(60),
        initial: { backlog: 0, inService: 4, desired: 4 },
        setup: { ...outAndIn, policies: outAndIn.policies.slice(0, 1) },
        options: { faults: [{ kind: 'spot-interruption', atMs: at(5), instances: 3 }] },
      }),
    );
    const { desired, inService } = run.columns;
    expect([...desired.subarray(3, 9)]).toEqual([4, 4, 4, 4, 4, 4]);
    // Gone at 5:00, their replacements there at 6:30.
    expect([...inService.subarray(3, 8)]).toEqual([4, 4, 1, 4, 4]);
    expect(run.summary.launches).toBe(3);
    expect(run.groupChanges).toMatchObject([{ kind: 'spot-interruption', instancesLost: 3, desiredAfter: 4 }]);
  });

  it('more than there are takes what there is', () => {
    const group = new Group(2, 90, 30);
    group.nowSeconds = 10;
    expect(group.interrupt(5, 0)).toBe(2);
    expect(group.inService).toBe(0);
    expect(group.nextInServiceSeconds).toBe(100);
  });
});

describe('[REP-27] launches that fail', () => {
  it('begin when the failures end, also when those follow one another', () => {
    const failures = [
      { fromSeconds: 200, toSeconds: 300 },
      { fromSeconds: 100, toSeconds: 200 },
    ];
    expect([50, 100, 150, 250, 300].map((now) => launchBeginsAt(now, failures))).toEqual([50, 300, 300, 300, 300]);
  });

  it('let the backlog grow until then', () => {
    const arrivals = Float64Array.from({ length: 120 }, (_, minute) => (minute >= 10 && minute < 30 ? 900 : 30));
    const fine = runReplay(inputOf({ arrivals }));
    const faults = [{ kind: 'launch-failure' as const, fromMs: at(0), toMs: at(30) }];
    const failing = runReplay(inputOf({ arrivals, options: { faults } }));
    expect(Math.max(...failing.columns.inService.subarray(0, 31))).toBe(2);
    // 30 min and 90 s of launch.
    expect(failing.columns.inService[32]!).toBeGreaterThan(2);
    expect(failing.summary.peakBacklog).toBeGreaterThan(fine.summary.peakBacklog);
  });
});

describe('[REP-28] lifecycle hooks', () => {
  it('add to the launch, and to what is paid on the way out', () => {
    const hooks = { launchSeconds: 120, terminateSeconds: 600 };
    const arrivals = Float64Array.from({ length: 180 }, (_, minute) => (minute >= 10 && minute < 20 ? 900 : 30));
    const plain = runReplay(inputOf({ arrivals }));
    const hooked = runReplay(inputOf({ arrivals, setup: { ...outAndIn, group: { ...outAndIn.group, hooks } } }));
    const first = (run: typeof plain) => run.columns.inService.findIndex((count) => count > 2);
    expect(first(hooked) - first(plain)).toBe(2);
    const same = runReplay(
      inputOf({ arrivals, assumptions: assumptionsOf({ launchDelaySeconds: 210, terminateDelaySeconds: 630 }) }),
    );
    expect(hooked.columns).toEqual(same.columns);
    expect(hooked.summary).toEqual(same.summary);
  });
});

describe('[REP-29] warm pool', () => {
  const setup = { minSize: 0, maxPreparedCapacity: 6, state: 'Stopped' as const, startSeconds: 20 };

  it('POOL-01: prepared capacity less desired; ready ones go first, what left is prepared anew', () => {
    const pool = new Pool(setup, 20, 100);
    pool.fill(4, 0, true);
    expect([pool.take(10), pool.take(10), pool.take(10)]).toEqual([30, 30, Number.POSITIVE_INFINITY]);
    // Three are wanted beside a desired capacity of 3; they are ready 100 s after 10.
    pool.fill(3, 10, false);
    expect(pool.take(109)).toBe(Number.POSITIVE_INFINITY);
    expect(pool.take(110)).toBe(130);
  });

  it('a stopped one is paid while it is prepared, a running one as long as it stands', () => {
    const paid = (state: 'Stopped' | 'Running', readyAtOnce: boolean) => {
      const pool = new Pool({ ...setup, state }, 20, 100);
      pool.fill(4, 0, readyAtOnce);
      return pool.close(1_000);
    };
    expect(paid('Stopped', true)).toBe(0);
    expect(paid('Stopped', false)).toBe(200);
    expect(paid('Running', true)).toBe(2_000);
  });

  it('a scale-out through the pool is in service sooner', () => {
    const arrivals = Float64Array.from({ length: 60 }, (_, minute) => (minute >= 10 ? 900 : 30));
    const group = { ...outAndIn.group, warmPool: { ...setup, maxPreparedCapacity: 4 } };
    const warm = runReplay(inputOf({ arrivals, setup: { ...outAndIn, group } }));
    const cold = runReplay(inputOf({ arrivals }));
    const first = (run: typeof warm) => run.columns.inService.findIndex((count) => count > 2);
    expect(first(warm)).toBeLessThan(first(cold));
    expect(warm.summary.peakBacklog).toBeLessThan(cold.summary.peakBacklog);
  });
});
