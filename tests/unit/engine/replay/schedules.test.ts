/** Schedules that knew, kept between judgements: known again by all they are made of, and the judgement never tells whether they were. */
import { describe, expect, it } from 'vitest';
import type { ReplayAssumptions } from '../../../../src/core/contract/shapes.ts';
import { seededRandom } from '../../../../src/core/time/random.ts';
import { createReplayMemory } from '../../../../src/engine/replay/memory.ts';
import { createScheduleMemory } from '../../../../src/engine/replay/schedules.ts';
import { type ClairvoyantInput, clairvoyantSchedule, judgeRun, runReplay } from '../../../../src/replay/index.ts';
import { Draw, differs, drawn } from '../../replay/reference/drawn.ts';

const inputOf = (over: Partial<ClairvoyantInput> = {}): ClairvoyantInput => ({
  arrivals: Float64Array.from({ length: 200 }, (_, minute) => (minute % 50 < 10 ? 400 : 30)),
  initialBacklog: 10,
  initialOldestAgeSeconds: 20,
  throughputPerInstancePerMinute: 60,
  ageGoalSeconds: 300,
  launchDelaySeconds: 120,
  terminateDelaySeconds: 30,
  initialInstances: 2,
  minimumInstances: 1,
  ...over,
});

/** A memory, and how often it had one made. */
function counted() {
  let made = 0;
  const memory = createScheduleMemory((input) => {
    made++;
    return clairvoyantSchedule(input);
  });
  return { ...memory, made: () => made };
}

/** @returns what a schedule comes to, made for this input alone */
function figuresOf(input: ClairvoyantInput) {
  const { instances: _, ...figures } = clairvoyantSchedule(input);
  return figures;
}

describe('[REP-82] schedules that knew, kept', () => {
  it('are made once for the same traffic and settings, whichever arrays bring them', () => {
    const { schedule, made } = counted();
    expect(schedule(inputOf())).toEqual(figuresOf(inputOf()));
    expect(schedule(inputOf())).toEqual(figuresOf(inputOf()));
    expect(made()).toBe(1);
  });

  it.each(
    Object.keys(inputOf()).filter((name) => name !== 'arrivals') as Exclude<keyof ClairvoyantInput, 'arrivals'>[],
  )('are others for another %s, even by the last bit', (name) => {
    const { schedule, made } = counted();
    schedule(inputOf());
    const other = inputOf({ [name]: inputOf()[name] * (1 + Number.EPSILON) });
    schedule(other);
    expect(made()).toBe(2);
  });

  it.each([
    ['a minute that differs', (sent: Float64Array) => sent.with(199, 31)],
    ['a minute less', (sent: Float64Array) => sent.slice(0, -1)],
    ['a minute more', (sent: Float64Array) => Float64Array.of(...sent, 0)],
  ])('are others with %s', (_what, changed) => {
    const { schedule, made } = counted();
    schedule(inputOf());
    const other = inputOf({ arrivals: changed(Float64Array.from(inputOf().arrivals)) });
    expect(schedule(other)).toEqual(figuresOf(other));
    expect(made()).toBe(2);
  });

  it('are not changed by what happens to the arrivals afterwards, nor by who reads them', () => {
    const { schedule, made } = counted();
    const arrivals = Float64Array.from(inputOf().arrivals);
    const figures = schedule(inputOf({ arrivals }));
    arrivals.fill(1_000);
    expect(schedule(inputOf({ arrivals }))).toEqual(figuresOf(inputOf({ arrivals })));
    expect(made()).toBe(2);
    expect(() => Object.assign(figures, { paidSeconds: 0 })).toThrow(TypeError);
  });

  it('go with everything else when the memory is told to forget', () => {
    const { schedule, made, forget } = counted();
    schedule(inputOf());
    forget();
    schedule(inputOf());
    expect(made()).toBe(2);
  });

  it('are the few used last; of long ranges fewer', () => {
    const few = counted();
    for (let minimum = 0; minimum < 17; minimum++) few.schedule(inputOf({ minimumInstances: minimum }));
    few.schedule(inputOf({ minimumInstances: 1 }));
    expect(few.made()).toBe(17);
    few.schedule(inputOf({ minimumInstances: 0 }));
    expect(few.made()).toBe(18);

    const long = counted();
    const year = (minimumInstances: number) =>
      long.schedule(inputOf({ arrivals: new Float64Array(525_600), minimumInstances }));
    // The second one is the one that was not asked for again.
    for (const minimum of [1, 2, 1, 3, 1]) year(minimum);
    expect(long.made()).toBe(3);
    year(2);
    expect(long.made()).toBe(4);
  });
});

describe('[REP-82] the judgement', () => {
  const RUNS = 2_000;

  it(`of ${RUNS} drawn runs, many on the same traffic, is the same to the last bit with schedules kept and without`, () => {
    const draw = new Draw(seededRandom(1, 'kept schedules'));
    const memory = createReplayMemory();
    let made = 0;
    const counting = createScheduleMemory((input) => {
      made++;
      return clairvoyantSchedule(input);
    });
    for (let number = 0; number < RUNS; number++) {
      // Few kinds of traffic, starts and assumptions, each in all combinations with the others; setups are all their own.
      const traffic = drawn(draw.whole(0, 4));
      const { setup } = drawn(10 + number);
      const { initial } = drawn(draw.whole(0, 1));
      const assumptions: ReplayAssumptions = {
        ...drawn(draw.whole(0, 1)).assumptions,
        ageGoalSeconds: draw.of([60, 300]),
        pricePerInstanceHourUsd: draw.of([0.1, 0.3]),
      };
      setup.group.minSize = Math.min(setup.group.minSize, 1);
      const run = runReplay({ ...traffic, setup, initial, assumptions });
      const baseline = draw.chance(0.5) ? new Float64Array(run.columns.times.length).fill(3) : undefined;
      const judged = (schedule?: typeof memory.schedule) => judgeRun(run, assumptions, initial, baseline, schedule);
      const expected = judged();
      for (const { schedule } of [memory, counting]) {
        const found = differs(judged(schedule), expected, `run ${number}`);
        if (found !== null) throw new Error(found);
      }
    }
    // Without this a memory that never knows anything would pass, and one that was asked a single thing.
    expect(made).toBeLessThan(RUNS * 0.9);
    expect(made).toBeGreaterThan(RUNS * 0.05);
  });
});
