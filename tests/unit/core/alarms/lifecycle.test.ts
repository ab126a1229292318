import { describe, expect, test } from 'vitest';
import {
  type AlarmMemory,
  actionRuns,
  alarmSetByHand,
  createdAlarm,
  type JudgedRange,
  type JudgingSettings,
  judgeAlarm,
  updatedAlarm,
} from '../../../../src/core/alarms/lifecycle.ts';
import { isWarmingUp } from '../../../../src/core/alarms/warmup.ts';

const MINUTE = 60_000;
const settings: JudgingSettings = {
  rule: {
    periodSeconds: 60,
    evaluationPeriods: 3,
    datapointsToAlarm: 3,
    threshold: 0,
    comparisonOperator: 'GreaterThanThreshold',
    treatMissingData: 'missing',
  },
  namespace: 'AWS/SQS',
  percentile: null,
  lowSampleTreatment: 'evaluate',
  warmUp: null,
};
/** One mark per period, oldest first: X breaching "> 0", 0 within the threshold, - no datapoint. */
const at = (minute: number, seen: string, newestSamples = 1): JudgedRange => ({
  nowMs: minute * MINUTE,
  points: seen.split(' ').map((mark) => (mark === '-' ? Number.NaN : mark === 'X' ? 1 : 0)),
  newestSamples,
});
const known = (state: AlarmMemory['state']): AlarmMemory => ({
  state,
  stateChangedAtMs: 0,
  createdAtMs: 0,
  warm: true,
});

test('[ALARM-01] a new alarm is in INSUFFICIENT_DATA, and is then judged', () => {
  const alarm = createdAlarm(5_000);
  expect(alarm).toEqual({ state: 'INSUFFICIENT_DATA', stateChangedAtMs: 5_000, createdAtMs: 5_000, warm: false });
  const { memory, changed, held } = judgeAlarm(settings, alarm, at(1, '- - 0 0 0'));
  expect(memory).toEqual({ state: 'OK', stateChangedAtMs: MINUTE, createdAtMs: 5_000, warm: true });
  expect([changed, held]).toEqual([true, null]);
});

test('[ALARM-01] a changed alarm keeps its state', () => {
  expect(updatedAlarm(known('ALARM'))).toEqual(known('ALARM'));
});

test('[ALARM-23] a state set by hand lasts until the next evaluation', () => {
  const byHand = alarmSetByHand(known('OK'), 'ALARM', 90_000);
  expect(byHand).toEqual({ ...known('ALARM'), stateChangedAtMs: 90_000 });
  const next = judgeAlarm(settings, byHand, at(2, '0 0 0 0 0'));
  expect([next.memory.state, next.changed, next.memory.stateChangedAtMs]).toEqual(['OK', true, 2 * MINUTE]);
  expect(alarmSetByHand(known('OK'), 'OK', 90_000)).toEqual(known('OK'));
});

test('[ALARM-24] points from before the alarm count', () => {
  expect(judgeAlarm(settings, createdAlarm(10 * MINUTE), at(10, 'X X X - -')).memory.state).toBe('ALARM');
});

test('an evaluation that changes nothing keeps the time of the change and says so', () => {
  const judged = judgeAlarm(settings, known('ALARM'), at(9, '0 0 X X X'));
  expect(judged.memory).toEqual(known('ALARM'));
  expect(judged.changed).toBe(false);
  expect(judged.rules).toEqual(['ALARM-10.1', 'ALARM-11']);
  expect(judged.evaluation?.breachingCount).toBe(3);
});

test('[ALARM-16] an alarm on DynamoDB ignores gaps whatever is set, and says so', () => {
  const rule = { ...settings.rule, treatMissingData: 'breaching' } as const;
  const judged = judgeAlarm({ ...settings, rule, namespace: 'AWS/DynamoDB' }, known('OK'), at(1, '- - - - -'));
  expect(judged.memory.state).toBe('OK');
  expect(judged.rules).toContain('ALARM-16');
  const elsewhere = judgeAlarm({ ...settings, rule }, known('OK'), at(1, '- - - - -'));
  expect(elsewhere.memory.state).toBe('ALARM');
  expect(elsewhere.rules).not.toContain('ALARM-16');
});

describe('percentiles', () => {
  const p99 = { ...settings, percentile: 0.99 };
  test.each([
    // treatment, samples, before, state, held
    ['ignore', 999, 'OK', 'OK', 'fewSamples'],
    ['ignore', 1000, 'OK', 'ALARM', null],
    ['evaluate', 999, 'OK', 'ALARM', null],
    ['ignore', 0, 'INSUFFICIENT_DATA', 'INSUFFICIENT_DATA', 'fewSamples'],
  ] as const)('[ALARM-19] %s with %d samples: %s becomes %s', (lowSampleTreatment, samples, before, state, held) => {
    const judged = judgeAlarm({ ...p99, lowSampleTreatment }, known(before), at(1, 'X X X X X', samples));
    expect([judged.memory.state, judged.held]).toEqual([state, held]);
    expect(judged.evaluation === null).toBe(held !== null);
    expect(judged.rules.includes('ALARM-19')).toBe(held !== null);
  });
  test('[ALARM-19] an average is judged with however few samples', () => {
    const judged = judgeAlarm({ ...settings, lowSampleTreatment: 'ignore' }, known('OK'), at(1, 'X X X X X', 0));
    expect(judged.memory.state).toBe('ALARM');
  });
});

describe('warm-up', () => {
  const patient = { minutes: 10, onlyAfterItEnds: true };
  const eager = { minutes: 10, onlyAfterItEnds: false };
  test.each([
    // warm-up, minute, real points of 3, warming
    [patient, 9.999, 3, true],
    [patient, 10, 0, false],
    [patient, 11, 0, false],
    [eager, 1, 2, true],
    [eager, 1, 3, false],
    [eager, 1, 4, false],
    [eager, 10, 0, false],
    [null, 0, 0, false],
  ] as const)('[ALARM-08] %j at minute %d with %d points: %s', (warmUp, minute, real, warming) => {
    expect(isWarmingUp(warmUp, 7_000, 7_000 + minute * MINUTE, real, 3)).toBe(warming);
  });

  test('[ALARM-08] a warming alarm stays in INSUFFICIENT_DATA and does nothing', () => {
    const judged = judgeAlarm({ ...settings, warmUp: patient }, createdAlarm(0), at(9, 'X X X X X'));
    expect(judged).toEqual({
      memory: createdAlarm(0),
      evaluation: null,
      held: 'warmUp',
      changed: false,
      rules: ['ALARM-08'],
    });
    expect(actionRuns(judged, true)).toBe(false);
    expect(judgeAlarm({ ...settings, warmUp: patient }, createdAlarm(0), at(10, 'X X X X X')).memory.state).toBe(
      'ALARM',
    );
  });

  test('[ALARM-08] one that need not wait begins with a full set of points', () => {
    const eagerly = { ...settings, warmUp: eager };
    expect(judgeAlarm(eagerly, createdAlarm(0), at(1, '- - - X X')).held).toBe('warmUp');
    expect(judgeAlarm(eagerly, createdAlarm(0), at(1, '- - X X X')).memory.state).toBe('ALARM');
  });

  test('[ALARM-08] [MODEL-46] a warm alarm never warms up again', () => {
    const warm = judgeAlarm({ ...settings, warmUp: eager }, createdAlarm(0), at(1, '- - X X X')).memory;
    expect(warm.warm).toBe(true);
    const longer = { ...settings, warmUp: { minutes: 1_000, onlyAfterItEnds: true } };
    expect(judgeAlarm(longer, warm, at(2, '- - - - -')).held).toBeNull();
  });

  test('[ALARM-08] a state set by hand during the warm-up does not last, and its end runs no action', () => {
    const judged = judgeAlarm(
      { ...settings, warmUp: patient },
      alarmSetByHand(createdAlarm(0), 'ALARM', MINUTE),
      at(2, 'X X X X X'),
    );
    expect([judged.memory.state, judged.changed]).toEqual(['INSUFFICIENT_DATA', true]);
    expect(actionRuns(judged, false)).toBe(false);
  });
});

test.each([
  // changed, repeats, runs
  [true, false, true],
  [true, true, true],
  [false, true, true],
  [false, false, false],
] as const)('[ALARM-20] changed %s, repeating %s: runs %s', (changed, repeats, runs) => {
  expect(actionRuns({ changed, held: null }, repeats)).toBe(runs);
  expect(actionRuns({ changed, held: 'fewSamples' }, repeats)).toBe(runs);
  expect(actionRuns({ changed, held: 'warmUp' }, repeats)).toBe(false);
});
