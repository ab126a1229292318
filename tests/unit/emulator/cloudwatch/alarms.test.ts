import { describe, expect, it } from 'vitest';
import type { AlarmNotice } from '../../../../src/emulator/cloudwatch/actionTargets.ts';
import type { AlarmConfig } from '../../../../src/emulator/cloudwatch/alarm.ts';
import { deleteAlarm, putAlarm, setAlarmState } from '../../../../src/emulator/cloudwatch/evaluator.ts';
import { createCloudWatchState } from '../../../../src/emulator/cloudwatch/state.ts';
import { createWorld } from '../../../../src/emulator/world/world.ts';

const startMs = Date.UTC(2026, 2, 2);
const minute = 60_000;
const metric = { namespace: 'AWS/SQS', metricName: 'Visible', dimensions: { QueueName: 'orders' } };
const policyArn = 'arn:aws:autoscaling:us-east-1:000000000000:scalingPolicy:1:autoScalingGroupName/g:policyName/p';

function setup(rule: Partial<AlarmConfig['rule']> = {}, actions: readonly string[] = [], seed = 1) {
  const world = createWorld({ startMs, seed });
  const state = createCloudWatchState({ world, accountId: '000000000000', region: 'us-east-1' });
  state.store.publicationDelayMs = 0;
  const notices: { atMs: number; notice: AlarmNotice }[] = [];
  let failure: string | null = null;
  state.actionTargets.push({
    repeats: true,
    owns: (arn) => arn.startsWith('arn:aws:autoscaling:'),
    run(arns, notice) {
      notices.push({ atMs: world.nowMs(), notice });
      return arns.map((arn) => ({ arn, failure }));
    },
  });
  const config: AlarmConfig = {
    name: 'backlog',
    description: null,
    metric,
    statistic: 'Average',
    unit: null,
    rule: {
      periodSeconds: 60,
      evaluationPeriods: 2,
      datapointsToAlarm: 2,
      threshold: 100,
      comparisonOperator: 'GreaterThanThreshold',
      treatMissingData: 'missing',
      ...rule,
    },
    givenDatapointsToAlarm: null,
    givenTreatMissingData: null,
    actionsEnabled: true,
    actions: { OK: [], ALARM: actions, INSUFFICIENT_DATA: [] },
  };
  const handle = state.store.metric(metric, 'Count');
  /** One value per minute from the start; null leaves a gap. */
  const feed = (values: readonly (number | null)[]): void => {
    values.forEach((value, index) => {
      if (value !== null) handle.sample(startMs + index * minute, value);
    });
  };
  const alarm = () => state.alarms.get('backlog')!;
  const summaries = () => state.history.items().map(({ summary }) => summary);
  const fail = (reason: string | null): void => {
    failure = reason;
  };
  return { world, state, config, feed, alarm, notices, summaries, fail };
}

describe('the life of an alarm', () => {
  it('ALARM-01: starts in INSUFFICIENT_DATA, is evaluated, and keeps its state when updated', () => {
    const { world, state, config, feed, alarm } = setup();
    feed([200, 200, 200, 200]);
    putAlarm(state, config);
    expect(alarm().state).toBe('INSUFFICIENT_DATA');
    world.advanceTo(startMs + 4 * minute);
    expect(alarm().state).toBe('ALARM');
    putAlarm(state, { ...config, rule: { ...config.rule, threshold: 1_000 } });
    expect(alarm().state).toBe('ALARM');
    world.advanceTo(startMs + 5 * minute);
    expect(alarm().state).toBe('OK');
  });

  it('MODEL-03: is evaluated once a minute at a second of its own, the same in every run', () => {
    const changes = [1, 1, 2].map((seed) => {
      const { world, state, config, feed, alarm } = setup({}, [], seed);
      feed([200, 200, 200]);
      putAlarm(state, config);
      world.advanceTo(startMs + 3 * minute);
      return alarm().stateChangedAtMs % minute;
    });
    expect(changes[0]).toBe(changes[1]);
    expect(changes[0]).not.toBe(changes[2]);
    expect(changes[0]! % 1_000).toBe(0);
  });

  it('ALARM-07: a period of five minutes covers the last five readable minutes, wherever the clock stands', () => {
    const { world, state, config, feed, alarm } = setup({
      periodSeconds: 300,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
    });
    feed([0, 0, 0, 0, 0, 0, 600, 600, 0, 0, 0, 0, 0]);
    putAlarm(state, config);
    world.advanceTo(startMs + 7 * minute);
    expect(alarm().state).toBe('OK');
    // Minutes 3 to 7 hold one breaching sample: 120 on average. No clock boundary is near.
    world.advanceTo(startMs + 8 * minute);
    expect(alarm().state).toBe('ALARM');
  });

  it('MODEL-02: sees a minute only when it is published', () => {
    const { world, state, config, feed, alarm } = setup({ evaluationPeriods: 1, datapointsToAlarm: 1 });
    state.store.publicationDelayMs = 150_000;
    feed([200, 200, 200, 200, 200]);
    putAlarm(state, config);
    world.advanceTo(startMs + 3 * minute);
    expect(alarm().state).toBe('INSUFFICIENT_DATA');
    world.advanceTo(startMs + 5 * minute);
    expect(alarm().state).toBe('ALARM');
    expect(alarm().stateChangedAtMs).toBeGreaterThanOrEqual(startMs + minute + 150_000);
  });

  it('ALARM-20, ALARM-21: an Auto Scaling action repeats every minute on the phase of the change, old state = new state', () => {
    const { world, state, config, feed, alarm, notices } = setup({}, [policyArn]);
    feed([200, 200, 300, 400, 400, 0, 0, 0]);
    putAlarm(state, config);
    world.advanceTo(startMs + 8 * minute);
    const changedAtMs = notices[0]!.atMs;
    expect(notices.map(({ atMs }) => (atMs - changedAtMs) / minute)).toEqual([0, 1, 2, 3]);
    expect(notices.map(({ notice }) => notice.previousState)).toEqual(['INSUFFICIENT_DATA', 'ALARM', 'ALARM', 'ALARM']);
    expect(notices.map(({ notice }) => notice.recentPoints)).toEqual([
      [200, 200],
      [200, 300],
      [300, 400],
      [400, 400],
    ]);
    expect(alarm().state).toBe('OK');
  });

  it('writes one item per change, and one per repeat only when it ends otherwise', () => {
    const { world, state, config, feed, summaries, fail } = setup({}, [policyArn]);
    feed(Array.from({ length: 12 }, () => 200));
    putAlarm(state, config);
    world.advanceTo(startMs + 6 * minute);
    fail('no step');
    world.advanceTo(startMs + 9 * minute);
    fail(null);
    world.advanceTo(startMs + 12 * minute);
    expect(summaries()).toEqual([
      'Alarm "backlog" created',
      'Alarm updated from INSUFFICIENT_DATA to ALARM',
      `Successfully executed action ${policyArn}`,
      `Failed to execute action ${policyArn}. Received error: "no step"`,
      `Successfully executed action ${policyArn}`,
    ]);
  });

  it('an action that nobody takes is recorded as failed, once', () => {
    const { world, state, config, feed, summaries } = setup({}, ['arn:aws:sns:us-east-1:000000000000:pager']);
    feed(Array.from({ length: 8 }, () => 200));
    putAlarm(state, config);
    world.advanceTo(startMs + 8 * minute);
    expect(summaries().filter((summary) => summary.startsWith('Failed'))).toHaveLength(1);
  });

  it('ALARM-23: a state set by hand runs actions once and lasts until the next evaluation', () => {
    const { world, state, config, feed, alarm, notices } = setup({}, [policyArn]);
    feed(Array.from({ length: 10 }, () => 5));
    putAlarm(state, config);
    world.advanceTo(startMs + 4 * minute);
    setAlarmState(state, alarm(), 'ALARM', 'drill', '{"recentDatapoints":[250,260]}');
    expect(alarm().state).toBe('ALARM');
    expect(notices.map(({ notice }) => notice.recentPoints)).toEqual([[250, 260]]);
    world.advanceTo(startMs + 5 * minute);
    expect(alarm().state).toBe('OK');
    expect(notices).toHaveLength(1);
  });

  it('says why, in the sentence and the JSON that CloudWatch gives', () => {
    const { world, state, config, feed, alarm } = setup({ evaluationPeriods: 3, datapointsToAlarm: 2 });
    feed([150, 40, 160.5]);
    putAlarm(state, config);
    world.advanceTo(startMs + 4 * minute - 1);
    expect(alarm().stateReason).toBe(
      'Threshold Crossed: 2 out of the last 3 datapoints [150.0 (02/03/26 00:00:00), 40.0 (02/03/26 00:01:00), ' +
        '160.5 (02/03/26 00:02:00)] were greater than the threshold (100.0) (minimum 2 datapoints for OK -> ALARM transition).',
    );
    expect(JSON.parse(alarm().stateReasonData!)).toMatchObject({
      version: '1.0',
      startDate: '2026-03-02T00:00:00.000+0000',
      statistic: 'Average',
      period: 60,
      recentDatapoints: [150, 40, 160.5],
      threshold: 100,
    });
  });

  it('with no datapoints at all the reason says how they were treated', () => {
    const { world, state, config, alarm } = setup({ treatMissingData: 'breaching' });
    putAlarm(state, config);
    world.advanceTo(startMs + minute);
    expect(alarm().stateReason).toBe(
      'Threshold Crossed: no datapoints were received for 2 periods and 2 missing datapoints were treated as [Breaching].',
    );
  });

  it('is never evaluated again once deleted, and its history stays', () => {
    const { world, state, config, feed, alarm, summaries } = setup();
    feed([200, 200, 200]);
    putAlarm(state, config);
    deleteAlarm(state, alarm());
    world.advanceTo(startMs + 10 * minute);
    expect(summaries()).toEqual(['Alarm "backlog" created', 'Alarm "backlog" deleted']);
  });

  it('disabled actions are not run, the state still changes', () => {
    const { world, state, config, feed, alarm, notices } = setup({}, [policyArn]);
    feed([200, 200, 200, 200]);
    putAlarm(state, { ...config, actionsEnabled: false });
    world.advanceTo(startMs + 4 * minute);
    expect(alarm().state).toBe('ALARM');
    expect(notices).toEqual([]);
  });
});
