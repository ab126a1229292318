/** [REP-60] The closed loop with every message: it agrees with the flow where the flow is right, and shows what it cannot. */
import { expect, test } from 'vitest';
import { constant } from '../../../../src/core/distributions/index.ts';
import { mmc } from '../../../../src/core/queueing/index.ts';
import type { MessagesOptions, ReplayInput } from '../../../../src/replay/index.ts';
import { runReplay } from '../../../../src/replay/index.ts';
import { alarmOf, assumptionsOf, inputOf, policyOf, setupOf } from '../setups.ts';

/** An hour with a crowd from the tenth minute on; 60 messages a minute and instance. */
const crowd = inputOf({
  arrivals: Float64Array.from({ length: 60 }, (_, minute) => (minute >= 10 && minute < 30 ? 1_200 : 480)),
  initial: { backlog: 0, inService: 10 },
  setup: setupOf([{ policy: policyOf(), alarm: alarmOf({ threshold: 100 }) }], { maxSize: 40 }),
  assumptions: assumptionsOf({ launchDelaySeconds: 120 }),
  options: { gauge: 'end' },
});
const perMessage = (input: ReplayInput, messages: MessagesOptions) =>
  runReplay({ ...input, options: { ...input.options, messages } });
const fixed = (input: ReplayInput): ReplayInput => ({
  ...input,
  setup: setupOf([{ policy: policyOf(), alarm: alarmOf({ threshold: 1e9 }) }]),
});

test('without chance it is the flow, to a message or two in hand', () => {
  const even: MessagesOptions = { seed: 1, spread: { kind: 'even' }, work: { service: constant(1) } };
  const flow = runReplay(crowd);
  const messages = perMessage(crowd, even);
  expect(flow.decisions.length).toBeGreaterThan(2);
  expect(messages.decisions.map(({ atMs, desiredAfter }) => [atMs, desiredAfter])).toEqual(
    flow.decisions.map(({ atMs, desiredAfter }) => [atMs, desiredAfter]),
  );
  expect([...messages.columns.desired]).toEqual([...flow.columns.desired]);
  for (const [minute, backlog] of messages.columns.backlog.entries()) {
    // What the workers have in hand is no backlog of messages, but part of the flow's.
    expect(Math.abs(backlog - flow.columns.backlog[minute]!)).toBeLessThanOrEqual(flow.columns.inService[minute]! + 2);
  }
});

test('the same seed is the same run, bit for bit; another seed is another', () => {
  const run = (seed: number) => perMessage(crowd, { seed });
  expect(run(3)).toEqual(run(3));
  expect([...run(3).columns.backlog]).not.toEqual([...run(4).columns.backlog]);
});

test('at a steady load it keeps the queue up that theory says, where the flow shows none', () => {
  const steady = fixed(
    inputOf({ arrivals: new Float64Array(2_000).fill(480), initial: { backlog: 0, inService: 10 } }),
  );
  const { columns } = perMessage({ ...steady, options: { gauge: 'end' } }, { seed: 5 });
  const meanBacklog = columns.backlog.reduce((sum, backlog) => sum + backlog, 0) / columns.backlog.length;
  // The recorded minutes have exactly 480 each, so chance is a little less than Poisson's.
  const { meanWaiting } = mmc({ arrivalsPerSecond: 8, servicePerSecond: 1, servers: 10 });
  expect(meanBacklog / meanWaiting).toBeGreaterThan(0.75);
  expect(meanBacklog / meanWaiting).toBeLessThan(1.1);
  expect(Math.max(...runReplay(steady).columns.backlog)).toBe(0);
});

test('[REP-52] a visibility timeout shorter than the work drowns a fleet that has room enough', () => {
  const calm = fixed(inputOf({ arrivals: new Float64Array(30).fill(300), initial: { backlog: 0, inService: 10 } }));
  const work = { service: constant(1) };
  const enough = perMessage(calm, { seed: 1, work, queue: { visibilityTimeoutSeconds: 30 } });
  const storm = perMessage(calm, { seed: 1, work, queue: { visibilityTimeoutSeconds: 0.5 } });
  expect(enough.summary.peakBacklog).toBeLessThan(50);
  expect(storm.summary.peakBacklog).toBeGreaterThan(1_000);
});

test('[REP-13] the backlog of the start has its ages and is worked off', () => {
  const input = fixed(
    inputOf({
      arrivals: new Float64Array(20).fill(0),
      initial: { backlog: 1_200, oldestAgeSeconds: 300, inService: 10 },
      options: { gauge: 'end' },
    }),
  );
  const { columns, summary } = perMessage(input, { seed: 1, work: { service: constant(1) } });
  // Ten a second: the 600 that are left after a minute were sent within the last half of the 300 s before.
  expect(columns.backlog[0]).toBe(600); // ten more are in hand, done at this very instant
  expect(columns.ageSeconds[0]).toBeCloseTo(60 + 150, -1);
  expect((summary.drainedAtMs! / 1000 - input.startSeconds) / 60).toBeCloseTo(119 / 60, 1);
});

test('[REP-31] messages in flight are counted, not estimated', () => {
  const alarm = alarmOf({ measure: 'inFlight', threshold: 35 });
  const input = inputOf({
    arrivals: new Float64Array(30).fill(300),
    initial: { backlog: 0, inService: 10 },
    setup: setupOf([{ policy: policyOf(), alarm }], { maxSize: 10 }),
  });
  // A poison message comes back only after its timeout: 300 s of 0.5 a second in flight besides the five being worked on.
  expect(runReplay(input).alarmChanges.filter(({ to }) => to === 'ALARM')).toEqual([]);
  const poisoned = perMessage(input, {
    seed: 2,
    queue: { visibilityTimeoutSeconds: 300 },
    work: { service: constant(1), poisonShare: 0.1 },
  });
  expect(poisoned.alarmChanges.some(({ to }) => to === 'ALARM')).toBe(true);
});
