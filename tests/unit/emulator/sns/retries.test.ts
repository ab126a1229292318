/** Retries and the throttle, in virtual time: an attempt is a function here, a real answer a promise that the test resolves. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { clientFault, delivered, type Outcome, serverFault } from '../../../../src/emulator/sns/delivery/outcome.ts';
import {
  createThrottle,
  deliverWithRetries,
  managedRetryWaitsSeconds,
  type RetriedDelivery,
} from '../../../../src/emulator/sns/delivery/retries.ts';
import { defaultDeliveryPolicy, retryWaitsSeconds } from '../../../../src/emulator/sns/deliveryPolicy.ts';
import { createWorld, type World } from '../../../../src/emulator/world/world.ts';

const testWorld = (): World => createWorld({ startMs: 0, seed: 1 });
const down = serverFault('503');
const gone = clientFault('404');

interface Watched {
  readonly attemptsAtMs: number[];
  readonly failed: Outcome[];
  readonly ended: Outcome[];
}

/** @param answers one per attempt, the last one for all further ones */
function deliver(
  world: World,
  answers: readonly (Outcome | (() => Outcome | Promise<Outcome>))[],
  others: Partial<Pick<RetriedDelivery, 'waitsSeconds' | 'throttle'>> = {},
): Watched {
  const watched: Watched = { attemptsAtMs: [], failed: [], ended: [] };
  deliverWithRetries({
    world,
    throttle: null,
    waitsSeconds: retryWaitsSeconds(defaultDeliveryPolicy.retry),
    attempt() {
      const answer = answers[Math.min(watched.attemptsAtMs.length, answers.length - 1)]!;
      watched.attemptsAtMs.push(world.nowMs());
      return typeof answer === 'function' ? answer() : answer;
    },
    onAttemptFailed: (outcome) => watched.failed.push(outcome),
    done: (outcome) => watched.ended.push(outcome),
    ...others,
  });
  return watched;
}

/** Everything that promises still have to run. */
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
};

describe('retries', () => {
  const throws = (): never => {
    throw new Error('broken');
  };
  test.each<readonly [string, Parameters<typeof deliver>[1], readonly number[], Outcome]>([
    ['what is delivered at once is not tried again', [delivered], [0], delivered],
    ['the default policy tries three times more, 20 seconds apart', [down], [0, 20_000, 40_000, 60_000], down],
    ['a retry that succeeds is the last', [down, down, delivered], [0, 20_000, 40_000], delivered],
    ["the client's fault is final at once", [gone], [0], gone],
    ["the client's fault is final after others too", [down, gone], [0, 20_000], gone],
    ['an attempt that throws is a fault of the server', [throws, delivered], [0, 20_000], delivered],
  ])('%s', (_, answers, attemptsAtMs, last) => {
    const world = testWorld();
    const watched = deliver(world, answers);
    world.advanceTo(10_000_000);
    expect(watched.attemptsAtMs).toEqual(attemptsAtMs);
    expect(watched.ended).toEqual([last]);
    expect(watched.failed).toHaveLength(attemptsAtMs.length - (last === delivered ? 1 : 0));
    expect(watched.failed.every(({ kind }) => kind === 'failed')).toBe(true);
  });

  it('waits as the policy says, to the millisecond, without waiting before the first', () => {
    const world = testWorld();
    const waitsSeconds = retryWaitsSeconds({
      minDelayTargetSeconds: 1,
      maxDelayTargetSeconds: 3,
      numRetries: 8,
      numNoDelayRetries: 2,
      numMinDelayRetries: 1,
      numMaxDelayRetries: 1,
      backoffFunction: 'linear',
    });
    const { attemptsAtMs } = deliver(world, [down], { waitsSeconds });
    // Without delay: a clock that is held has not moved.
    expect(attemptsAtMs).toEqual([0, 0, 0]);
    world.advanceTo(60_000);
    expect(attemptsAtMs.slice(3)).toEqual([1_000, 2_000, 3_667, 6_000, 9_000, 12_000]);
  });

  it('counts the wait from the instant of the answer, however long that takes and whether or not time passes', async () => {
    const world = testWorld();
    const answers: ((outcome: Outcome) => void)[] = [];
    const { attemptsAtMs, ended } = deliver(world, [() => new Promise<Outcome>((resolve) => answers.push(resolve))]);
    // Held: nothing is due before the endpoint has answered.
    expect(world.nextDueMs()).toBe(null);
    world.advanceTo(7_000);
    answers[0]!(down);
    await settled();
    expect(world.nextDueMs()).toBe(27_000);
    world.advanceTo(26_999);
    expect(attemptsAtMs).toEqual([0]);
    world.advanceTo(1_000_000);
    expect(attemptsAtMs).toEqual([0, 27_000]);
    answers[1]!(delivered);
    await settled();
    expect(ended).toEqual([delivered]);
    expect(world.nextDueMs()).toBe(null);
  });

  it('settles what ends at once without leaving the slice of time', () => {
    const world = testWorld();
    const { ended } = deliver(world, [down]);
    world.advanceTo(60_000);
    expect(ended).toEqual([down]);
  });

  it('takes a rejected promise for a fault of the server, with its words', async () => {
    const world = testWorld();
    const { failed, attemptsAtMs } = deliver(world, [() => Promise.reject(new Error('reset')), delivered]);
    await settled();
    expect(failed).toEqual([serverFault('reset')]);
    world.advanceTo(20_000);
    expect(attemptsAtMs).toEqual([0, 20_000]);
  });

  it('asks for waits only when an attempt has failed', () => {
    let asked = 0;
    const waitsSeconds: Iterable<number> = {
      *[Symbol.iterator]() {
        asked++;
        yield 1;
      },
    };
    deliver(testWorld(), [delivered], { waitsSeconds });
    expect(asked).toBe(0);
    deliver(testWorld(), [down], { waitsSeconds });
    expect(asked).toBe(1);
  });
});

describe("AWS's own policy for SQS, Lambda and Firehose", () => {
  it('has 100,015 retries in four phases over 23 days', () => {
    const waits = [...managedRetryWaitsSeconds];
    expect(waits).toHaveLength(100_015);
    expect(waits.slice(0, 5)).toEqual([0, 0, 0, 1, 1]);
    const growing = waits.slice(5, 15);
    expect([growing[0], growing.at(-1)]).toEqual([1, 20]);
    expect([...growing].sort((a, b) => a - b)).toEqual(growing);
    expect(waits.slice(15).every((wait) => wait === 20)).toBe(true);
    expect(Math.floor(waits.reduce((sum, wait) => sum + wait, 0) / 86_400)).toBe(23);
  });

  it('serves any number of deliveries at a time, each from its beginning', () => {
    const world = testWorld();
    const one = deliver(world, [down], { waitsSeconds: managedRetryWaitsSeconds });
    world.advanceTo(100_000);
    const two = deliver(world, [down], { waitsSeconds: managedRetryWaitsSeconds });
    world.advanceTo(110_000);
    expect(one.attemptsAtMs.slice(0, 8)).toEqual([0, 0, 0, 0, 1_000, 2_000, 3_000, 5_000]);
    expect(two.attemptsAtMs.slice(0, 8)).toEqual(one.attemptsAtMs.slice(0, 8).map((atMs) => atMs + 100_000));
  });

  it('ends after 23 days, with one outcome', () => {
    const world = testWorld();
    const { attemptsAtMs, ended, failed } = deliver(world, [down], { waitsSeconds: managedRetryWaitsSeconds });
    world.advanceTo(23 * 86_400_000);
    expect(ended).toEqual([]);
    world.advanceTo(24 * 86_400_000);
    expect(ended).toEqual([down]);
    expect(attemptsAtMs).toHaveLength(100_016);
    expect(failed).toHaveLength(100_016);
    expect(world.nextDueMs()).toBe(null);
  });
});

describe('the throttle', () => {
  it('lets as many through within a second as the limit says, the rest in the order they came', () => {
    const world = testWorld();
    const throttle = createThrottle(world, () => 2);
    const started: (readonly [number, number])[] = [];
    for (let n = 0; n < 5; n++) throttle.enter(() => started.push([n, world.nowMs()]));
    expect(started).toEqual([
      [0, 0],
      [1, 0],
    ]);
    world.advanceTo(999);
    expect(started).toHaveLength(2);
    world.advanceTo(5_000);
    expect(started.slice(2)).toEqual([
      [2, 1_000],
      [3, 1_000],
      [4, 2_000],
    ]);
  });

  it('uses up no retries, and retries take turns like everything else', () => {
    const world = testWorld();
    const throttle = createThrottle(world, () => 1);
    const first = deliver(world, [down], { throttle, waitsSeconds: [0, 1] });
    const second = deliver(world, [delivered], { throttle });
    expect([first.attemptsAtMs, second.attemptsAtMs]).toEqual([[0], []]);
    world.advanceTo(60_000);
    // The retry without delay was in line before the second delivery came.
    expect(first.attemptsAtMs).toEqual([0, 1_000, 3_000]);
    expect(second.attemptsAtMs).toEqual([2_000]);
    expect(first.failed).toHaveLength(3);
    expect([first.ended, second.ended]).toEqual([[down], [delivered]]);
  });

  it('follows a limit that changes while some wait', () => {
    const world = testWorld();
    let limit: number | null = 3;
    const throttle = createThrottle(world, () => limit);
    const startedAtMs: number[] = [];
    const enter = (count: number): void => {
      for (let n = 0; n < count; n++) throttle.enter(() => startedAtMs.push(world.nowMs()));
    };
    enter(6);
    limit = 1;
    world.advanceTo(1_500);
    expect(startedAtMs).toEqual([0, 0, 0, 1_000]);
    limit = null;
    enter(1);
    expect(startedAtMs).toEqual([0, 0, 0, 1_000, 1_500, 1_500, 1_500]);
    enter(100);
    expect(startedAtMs).toHaveLength(107);
  });

  it('lets an attempt that enters from within another wait for the end of that', () => {
    const throttle = createThrottle(testWorld(), () => null);
    const order: string[] = [];
    throttle.enter(() => {
      order.push('first begins');
      throttle.enter(() => order.push('second'));
      order.push('first ends');
    });
    expect(order).toEqual(['first begins', 'first ends', 'second']);
  });

  it('sets one timer for all who wait', () => {
    const world = testWorld();
    let timers = 0;
    const counting = {
      ...world,
      at(whenMs: number, run: () => void) {
        timers++;
        return world.at(whenMs, run);
      },
    };
    const throttle = createThrottle(counting, () => 1);
    for (let n = 0; n < 1_000; n++) throttle.enter(() => {});
    expect(timers).toBe(1);
    world.advanceTo(2_000_000);
    expect(timers).toBe(999);
  });

  it('starts each at the earliest instant that keeps every second within the limit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.array(
          fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 1_500 }), fc.double({ min: 0, max: 900, noNaN: true })),
          {
            maxLength: 60,
          },
        ),
        (limit, gapsMs) => {
          const world = testWorld();
          const throttle = createThrottle(world, () => limit);
          const startedAtMs: number[] = [];
          const expectedMs: number[] = [];
          let atMs = 0;
          for (const [index, gapMs] of gapsMs.entries()) {
            atMs += gapMs;
            world.advanceTo(atMs);
            throttle.enter(() => startedAtMs.push(world.nowMs()));
            // First come first served, and a second after the one that is `limit` places ahead.
            expectedMs.push(Math.max(atMs, expectedMs[index - 1] ?? 0, (expectedMs[index - limit] ?? -1_000) + 1_000));
          }
          world.advanceTo(atMs + 100_000);
          expect(startedAtMs).toEqual(expectedMs);
        },
      ),
      { numRuns: 500 },
    );
  });
});
