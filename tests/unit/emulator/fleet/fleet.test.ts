import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/core/time/random.ts';
import { createCloud } from '../../../../src/emulator/cloud.ts';
import { startProducer } from '../../../../src/emulator/fleet/producer.ts';
import { serviceTimeSampler } from '../../../../src/emulator/fleet/serviceTime.ts';
import { createWorkload } from '../../../../src/emulator/fleet/workload.ts';
import type { ServiceTimeSpec, WorkSpec } from '../../../../src/emulator/scenarios/spec.ts';
import { createWorld } from '../../../../src/emulator/world/world.ts';

const startMs = Date.UTC(2026, 2, 2);

function setup(work: Partial<WorkSpec> = {}) {
  const world = createWorld({ startMs, seed: 1 });
  const { sqs } = createCloud({ world, accountId: '000000000000', region: 'us-east-1' }).home;
  const dead = sqs.createQueue('dead', {});
  const queue = sqs.createQueue('jobs', {
    VisibilityTimeout: '30',
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 2 }),
  });
  const spec: WorkSpec = {
    queue: 'jobs',
    serviceTime: { distribution: 'constant', meanSeconds: 2 },
    concurrency: 1,
    batchSize: 10,
    waitSeconds: 20,
    onTermination: 'finish',
    ...work,
  };
  const queueByName = () => sqs.queueByName('jobs');
  const workload = createWorkload({ world, queueByName, spec, random: world.random.stream('fleet') });
  const at = (seconds: number): void => world.advanceTo(startMs + seconds * 1_000);
  const fill = (messages: number, body = '{"order":true}'): void => {
    for (let index = 0; index < messages; index++) queue.send({ body });
  };
  return { world, sqs, queue, dead, workload, queueByName, at, fill };
}

describe('an instance', () => {
  it.each([
    { concurrency: 1, seconds: 20, left: 90 },
    { concurrency: 4, seconds: 20, left: 60 },
  ])('with concurrency $concurrency works off one message per 2 s and slot', ({ concurrency, seconds, left }) => {
    const { workload, at, fill, queue } = setup({ concurrency });
    fill(100);
    workload.start('i-1');
    at(seconds);
    const { visible, notVisible } = queue.counts();
    expect(visible + notVisible).toBe(left);
  });

  it('waits for work without spinning and starts the moment a message comes', () => {
    const { workload, at, queue, fill } = setup();
    workload.start('i-1');
    at(3_600);
    fill(1);
    at(3_601.9);
    expect(queue.counts().notVisible).toBe(1);
    at(3_602);
    expect(queue.counts()).toEqual({ visible: 0, notVisible: 0, delayed: 0 });
  });

  it('finishes what is in hand before it goes, and takes no more', () => {
    const { workload, at, queue, fill } = setup();
    fill(15);
    const instance = workload.start('i-1');
    at(5);
    let goneAt = 0;
    instance.stop(() => {
      goneAt = 1;
    });
    at(19);
    expect(goneAt).toBe(0);
    at(20);
    expect(goneAt).toBe(1);
    at(25);
    expect(queue.counts()).toEqual({ visible: 5, notVisible: 0, delayed: 0 });
  });

  it('abandons what is in hand when told so; it comes back after the visibility timeout', () => {
    const { workload, at, queue, fill } = setup({ onTermination: 'abandon' });
    fill(10);
    const instance = workload.start('i-1');
    at(5);
    let gone = false;
    instance.stop(() => {
      gone = true;
    });
    expect(gone).toBe(true);
    at(29);
    expect(queue.counts()).toEqual({ visible: 0, notVisible: 8, delayed: 0 });
    at(31);
    expect(queue.counts()).toEqual({ visible: 8, notVisible: 0, delayed: 0 });
  });

  it('fails on poison every time, so that it ends in the dead-letter queue', () => {
    const { workload, at, queue, dead, fill } = setup();
    fill(2, '{"poison":true}');
    fill(3);
    workload.start('i-1');
    at(600);
    expect(queue.counts()).toEqual({ visible: 0, notVisible: 0, delayed: 0 });
    expect(dead.counts().visible).toBe(2);
  });

  it('finds its queue again after it was deleted and made anew', () => {
    const { workload, at, sqs, queue } = setup();
    workload.start('i-1');
    at(10);
    sqs.deleteQueue(queue);
    at(100);
    const again = sqs.createQueue('jobs', {});
    again.send({ body: '{}' });
    at(130);
    expect(again.counts()).toEqual({ visible: 0, notVisible: 0, delayed: 0 });
  });
});

describe('a producer', () => {
  it('sends as many messages as the curve expects, within chance, and poison at its share', () => {
    const { world, queueByName, queue, at } = setup();
    const bodies: string[] = [];
    const counted = { send: (message: { body: string }) => bodies.push(message.body) };
    startProducer({
      world,
      queueByName: () => (queueByName() === undefined ? undefined : counted),
      spec: { load: { basePerMinute: 600, daily: null, crowds: [] }, bodyBytes: 300, poisonShare: 0.1 },
      random: seededRandom(7),
    });
    at(3_600);
    expect(queue.counts().visible).toBe(0);
    // 36,000 expected, standard deviation 190; five of them leave room for every seed.
    expect(Math.abs(bodies.length - 36_000)).toBeLessThan(950);
    const poison = bodies.filter((body) => body.includes('poison')).length;
    expect(poison / bodies.length).toBeCloseTo(0.1, 2);
    expect(new Set(bodies.map((body) => body.length))).toEqual(new Set([300]));
  });
});

describe('service times', () => {
  it.each<{ spec: ServiceTimeSpec; variation: number }>([
    { spec: { distribution: 'constant', meanSeconds: 2 }, variation: 0 },
    { spec: { distribution: 'exponential', meanSeconds: 2 }, variation: 1 },
    { spec: { distribution: 'lognormal', meanSeconds: 2, variation: 0.6 }, variation: 0.6 },
  ])('$spec.distribution: mean and coefficient of variation', ({ spec, variation }) => {
    const draw = serviceTimeSampler(spec, seededRandom(3));
    const draws = Array.from({ length: 50_000 }, draw);
    const mean = draws.reduce((a, b) => a + b, 0) / draws.length;
    const deviation = Math.sqrt(draws.reduce((sum, value) => sum + (value - mean) ** 2, 0) / draws.length);
    expect(mean / 2_000).toBeCloseTo(1, 1);
    expect(deviation / mean).toBeCloseTo(variation, 1);
    expect(draws.every((value) => Number.isInteger(value) && value >= 1)).toBe(true);
  });
});
