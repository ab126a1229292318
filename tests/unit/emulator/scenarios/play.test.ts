import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Statistic } from '../../../../src/core/model/resources.ts';
import { type Cloud, createCloud } from '../../../../src/emulator/cloud.ts';
import { readPoints } from '../../../../src/emulator/cloudwatch/metricStore.ts';
import { applyScenario } from '../../../../src/emulator/scenarios/apply.ts';
import { parseScenario } from '../../../../src/emulator/scenarios/parse.ts';
import type { LoadSpec, Scenario } from '../../../../src/emulator/scenarios/spec.ts';
import { createWorld } from '../../../../src/emulator/world/world.ts';

function scenarioFrom(file: string): Scenario {
  const parsed = parseScenario(readFileSync(file, 'utf8'), file);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return parsed.value;
}

function play(scenario: Scenario, options: { seed?: number; hours?: number } = {}): Cloud {
  const world = createWorld({ startMs: scenario.startMs, seed: options.seed ?? scenario.seed });
  const cloud = createCloud({ world, accountId: '000000000000', region: 'us-east-1' });
  applyScenario(cloud, scenario);
  world.advanceTo(scenario.startMs + (options.hours === undefined ? scenario.durationMs : options.hours * 3_600_000));
  return cloud;
}

/** Everything a client could read: metrics, alarm history, activities, queue contents. */
function digest(cloud: Cloud, scenario: Scenario): string {
  const { cloudWatch, autoScaling, sqs } = cloud.home;
  const hash = createHash('sha256');
  const nowMs = cloud.world.nowMs();
  for (const series of cloudWatch.store.all()) {
    for (const statistic of ['Sum', 'Minimum', 'Maximum', 'SampleCount'] as const) {
      const query = { statistic, periodSeconds: 60, startMs: scenario.startMs, endMs: nowMs, asOfMs: nowMs };
      hash.update(JSON.stringify([series.ref, statistic, readPoints(cloudWatch.store, series, query)]));
    }
  }
  hash.update(JSON.stringify([cloudWatch.history.items(), autoScaling.activities]));
  for (const queue of sqs.queues()) hash.update(JSON.stringify([queue.name, queue.counts()]));
  return hash.digest('hex');
}

function column(
  cloud: Cloud,
  ref: [string, string, Record<string, string>],
  statistic: Statistic,
): Map<number, number> {
  const [namespace, metricName, dimensions] = ref;
  const { store } = cloud.home.cloudWatch;
  const asOfMs = cloud.world.nowMs();
  const query = { statistic, periodSeconds: 60, startMs: 0, endMs: asOfMs, asOfMs };
  const { timesMs, values } = readPoints(store, store.find({ namespace, metricName, dimensions }), query);
  return new Map(timesMs.map((time, index) => [time, values[index]!]));
}

describe('a run repeats bit for bit', () => {
  const crowd = scenarioFrom('resources/scenarios/flash-crowd.yaml');
  // The crowd at half past midnight, so that two hours hold all of it.
  const shift = (at: number): number => at - 6.5 * 3_600_000;
  const moved = <T extends { readonly load: LoadSpec }>(producer: T): T => ({
    ...producer,
    load: {
      ...producer.load,
      crowds: producer.load.crowds.map((one) => ({ ...one, fromMs: shift(one.fromMs), toMs: shift(one.toMs) })),
    },
  });
  const shortened: Scenario = {
    ...crowd,
    queues: crowd.queues.map((queue) => ({
      ...queue,
      producer: queue.producer === null ? null : moved(queue.producer),
    })),
    streams: crowd.streams.map((stream) => ({ ...stream, producers: stream.producers.map(moved) })),
  };
  const first = digest(play(shortened, { hours: 2 }), shortened);

  it('with the same seed, metrics, history and activities are the same', () => {
    expect(digest(play(shortened, { hours: 2 }), shortened)).toBe(first);
  });

  it('another seed gives another run', () => {
    expect(digest(play(shortened, { seed: 1, hours: 2 }), shortened)).not.toBe(first);
  });

  it('stepping through the time in pieces changes nothing', () => {
    const world = createWorld({ startMs: shortened.startMs, seed: shortened.seed });
    const cloud = createCloud({ world, accountId: '000000000000', region: 'us-east-1' });
    applyScenario(cloud, shortened);
    for (let ms = 0; ms <= 2 * 3_600_000; ms += 7_919) world.advanceTo(shortened.startMs + ms);
    world.advanceTo(shortened.startMs + 2 * 3_600_000);
    expect(digest(cloud, shortened)).toBe(first);
  });
});

describe('flash-crowd, the day the demo shows', () => {
  const scenario = scenarioFrom('resources/scenarios/flash-crowd.yaml');
  const cloud = play(scenario);
  const orders = { QueueName: 'orders' };
  const at = (hour: number, minute = 0): number => scenario.startMs + (hour * 60 + minute) * 60_000;
  const between = (columns: Map<number, number>, fromMs: number, toMs: number): number[] =>
    [...columns].filter(([time]) => time >= fromMs && time < toMs).map(([, value]) => value);
  const visible = column(cloud, ['AWS/SQS', 'ApproximateNumberOfMessagesVisible', orders], 'Maximum');
  const age = column(cloud, ['AWS/SQS', 'ApproximateAgeOfOldestMessage', orders], 'Maximum');
  const sent = column(cloud, ['AWS/SQS', 'NumberOfMessagesSent', orders], 'Sum');
  const group = { AutoScalingGroupName: 'orders-workers' };
  const inService = column(cloud, ['AWS/AutoScaling', 'GroupInServiceInstances', group], 'Average');

  it('the crowd is six times a usual hour', () => {
    const before = between(sent, at(6, 30), at(7)).reduce((a, b) => a + b, 0) / 30;
    const during = between(sent, at(7, 5), at(7, 35)).reduce((a, b) => a + b, 0) / 30;
    expect(during / before).toBeGreaterThan(5.5);
    expect(during / before).toBeLessThan(6.8);
  });

  it('it leaves a backlog and an age beyond five minutes, and both are gone an hour later', () => {
    expect(Math.max(...between(visible, at(7), at(8)))).toBeGreaterThan(8_000);
    expect(Math.max(...between(age, at(7), at(8)))).toBeGreaterThan(600);
    expect(Math.max(...between(visible, at(6), at(7)))).toBeLessThan(1_000);
    expect(Math.max(...between(age, at(8, 30), at(9)))).toBeLessThan(300);
  });

  it('the group is slow to grow to its maximum and comes back down again', () => {
    expect(Math.max(...between(inService, at(6), at(7)))).toBeLessThanOrEqual(7);
    expect(Math.max(...between(inService, at(7, 15), at(7, 16)))).toBeLessThan(15);
    expect(Math.max(...between(inService, at(7), at(8, 30)))).toBe(20);
    expect(Math.min(...between(inService, at(9, 30), at(10)))).toBeLessThanOrEqual(6);
  });

  it('both policies act, and the causes name alarm and policy', () => {
    const causes = cloud.home.autoScaling.activities.map(({ cause }) => cause);
    expect(
      causes.filter((cause) =>
        cause.includes('alarm orders-backlog-high in state ALARM triggered policy orders-scale-out'),
      ).length,
    ).toBeGreaterThan(10);
    expect(
      causes.filter((cause) =>
        cause.includes('alarm orders-backlog-low in state ALARM triggered policy orders-scale-in'),
      ).length,
    ).toBeGreaterThan(10);
  });

  it('a few poison messages end in the dead-letter queue', () => {
    const { visible: dead } = cloud.home.sqs.queueByName('orders-dlq')!.counts();
    expect(dead).toBeGreaterThan(5);
    expect(dead).toBeLessThan(50);
  });

  it('the stream has one hot shard that is throttled, and a consumer that falls behind', () => {
    const shard = (index: number) => ({ StreamName: 'clicks', ShardId: `shardId-00000000000${index}` });
    const bytes = [0, 1, 2, 3].map((index) => {
      const perMinute = column(cloud, ['AWS/Kinesis', 'IncomingBytes', shard(index)], 'Sum');
      return between(perMinute, at(7, 10), at(7, 30)).reduce((a, b) => a + b, 0) / 20 / 60 / 1_048_576;
    });
    expect(bytes[2]).toBeGreaterThan(0.85);
    expect(bytes[2]).toBeLessThanOrEqual(1.001);
    for (const cold of [0, 1, 3]) expect(bytes[cold]).toBeLessThan(0.3);
    const throttled = column(cloud, ['AWS/Kinesis', 'WriteProvisionedThroughputExceeded', shard(2)], 'Sum');
    expect(between(throttled, at(7), at(8)).reduce((a, b) => a + b, 0)).toBeGreaterThan(100);
    const iteratorAge = column(
      cloud,
      ['AWS/Kinesis', 'GetRecords.IteratorAgeMilliseconds', { StreamName: 'clicks' }],
      'Maximum',
    );
    expect(Math.max(...between(iteratorAge, at(6), at(7)))).toBeLessThan(60_000);
    expect(Math.max(...between(iteratorAge, at(8), at(10)))).toBeGreaterThan(30 * 60_000);
  });
});

describe('the examples', () => {
  it('steady-queue: two instances keep up', () => {
    const cloud = play(scenarioFrom('examples/scenarios/steady-queue.yaml'));
    expect(cloud.home.sqs.queueByName('jobs')!.counts().visible).toBeLessThan(50);
    const sent = column(cloud, ['AWS/SQS', 'NumberOfMessagesSent', { QueueName: 'jobs' }], 'Sum');
    expect([...sent.values()].reduce((a, b) => a + b, 0)).toBeGreaterThan(6_500);
  });

  it('poison-messages: they end in the dead-letter queue, and the group doubles in the burst', () => {
    const cloud = play(scenarioFrom('examples/scenarios/poison-messages.yaml'));
    const sent = column(cloud, ['AWS/SQS', 'NumberOfMessagesSent', { QueueName: 'uploads' }], 'Sum');
    const total = [...sent.values()].reduce((a, b) => a + b, 0);
    const dead = cloud.home.sqs.queueByName('uploads-dlq')!.counts().visible;
    expect(dead / total).toBeGreaterThan(0.01);
    expect(dead / total).toBeLessThan(0.03);
    expect(cloud.home.autoScaling.groups.get('upload-workers')!.desiredCapacity).toBeGreaterThan(4);
  });
});
