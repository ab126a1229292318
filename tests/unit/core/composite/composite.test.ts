import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AlarmState } from '../../../../src/core/alarms/types.ts';
import { alarmsOf, compositeHolds, compositeState } from '../../../../src/core/composite/evaluate.ts';
import { parseCompositeRule } from '../../../../src/core/composite/parse.ts';
import type { CompositeRule } from '../../../../src/core/composite/types.ts';
import {
  type CompositeSettings,
  compositeCycle,
  MAX_CHILDREN,
  MAX_ELEMENTS,
  validateCompositeAlarm,
} from '../../../../src/core/composite/validate.ts';
import { faultText } from '../../../../src/core/messages/faults.ts';

const states: Readonly<Record<string, AlarmState>> = {
  alarming: 'ALARM',
  fine: 'OK',
  unknown: 'INSUFFICIENT_DATA',
  'two words': 'ALARM',
  'odd (name)': 'ALARM',
  'a "quoted" one': 'ALARM',
  'arn:aws:cloudwatch:us-east-1:000000000000:alarm:fine': 'OK',
};
const stateOf = (alarm: string) => (Object.hasOwn(states, alarm) ? states[alarm] : undefined);
function parsed(source: string): CompositeRule {
  const outcome = parseCompositeRule(source);
  if (!outcome.ok) throw new Error(outcome.fault.problem);
  return outcome.rule;
}

test.each([
  ['ALARM(alarming)', true],
  ['ALARM(fine)', false],
  ['OK(fine)', true],
  ['OK(unknown)', false],
  ['INSUFFICIENT_DATA(unknown)', true],
  ['INSUFFICIENT_DATA(fine)', false],
  ['TRUE', true],
  ['FALSE', false],
  ['False', false],
  ['true and not false', true],
  ['NOT NOT TRUE', true],
  ['ALARM(alarming) AND OK(fine)', true],
  ['ALARM(alarming) AND ALARM(fine)', false],
  ['ALARM(fine) AND ALARM(alarming)', false],
  ['ALARM(alarming) OR ALARM(fine)', true],
  ['ALARM(fine) OR ALARM(alarming)', true],
  ['ALARM(fine) OR OK(alarming)', false],
  ['ALARM(alarming) AND NOT ALARM(fine)', true],
  ['TRUE OR TRUE AND FALSE', true],
  ['(TRUE OR TRUE) AND FALSE', false],
  ['NOT FALSE OR TRUE', true],
  ['NOT (FALSE OR TRUE)', false],
  ['NOT FALSE AND FALSE', false],
  ['FALSE AND FALSE OR TRUE', true],
  ['TRUE AND TRUE AND FALSE', false],
  ['FALSE OR FALSE OR TRUE', true],
  ['ALARM("alarming")', true],
  ['ALARM( "two words" )', true],
  ['ALARM(two words)', true],
  ['ALARM ( alarming )', true],
  ['ALARM("odd (name)")', true],
  ['ALARM("a \\"quoted\\" one")', true],
  ['OK(arn:aws:cloudwatch:us-east-1:000000000000:alarm:fine)', true],
  ['((ALARM(alarming)))', true],
  ['ALARM(alarming)AND(TRUE)', true],
  ['\n ALARM(alarming)\n AND\tTRUE ', true],
  ['ALARM(nobody)', false],
  ['OK(nobody)', false],
  ['NOT ALARM(nobody)', true],
])('[COMP-01] %s: %s', (source, holds) => {
  expect(compositeHolds(parsed(source), stateOf)).toBe(holds);
  expect(compositeState(parsed(source), stateOf)).toEqual({ state: holds ? 'ALARM' : 'OK', rules: ['COMP-01'] });
});

test.each([
  ['', 'compositeEmpty', 'the rule is empty'],
  ['ALARM(a) AND', 'compositeEndsEarly', 'expected ALARM(name)'],
  ['(TRUE', 'compositeEndsEarly', 'expected ")"'],
  ['NOT', 'compositeEndsEarly', 'expected ALARM(name)'],
  ['TRUE FALSE', 'compositeUnexpected', 'unexpected "FALSE" at position 6; expected AND, OR or the end'],
  ['TRUE)', 'compositeUnexpected', 'unexpected ")" at position 5'],
  ['AND TRUE', 'compositeUnexpected', 'unexpected "AND" at position 1'],
  ['ALARM()', 'compositeUnexpected', 'unexpected "ALARM" at position 1'],
  ['  BROKEN(a)', 'compositeUnexpected', 'unexpected "BROKEN" at position 3'],
  ['ALARM(a) XOR ALARM(b)', 'compositeUnexpected', 'unexpected "XOR" at position 10'],
  ['TRUEISH', 'compositeUnexpected', 'unexpected "TRUEISH" at position 1'],
  ['TRUE AND )', 'compositeUnexpected', 'unexpected ")" at position 10'],
  ['(TRUE AND TRUE FALSE)', 'compositeUnexpected', 'expected ")"'],
])('[COMP-01] "%s" is refused: %s', (source, reason, words) => {
  const outcome = parseCompositeRule(source);
  expect(outcome.ok ? null : outcome.fault.reason).toBe(reason);
  if (outcome.ok) return;
  expect(outcome.fault.field).toBe('alarmRule');
  expect(faultText('en', outcome.fault)).toContain(words);
  expect(faultText('ko', outcome.fault)).toMatch(/[가-힣]/);
});

test.each([
  ['TRUE', 1],
  ['(TRUE)', 2],
  ['ALARM(a) AND (OK(b) OR NOT FALSE)', 4],
])('[COMP-01] %s has %d elements', (source, elements) => {
  const outcome = parseCompositeRule(source);
  expect(outcome.ok && outcome.elements).toBe(elements);
});

test('[COMP-01] the alarms of a rule are listed once, in order', () => {
  expect(alarmsOf(parsed('NOT (ALARM(b) OR OK(a)) AND OK(b) AND TRUE'))).toEqual(['b', 'a']);
});

test('[COMP-01] a rule written out with all its parentheses and read again judges the same', () => {
  type Written = { readonly text: string; readonly holds: boolean };
  const leaves: Written[] = [
    { text: 'TRUE', holds: true },
    { text: 'FALSE', holds: false },
    { text: 'ALARM(alarming)', holds: true },
    { text: 'OK("fine")', holds: true },
    { text: 'INSUFFICIENT_DATA(fine)', holds: false },
  ];
  const { rule } = fc.letrec<{ rule: Written }>((tie) => ({
    rule: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom(...leaves),
      tie('rule').map(({ text, holds }) => ({ text: `NOT ${text}`, holds: !holds })),
      fc
        .tuple(tie('rule'), tie('rule'))
        .map(([a, b]) => ({ text: `(${a.text} AND ${b.text})`, holds: a.holds && b.holds })),
      fc
        .tuple(tie('rule'), tie('rule'))
        .map(([a, b]) => ({ text: `(${a.text} OR ${b.text})`, holds: a.holds || b.holds })),
    ),
  }));
  fc.assert(
    fc.property(rule, ({ text, holds }) => {
      expect(compositeHolds(parsed(text), stateOf)).toBe(holds);
    }),
  );
});

describe('validation', () => {
  const settings: CompositeSettings = {
    name: 'combined',
    alarmRule: 'ALARM(alarming) AND NOT ALARM(fine)',
    actions: ['arn:aws:sns:us-east-1:000000000000:topic'],
    actionsSuppressor: null,
    waitPeriodSeconds: null,
    extensionPeriodSeconds: null,
  };
  const composites: Readonly<Record<string, string>> = {
    upper: 'ALARM(combined)',
    top: 'OK(upper) OR ALARM(fine)',
    loop: 'ALARM(pool)',
    pool: 'ALARM(loop)',
    broken: 'ALARM(',
  };
  const ruleOf = (alarm: string): string | null | undefined =>
    Object.hasOwn(composites, alarm) ? composites[alarm] : Object.hasOwn(states, alarm) ? null : undefined;
  const suppressor = { actionsSuppressor: 'fine', waitPeriodSeconds: 60, extensionPeriodSeconds: 0 };
  const many = (count: number) => Array.from({ length: count }, (_, index) => `ALARM(a${index})`).join(' OR ');

  test.each([
    [{}, []],
    [{ alarmRule: 'ALARM(nobody) OR OK(noone)' }, ['compositeUnknownAlarm', 'compositeUnknownAlarm']],
    [{ alarmRule: 'TRUE AND' }, ['compositeEndsEarly']],
    [{ alarmRule: 'ALARM(combined)' }, ['compositeCycle']],
    [{ alarmRule: 'ALARM(top)' }, ['compositeCycle']],
    [{ alarmRule: 'ALARM(loop)' }, []],
    [{ alarmRule: 'ALARM(broken)' }, []],
    [
      { actions: ['arn:aws:autoscaling:x', 'arn:aws:automate:us-east-1:ec2:stop', 'arn:aws:swf:y', 'arn:aws:sns:z'] },
      ['compositeWithScalingAction', 'compositeWithScalingAction', 'compositeWithScalingAction'],
    ],
    [suppressor, []],
    [{ ...suppressor, waitPeriodSeconds: null }, ['suppressorPeriodMissing']],
    [{ ...suppressor, waitPeriodSeconds: -1 }, ['suppressorPeriodMissing']],
    [{ ...suppressor, extensionPeriodSeconds: 1.5 }, ['suppressorPeriodMissing']],
    [{ ...suppressor, extensionPeriodSeconds: null }, ['suppressorPeriodMissing']],
    [{ ...suppressor, actionsSuppressor: 'nobody' }, ['compositeUnknownAlarm']],
    [{ waitPeriodSeconds: -1 }, []],
  ])('[COMP-01] [COMP-02] %j: %j', (over, reasons) => {
    expect(validateCompositeAlarm({ ...settings, ...over }, ruleOf).map(({ reason }) => reason)).toEqual(reasons);
  });

  test('[COMP-01] at most 100 alarms and 500 elements', () => {
    const reasons = (alarmRule: string) =>
      validateCompositeAlarm({ ...settings, alarmRule }, () => null).map(({ reason }) => reason);
    const elements = (count: number) => new Array<string>(count).fill('TRUE').join(' OR ');
    expect(reasons(many(MAX_CHILDREN))).toEqual([]);
    expect(reasons(many(MAX_CHILDREN + 1))).toEqual(['compositeTooManyAlarms']);
    expect(reasons(elements(MAX_ELEMENTS))).toEqual([]);
    expect(reasons(elements(MAX_ELEMENTS + 1))).toEqual(['compositeTooManyElements']);
    expect([MAX_CHILDREN, MAX_ELEMENTS]).toEqual([100, 500]);
  });

  test('a circle is shown closed', () => {
    const rules = (alarm: string) => (alarm === 'combined' ? 'ALARM(fine) OR ALARM(top)' : ruleOf(alarm));
    expect(compositeCycle('combined', rules)).toEqual(['combined', 'top', 'upper', 'combined']);
    expect(compositeCycle('fine', rules)).toEqual([]);
    expect(compositeCycle('loop', rules)).toEqual(['loop', 'pool', 'loop']);
  });
});
