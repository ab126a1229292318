/** The plant's short way (plain.ts) against its steps: whatever one can see of the two is equal to the last bit. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { constant, exponential, lognormal, uniform } from '../../../../src/core/distributions/index.ts';
import { seededRandom } from '../../../../src/core/time/random.ts';
import { MessagePlant } from '../../../../src/replay/plants/perMessage/plant.ts';
import type { QueueBehaviour, WorkBehaviour } from '../../../../src/replay/plants/perMessage/types.ts';

interface Scene {
  readonly seed: number;
  readonly gaps: readonly number[];
  readonly queue: QueueBehaviour;
  readonly work: WorkBehaviour;
  /** Instances at the start and at each minute after. */
  readonly instances: readonly number[];
}

/** A room that is never full: the plant then knows no short way. */
const roomy = 2 ** 40;

function plantOf({ seed, gaps, queue, work, instances }: Scene, steps: boolean): MessagePlant {
  let at = -30;
  const sentSeconds = gaps.map((gap) => {
    at += gap;
    return at;
  });
  return new MessagePlant({
    sentSeconds,
    queue: steps ? { ...queue, roomForMessages: roomy } : queue,
    work,
    instances: instances[0]!,
    random: seededRandom(seed, 'plain way'),
  });
}

const seen = (plant: MessagePlant) => ({
  nowSeconds: plant.nowSeconds,
  counts: { ...plant.counts },
  visible: plant.visible,
  notVisible: plant.notVisible,
  busy: plant.busy,
  inHand: plant.inHand,
  ageSeconds: plant.ageSeconds,
  waitingAgeSeconds: plant.waitingAgeSeconds,
  minute: [
    plant.minutePeakBacklog,
    plant.minuteLeastBacklog,
    plant.minuteBacklogSeconds,
    plant.minuteNotVisibleSeconds,
    plant.minuteBusySeconds,
    plant.minuteWorstAgeSeconds,
    plant.minuteLeastAgeSeconds,
    plant.minuteAgeSeconds,
    plant.minuteProcessed,
  ],
  run: [plant.peakBacklog, plant.worstAgeSeconds, plant.drainedAtSeconds],
  waits: [...plant.waitSeconds()],
  sojourns: [...plant.sojournSeconds()],
});

/** Whole seconds meet at the same instant all the time; fractions hardly ever. */
const gap = fc.oneof(
  fc.integer({ min: 0, max: 4 }),
  fc.double({ min: 0, max: 3, noNaN: true }),
  fc.constantFrom(0, 0.25, 400),
);
const service = fc.constantFrom(
  constant(1),
  constant(2.5),
  exponential(3),
  exponential(40),
  lognormal(8, 2),
  uniform(0, 10),
);
const scene: fc.Arbitrary<Scene> = fc.record({
  seed: fc.integer({ min: 0, max: 1_000_000 }),
  gaps: fc.array(gap, { minLength: 1, maxLength: 400 }),
  queue: fc.record({
    visibilityTimeoutSeconds: fc.constantFrom(Number.POSITIVE_INFINITY, 2, 5, 30, 120),
    maxReceiveCount: fc.constantFrom(null, 1, 2, 5),
    retentionSeconds: fc.constantFrom(60, 90, 345_600),
    inFlightLimit: fc.constantFrom(1, 3, 120_000),
  }),
  work: fc.record({
    service,
    concurrencyPerInstance: fc.constantFrom(1, 1, 3),
    onScaleIn: fc.constantFrom('interrupt', 'return', 'finish'),
  }),
  instances: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 30 }),
});

describe('the short way', () => {
  it('equals the steps after every minute, whatever the queue, the work and the fleet', () => {
    let plainly = 0;
    fc.assert(
      fc.property(scene, (one) => {
        const short = plantOf(one, false);
        const steps = plantOf(one, true);
        expect(seen(short)).toStrictEqual(seen(steps));
        for (let minute = 1; minute <= 40; minute++) {
          const instances = one.instances[minute % one.instances.length]!;
          for (const plant of [short, steps]) {
            plant.beginMinute();
            plant.setInstances(instances);
            plant.advance(minute * 60);
          }
          expect(seen(short)).toStrictEqual(seen(steps));
        }
        if (short.counts.deleted > 0) plainly++;
      }),
      { numRuns: 1_000 },
    );
    // Otherwise little was compared.
    expect(plainly).toBeGreaterThan(500);
  });

  it('is as good when asked for the whole range at once', () => {
    fc.assert(
      fc.property(scene, (one) => {
        const [short, steps] = [plantOf(one, false), plantOf(one, true)];
        short.advance(Number.POSITIVE_INFINITY);
        steps.advance(Number.POSITIVE_INFINITY);
        expect(seen(short)).toStrictEqual(seen(steps));
      }),
      { numRuns: 300 },
    );
  });
});
