/** The whole AWS side against the bundled emulator, over the wire: what the demo records. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AwsConnection, createAwsConnection, type Discovery } from '../../../src/aws/index.ts';
import { resourceOfMetric, seriesKeyOf, seriesToPoll, shardSeriesKeyOf } from '../../../src/core/metrics.ts';
import type { Resource } from '../../../src/core/model/resources.ts';
import type { RunningEmulator } from '../../../src/emulator/index.ts';
import { parseScenario } from '../../../src/emulator/scenarios/index.ts';
import { startTestEmulator } from '../testEmulator.ts';

const file = new URL('../../../resources/scenarios/flash-crowd.yaml', import.meta.url);
const startMs = Date.UTC(2026, 2, 2);
const signal = new AbortController().signal;

let emulator: RunningEmulator;
let connection: AwsConnection;
let discovery: Discovery;

const named = (name: string): Resource => discovery.resources.find((resource) => resource.name === name)!;

beforeAll(async () => {
  const scenario = parseScenario(readFileSync(file, 'utf8'), 'flash-crowd.yaml');
  if (!scenario.ok) throw new Error(JSON.stringify(scenario));
  emulator = await startTestEmulator({ scenario: scenario.value, startMs });
  connection = createAwsConnection({
    connection: {
      id: 'demo',
      name: 'demo',
      kind: 'demo',
      region: 'us-east-1',
      endpoint: emulator.endpoint,
      profile: null,
      pollIntervalSeconds: 60,
    },
    credentials: { kind: 'default' },
    clock: { nowMs: () => Date.now() },
  });
  await connection.advance((7 * 60 + 40) * 60_000, signal);
  discovery = await connection.discover(signal);
});

afterAll(async () => {
  connection.close();
  await emulator.stop();
});

describe("the bundled emulator through the engine's eyes", () => {
  it('has its own clock, which can be read, moved and sped up', async () => {
    const before = await connection.clock(signal);
    expect(before.speed).toBe(0);
    expect(before.nowMs).toBeGreaterThanOrEqual(startMs + 7 * 3_600_000);
    expect((await connection.advance(60_000, signal)).nowMs).toBe(before.nowMs + 60_000);
    expect((await connection.setSpeed(60, signal)).speed).toBe(60);
    expect((await connection.setSpeed(0, signal)).speed).toBe(0);
  });

  it('answers the test of a connection, whose clock is never called wrong', async () => {
    const answer = await connection.test(signal);
    expect(answer).toMatchObject({ accountId: '000000000000', clockSkewSeconds: 0 });
    expect(answer.arn).toMatch(/^arn:aws:/);
  });

  it('shows its queues, stream, group with policies, and alarms', () => {
    expect(discovery.problems).toEqual([]);
    expect(discovery.leftOut).toEqual([]);
    expect(discovery.resources.map(({ name }) => name).toSorted()).toEqual([
      'clicks',
      'orders',
      'orders-dlq',
      'orders-workers',
    ]);
    expect(named('orders').config).toMatchObject({
      visibilityTimeoutSeconds: 60,
      deadLetter: { targetArn: named('orders-dlq').id, maxReceiveCount: 3 },
    });
    expect(named('clicks').config).toMatchObject({ kind: 'kinesis-stream' });
    const group = named('orders-workers').config;
    if (group.kind !== 'auto-scaling-group') throw new Error('not a group');
    const driven = group.policies.map(({ policy, alarmNames }) => [policy.name, ...alarmNames].join(' by '));
    expect(driven.toSorted()).toEqual([
      'orders-scale-in by orders-backlog-low',
      'orders-scale-out by orders-backlog-high',
    ]);
    const high = discovery.alarms.find(({ name }) => name === 'orders-backlog-high')!;
    expect(high.rule).toMatchObject({ threshold: 200, evaluationPeriods: 3, datapointsToAlarm: 3 });
    expect(resourceOfMetric(high.metric, discovery.resources)?.id).toBe(named('orders').id);
  });

  it('has metrics for everything that is polled, minute by minute', async () => {
    const series = discovery.resources.flatMap(seriesToPoll);
    const from = startMs / 1000 + 7 * 3600;
    const answer = await connection.pollMetrics(series, from, from + 1800, signal);
    const of = (key = seriesKeyOf(named('orders'), 'depth')!) =>
      answer.find((columns) => JSON.stringify(columns.key) === JSON.stringify(key))!;
    const depth = of();
    expect(Array.from(depth.times)).toEqual(Array.from({ length: 30 }, (_, i) => from + i * 60));
    expect(Math.max(...depth.values), 'the crowd is in full swing').toBeGreaterThan(1000);
    for (const measure of ['age', 'sent', 'deleted', 'received', 'inFlight'] as const) {
      expect(of(seriesKeyOf(named('orders'), measure)!).times.length, measure).toBeGreaterThan(20);
    }
    const desired = of(seriesKeyOf(named('orders-workers'), 'desired')!);
    expect(desired.values.at(-1)!).toBeGreaterThan(desired.values[0]!);
    const { shards } = named('clicks').config as Extract<Resource['config'], { kind: 'kinesis-stream' }>;
    expect(shards.length).toBe(4);
    const bytes = shards.map(({ shardId }) =>
      of(shardSeriesKeyOf(named('clicks'), 'incomingBytes', shardId)!).values.reduce((sum, value) => sum + value, 0),
    );
    expect(Math.max(...bytes), 'one shard is hot').toBeGreaterThan(
      1.5 * (bytes.reduce((sum, value) => sum + value, 0) / 4),
    );
    expect(of(seriesKeyOf(named('clicks'), 'iteratorAge')!).times.length).toBeGreaterThan(20);
  });

  it('tells the queue as it is now', async () => {
    const { readings, gone } = await connection.pollQueueAttributes([named('orders'), named('orders-dlq')], signal);
    expect(gone).toEqual([]);
    expect(readings[0]!.visible).toBeGreaterThan(0);
    expect(readings[0]!.atMs).toBe((await connection.clock(signal)).nowMs);
  });

  it('tells when alarms changed and what the group did, launches with how long they took', async () => {
    const resourceIdOf = (alarm: string) => {
      const found = discovery.alarms.find(({ name }) => name === alarm);
      return (found && resourceOfMetric(found.metric, discovery.resources)?.id) ?? null;
    };
    const history = await connection.pollAlarmHistory(startMs, resourceIdOf, signal);
    const alarmed = history.filter(
      ({ data }) => data.kind === 'alarm-state' && data.alarmName === 'orders-backlog-high' && data.to === 'ALARM',
    );
    expect(alarmed.at(-1)!.atMs).toBeGreaterThan(startMs + 7 * 3_600_000);
    expect(alarmed.at(-1)!.resourceId).toBe(named('orders').id);
    expect(alarmed.at(-1)!.detail).toContain('Threshold Crossed');
    expect(history.some(({ kind }) => kind === 'alarm-action')).toBe(true);
    expect(new Set(history.map(({ kind, sourceId }) => `${kind} ${sourceId}`)).size).toBe(history.length);

    const activities = await connection.pollActivities([named('orders-workers')], startMs + 7 * 3_600_000, signal);
    const launches = activities.filter(
      ({ data, endMs }) => data.kind === 'scaling-activity' && data.direction === 'launch' && endMs !== null,
    );
    expect(launches.length).toBeGreaterThan(2);
    for (const { atMs, endMs, data } of launches) {
      if (data.kind !== 'scaling-activity') throw new Error('not an activity');
      expect(data.instanceId).toMatch(/^i-/);
      expect(data.desiredAfter!).toBeGreaterThan(data.desiredBefore!);
      const seconds = (endMs! - atMs) / 1000;
      expect(seconds).toBeGreaterThanOrEqual(80);
      expect(seconds).toBeLessThanOrEqual(240);
    }
  });

  it('is asked in few calls, all of them counted (UX-43)', () => {
    const { calls, metricsRequested } = connection.callCounts();
    expect(calls.GetMetricData).toBeGreaterThanOrEqual(1);
    expect(metricsRequested).toBeGreaterThan(20);
    expect(Object.keys(calls)).toContain('DescribeScalingActivities');
  });
});
