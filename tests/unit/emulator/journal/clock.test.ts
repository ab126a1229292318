import { expect, test } from 'vitest';
import { instantAfterRestart, speedAfterRestart } from '../../../../src/emulator/journal/clock.ts';

const facts = (speed: number, startedWith = speed) => ({ speed, startedWith, hostMs: 1_000 });

test.each([
  { option: 'stepped' as const, last: null, speed: 0 },
  { option: { speed: 60 }, last: null, speed: 60 },
  { option: { speed: 1 }, last: facts(0, 1), speed: 0 },
  { option: 'stepped' as const, last: facts(5, 0), speed: 5 },
  { option: { speed: 2 }, last: facts(0, 1), speed: 2 },
])('[STATE-11] started with $option after $last: $speed', ({ option, last, speed }) => {
  expect(speedAfterRestart(option, last)).toBe(speed);
});

test.each([
  { says: 'nothing before', last: null, playedToMs: 50, speed: 1, hostMs: 9_000, nowMs: 50 },
  {
    says: 'real before and now',
    last: { atMs: 40, facts: facts(1) },
    playedToMs: 50,
    speed: 1,
    hostMs: 9_000.7,
    nowMs: 8_040,
  },
  { says: 'the host is behind', last: { atMs: 40, facts: facts(1) }, playedToMs: 50, speed: 1, hostMs: 500, nowMs: 50 },
  { says: 'held before', last: { atMs: 40, facts: facts(0) }, playedToMs: 50, speed: 1, hostMs: 9_000, nowMs: 50 },
  { says: 'held now', last: { atMs: 40, facts: facts(1) }, playedToMs: 50, speed: 0, hostMs: 9_000, nowMs: 50 },
  { says: 'faster', last: { atMs: 40, facts: facts(60) }, playedToMs: 50, speed: 60, hostMs: 9_000, nowMs: 50 },
])('[STATE-10] $says', ({ last, playedToMs, speed, hostMs, nowMs }) => {
  expect(instantAfterRestart(last, playedToMs, speed, hostMs)).toBe(nowMs);
});
