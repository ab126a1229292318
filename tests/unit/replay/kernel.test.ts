/**
 * The kernel for plain replays: what it runs, and that nobody can tell it from the loop in run.ts.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compileKernel, moduleFile } from '../../../scripts/kernel.ts';
import type { ReplayAlarm } from '../../../src/core/contract/shapes.ts';
import { seededRandom } from '../../../src/core/time/random.ts';
import { type ReplayInput, replaySteps } from '../../../src/replay/index.ts';
import { isPlain } from '../../../src/replay/kernel/plain.ts';
import { kernelSteps } from '../../../src/replay/kernel/steps.ts';
import { loopSteps } from '../../../src/replay/run.ts';
import { comparable, Draw, differs, drawn, finished } from './reference/drawn.ts';

const measures: readonly ReplayAlarm['measure'][] = [
  'depth',
  'age',
  'sent',
  'received',
  'deleted',
  'inFlight',
  'inService',
  'desired',
  'backlogPerInstance',
];

/** A drawn replay with what the reference does not know: other measures, settings of the group, holes, a history, gauges at the end. */
function drawnWithMore(number: number): ReplayInput {
  const input = drawn(number);
  const draw = new Draw(seededRandom(number, 'kernel'));
  const { group, policies } = input.setup;
  const renamed = new Map<ReplayAlarm, ReplayAlarm>();
  const other = (alarm: ReplayAlarm) => {
    if (!renamed.has(alarm)) renamed.set(alarm, { ...alarm, measure: draw.of(measures), threshold: draw.whole(0, 60) });
    return renamed.get(alarm)!;
  };
  return {
    ...input,
    arrivals: input.arrivals.map((sent) => (draw.chance(0.05) ? Number.NaN : sent)),
    initial: {
      ...input.initial,
      history: {
        backlog: Array.from({ length: draw.whole(0, 40) }, () => draw.whole(0, 500)),
        inService: Array.from({ length: draw.whole(0, 40) }, () => draw.whole(0, 5)),
        arrivals: Array.from({ length: draw.whole(0, 40) }, () => (draw.chance(0.2) ? Number.NaN : draw.whole(0, 300))),
      },
    },
    setup: {
      ...input.setup,
      group: {
        ...group,
        ...(draw.chance(0.3) ? { terminationPolicy: 'NewestInstance' as const } : {}),
        ...(draw.chance(0.3)
          ? { hooks: { launchSeconds: draw.whole(0, 90), terminateSeconds: draw.whole(0, 90) } }
          : {}),
      },
      policies: policies.map(({ policy, alarm }) => ({ policy, alarm: other(alarm) })),
    },
    options: {
      ...input.options,
      gauge: draw.of(['continuous', 'end'] as const),
      holes: draw.of(['interpolate', 'zero'] as const),
      decisions: !draw.chance(0.1),
      recordedDelays: draw.chance(0.4)
        ? {
            launchSeconds: Array.from({ length: draw.whole(0, 30) }, () => draw.whole(0, 400)),
            terminateSeconds: Array.from({ length: draw.whole(0, 30) }, () => draw.fraction(0, 200)),
          }
        : null,
    },
  };
}

/** Three slices of minutes, with a scale-in that is blocked for days. */
function longInput(number: number): ReplayInput {
  const input = drawn(number);
  const random = seededRandom(number, 'long');
  const arrivals = Float64Array.from({ length: 45_000 }, (_, minute) => {
    const busy = Math.floor(minute / 7000) % 2 === 1;
    return Math.floor((busy ? 400 : 5) * random.next());
  });
  const { group } = input.setup;
  const limits = { minSize: 1, maxSize: group.maxSize + 4 };
  return { ...input, arrivals, setup: { ...input.setup, group: { ...group, ...limits } }, options: {} };
}

describe('the kernel and the loop', () => {
  test('[REP-02] agree to the last bit on 3,000 setups with more than the reference knows', { timeout: 60_000 }, () => {
    let decided = 0;
    for (let number = 0; number < 3000; number++) {
      const input = drawnWithMore(number);
      expect(isPlain(input), `setup ${number}`).toBe(true);
      const run = comparable(finished(kernelSteps(input)));
      decided += run.decisions.length;
      const found = differs(run, comparable(finished(loopSteps(input))), `setup ${number}`);
      if (found !== null) throw new Error(found);
    }
    expect(decided).toBeGreaterThan(3000);
  });

  test('[REP-02] agree over several slices, repeats of a decision that was taken before among them', () => {
    let lateRepeats = 0;
    for (let number = 0; number < 12; number++) {
      const input = longInput(number);
      const run = comparable(finished(kernelSteps(input)));
      const found = differs(run, comparable(finished(loopSteps(input))), `setup ${number}`);
      if (found !== null) throw new Error(found);
      const firstSliceEndsMs = (input.startSeconds + 20_160 * 60) * 1000;
      lateRepeats += run.decisions.filter(
        ({ atMs, repeats }) => atMs < firstSliceEndsMs && atMs + repeats * 60_000 > firstSliceEndsMs,
      ).length;
    }
    expect(lateRepeats).toBeGreaterThan(0);
  });

  test('[REP-02] several replays under way at once do not see each other, and one given up leaves nothing behind', () => {
    const inputs = [1, 2, 3].map(longInput);
    const alone = inputs.map((input) => comparable(finished(kernelSteps(input))));
    const givenUp = kernelSteps(inputs[0]!);
    givenUp.next();
    givenUp.return(undefined as never);
    const under = inputs.map((input) => ({
      steps: replaySteps(input),
      run: null as ReturnType<typeof comparable> | null,
    }));
    while (under.some(({ run }) => run === null)) {
      for (const one of under) {
        if (one.run !== null) continue;
        const step = one.steps.next();
        if (step.done) one.run = comparable(step.value);
      }
    }
    expect(
      differs(
        under.map(({ run }) => run),
        alone,
      ),
    ).toBeNull();
  });

  test.each([31, 32, 33, 63, 64])(
    '[REP-02] agree on alarms of %i periods, with minutes missing',
    (evaluationPeriods) => {
      for (let number = 0; number < 20; number++) {
        const input = drawnWithMore(number);
        const { setup } = input;
        const datapointsToAlarm = Math.max(1, evaluationPeriods - number);
        const policies = setup.policies.map((one) => ({
          ...one,
          alarm: { ...one.alarm, periodSeconds: 60, evaluationPeriods, datapointsToAlarm },
        }));
        const long = { ...input, setup: { ...setup, policies } };
        const [kernel, loop] = [kernelSteps(long), loopSteps(long)].map((steps) => comparable(finished(steps)));
        const found = differs(kernel, loop, `setup ${number}`);
        if (found !== null) throw new Error(found);
      }
    },
  );

  test('an empty range is an empty run', () => {
    const input = { ...drawn(1), arrivals: new Float64Array(0), options: {} };
    expect(differs(comparable(finished(kernelSteps(input))), comparable(finished(loopSteps(input))))).toBeNull();
  });
});

describe('what is plain', () => {
  const plain = { ...drawn(1), options: {} };
  const withGroup = (over: object): ReplayInput => ({
    ...plain,
    setup: { ...plain.setup, group: { ...plain.setup.group, ...over } },
  });

  test('step policies of a group on the bare flow, with delays that are constant or recorded', () => {
    expect(isPlain(plain)).toBe(true);
    const recordedDelays = { launchSeconds: [90], terminateSeconds: [] };
    expect(isPlain({ ...plain, options: { recordedDelays } })).toBe(true);
  });

  const periods = (evaluationPeriods: number): ReplayInput => {
    const [first, ...others] = plain.setup.policies;
    const policies = [{ ...first!, alarm: { ...first!.alarm, evaluationPeriods } }, ...others];
    return { ...plain, setup: { ...plain.setup, policies } };
  };

  test('an alarm of 64 periods', () => {
    expect(isPlain(periods(64))).toBe(true);
  });

  test.each<[string, ReplayInput]>([
    ['an alarm of more periods than there are bits', periods(65)],
    ['single messages', { ...plain, options: { messages: { seed: 1 } as never } }],
    ['the queue that chance keeps up', { ...plain, options: { stationaryQueue: {} as never } }],
    ['counts that are off', { ...plain, options: { countNoise: { cv: 0.1, seed: 1 } } }],
    [
      'more instances under way by themselves than memory has room for',
      {
        ...withGroup({ maxSize: 10_000 }),
        arrivals: new Float64Array(20_000),
        options: { recordedDelays: { launchSeconds: [1_000_000], terminateSeconds: [] } },
      },
    ],
    ['a fleet that begins with half an instance', { ...plain, initial: { ...plain.initial, inService: 2.5 } }],
    ['a fault', { ...plain, options: { faults: [{ kind: 'spot-interruption', atMs: 0, instances: 1 }] } }],
    ['a warm pool', withGroup({ warmPool: { minSize: 1 } })],
    ['protected instances', withGroup({ newInstancesProtectedFromScaleIn: true })],
    ['more instances than 32 bits of percent can hold', withGroup({ maxSize: 10_001 })],
    ['a scheduled action', { ...plain, setup: { ...plain.setup, schedule: [{} as never] } }],
    ['target tracking', { ...plain, setup: { ...plain.setup, tracking: [{} as never] } }],
    ['a scaler of its own', { ...plain, setup: { ...plain.setup, scaler: { kind: 'keda' } as never } }],
  ])('not with %s', (_, input) => {
    expect(isPlain(input)).toBe(false);
  });
});

test('the committed module is what its source compiles to', { timeout: 60_000 }, async () => {
  expect(readFileSync(moduleFile, 'utf8') === (await compileKernel()), 'run `npm run kernel` and commit').toBe(true);
});
