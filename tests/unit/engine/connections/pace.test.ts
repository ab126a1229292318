import { describe, expect, it } from 'vitest';
import type { LiveState } from '../../../../src/core/contract/shapes.ts';
import { type LiveFacts, liveStateOf } from '../../../../src/engine/connections/liveState.ts';
import { type PollOutcome, paceAfter, startPace, waitMs } from '../../../../src/engine/connections/pace.ts';

const after = (...outcomes: PollOutcome[]) => outcomes.reduce(paceAfter, startPace);
const times = (n: number, outcome: PollOutcome): PollOutcome[] => new Array<PollOutcome>(n).fill(outcome);

describe('when to poll next', () => {
  it.each([
    { outcomes: [], wait: 60_000, because: 'the interval' },
    { outcomes: times(1, 'failed'), wait: 2_000, because: 'a hiccup is tried again soon' },
    { outcomes: times(4, 'failed'), wait: 16_000, because: 'doubling' },
    { outcomes: times(20, 'failed'), wait: 300_000, because: 'at most five minutes' },
    { outcomes: [...times(20, 'failed'), 'ok'], wait: 60_000, because: 'one success ends the back-off' },
    { outcomes: times(1, 'throttled'), wait: 120_000, because: 'half as often' },
    { outcomes: times(9, 'throttled'), wait: 16 * 60_000, because: 'at most 16 times slower' },
    { outcomes: ['throttled', 'throttled', 'ok'], wait: 120_000, because: 'speeding up again step by step' },
    { outcomes: ['throttled', 'ok'], wait: 60_000, because: 'and back to normal' },
  ] as { outcomes: PollOutcome[]; wait: number; because: string }[])('$wait ms: $because', ({ outcomes, wait }) => {
    expect(waitMs(after(...outcomes), 60_000)).toBe(wait);
  });
});

describe('UX-14 one visible word', () => {
  const facts: LiveFacts = { paused: false, error: null, nowMs: 1e9, lastDataAtMs: 1e9, expectedEveryMs: 60_000 };
  const unreachable = { code: 'ENDPOINT_UNREACHABLE', params: {}, retryable: true } as const;
  it.each([
    { change: {}, state: 'live', because: 'data just came' },
    { change: { lastDataAtMs: null }, state: 'connecting', because: 'nothing came yet' },
    { change: { lastDataAtMs: 1e9 - 150_000 }, state: 'live', because: 'exactly 2.5 periods' },
    { change: { lastDataAtMs: 1e9 - 150_001 }, state: 'stale', because: 'more than 2.5 periods' },
    { change: { error: unreachable }, state: 'error', because: 'polling fails' },
    {
      change: { error: { ...unreachable, code: 'THROTTLED' } },
      state: 'live',
      because: 'throttled is slower, not broken',
    },
    { change: { paused: true, error: unreachable }, state: 'paused', because: 'the person wanted it so' },
  ] as { change: Partial<LiveFacts>; state: LiveState; because: string }[])('$state: $because', ({ change, state }) => {
    expect(liveStateOf({ ...facts, ...change })).toBe(state);
  });
});
