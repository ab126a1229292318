import { describe, expect, it } from 'vitest';
import { type Antipattern, antipatternText } from '../../../../src/core/messages/antipatterns.ts';
import {
  type AntipatternInput,
  antipatternInputOf,
  findAntipatterns,
} from '../../../../src/replay/antipatterns/index.ts';
import { runReplay } from '../../../../src/replay/index.ts';
import { demandOf } from '../../../../src/replay/yardsticks/index.ts';
import { alarmOf, assumptionsOf, inputOf, policyOf, setupOf, startSeconds } from '../setups.ts';

/** `[value, minutes]` one after another. */
const column = (...runs: readonly (readonly [number, number])[]) =>
  Float64Array.from(runs.flatMap(([value, minutes]) => Array.from({ length: minutes }, () => value)));

/** A quiet fleet of two that needs two, changed where a case says. */
const seen = (over: Partial<AntipatternInput> = {}): AntipatternInput => {
  const length = (over.desired ?? over.backlog ?? over.demand ?? over.ageSeconds)?.length ?? 240;
  const still = (value: number) => new Float64Array(length).fill(value);
  const desired = over.desired ?? still(2);
  return {
    times: still(0).map((_, minute) => startSeconds + 60 * minute),
    backlog: still(0),
    ageSeconds: still(0),
    desired,
    inService: desired,
    demand: desired,
    minSize: 1,
    maxSize: 20,
    ageGoalSeconds: 300,
    throughputPerInstancePerMinute: 60,
    launchDelaySeconds: 120,
    warmupSeconds: 180,
    ...over,
  };
};

interface Case {
  readonly id: string;
  readonly antipattern: Antipattern;
  readonly because: string;
  readonly input: Partial<AntipatternInput>;
  /** [from, to) of each stretch; empty: it does not show. */
  readonly at: readonly (readonly [number, number])[];
}

const cases: readonly Case[] = [
  // ANTI-01: minutes of the changes are 20, 40, 60, 80.
  {
    id: 'ANTI-01',
    antipattern: 'flapping',
    because: 'up, down, up, down every 20 minutes',
    input: { desired: column([2, 20], [4, 20], [2, 20], [4, 20], [2, 40]) },
    at: [[20, 81]],
  },
  {
    id: 'ANTI-01',
    antipattern: 'flapping',
    because: 'up, down, up: two turns only',
    input: { desired: column([2, 20], [4, 20], [2, 20], [4, 60]) },
    at: [],
  },
  {
    id: 'ANTI-01',
    antipattern: 'flapping',
    because: 'turns more than half an hour apart',
    input: { desired: column([2, 20], [4, 31], [2, 31], [4, 31], [2, 40]) },
    at: [],
  },
  {
    id: 'ANTI-01',
    antipattern: 'flapping',
    because: 'many steps one way are no turns',
    input: { desired: column([2, 5], [3, 5], [4, 5], [5, 5], [6, 5], [5, 5], [4, 5]) },
    at: [],
  },
  // ANTI-02
  {
    id: 'ANTI-02',
    antipattern: 'lateScaleOut',
    because: '7 minutes until more are asked for, goal broken',
    input: {
      desired: column([2, 17], [6, 23]),
      inService: column([2, 19], [6, 21]),
      demand: column([2, 10], [6, 30]),
      ageSeconds: column([0, 14], [400, 10], [0, 16]),
    },
    at: [[10, 17]],
  },
  {
    id: 'ANTI-02',
    antipattern: 'lateScaleOut',
    because: 'asked for after 4 minutes',
    input: {
      desired: column([2, 14], [6, 26]),
      inService: column([2, 19], [6, 21]),
      demand: column([2, 10], [6, 30]),
      ageSeconds: column([0, 14], [400, 10], [0, 16]),
    },
    at: [],
  },
  {
    id: 'ANTI-02',
    antipattern: 'lateScaleOut',
    because: 'late, but the goal holds',
    input: {
      desired: column([2, 17], [6, 23]),
      inService: column([2, 19], [6, 21]),
      demand: column([2, 10], [6, 30]),
      ageSeconds: column([300, 40]),
    },
    at: [],
  },
  {
    id: 'ANTI-02',
    antipattern: 'lateScaleOut',
    because: 'at the maximum nothing can be asked for',
    input: {
      desired: column([2, 40]),
      demand: column([2, 10], [6, 30]),
      ageSeconds: column([0, 14], [400, 26]),
      maxSize: 2,
    },
    at: [],
  },
  // ANTI-03: four instances process 1,200 within the goal, two 600.
  {
    id: 'ANTI-03',
    antipattern: 'scaleInDuringDrain',
    because: '700 wait when two are left',
    input: { desired: column([4, 10], [2, 20]), backlog: column([700, 15], [500, 15]) },
    at: [[10, 15]],
  },
  {
    id: 'ANTI-03',
    antipattern: 'scaleInDuringDrain',
    because: '600 are what two process in time',
    input: { desired: column([4, 10], [2, 20]), backlog: column([600, 30]) },
    at: [],
  },
  {
    id: 'ANTI-03',
    antipattern: 'scaleInDuringDrain',
    because: 'a fall without a backlog',
    input: { desired: column([4, 10], [2, 20]), backlog: column([2000, 9], [0, 21]) },
    at: [],
  },
  // ANTI-04: warm 5 minutes after the launch, judged until 15.
  {
    id: 'ANTI-04',
    antipattern: 'thrashAfterWarmup',
    because: 'gone 15 minutes after, back 30 after that',
    input: { desired: column([2, 10], [6, 15], [3, 30], [5, 10]) },
    at: [[10, 56]],
  },
  {
    id: 'ANTI-04',
    antipattern: 'thrashAfterWarmup',
    because: 'gone 16 minutes after',
    input: { desired: column([2, 10], [6, 16], [3, 30], [5, 10]) },
    at: [],
  },
  {
    id: 'ANTI-04',
    antipattern: 'thrashAfterWarmup',
    because: 'never asked for again',
    input: { desired: column([2, 10], [6, 15], [3, 60]) },
    at: [],
  },
  {
    id: 'ANTI-04',
    antipattern: 'thrashAfterWarmup',
    because: 'less than half sent away',
    input: { desired: column([2, 10], [6, 15], [5, 20], [6, 10]) },
    at: [],
  },
  // ANTI-05
  {
    id: 'ANTI-05',
    antipattern: 'clippedAtMax',
    because: 'five needed of four for 6 minutes',
    input: { desired: column([2, 10], [4, 20]), demand: column([2, 12], [5, 6], [2, 12]), maxSize: 4 },
    at: [[12, 18]],
  },
  {
    id: 'ANTI-05',
    antipattern: 'clippedAtMax',
    because: 'goal broken at the maximum',
    input: { desired: column([4, 30]), ageSeconds: column([0, 10], [301, 5], [0, 15]), maxSize: 4 },
    at: [[10, 15]],
  },
  {
    id: 'ANTI-05',
    antipattern: 'clippedAtMax',
    because: '4 minutes',
    input: { desired: column([4, 30]), ageSeconds: column([0, 10], [301, 4], [0, 16]), maxSize: 4 },
    at: [],
  },
  {
    id: 'ANTI-05',
    antipattern: 'clippedAtMax',
    because: 'at the maximum, and enough',
    input: { desired: column([4, 30]), maxSize: 4 },
    at: [],
  },
  // ANTI-06
  {
    id: 'ANTI-06',
    antipattern: 'ratchet',
    because: 'up once, never down',
    input: { desired: column([2, 30], [8, 210]), demand: column([2, 30], [8, 20], [2, 190]) },
    at: [[50, 240]],
  },
  {
    id: 'ANTI-06',
    antipattern: 'ratchet',
    because: 'down within two hours, step by step',
    input: { desired: column([2, 30], [8, 100], [6, 60], [2, 50]), demand: column([2, 30], [8, 20], [2, 190]) },
    at: [],
  },
  {
    id: 'ANTI-06',
    antipattern: 'ratchet',
    because: 'a fleet that was never scaled out',
    input: { desired: column([8, 240]), demand: column([2, 240]) },
    at: [],
  },
  {
    id: 'ANTI-06',
    antipattern: 'ratchet',
    because: 'at its minimum it may not go down',
    input: { desired: column([2, 10], [8, 230]), demand: column([2, 240]), minSize: 8 },
    at: [],
  },
  // ANTI-07
  {
    id: 'ANTI-07',
    antipattern: 'cpuBlindQueue',
    because: 'old messages and a cool CPU',
    input: { ageSeconds: column([0, 10], [400, 20], [0, 10]), cpuPct: column([30, 40]) },
    at: [[10, 30]],
  },
  {
    id: 'ANTI-07',
    antipattern: 'cpuBlindQueue',
    because: 'the CPU is warm',
    input: { ageSeconds: column([0, 10], [400, 20], [0, 10]), cpuPct: column([51, 40]) },
    at: [],
  },
  {
    id: 'ANTI-07',
    antipattern: 'cpuBlindQueue',
    because: 'no CPU series, nothing said',
    input: { ageSeconds: column([0, 10], [400, 20], [0, 10]) },
    at: [],
  },
  {
    id: 'ANTI-07',
    antipattern: 'cpuBlindQueue',
    because: 'unknown minutes break the run',
    input: { ageSeconds: column([400, 9]), cpuPct: column([30, 4], [Number.NaN, 1], [30, 4]) },
    at: [],
  },
  // ANTI-08
  {
    id: 'ANTI-08',
    antipattern: 'zeroCapacityTrap',
    because: 'messages and nobody',
    input: { desired: column([1, 10], [0, 30]), demand: column([1, 40]), backlog: column([0, 15], [50, 25]) },
    at: [[15, 40]],
  },
  {
    id: 'ANTI-08',
    antipattern: 'zeroCapacityTrap',
    because: 'an instance is on its way',
    input: {
      desired: column([0, 17], [1, 23]),
      inService: column([0, 40]),
      demand: column([1, 40]),
      backlog: column([0, 15], [50, 25]),
    },
    at: [],
  },
  {
    id: 'ANTI-08',
    antipattern: 'zeroCapacityTrap',
    because: 'nobody, and nothing to do',
    input: { desired: column([0, 40]), demand: column([1, 40]) },
    at: [],
  },
  // ANTI-09
  {
    id: 'ANTI-09',
    antipattern: 'backlogPerInstanceThrash',
    because: '1 -> 8 -> 1 twice',
    input: { desired: column([1, 10], [8, 20], [1, 20], [8, 20], [1, 20]), measures: ['backlogPerInstance'] },
    at: [[10, 71]],
  },
  {
    id: 'ANTI-09',
    antipattern: 'backlogPerInstanceThrash',
    because: 'in steps up and down',
    input: { desired: column([1, 10], [3, 2], [8, 10], [4, 5], [1, 20], [8, 20], [2, 20]) },
    at: [[10, 68]],
  },
  {
    id: 'ANTI-09',
    antipattern: 'backlogPerInstanceThrash',
    because: 'once is a spike',
    input: { desired: column([1, 10], [8, 20], [1, 70]), measures: ['backlogPerInstance'] },
    at: [],
  },
  {
    id: 'ANTI-09',
    antipattern: 'backlogPerInstanceThrash',
    because: 'to three times as much only',
    input: { desired: column([2, 10], [6, 20], [2, 20], [6, 20], [2, 20]) },
    at: [],
  },
  {
    id: 'ANTI-09',
    antipattern: 'backlogPerInstanceThrash',
    because: 'the alarms watch depth',
    input: { desired: column([1, 10], [8, 20], [1, 20], [8, 20], [1, 20]), measures: ['depth'] },
    at: [],
  },
];

it.each(cases)('[$id] $antipattern: $because', ({ id, antipattern, input, at }) => {
  const found = findAntipatterns(seen(input)).find((finding) => finding.antipattern === antipattern);
  expect(found?.stretches.map(({ fromMinute, toMinute }) => [fromMinute, toMinute]) ?? []).toEqual(at);
  if (found === undefined) return;
  expect(found.rule).toBe(id);
  expect(found.minutes).toBe(at.reduce((sum, [from, to]) => sum + to - from, 0));
  for (const language of ['en', 'ko'] as const) {
    const { name, shows, change } = antipatternText(language, found);
    expect(`${name} ${shows} ${change}`).not.toMatch(/[{}]|NaN|Infinity|undefined/);
  }
});

it('[ANTI-02] tells how many messages come while nobody is asked for', () => {
  const late = cases.find(({ antipattern }) => antipattern === 'lateScaleOut')!;
  const found = findAntipatterns(seen(late.input)).find(({ antipattern }) => antipattern === 'lateScaleOut')!;
  // Seven minutes of what keeps six instances of 60 a minute busy.
  expect(found.params).toEqual({ count: 1, minutes: 7, messages: 7 * 6 * 60 });
});

describe('a fleet that is as large as it must be', () => {
  it('shows nothing', () => expect(findAntipatterns(seen())).toEqual([]));
  it('nor does one of which nothing is known', () => {
    const unknown = column([Number.NaN, 60]);
    expect(
      findAntipatterns(seen({ desired: unknown, backlog: unknown, ageSeconds: unknown, demand: unknown })),
    ).toEqual([]);
  });
});

describe('in replayed runs', () => {
  const replayed = (
    arrivals: Float64Array,
    policies: Parameters<typeof setupOf>[0],
    group: Parameters<typeof setupOf>[1],
  ) => {
    const setup = setupOf(policies, group);
    const run = runReplay(inputOf({ arrivals, setup, initial: { backlog: 0, inService: 1 } }));
    const assumptions = assumptionsOf();
    const { throughputPerInstancePerMinute } = assumptions;
    const demand = demandOf(arrivals, { by: 'throughput', throughputPerInstancePerMinute });
    return findAntipatterns(antipatternInputOf(run, assumptions, demand));
  };
  const names = (found: ReturnType<typeof replayed>) => found.map(({ antipattern }) => antipattern);
  const crowd = new Float64Array(300).fill(50).fill(900, 60, 120);
  const out = { policy: policyOf({ steps: [{ lowerBound: 0, upperBound: null, adjustment: 2 }] }), alarm: alarmOf() };

  it('[ANTI-06] no scale-in policy: a ratchet', () => expect(names(replayed(crowd, [out], {}))).toContain('ratchet'));
  it('[ANTI-05] a maximum of five under a crowd that needs fifteen', () => {
    const found = replayed(crowd, [out], { maxSize: 5 }).find(({ antipattern }) => antipattern === 'clippedAtMax');
    expect(found!.minutes).toBeGreaterThan(60);
    expect(found!.params.needed).toBeGreaterThanOrEqual(15);
  });
  it('[ANTI-02] an alarm of fifteen periods acts late', () => {
    const slow = { ...out, alarm: alarmOf({ evaluationPeriods: 15, datapointsToAlarm: 15 }) };
    expect(names(replayed(crowd, [slow], {}))).toContain('lateScaleOut');
    expect(names(replayed(crowd, [out], {}))).not.toContain('lateScaleOut');
  });
  it('[ANTI-01] the advice asks for more than the scale-in alarm looks at already', () => {
    const desired = column([2, 20], [4, 20], [2, 20], [4, 20], [2, 40]);
    const periodsAt = (scaleInMinutes?: number) =>
      findAntipatterns(seen({ desired, ...(scaleInMinutes === undefined ? {} : { scaleInMinutes }) })).find(
        ({ antipattern }) => antipattern === 'flapping',
      )!.params.periods;
    expect([periodsAt(), periodsAt(5), periodsAt(15)]).toEqual([15, 15, 30]);
  });
  it('[ANTI-09] a backlog-per-instance policy with a large step thrashes', () => {
    const onBacklog = { measure: 'backlogPerInstance', threshold: 300 } as const;
    const found = replayed(
      new Float64Array(600).fill(100),
      [
        {
          policy: policyOf({ steps: [{ lowerBound: 0, upperBound: null, adjustment: 7 }] }),
          alarm: alarmOf(onBacklog),
        },
        {
          policy: policyOf({ name: 'scale-in', steps: [{ lowerBound: null, upperBound: 0, adjustment: -7 }] }),
          alarm: alarmOf({ ...onBacklog, name: 'low', threshold: 10, comparisonOperator: 'LessThanThreshold' }),
        },
      ],
      { maxSize: 8 },
    );
    expect(names(found)).toContain('backlogPerInstanceThrash');
  });
});
