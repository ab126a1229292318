import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  applyApplicationAction,
  applyScheduledAction,
  nextScheduledRun,
  runsDespiteSuspension,
  type ScheduledAction,
  validateScheduledAction,
} from '../../../../src/core/schedule/action.ts';

const group = { minSize: 1, maxSize: 10, desiredCapacity: 4 };
const none = { minSize: null, maxSize: null, desiredCapacity: null };

describe('what an action sets', () => {
  test.each([
    ['exactly, out', { desiredCapacity: 7 }, [1, 10, 7], false],
    ['exactly, in', { desiredCapacity: 2 }, [1, 10, 2], false],
    ['0 is a value', { minSize: 0, desiredCapacity: 0 }, [0, 10, 0], false],
    ['a new minimum lifts', { minSize: 6 }, [6, 10, 6], true],
    ['a new minimum below leaves', { minSize: 4 }, [4, 10, 4], false],
    ['a new maximum lowers', { maxSize: 3 }, [1, 3, 3], true],
    ['a maximum of 0', { minSize: 0, maxSize: 0 }, [0, 0, 0], true],
    ['desired within its own new limits', { maxSize: 20, desiredCapacity: 15 }, [1, 20, 15], false],
    ['desired beyond the limits stops there', { desiredCapacity: 15 }, [1, 10, 10], true],
  ])('[SCHED-01] %s: %j', (_because, action, [minSize, maxSize, desiredCapacity], limited) => {
    const change = applyScheduledAction(group, { ...none, ...action });
    expect(change.before).toBe(group);
    expect(change.after).toEqual({ minSize, maxSize, desiredCapacity });
    expect(change.rules).toEqual(limited ? ['SCHED-01', 'COOL-04', 'CAP-01'] : ['SCHED-01', 'COOL-04']);
  });

  test.each([
    [2, { minCapacity: 5, maxCapacity: 20 }, 5],
    [30, { minCapacity: 5, maxCapacity: 20 }, 20],
    [7, { minCapacity: 5, maxCapacity: 20 }, 7],
    [2, { minCapacity: 5, maxCapacity: null }, 5],
    [30, { minCapacity: null, maxCapacity: 0 }, 0],
  ])('[SCHED-05] a target at %i given %j moves to %i', (capacity, action, wanted) => {
    const target = { minCapacity: 0, maxCapacity: 40, capacity };
    const { after } = applyApplicationAction(target, action);
    expect(after).toEqual({
      minCapacity: action.minCapacity ?? 0,
      maxCapacity: action.maxCapacity ?? 40,
      capacity: wanted,
    });
  });

  test('[SCHED-05] nothing but limits and capacity of a target changes', () => {
    const cooling = { minCapacity: 0, maxCapacity: 40, capacity: 3, scaleIn: { endsAtMs: 5 } };
    const { after, rules } = applyApplicationAction(cooling, { minCapacity: 4, maxCapacity: null });
    expect(after).toEqual({ ...cooling, minCapacity: 4, capacity: 4 });
    expect(rules).toEqual(['SCHED-05', 'AAS-03']);
  });

  test('[CAP-01] desired capacity ends within the limits in force', () => {
    const value = fc.option(fc.nat(30));
    fc.assert(
      fc.property(value, value, value, (min, range, desiredCapacity) => {
        const minSize = min;
        const maxSize = range === null ? null : (min ?? group.minSize) + range;
        const { after } = applyScheduledAction({ ...group, maxSize: 60 }, { minSize, maxSize, desiredCapacity });
        expect(after.desiredCapacity).toBeGreaterThanOrEqual(after.minSize);
        expect(after.desiredCapacity).toBeLessThanOrEqual(after.maxSize);
      }),
    );
  });
});

const at = (text: string) => Date.parse(`2024-05-${text}:00Z`);
const actionOf = (over: Partial<ScheduledAction> = {}): ScheduledAction => ({
  name: 'a',
  startMs: null,
  endMs: null,
  recurrence: null,
  timeZone: null,
  ...none,
  desiredCapacity: 3,
  ...over,
});

describe('when it runs', () => {
  const daily = { recurrence: '0 8 * * *' };
  test.each([
    ['once', { startMs: at('02T09:00') }, '01T00:00', '02T09:00'],
    ['once, and it is over', { startMs: at('02T09:00') }, '02T09:00', null],
    ['by recurrence, UTC', daily, '02T08:00', '03T08:00'],
    ['by recurrence, in a zone', { ...daily, timeZone: 'Asia/Seoul' }, '02T08:00', '02T23:00'],
    ['first at the start time', { ...daily, startMs: at('02T09:00') }, '01T00:00', '02T09:00'],
    ['then by recurrence', { ...daily, startMs: at('02T09:00') }, '02T09:00', '03T08:00'],
    ['up to the end time', { ...daily, endMs: at('03T08:00') }, '02T08:00', '03T08:00'],
    ['never after it', { ...daily, endMs: at('03T07:59') }, '02T08:00', null],
    ['an unreadable recurrence never runs', { recurrence: 'x' }, '02T08:00', null],
  ])('[SCHED-02] %s', (_because, over, after, wanted) => {
    expect(nextScheduledRun(actionOf(over), at(after))).toBe(wanted === null ? null : at(wanted));
  });

  test.each([
    [4, 5, 20, true],
    [5, 5, 20, false],
    [10, 5, 20, false],
    [19, 5, 20, false],
    [20, 5, 20, true],
    [10, 5, null, false],
    [4, 5, null, true],
  ])('[SCHED-04, SUSP-01] due at %i, suspended from %i to %s: runs %s', (due, suspendedFrom, resumedAt, runs) => {
    expect(runsDespiteSuspension(due, { suspendedFrom, resumedAt })).toBe(runs);
  });
});

describe('what would be refused', () => {
  const start = at('02T09:00');
  test.each([
    ['SCHED-01', { startMs: start, desiredCapacity: null }, ['scheduleWithoutCapacity']],
    ['SCHED-01', { startMs: start, desiredCapacity: null, minSize: 0 }, []],
    ['SCHED-01', { startMs: start, desiredCapacity: null, maxSize: 0 }, []],
    ['SCHED-02', {}, ['scheduleWithoutTime']],
    ['SCHED-02', { recurrence: '0 8 * * *' }, []],
    ['SCHED-02', { recurrence: '0 8 * *' }, ['cronFieldCount']],
    ['SCHED-02', { recurrence: '0 8 * * *', timeZone: 'Mars/Olympus' }, ['timeZoneUnknown']],
    ['SCHED-02', { startMs: start, endMs: start }, ['scheduleEndsBeforeStart']],
    ['SCHED-02', { startMs: start, endMs: start + 1 }, []],
    ['SCHED-01', { startMs: start, desiredCapacity: -1 }, ['capacityNotWhole', 'desiredOutsideLimits']],
    ['SCHED-01', { startMs: start, minSize: 1.5, maxSize: 9 }, ['capacityNotWhole']],
    ['SCHED-01', { startMs: start, minSize: 4, maxSize: 3, desiredCapacity: null }, ['minAboveMax']],
    ['SCHED-01', { startMs: start, minSize: 3, maxSize: 3 }, []],
    ['SCHED-01', { startMs: start, minSize: 4 }, ['desiredOutsideLimits']],
    ['SCHED-01', { startMs: start, maxSize: 2 }, ['desiredOutsideLimits']],
  ])('[%s] %j: faults %j', (_rule, over, reasons) => {
    expect(validateScheduledAction(actionOf(over)).map(({ reason }) => reason)).toEqual(reasons);
  });

  test('[SCHED-04] start times are unique in a group, and at most 125 actions', () => {
    const others = Array.from({ length: 124 }, (_, index) =>
      actionOf({ name: `o${index}`, startMs: start + index + 1 }),
    );
    expect(validateScheduledAction(actionOf({ startMs: start }), others)).toEqual([]);
    const recurring = actionOf({ recurrence: '0 8 * * *' });
    expect(validateScheduledAction(recurring, [actionOf({ name: 'b', recurrence: '0 9 * * *' })])).toEqual([]);
    const [same] = validateScheduledAction(actionOf({ startMs: start + 2 }), others);
    expect(same).toMatchObject({ reason: 'scheduleStartTaken', params: { other: 'o1' } });
    const more = [...others, actionOf({ name: 'p', recurrence: '0 8 * * *' })];
    const [count] = validateScheduledAction(actionOf({ recurrence: '0 9 * * *' }), more);
    expect(count).toMatchObject({ reason: 'tooManyScheduledActions', params: { count: 126, limit: 125 } });
  });

  test('[SCHED-01] the fault tells the limits, open ones too', () => {
    const [below] = validateScheduledAction(actionOf({ startMs: start, minSize: 4 }));
    expect(below?.problem).toBe('desired capacity 3 is outside 4 to ∞');
    const [above] = validateScheduledAction(actionOf({ startMs: start, maxSize: 2 }));
    expect(above?.problem).toBe('desired capacity 3 is outside 0 to 2');
  });
});
