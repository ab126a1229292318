import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { alarmStates, comparisonOperators, missingTreatments, stateCode } from '../../../../src/core/alarms/codes.ts';
import { evaluateAlarm, evaluationRangeLength } from '../../../../src/core/alarms/evaluate.ts';
import { AlarmTracker } from '../../../../src/core/alarms/tracker.ts';
import type { AlarmRule, AlarmState } from '../../../../src/core/alarms/types.ts';

const rule = (over: Partial<AlarmRule> = {}): AlarmRule => ({
  periodSeconds: 60,
  evaluationPeriods: 3,
  datapointsToAlarm: 2,
  threshold: 1,
  comparisonOperator: 'GreaterThanOrEqualToThreshold',
  treatMissingData: 'missing',
  ...over,
});

/** The states of a column, point after point; X is 1, 0 is 0, - is missing. */
const track = (seen: string, over: Partial<AlarmRule> = {}, extra?: number): string => {
  const marks = seen.split(' ');
  const points = Float64Array.from(marks, (mark) => (mark === '-' ? Number.NaN : Number(mark === 'X')));
  const tracker = new AlarmTracker(rule(over), points, extra);
  return marks.map(() => ({ OK: 'o', ALARM: 'A', INSUFFICIENT_DATA: 'i' })[alarmStates[tracker.advance()]!]).join(' ');
};

// One letter per point: o OK, A ALARM, i INSUFFICIENT_DATA. Two of three unless said.
describe('an alarm along a column', () => {
  it.each([
    { rule: 'ALARM-11', seen: '0 X 0 X X 0 0', over: {}, states: 'o o o A A A o' },
    { rule: 'ALARM-11', seen: 'X X X 0 X X X', over: { datapointsToAlarm: 3 }, states: 'i i A o o o A' },
    { rule: 'ALARM-13', seen: '- - -', over: {}, states: 'i i i' },
    { rule: 'ALARM-13', seen: '- - -', over: { treatMissingData: 'breaching' }, states: 'A A A' },
    { rule: 'ALARM-13', seen: 'X X X - - - - - -', over: { treatMissingData: 'ignore' }, states: 'i A A A A A A A A' },
    { rule: 'ALARM-12', seen: '0 0 0 - - - -', over: { treatMissingData: 'breaching' }, states: 'A o o o o o A' },
    { rule: 'ALARM-11', seen: '0 X', over: { evaluationPeriods: 1, datapointsToAlarm: 1 }, states: 'o A' },
  ] as const)('[$rule] $seen is $states', ({ seen, over, states }) => {
    expect(track(seen, over)).toBe(states);
  });

  test('[ALARM-09] how far it looks back is a parameter', () => {
    const over = { evaluationPeriods: 1, datapointsToAlarm: 1 };
    expect(track('X - - -', over, 0)).toBe('A i i i');
    expect(track('X - - -', over, 1)).toBe('A A i i');
    expect(track('X - - -', over)).toBe('A A A i');
  });

  test('[ALARM-01] is INSUFFICIENT_DATA before the first point, and says its state afterwards', () => {
    const tracker = new AlarmTracker(rule(), Float64Array.of(0));
    expect(alarmStates[tracker.state]).toBe('INSUFFICIENT_DATA');
    expect(tracker.advance()).toBe(tracker.state);
  });
});

test('[ALARM-11] reads a point once while none is missing: time per point does not grow with the periods', () => {
  const points = Float64Array.of(0, 1, 1, 0, 1, 1, 0, 0, 0, 1);
  const tracker = new AlarmTracker(rule(), points);
  const states = points.map((_, index) => {
    const state = tracker.advance();
    // What was read is gone; whoever looked back would find it missing.
    if (index >= 2) points.fill(Number.NaN, 0, index + 1);
    return state;
  });
  expect([...states.slice(2)].map((state) => alarmStates[state])).toEqual([
    'ALARM',
    'ALARM',
    'ALARM',
    'ALARM',
    'ALARM',
    'OK',
    'OK',
    'OK',
  ]);
});

const value = fc.constantFrom(Number.NaN, 0, 1, 2, -1);
const rules = fc
  .record({
    evaluationPeriods: fc.integer({ min: 1, max: 6 }),
    part: fc.double({ min: 0, max: 1, noNaN: true }),
    comparisonOperator: fc.constantFrom(...comparisonOperators),
    treatMissingData: fc.constantFrom(...missingTreatments),
  })
  .map(({ part, ...over }) =>
    rule({ ...over, datapointsToAlarm: 1 + Math.floor(part * (over.evaluationPeriods - 1)) }),
  );

test('[ALARM-10] point after point gives what evaluating every range in one go gives', () => {
  fc.assert(
    fc.property(rules, fc.array(value, { minLength: 1, maxLength: 30 }), fc.nat(3), (alarm, values, extra) => {
      const tracker = new AlarmTracker(alarm, Float64Array.from(values), extra);
      let state: AlarmState = 'INSUFFICIENT_DATA';
      const length = evaluationRangeLength(alarm, extra);
      for (let count = 1; count <= values.length; count++) {
        state = evaluateAlarm(alarm, values.slice(Math.max(0, count - length), count), state).state;
        expect(alarmStates[tracker.advance()]).toBe(state);
      }
    }),
    { numRuns: 500 },
  );
});

test('[ALARM-24] begun in the middle, it looks back at the older points and keeps the state it is told', () => {
  const older = fc.array(value, { minLength: 0, maxLength: 12 });
  const newer = fc.array(value, { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(rules, older, newer, fc.nat(3), fc.constantFrom(...alarmStates), (alarm, before, after, extra, was) => {
      const values = [...before, ...after];
      const tracker = new AlarmTracker(alarm, Float64Array.from(values), extra, before.length, stateCode(was));
      expect(alarmStates[tracker.state]).toBe(was);
      let state: AlarmState = was;
      const length = evaluationRangeLength(alarm, extra);
      for (let count = before.length + 1; count <= values.length; count++) {
        state = evaluateAlarm(alarm, values.slice(Math.max(0, count - length), count), state).state;
        expect(alarmStates[tracker.advance()]).toBe(state);
      }
    }),
    { numRuns: 500 },
  );
});
