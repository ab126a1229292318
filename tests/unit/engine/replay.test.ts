import { afterEach, describe, expect, it } from 'vitest';
import { type Client, createClient } from '../../../src/core/contract/client.ts';
import { methods } from '../../../src/core/contract/methods.ts';
import { phraseText } from '../../../src/core/messages/terms.ts';
import type { NewEvent } from '../../../src/core/model/events.ts';
import type { ReplayPlant } from '../../../src/core/model/replayPlants.ts';
import type { SeriesKey } from '../../../src/core/model/series.ts';
import { createEngine } from '../../../src/engine/index.ts';
import { depthAlarm, type FakeAccount, fakeAccount, group, launch, queue, stateChange } from './fakeAws.ts';
import { engineOptions, manualTime } from './manualHost.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const orders = queue('orders');
const workers = group('workers', { out: 'high', in: 'low' });
const high = depthAlarm('high', 'orders', { statistic: 'Maximum' });
const low = depthAlarm('low', 'orders', {
  statistic: 'Maximum',
  rule: { ...high.rule, threshold: 20, comparisonOperator: 'LessThanThreshold' },
});
const startMs = Date.UTC(2026, 2, 2, 12, 0, 10);
const end = Math.floor(startMs / 60_000) * 60;

/** Two instances, 60 messages a minute each at most; a burst of 300 a minute from 10:00 to 10:20 waits for them. */
function valueAt(key: SeriesKey, time: number): number {
  const minute = (time - (end - 7200)) / 60;
  const burst = minute >= 0 && minute < 20;
  const backlog = minute < 0 ? 0 : Math.max(0, burst ? 180 * (minute + 1) : 3600 - 70 * (minute - 19));
  if (key.namespace === 'AWS/AutoScaling') return 2;
  switch (key.metricName) {
    case 'NumberOfMessagesSent':
      return burst ? 300 : 50;
    case 'NumberOfMessagesDeleted':
      return backlog > 0 ? 120 : 50;
    case 'ApproximateNumberOfMessagesVisible':
      return backlog;
    case 'ApproximateAgeOfOldestMessage':
      return backlog / 2;
    default:
      return 0;
  }
}

async function recorded(change: Partial<FakeAccount> = {}): Promise<Client> {
  const account = fakeAccount({
    nowMs: startMs,
    resources: [orders, workers],
    alarms: [high, low],
    history: [
      stateChange('high', (end - 7000) * 1000 + 17_000, 'OK', 'ALARM'),
      stateChange('high', (end - 3400) * 1000 + 17_000, 'ALARM', 'OK'),
    ],
    valueAt,
    ...change,
  });
  const time = manualTime(startMs);
  const engine = await createEngine(engineOptions(account, time));
  closing.push(() => engine.close());
  const client = createClient(engine);
  const credentials = { kind: 'default' } as const;
  await client.call('connections.add', { name: 'a', kind: 'aws', region: 'us-east-1', endpoint: null, credentials });
  await time.advance(1);
  return client;
}

const defaultsOf = (client: Client, range: { fromMs: number; toMs: number } | null = null) =>
  client.call('replay.defaults', { resourceId: orders.id, range });

describe('replay.defaults', () => {
  it('puts the deployed setup together from alarms, policies and group, with the second of evaluation', async () => {
    const defaults = await defaultsOf(await recorded());
    expect(methods['replay.defaults'].output.safeParse(defaults).error).toBeUndefined();
    expect(defaults.range).toEqual({ fromMs: (end - 86_400) * 1000, toMs: end * 1000 });
    expect(defaults.deployed!.group).toMatchObject({ minSize: 1, maxSize: 10, defaultCooldownSeconds: 300 });
    expect(defaults.deployed!.policies.map(({ policy, alarm }) => [policy.name, alarm.name, alarm.measure])).toEqual([
      ['out', 'high', 'depth'],
      ['in', 'low', 'depth'],
    ]);
    // Both recorded changes of "high" happened at second 37 of their minute: 7000 s before the end and 17 s on.
    expect(defaults.deployed!.policies[0]!.alarm.phaseSeconds).toBe((60 - (7000 % 60) + 17) % 60);
    expect(defaults.suggestions).toHaveLength(2);
  });

  it('calibrates from the recording and takes the price of the instance type', async () => {
    const { assumptions, calibration } = await defaultsOf(await recorded());
    expect(calibration.throughputPerInstancePerMinute).toBeCloseTo(60);
    expect(assumptions).toMatchObject({ throughputPerInstancePerMinute: 60, pricePerInstanceHourUsd: 0.085 });
    expect(calibration.missing.map((need) => phraseText('en', need))).toContain(
      'at least one finished launch among the scaling activities',
    );
  });

  it('a policy on something that the replay does not show: no deployed setup, and it says why', async () => {
    const other = depthAlarm('high', 'orders', {
      metric: { namespace: 'AWS/SQS', metricName: 'NumberOfEmptyReceives', dimensions: { QueueName: 'orders' } },
    });
    const { deployed, suggestions, calibration } = await defaultsOf(await recorded({ alarms: [other, low] }));
    expect(deployed).toBeNull();
    expect(suggestions).toEqual([]);
    expect(phraseText('en', calibration.missing.at(-1)!)).toContain('alarm "high"');
    expect(phraseText('ko', calibration.missing.at(-1)!)).toMatch(/경보 "high"/);
  });

  it('a queue without recorded traffic says what is missing', async () => {
    const client = await recorded({ valueAt: () => undefined });
    await expect(defaultsOf(client)).rejects.toMatchObject({
      error: { code: 'REPLAY_NEEDS', params: { resource: 'orders' } },
    });
  });
});

describe('replay.run', () => {
  it('replays each setup, and the deployed one for its fidelity even when nobody asked for it', async () => {
    const client = await recorded();
    const { range, assumptions, suggestions } = await defaultsOf(client);
    const result = await client.call('replay.run', { resourceId: orders.id, range, assumptions, setups: suggestions });
    expect(methods['replay.run'].output.safeParse(result).error).toBeUndefined();
    expect(result.runs.map(({ label }) => label)).toEqual(suggestions.map(({ label }) => label));
    expect(result.recorded.summary.peakBacklog).toBe(3600);
    expect(result.runs[0]!.summary.peakBacklog).toBeGreaterThan(0);
    expect(result.runs[0]!.columns.times.length).toBe(1440);
    expect(result.fidelity!.minutesCompared).toBe(1440);
    // The recorded fleet never moved, the replayed one did.
    expect(result.fidelity!.equalDesiredShare).toBeLessThan(1);
  });

  it('what the recording tells goes by the assumptions of each call, however often the same were asked before', async () => {
    const client = await recorded();
    const { range, assumptions, deployed } = await defaultsOf(client);
    const asked = async (over: Partial<typeof assumptions>) => {
      const setups = [deployed!];
      const request = { resourceId: orders.id, range, assumptions: { ...assumptions, ...over }, setups, judge: false };
      const { recorded: of, cautions } = await client.call('replay.run', request);
      return { minutes: of.summary.minutesOverAgeGoal, costUsd: of.summary.costUsd, cautions };
    };
    const first = await asked({});
    const strict = await asked({ ageGoalSeconds: 1 });
    expect(strict.minutes).toBeGreaterThan(first.minutes);
    const dear = await asked({ pricePerInstanceHourUsd: assumptions.pricePerInstanceHourUsd * 3 });
    expect(dear.costUsd).toBeCloseTo(3 * first.costUsd, 9);
    const slow = await asked({ throughputPerInstancePerMinute: assumptions.throughputPerInstancePerMinute / 10 });
    expect(slow.cautions!.length).toBeGreaterThan(first.cautions!.length);
    expect(await asked({})).toEqual(first);
  });

  it('YARD-09, YARD-55: each run is judged, against the recorded fleet and the schedule that knew', async () => {
    const client = await recorded();
    const { range, assumptions, deployed } = await defaultsOf(client);
    // One instance for 300 messages a minute: the burst is late, and the minimum of the group is its maximum.
    const pinned = { ...deployed!, label: 'pinned', group: { ...deployed!.group, minSize: 1, maxSize: 1 } };
    const result = await client.call('replay.run', {
      resourceId: orders.id,
      range,
      assumptions,
      setups: [deployed!, pinned],
    });
    const [moving, stuck] = result.runs.map(({ judgement }) => judgement!);
    expect(stuck!.elasticity.thetaUPct!).toBeGreaterThan(moving!.elasticity.thetaUPct!);
    expect(stuck!.waits.lateMessages).toBeGreaterThan(moving!.waits.lateMessages);
    expect(stuck!.waits.p99Seconds!).toBeGreaterThan(assumptions.ageGoalSeconds);
    expect(stuck!.regret!.leastCostUsd).toBeLessThanOrEqual(stuck!.regret!.clairvoyantCostUsd);
    const clipped = stuck!.antipatterns.find(({ antipattern }) => antipattern === 'clippedAtMax')!;
    expect(clipped.change).toBe('raiseMaximum');
    for (const { fromMs, toMs } of clipped.stretches) {
      expect(fromMs).toBeGreaterThanOrEqual(range.fromMs - 60_000);
      expect(toMs).toBeGreaterThan(fromMs);
    }
  });

  it('REP-16, REP-60: each plant shows its own backlog, and the same one when asked again', async () => {
    const client = await recorded();
    const { range, assumptions, deployed } = await defaultsOf(client);
    const backlogOf = async (plant?: ReplayPlant) => {
      const request = { resourceId: orders.id, range, assumptions, setups: [deployed!] };
      const { runs } = await client.call('replay.run', { ...request, ...(plant === undefined ? {} : { plant }) });
      return runs[0]!.columns.backlog;
    };
    const total = (backlog: Float64Array) => backlog.reduce((sum, messages) => sum + messages, 0);
    const fluid = await backlogOf();
    const corrected = await backlogOf('fluid-stationary');
    const messages = await backlogOf('per-message');
    expect(await backlogOf('fluid')).toEqual(fluid);
    expect(total(corrected)).toBeGreaterThan(total(fluid));
    expect(messages).not.toEqual(fluid);
    expect(messages.every(Number.isInteger)).toBe(true);
    expect(await backlogOf('per-message')).toEqual(messages);
  });

  it('answers from memory only what is still true: new minutes and other settings are replayed', async () => {
    const client = await recorded();
    const { range, assumptions, deployed } = await defaultsOf(client);
    const request = { resourceId: orders.id, range, assumptions, setups: [deployed!] };
    const first = await client.call('replay.run', request);
    const again = await client.call('replay.run', request);
    expect(again).toEqual(first);
    const quick = await client.call('replay.run', { ...request, judge: false });
    expect(quick.runs[0]!.columns).toEqual(first.runs[0]!.columns);
    const slower = { ...assumptions, launchDelaySeconds: assumptions.launchDelaySeconds + 600 };
    const other = await client.call('replay.run', { ...request, assumptions: slower, judge: false });
    expect(other.runs[0]!.judgement).toBeUndefined();
    expect(other.runs[0]!.columns.inService).not.toEqual(first.runs[0]!.columns.inService);
  });

  it('with other arrivals there is nothing to compare the recorded fleet with', async () => {
    const client = await recorded();
    const { range, assumptions, deployed } = await defaultsOf(client);
    const doubled = { ...assumptions, arrivalFactor: 2 };
    const result = await client.call('replay.run', {
      resourceId: orders.id,
      range,
      assumptions: doubled,
      setups: [deployed!],
    });
    expect(result.fidelity).toBeNull();
  });

  it('holes in the arrivals are filled, and listed', async () => {
    const hole = (time: number): boolean => time >= end - 5000 && time < end - 4400;
    const client = await recorded({ valueAt: (key, time) => (hole(time) ? undefined : valueAt(key, time)) });
    const { range, assumptions, deployed } = await defaultsOf(client);
    const result = await client.call('replay.run', { resourceId: orders.id, range, assumptions, setups: [deployed!] });
    expect(result.holes).toMatchObject([{ treatedAs: 'interpolated' }]);
    expect(result.holes[0]!.toMs - result.holes[0]!.fromMs).toBe(600_000);
    expect(result.fidelity!.minutesLeftOut).toBe(10);
  });

  it('[FID-08, FID-09] changes of the alarm, by hand and of lost instances are left out, each told by its reason', async () => {
    const minute = (count: number): number => (end - 7200 + count * 60) * 1000;
    const edited: NewEvent = {
      ...stateChange('high', minute(5), 'OK', 'ALARM'),
      kind: 'configuration',
      resourceId: orders.id,
      sourceId: 'edit',
      data: { kind: 'configuration', what: 'high', before: '{}', after: '{}' },
    };
    const byHand = launch(workers.id, 'i-1', minute(30), minute(32), 'a user request explicitly set the capacity');
    const lost = launch(workers.id, 'i-2', minute(60), minute(61), 'taken out of service after an EC2 health check');
    const client = await recorded({ history: [edited], activities: [byHand, lost] });
    const { range, assumptions, deployed } = await defaultsOf(client);
    const { fidelity } = await client.call('replay.run', {
      resourceId: orders.id,
      range: { fromMs: minute(0), toMs: range.toMs },
      assumptions,
      setups: [deployed!],
    });
    expect(fidelity!.leftOut).toEqual([
      { fromMs: minute(0), toMs: minute(5), reason: 'earlier-setup' },
      { fromMs: minute(30), toMs: minute(45), reason: 'manual-change' },
      { fromMs: minute(60), toMs: minute(75), reason: 'instance-failure' },
    ]);
    expect(fidelity!.minutesLeftOut).toBe(35);
  });

  it('POLICY_INVALID lists every fault', async () => {
    const client = await recorded();
    const { range, assumptions, deployed } = await defaultsOf(client);
    const [out, scaleIn] = deployed!.policies;
    const broken = {
      ...deployed!,
      group: { ...deployed!.group, minSize: 9, maxSize: 3 },
      policies: [{ ...out!, policy: { ...out!.policy, minAdjustmentMagnitude: 2 } }, scaleIn!],
    };
    const run = client.call('replay.run', { resourceId: orders.id, range, assumptions, setups: [broken] });
    await expect(run).rejects.toMatchObject({ error: { code: 'POLICY_INVALID' } });
    const params = await run.catch(({ error }) => error.params);
    expect(params.field).toBe('group.minSize');
    expect(phraseText('en', params.problem)).toMatch(/9.*3.*; policies\[0\]\.policy\.minAdjustmentMagnitude/);
  });

  it('a range without traffic says what it needs', async () => {
    const client = await recorded();
    const { assumptions, deployed } = await defaultsOf(client);
    const range = { fromMs: startMs + 3_600_000, toMs: startMs + 7_200_000 };
    const run = client.call('replay.run', { resourceId: orders.id, range, assumptions, setups: [deployed!] });
    await expect(run).rejects.toMatchObject({ error: { code: 'REPLAY_NEEDS' } });
  });
});
