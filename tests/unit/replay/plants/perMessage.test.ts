/** The per-message plant: small stories told to the second, each behaviour by its rule. */
import { describe, expect, test } from 'vitest';
import { constant, uniform } from '../../../../src/core/distributions/index.ts';
import { kieferWolfowitz } from '../../../../src/core/queueing/index.ts';
import { seededRandom } from '../../../../src/core/time/random.ts';
import { poissonArrivals } from '../../../../src/replay/plants/perMessage/arrivals.ts';
import { MessagePlant } from '../../../../src/replay/plants/perMessage/plant.ts';
import { runMessages } from '../../../../src/replay/plants/perMessage/run.ts';
import type {
  MessagePlantInput,
  QueueBehaviour,
  WorkBehaviour,
} from '../../../../src/replay/plants/perMessage/types.ts';

interface Told extends Omit<Partial<MessagePlantInput>, 'work'> {
  readonly work?: Partial<WorkBehaviour>;
}

const plantOf = ({ work, ...told }: Told) =>
  new MessagePlant({
    sentSeconds: [0],
    instances: 1,
    random: seededRandom(1),
    work: { service: constant(10), ...work },
    ...told,
  });

/** Run to an instant and a moment more, so that what is due exactly then has happened. */
const until = (plant: MessagePlant, seconds: number) => {
  plant.advance(seconds);
  plant.advance(seconds + 1e-9);
  return plant;
};

describe('working through a queue', () => {
  test('[REP-50] twelve jobs on two workers wait as Kiefer and Wolfowitz say', () => {
    const sentSeconds = [0, 1, 2, 2, 3, 7, 7.5, 8, 20, 20, 20, 21];
    const serviceSeconds = [3, 2, 1, 4, 0.5, 2, 2, 6, 1, 1, 5, 0.25];
    const plant = plantOf({ sentSeconds, instances: 2, work: { serviceSeconds } });
    plant.advance(Infinity);
    const exact = kieferWolfowitz(sentSeconds, serviceSeconds, 2);
    expect(plant.waitSeconds()).toEqual(exact.waitSeconds);
    expect(plant.nowSeconds).toBe(26);
    expect(plant.sojournSeconds()[7]).toBe(7);
  });

  test('[REP-50] hands of one instance are as many workers', () => {
    const random = seededRandom(4);
    const sentSeconds = poissonArrivals(4, 500, random);
    const run = (instances: number, concurrencyPerInstance: number) => {
      const plant = plantOf({ sentSeconds, instances, work: { concurrencyPerInstance, service: uniform(0, 1.9) } });
      plant.advance(Infinity);
      return plant.waitSeconds();
    };
    expect(run(1, 4)).toEqual(run(4, 1));
  });

  test('[REP-50] the same seed is the same run, another one is not', () => {
    const run = (seed: number) => {
      const random = seededRandom(seed);
      const plant = plantOf({
        sentSeconds: poissonArrivals(1, 200, random),
        random,
        work: { service: uniform(0, 1.8) },
      });
      plant.advance(Infinity);
      return plant.sojournSeconds();
    };
    expect(run(7)).toEqual(run(7));
    expect(run(7)).not.toEqual(run(8));
  });

  test('without sojourn times everything else is the same, and asking for them is an error', () => {
    const sentSeconds = [0, 1, 2, 2, 3];
    const [without, full] = [false, true].map((keepsSojourns) => plantOf({ sentSeconds, keepsSojourns }));
    for (const plant of [without!, full!]) plant.advance(Infinity);
    expect(without!.waitSeconds()).toEqual(full!.waitSeconds());
    expect(without!.counts).toEqual(full!.counts);
    expect(() => without!.sojournSeconds()).toThrow('keepsSojourns');
  });

  test('a message due at an instant belongs to what comes after it', () => {
    const plant = plantOf({ sentSeconds: [0, 60] });
    plant.advance(60);
    expect(plant.counts.sent).toBe(1);
    plant.advance(60.5);
    expect(plant.counts.sent).toBe(2);
  });

  test('messages of before the start are there at once and keep their age', () => {
    const plant = plantOf({ sentSeconds: [-100, -50, 5], instances: 0 });
    expect([plant.backlog, plant.ageSeconds, plant.waitingAgeSeconds]).toEqual([2, 100, 100]);
    plant.setInstances(1);
    until(plant, 10);
    expect([plant.ageSeconds, plant.waitingAgeSeconds, plant.notVisible]).toEqual([
      expect.closeTo(60, 6),
      expect.closeTo(5, 6),
      1,
    ]);
  });

  test('minute figures: mean, most, least, and the instant of the drain', () => {
    const plant = plantOf({ sentSeconds: [0, 0, 0], work: { service: constant(10) } });
    plant.beginMinute();
    plant.advance(60);
    // Two wait for 10 s, one for 10 s more; the queue is empty of waiting ones at 20, of all at 30.
    expect(plant.minuteBacklogSeconds).toBe(30);
    expect(plant.minuteNotVisibleSeconds).toBe(30);
    expect(plant.minuteBusySeconds).toBe(30);
    expect([plant.minutePeakBacklog, plant.minuteLeastBacklog, plant.peakBacklog]).toEqual([2, 0, 2]);
    expect(plant.drainedAtSeconds).toBe(20);
    expect([plant.minuteWorstAgeSeconds, plant.minuteLeastAgeSeconds, plant.minuteAgeSeconds]).toEqual([30, 0, 450]);
    expect(plant.minuteProcessed).toBe(3);
  });
});

describe('visibility timeout and duplicates', () => {
  const short: QueueBehaviour = { visibilityTimeoutSeconds: 4 };

  test('[REP-52] a timeout shorter than the work: every message is done again and again, none is ever deleted', () => {
    const storm = until(plantOf({ instances: 5, queue: short }), 100);
    // Received at 0, 4, 8 ...: before one worker is done, two others have received it.
    expect(storm.counts).toMatchObject({ deleted: 0, received: 26, timedOut: 25, wasted: 23 });
  });

  test('[REP-52] with a dead-letter queue the storm ends there', () => {
    const plant = plantOf({ instances: 5, queue: { ...short, maxReceiveCount: 3 } });
    until(plant, 100);
    expect(plant.counts).toMatchObject({ deleted: 0, received: 3, deadLettered: 1, wasted: 3 });
    expect(plant.inSystem).toBe(0);
  });

  test('[REP-52] with nobody else to receive it, its last receive still deletes it after the timeout', () => {
    const plant = until(plantOf({ instances: 1, queue: short }), 5);
    expect([plant.visible, plant.notVisible]).toEqual([1, 0]);
    until(plant, 10);
    expect(plant.counts).toMatchObject({ deleted: 1, wasted: 0, timedOut: 1 });
    expect(plant.visible).toBe(0);
  });

  test('[REP-52] one that comes back is next; from its third receive on it goes behind the others', () => {
    const plant = plantOf({
      sentSeconds: [0, 0, 0, 0, 0],
      queue: { visibilityTimeoutSeconds: 5 },
      work: { service: constant(4), poisonShare: 1 },
    });
    until(plant, 60);
    // The first two take turns, 0 1 0 1 0 1, until both have been received three times; at 24 the third gets its first turn.
    expect([...plant.waitSeconds()]).toEqual([0, 4, 24, 28, 48]);
  });

  test('[REP-53] in a batch the timeout of all counts from the receive', () => {
    const plant = plantOf({
      sentSeconds: [0, 0, 0],
      instances: 0,
      queue: { visibilityTimeoutSeconds: 25 },
      work: { batchSize: 10, service: constant(10) },
    });
    until(plant, 1);
    plant.setInstances(1);
    expect([plant.notVisible, plant.inHand]).toEqual([3, 3]);
    until(plant, 27);
    // Two are done at 11 and 21; the third is visible again at 26 while it is being worked on.
    expect(plant.counts).toMatchObject({ received: 3, deleted: 2, timedOut: 1 });
    expect([plant.visible, plant.inHand]).toEqual([1, 1]);
  });

  test('[REP-53] a receive brings what is there, never more than asked', () => {
    const plant = until(plantOf({ sentSeconds: [-2, -2, -2, -2, -2], work: { batchSize: 3 } }), 0);
    expect([plant.notVisible, plant.visible]).toEqual([3, 2]);
  });
});

describe('what goes wrong', () => {
  test('[REP-51, REP-54] poison is received as often as allowed and then a dead letter', () => {
    const plant = plantOf({
      queue: { visibilityTimeoutSeconds: 30, maxReceiveCount: 2 },
      work: { service: constant(1), poisonShare: 1 },
    });
    until(plant, 59);
    expect(plant.counts).toMatchObject({ received: 2, failed: 2, deadLettered: 0 });
    until(plant, 60);
    expect(plant.counts).toMatchObject({ received: 2, deadLettered: 1, deleted: 0 });
    expect([plant.inSystem, plant.ageSeconds]).toEqual([0, 0]);
    expect(plant.sojournSeconds()[0]).toBeNaN();
  });

  test('[REP-51] attempts that fail by chance are repeated until one succeeds', () => {
    const sentSeconds = Array.from({ length: 400 }, (_, n) => n * 10);
    const plant = plantOf({ sentSeconds, instances: 3, work: { service: constant(1), failureShare: 0.25 } });
    plant.advance(Infinity);
    expect(plant.counts.deleted).toBe(400);
    expect(plant.counts.failed / plant.counts.begun).toBeCloseTo(0.25, 1);
    expect(plant.counts.received).toBe(400 + plant.counts.failed);
  });

  test('[REP-51] an age metric that leaves out what was received three times hides poison', () => {
    const plant = plantOf({ queue: { visibilityTimeoutSeconds: 10 }, work: { service: constant(1), poisonShare: 1 } });
    until(plant, 19);
    expect(plant.ageSeconds).toBeCloseTo(19, 6);
    until(plant, 21); // third receive at 20
    expect(plant.ageSeconds).toBe(0);
    expect(plant.inSystem).toBe(1);
  });

  test('[REP-55] delay hides, retention loses: waiting, in flight and delayed alike', () => {
    const delayed = until(plantOf({ queue: { delaySeconds: 30 } }), 29);
    expect([delayed.delayed, delayed.visible, delayed.inSystem]).toEqual([1, 0, 1]);
    until(delayed, 30);
    expect([delayed.delayed, delayed.notVisible, delayed.waitSeconds()[0]]).toEqual([0, 1, 30]);

    const lost = (queue: QueueBehaviour, instances: number) =>
      until(plantOf({ queue, instances, work: { service: constant(500) } }), 61);
    for (const plant of [
      lost({ retentionSeconds: 60 }, 0),
      lost({ retentionSeconds: 60 }, 1),
      lost({ retentionSeconds: 60, delaySeconds: 100 }, 1),
    ]) {
      expect(plant.counts).toMatchObject({ expired: 1, deleted: 0 });
      expect(plant.inSystem).toBe(0);
      until(plant, 600); // the end of its work or of its delay changes nothing any more
      expect([plant.inSystem, plant.counts.deleted]).toEqual([0, 0]);
    }
  });

  test('[REP-55] what is past its retention at the start is gone at once', () => {
    const plant = plantOf({ sentSeconds: [-100, -10], instances: 0, queue: { retentionSeconds: 60 } });
    plant.advance(1);
    expect([plant.counts.expired, plant.visible, plant.nowSeconds]).toEqual([1, 1, 1]);
  });
});

describe('FIFO groups', () => {
  test('[REP-56] one of a group at a time: two groups keep two of five workers busy, in order', () => {
    const plant = plantOf({
      sentSeconds: [0, 0, 0, 0],
      groups: [0, 0, 0, 1],
      instances: 5,
      queue: { kind: 'fifo', visibilityTimeoutSeconds: 60 },
    });
    until(plant, 1);
    expect([plant.busy, plant.visible]).toEqual([2, 2]);
    plant.advance(Infinity);
    expect([...plant.waitSeconds()]).toEqual([0, 10, 20, 0]);
  });

  test('[REP-56] a failing message holds its group up and keeps the age growing', () => {
    const plant = plantOf({
      sentSeconds: [0, 0, 1],
      groups: [0, 0, 0],
      instances: 3,
      queue: { kind: 'fifo', visibilityTimeoutSeconds: 20, maxReceiveCount: 4 },
      work: { service: constant(1), poisonShare: 1 },
    });
    until(plant, 79);
    expect(plant.counts).toMatchObject({ received: 4, deadLettered: 0 });
    expect(plant.ageSeconds).toBeCloseTo(79, 6);
    until(plant, 80); // the fifth receive makes it a dead letter, the next one gets its turn
    expect(plant.counts).toMatchObject({ received: 5, deadLettered: 1 });
  });

  test('[REP-56] within a receive too, and the group goes on as soon as its message is gone', () => {
    const plant = plantOf({
      sentSeconds: [-1, -1, -1],
      groups: [0, 1, 0],
      instances: 2,
      queue: { kind: 'fifo', visibilityTimeoutSeconds: 60 },
      work: { batchSize: 10 },
    });
    expect([plant.inHand, plant.busy]).toEqual([2, 1]);
    until(plant, 10); // the first worker is done with group 0 and works on group 1; the second takes what follows
    expect([plant.inHand, plant.busy]).toEqual([2, 2]);
  });

  test('[REP-56] one deleted after its timeout, while it stands in line again, lets its group go on', () => {
    const plant = plantOf({
      sentSeconds: [0, 0, 0],
      groups: [0, 1, 0],
      instances: 1,
      queue: { kind: 'fifo', visibilityTimeoutSeconds: 4 },
    });
    plant.advance(Infinity);
    expect(plant.counts).toMatchObject({ deleted: 3, timedOut: 3, wasted: 0 });
  });
});

describe('the fleet', () => {
  const twoMessages = (onScaleIn: 'interrupt' | 'return' | 'finish') => {
    const plant = plantOf({
      sentSeconds: [0, 0],
      instances: 2,
      queue: { visibilityTimeoutSeconds: 40 },
      work: { onScaleIn },
    });
    until(plant, 5);
    plant.setInstances(1);
    return plant;
  };

  test.each([
    { how: 'interrupt' as const, interrupted: 1, busy: 1, backAt: 40, begun: 3, ends: 50 },
    { how: 'return' as const, interrupted: 1, busy: 1, backAt: 5, begun: 3, ends: 20 },
    { how: 'finish' as const, interrupted: 0, busy: 2, backAt: null, begun: 2, ends: 10 },
  ])('[REP-57] scale-in with $how', ({ how, interrupted, busy, backAt, begun, ends }) => {
    const plant = twoMessages(how);
    expect([plant.counts.interrupted, plant.busy, plant.visible]).toEqual([interrupted, busy, backAt === 5 ? 1 : 0]);
    if (backAt === 40) expect(until(plant, 39).visible).toBe(0);
    plant.advance(Infinity);
    expect([plant.counts.begun, plant.nowSeconds, plant.counts.deleted]).toEqual([begun, expect.closeTo(ends, 6), 2]);
  });

  test('[REP-57] a batch cut off counts what was not begun too', () => {
    const plant = plantOf({ sentSeconds: [-1, -1, -1], work: { batchSize: 3, onScaleIn: 'return' } });
    until(plant, 12);
    plant.setInstances(0);
    expect(plant.counts).toMatchObject({ deleted: 1, interrupted: 2, begun: 2 });
    expect([plant.visible, plant.inHand, plant.busy]).toEqual([2, 0, 0]);
  });

  test('[REP-57] an idle instance taken away takes nothing more', () => {
    const plant = plantOf({ sentSeconds: [10], instances: 2 });
    plant.setInstances(0);
    until(plant, 20);
    expect([plant.visible, plant.busy]).toEqual([1, 0]);
    plant.setInstances(1);
    expect([plant.visible, plant.busy]).toEqual([0, 1]);
  });
});

describe('limits', () => {
  test('[REP-58] nothing is received beyond the limit in flight', () => {
    const plant = plantOf({ sentSeconds: [0, 0, 0], instances: 3, queue: { inFlightLimit: 2 } });
    until(plant, 5);
    expect([plant.notVisible, plant.visible, plant.busy]).toEqual([2, 1, 2]);
    plant.advance(Infinity);
    expect([...plant.waitSeconds()]).toEqual([0, 0, 10]);
  });

  test('[REP-58] a queue with room for two refuses the third', () => {
    const plant = until(plantOf({ sentSeconds: [0, 1, 2, 25], queue: { roomForMessages: 2 } }), 30);
    expect(plant.counts).toMatchObject({ sent: 3, refused: 1, deleted: 2 });
  });

  test('a finite source sends again after it has thought', () => {
    const plant = plantOf({ sentSeconds: [0], thinkTime: constant(5) });
    until(plant, 100);
    // Every 15 s: ten of work, five of thought.
    expect(plant.counts.sent).toBe(7);
    expect(plant.sentSeconds()[6]).toBe(90);
  });

  test.each([
    { told: { queue: { visibilityTimeoutSeconds: 0 } }, says: 'visibility timeout' },
    { told: { work: { batchSize: 11 } }, says: '1 to 10' },
    { told: { work: { batchSize: 0 } }, says: '1 to 10' },
    { told: { work: { concurrencyPerInstance: 0 } }, says: 'at least one' },
  ])('refuses $told', ({ told, says }) => {
    expect(() => plantOf(told)).toThrow(says);
  });
});

test('a range on a known fleet: columns per minute', () => {
  const run = runMessages({
    sentSeconds: [0, 0, 0, 70],
    instancesPerMinute: [0, 2, 0],
    work: { service: constant(15) },
    random: seededRandom(1),
  });
  expect([...run.columns.backlog]).toEqual([3, 0, 0]);
  expect([...run.columns.peakBacklog]).toEqual([3, 3, 0]);
  expect([...run.columns.meanBacklog]).toEqual([3, (15 + 5) / 60, 0]);
  expect([...run.columns.sent]).toEqual([3, 1, 0]);
  expect([...run.columns.deleted]).toEqual([0, 4, 0]);
  expect([...run.columns.received]).toEqual([0, 4, 0]);
  expect([...run.columns.worstAgeSeconds]).toEqual([60, 90, 0]);
  expect([...run.columns.ageSeconds]).toEqual([60, 0, 0]);
  expect([...run.columns.utilization]).toEqual([Number.NaN, 0.5, Number.NaN]);
  expect([...run.columns.notVisible]).toEqual([0, 1, 0]);
  expect([...run.waitSeconds]).toEqual([60, 60, 75, 5]);
  expect([...run.sojournSeconds]).toEqual([75, 75, 90, 20]);
  expect([run.left, run.counts.deleted]).toEqual([0, 4]);
});
