import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { deadLetterExpiry } from '../../../../src/core/queue/deadLetter.ts';
import { inFlightLimits, usefulConsumers } from '../../../../src/core/queue/limits.ts';
import { metricsActive, oldestAge, wakeDelayMinutesMax } from '../../../../src/core/queue/metrics.ts';

const hour = 3_600_000;

it.each([
  { rested: 0, active: true, delay: 0 },
  { rested: 6 * hour, active: true, delay: 0 },
  { rested: 6 * hour + 1, active: false, delay: 15 },
])('[SQSM-01] at rest for $rested ms: active $active, up to $delay min late', ({ rested, active, delay }) => {
  expect(metricsActive(rested)).toBe(active);
  expect(wakeDelayMinutesMax(metricsActive(rested))).toBe(delay);
});

describe('age of the oldest message', () => {
  // One message each: age, times received.
  it.each([
    {
      rule: 'SQSM-03',
      kind: 'standard',
      messages: [
        [900, 2],
        [40, 0],
      ],
      age: 900,
    },
    {
      rule: 'SQSM-03',
      kind: 'standard',
      messages: [
        [900, 3],
        [40, 0],
      ],
      age: 40,
    },
    {
      rule: 'SQSM-03',
      kind: 'standard',
      messages: [
        [40, 0],
        [900, 4],
        [60, 1],
      ],
      age: 60,
    },
    { rule: 'SQSM-03', kind: 'standard', messages: [[900, 3]], age: null },
    { rule: 'SQSM-03', kind: 'standard', messages: [], age: null },
    {
      rule: 'SQSM-04',
      kind: 'fifo',
      messages: [
        [900, 3],
        [40, 0],
      ],
      age: 900,
    },
    { rule: 'SQSM-04', kind: 'fifo', messages: [], age: null },
  ] as const)('[$rule] $kind with $messages: $age', ({ kind, messages, age }) => {
    expect(
      oldestAge(
        kind,
        messages.map(([age, receiveCount]) => ({ age, receiveCount })),
      ),
    ).toBe(age);
  });

  test('[SQSM-03] the order of messages does not matter', () => {
    const message = fc.record({ age: fc.nat(1e6), receiveCount: fc.nat(5) });
    fc.assert(
      fc.property(fc.array(message), (messages) => {
        expect(oldestAge('standard', messages.toReversed())).toBe(oldestAge('standard', messages));
      }),
    );
  });
});

it.each([
  { kind: 'standard', inSource: 1, retention: 4, after: 3 },
  { kind: 'standard', inSource: 4, retention: 4, after: 0 },
  { kind: 'standard', inSource: 5, retention: 4, after: 0 },
  { kind: 'fifo', inSource: 1, retention: 4, after: 4 },
] as const)('[SQSM-05] $kind, $inSource d in source, kept $retention d: gone $after d after the move', (row) => {
  expect(deadLetterExpiry(row.inSource, row.retention, row.kind)).toEqual({
    deletedAfter: row.after,
    ageAtDeletion: row.after,
  });
});

test('[SQSM-05] a dead-letter queue is standard unless said', () => {
  expect(deadLetterExpiry(1, 4).deletedAfter).toBe(3);
});

test('[SQSM-06] in flight at most', () => expect(inFlightLimits).toEqual({ standard: 120_000, fifo: 20_000 }));

it.each([
  { kind: 'fifo', consumers: 10, groups: 4, useful: 4 },
  { kind: 'fifo', consumers: 3, groups: 4, useful: 3 },
  { kind: 'standard', consumers: 10, groups: 4, useful: 10 },
] as const)('[SQSM-07] $kind, $consumers consumers, $groups groups: $useful find work', (row) => {
  expect(usefulConsumers(row.kind, row.consumers, row.groups)).toBe(row.useful);
});
