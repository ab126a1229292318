import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AlarmState } from '../../../../src/core/alarms/types.ts';
import {
  type SuppressionEvent,
  startSuppression,
  suppressionDue,
  suppressionStep,
  suppressionTimeline,
} from '../../../../src/core/composite/suppress.ts';

const periods = { waitPeriod: 2, extensionPeriod: 3 };
/** `c2A s3A s6O`: c = composite, s = suppressor, the time, then A(LARM), O(K) or I(NSUFFICIENT_DATA). */
const names: Readonly<Record<string, AlarmState>> = { A: 'ALARM', O: 'OK', I: 'INSUFFICIENT_DATA' };
const events = (text: string): SuppressionEvent[] =>
  text
    .split(' ')
    .filter((part) => part !== '')
    .map((part) => ({
      of: part[0] === 'c' ? 'composite' : 'suppressor',
      t: Number(part.slice(1, -1)),
      state: names[part.at(-1)!]!,
    }));
const actions = (start: string, text: string, over = periods) =>
  suppressionTimeline(startSuppression(names[start[0]!]!, names[start[1]!]!), events(text), over)
    .actions.map(({ t, state }) => `${t}${state[0]}`)
    .join(' ');

test.each([
  // composite and suppressor at the beginning, events, actions, because
  ['OO', 'c2A', '4A', 'the suppressor stays OK: act when the wait ends'],
  ['OO', 'c2A c3O', '5O', 'another change begins a new wait'],
  ['OO', 'c2A s3A s6O', '9A', 'suppressed, then extended'],
  ['OO', 'c2A s3A s6I', '9A', 'any state but ALARM ends the suppression'],
  ['OO', 'c2A s3A s6I s7O', '9A', 'from one such state to another nothing begins'],
  ['OO', 'c2A s3I', '4A', 'a suppressor that is not in ALARM suppresses nothing'],
  ['OO', 'c2A s3A', '', 'a suppressor that stays in ALARM suppresses for good'],
  ['OA', 'c2A', '', 'one that is in ALARM already needs no wait'],
  ['OA', 'c2A s4O', '7A', 'and is followed by the extension'],
  ['OO', 'c2A s3A c4O s6O', '9O', 'the action is that of the state there is then'],
  ['OO', 'c2A s3A s6O c7O', '9O', 'a change in the extension waits for its end'],
  ['OO', 'c2A s3A s6O c8O', '9O', 'also one whose own wait would end later'],
  ['OO', 'c2A s3A s6O s7A s10O', '13A', 'a suppressor that comes back discards the extension'],
  ['OO', 's1A s3O c4A', '6A', 'the extension holds a first change too'],
  ['OO', 's1A s3O c6A', '8A', 'after the extension a change waits as always'],
  ['OO', 's1A s3O', '', 'nothing changed, nothing is done'],
  ['OO', 'c2A s5A s7O', '4A', 'what was done is not done again'],
  ['OO', 'c2A c5O', '4A 7O', 'two changes, two waits'],
  ['OO', 'c2A c2A', '4A', 'the same state again is no change'],
  ['OO', 'c2O', '', 'nor is the state it began with'],
  ['OO', 'c2A s4A', '4A', 'the wait is over before what happens at its end'],
  ['OO', 'c2A c4O', '4A 6O', 'also before a change at its end'],
  ['OO', 'c2A s2A s5O', '8A', 'at one instant the suppressor comes first'],
  ['OO', 's2O c2A', '4A', 'a suppressor that was OK all along'],
  ['OA', 'c2A s4A s6O', '9A', 'ALARM again is no change of the suppressor'],
  ['AI', 'c2O', '4O', 'a suppressor without data suppresses nothing'],
])('[COMP-02] %s, %s: %s (%s)', (start, text, expected) => {
  expect(actions(start, text)).toBe(expected);
});

test('[COMP-02] without wait and extension every change acts at once, unless suppressed', () => {
  const none = { waitPeriod: 0, extensionPeriod: 0 };
  expect(actions('OO', 'c2A c3O', none)).toBe('2A 3O');
  expect(actions('OO', 's2A c2A s4O', none)).toBe('4A');
  expect(actions('OO', 'c2A s2A s4O', none)).toBe('4A');
});

test('[MODEL-41] the order in which events are handed in does not matter', () => {
  expect(actions('OO', 's6O c2A s3A')).toBe('9A');
  expect(actions('OO', 'c2A s2A s5O')).toBe(actions('OO', 's2A c2A s5O'));
});

test('[COMP-02] what holds the actions back has the service`s names', () => {
  const start = startSuppression('OK', 'OK');
  const [change, entry, exit] = events('c2A s3A s6O');
  const waiting = suppressionStep(start, change!, periods);
  const suppressed = suppressionStep(waiting, entry!, periods);
  const extended = suppressionStep(suppressed, exit!, periods);
  expect([start, waiting, suppressed, extended].map(({ suppressedBy, dueAt }) => [suppressedBy, dueAt])).toEqual([
    [null, null],
    ['WaitPeriod', 4],
    ['Alarm', null],
    ['ExtensionPeriod', 9],
  ]);
  expect(suppressionDue(start)).toEqual({ next: start, action: null });
  expect(suppressionDue(suppressed)).toEqual({ next: suppressed, action: null });
  expect(suppressionDue(extended)).toEqual({
    next: { ...extended, suppressedBy: null, dueAt: null, pending: false },
    action: { t: 9, state: 'ALARM' },
  });
  expect(startSuppression('OK', 'ALARM').suppressedBy).toBe('Alarm');
});

const anyEvents = fc.array(
  fc.record({
    t: fc.nat(30),
    of: fc.constantFrom('composite' as const, 'suppressor' as const),
    state: fc.constantFrom<AlarmState>('OK', 'ALARM'),
  }),
  { maxLength: 10 },
);

test('[COMP-02] no action falls into a suppression, and the last one is for the last state', () => {
  fc.assert(
    fc.property(anyEvents, fc.nat(4), fc.nat(4), (all, waitPeriod, extensionPeriod) => {
      const start = startSuppression('OK', 'OK');
      const { actions: taken, end } = suppressionTimeline(start, all, { waitPeriod, extensionPeriod });
      const ordered = [...all].sort((a, b) => a.t - b.t);
      for (const { t } of taken) {
        // Strictly before t, because what is due at t comes before what happens at t.
        const suppressor = ordered.filter((event) => event.of === 'suppressor' && event.t < t).at(-1)?.state ?? 'OK';
        const atOnce = ordered.some((event) => event.of === 'suppressor' && event.t === t);
        if (!atOnce) expect(suppressor).toBe('OK');
      }
      expect(taken.map(({ t }) => t)).toEqual(taken.map(({ t }) => t).sort((a, b) => a - b));
      if (end.suppressedBy === null && taken.length > 0) expect(taken.at(-1)!.state).toBe(end.compositeState);
      if (end.suppressedBy === null) expect(end.pending).toBe(false);
    }),
  );
});
