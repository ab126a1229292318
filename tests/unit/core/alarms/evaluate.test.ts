import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  alarmStates,
  comparisonOperators,
  compileAlarmRule,
  missingTreatments,
  stateCode,
} from '../../../../src/core/alarms/codes.ts';
import {
  breaches,
  evaluateAlarm,
  newestRealPoints,
  verdictCode,
  verdictState,
} from '../../../../src/core/alarms/evaluate.ts';
import type { AlarmRule, AlarmState } from '../../../../src/core/alarms/types.ts';

/** One mark per period, oldest first: X breaching "> 0", 0 within the threshold, - no datapoint. */
const marks = (seen: string) => seen.split(' ').map((mark) => (mark === '-' ? Number.NaN : mark === 'X' ? 1 : 0));
const rule = (over: Partial<AlarmRule>): AlarmRule => ({
  periodSeconds: 60,
  evaluationPeriods: 3,
  datapointsToAlarm: 3,
  threshold: 0,
  comparisonOperator: 'GreaterThanThreshold',
  treatMissingData: 'missing',
  ...over,
});

test.each([
  ['GreaterThanOrEqualToThreshold', [false, true, true]],
  ['GreaterThanThreshold', [false, false, true]],
  ['LessThanThreshold', [true, false, false]],
  ['LessThanOrEqualToThreshold', [true, true, false]],
] as const)(
  '[ALARM-03] %s on 9, 10, 11 against 10 is %j, and never holds for a missing point',
  (operator, expected) => {
    expect([9, 10, 11].map((value) => breaches(operator, value, 10))).toEqual(expected);
    expect(breaches(operator, Number.NaN, 10)).toBe(false);
  },
);

describe('missing data', () => {
  test.each([
    // rule, M, seen, treatment, before, state, path, because
    ['ALARM-10.1', 3, 'X X X', 'missing', 'OK', 'ALARM', 'ALARM-10.1', 'nothing is missing'],
    ['ALARM-10.2', 3, 'X - X X -', 'missing', 'OK', 'ALARM', 'ALARM-10.2', 'three real points decide'],
    ['ALARM-10.3', 2, '- - 0 - X', 'breaching', 'OK', 'ALARM', 'ALARM-12', 'the filler is the second breach'],
    ['ALARM-10.3', 2, '- - 0 - X', 'notBreaching', 'ALARM', 'OK', 'ALARM-12', 'the filler is good'],
    ['ALARM-14', 3, '- X X - -', 'missing', 'OK', 'ALARM', 'ALARM-14', 'the oldest breach is 4 old'],
    ['ALARM-14', 3, '- X X - -', 'ignore', 'OK', 'OK', 'ALARM-14', 'ignore keeps the state'],
    ['ALARM-14', 3, '0 - X - -', 'missing', 'ALARM', 'OK', 'ALARM-11', 'one good point switches the rule off'],
    ['ALARM-18', 3, '- - - X X', 'missing', 'ALARM', 'INSUFFICIENT_DATA', 'MODEL-09', 'the oldest breach is too young'],
    ['ALARM-18', 3, '- - - X X', 'ignore', 'ALARM', 'ALARM', 'MODEL-09', 'ignore keeps the state'],
    ['MODEL-11', 2, '- - - X X', 'missing', 'OK', 'ALARM', 'MODEL-11', 'two real breaches are enough for M = 2'],
    ['MODEL-11', 2, '- - - X X', 'ignore', 'OK', 'ALARM', 'MODEL-11', 'also under ignore'],
    ['ALARM-13', 3, '- - - - -', 'ignore', 'INSUFFICIENT_DATA', 'INSUFFICIENT_DATA', 'ALARM-13', 'nothing to judge'],
  ] as const)('[%s] M = %i, %s with gaps %s after %s is %s (%s): %s', (...row) => {
    const [, datapointsToAlarm, seen, treatMissingData, before, state, path] = row;
    const answer = evaluateAlarm(rule({ datapointsToAlarm, treatMissingData }), marks(seen), before);
    expect(answer.state).toBe(state);
    expect(answer.rules).toContain(path);
  });
});

test('[ALARM-11] an evaluation lists the real points it judged, oldest first, and counts what was filled', () => {
  const answer = evaluateAlarm(
    rule({ treatMissingData: 'breaching' }),
    [Number.NaN, 7, Number.NaN, -2, Number.NaN],
    'OK',
  );
  expect(answer).toEqual({
    state: 'OK',
    rules: ['ALARM-10.3', 'ALARM-11', 'ALARM-12'],
    judged: [7, -2],
    breachingCount: 1,
    filledCount: 1,
  });
  expect(newestRealPoints([1, 2, Number.NaN, 3], 0, 4, 2)).toEqual([2, 3]);
});

test.each([
  // treatment, seen, rules, because
  ['breaching', '- - - - -', ['ALARM-13'], 'nothing but fillers'],
  ['notBreaching', '- - - - -', ['ALARM-13'], 'nothing but fillers'],
  ['missing', '- - - - -', ['ALARM-13'], 'nothing at all'],
  [
    'notBreaching',
    'X X',
    ['ALARM-10.3', 'ALARM-11', 'ALARM-12'],
    'a range that is too short is filled, though none is missing',
  ],
  ['missing', '0 0 0', ['ALARM-10.1', 'ALARM-11'], 'none is missing'],
  ['missing', '0 - 0 0', ['ALARM-10.2', 'ALARM-11'], 'enough are there'],
] as const)('[ALARM-10] gaps %s, %s: decided by %j: %s', (treatMissingData, seen, rules, _because) => {
  expect(evaluateAlarm(rule({ treatMissingData }), marks(seen), 'OK').rules).toEqual(rules);
});

const anyPoint = fc.constantFrom(0, 1, Number.NaN);
const anyRule = fc
  .record({
    evaluationPeriods: fc.integer({ min: 1, max: 6 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    treatMissingData: fc.constantFrom(...missingTreatments),
  })
  .map(({ evaluationPeriods, share, treatMissingData }) =>
    rule({ evaluationPeriods, datapointsToAlarm: Math.max(1, Math.ceil(share * evaluationPeriods)), treatMissingData }),
  );
const situation = anyRule.chain((judged) =>
  fc.record({
    judged: fc.constant(judged),
    points: fc.array(anyPoint, { minLength: judged.evaluationPeriods + 2, maxLength: judged.evaluationPeriods + 2 }),
    before: fc.constantFrom<AlarmState>('OK', 'ALARM', 'INSUFFICIENT_DATA'),
    at: fc.nat(),
  }),
);

test('[ALARM-11] turning any point into a breach never turns ALARM into OK', () => {
  fc.assert(
    fc.property(situation, ({ judged, points, before, at }) => {
      const state = evaluateAlarm(judged, points, before).state;
      const worse = points.with(at % points.length, 1);
      if (state === 'ALARM') expect(evaluateAlarm(judged, worse, before).state).not.toBe('OK');
    }),
    { numRuns: 5_000 },
  );
});

test('[ALARM-11] one more breaching point never turns ALARM into OK as the range slides', () => {
  fc.assert(
    fc.property(situation, ({ judged, points, before }) => {
      const state = evaluateAlarm(judged, points, before).state;
      if (state === 'ALARM') expect(evaluateAlarm(judged, [...points.slice(1), 1], state).state).not.toBe('OK');
    }),
    { numRuns: 5_000 },
  );
});

test('[ALARM-10] with enough real points the treatment of missing data and the state before are irrelevant', () => {
  fc.assert(
    fc.property(situation, ({ judged, points }) => {
      if (points.filter((point) => !Number.isNaN(point)).length < judged.evaluationPeriods) return;
      const states = missingTreatments.flatMap((treatMissingData) =>
        (['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const).map(
          (before) => evaluateAlarm({ ...judged, treatMissingData }, points, before).state,
        ),
      );
      expect(new Set(states).size).toBe(1);
    }),
  );
});

test('[ALARM-03] two operators split every value between them', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), (value, threshold) => {
      const [gte, gt, lt, lte] = comparisonOperators.map((operator) => breaches(operator, value, threshold));
      expect([gte, gt]).toEqual([!lt, !lte]);
    }),
  );
});

test('[ALARM-10] a column in one go gives the states of evaluating minute by minute', () => {
  const column = fc.array(anyPoint, { minLength: 0, maxLength: 40 });
  fc.assert(
    fc.property(anyRule, column, (judged, points) => {
      const range = judged.evaluationPeriods + 2;
      const padded = Float64Array.from([...new Array<number>(range).fill(Number.NaN), ...points]);
      let state: AlarmState = 'INSUFFICIENT_DATA';
      let code = stateCode(state);
      for (let minute = 0; minute < points.length; minute++) {
        const from = minute + 1;
        state = evaluateAlarm(judged, Array.from(padded.subarray(from, from + range)), state).state;
        code = verdictState(verdictCode(compileAlarmRule(judged), padded, from, range, code));
        expect(alarmStates[code]).toBe(state);
      }
    }),
    { numRuns: 500 },
  );
});
