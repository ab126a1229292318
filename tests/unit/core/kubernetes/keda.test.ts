import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  kedaActive,
  kedaKinesisReplicas,
  kedaReplicas,
  kedaReplicasWhenInactive,
  kedaSqsDefaults,
  kedaSqsMessages,
} from '../../../../src/core/kubernetes/keda.ts';

const depth = { visible: 200, notVisible: 100, delayed: 50 };

it.each([
  { inFlight: undefined, delayed: undefined, messages: 300 },
  { inFlight: true, delayed: true, messages: 350 },
  { inFlight: false, delayed: false, messages: 200 },
  { inFlight: false, delayed: true, messages: 250 },
])('[KEDA-01] in flight $inFlight, delayed $delayed: $messages', ({ inFlight, delayed, messages }) => {
  expect(kedaSqsMessages(depth, inFlight, delayed)).toBe(messages);
});

it.each([
  { messages: 0, activation: undefined, min: undefined, active: false },
  { messages: 1, activation: undefined, min: undefined, active: true },
  { messages: 50, activation: 50, min: 0, active: false },
  { messages: 51, activation: 50, min: 0, active: true },
  { messages: 0, activation: 50, min: 1, active: true },
])('[KEDA-03] $messages messages, activation $activation, minimum $min: active $active', (row) => {
  expect(kedaActive(row.messages, row.activation, row.min)).toBe(row.active);
});

describe('replicas', () => {
  it.each([
    { rule: 'KEDA-02', messages: 30, set: { queueLength: 10 }, replicas: 3, by: ['KEDA-02'] },
    { rule: 'KEDA-02', messages: 31, set: { queueLength: 10 }, replicas: 4, by: ['KEDA-02'] },
    { rule: 'KEDA-02', messages: 31, set: {}, replicas: 7, by: ['KEDA-02'] },
    { rule: 'KEDA-03', messages: 0, set: {}, replicas: 0, by: ['KEDA-03'] },
    {
      rule: 'KEDA-03',
      messages: 40,
      set: { queueLength: 10, activationQueueLength: 50 },
      replicas: 0,
      by: ['KEDA-03'],
    },
    { rule: 'KEDA-04', messages: 0, set: { minReplicaCount: 2 }, replicas: 2, by: ['KEDA-02', 'KEDA-04'] },
    { rule: 'KEDA-04', messages: 600, set: {}, replicas: 100, by: ['KEDA-02', 'KEDA-04'] },
    { rule: 'KEDA-04', messages: 500, set: {}, replicas: 100, by: ['KEDA-02'] },
    { rule: 'KEDA-04', messages: 5, set: { activationQueueLength: -1 }, replicas: 1, by: ['KEDA-02'] },
    { rule: 'KEDA-04', messages: 0, set: { activationQueueLength: -1 }, replicas: 1, by: ['KEDA-02', 'KEDA-04'] },
  ])('[$rule] $messages messages with $set: $replicas', ({ messages, set, replicas, by }) => {
    expect(kedaReplicas(messages, { ...kedaSqsDefaults, ...set })).toEqual({ replicas, rules: by });
  });

  test('[KEDA-04] never outside minimum and maximum', () => {
    fc.assert(
      fc.property(
        fc.nat(1e6),
        fc.integer({ min: 1, max: 100 }),
        fc.nat(20),
        fc.nat(20),
        (messages, queueLength, min, more) => {
          const { replicas } = kedaReplicas(messages, {
            queueLength,
            activationQueueLength: 0,
            minReplicaCount: min,
            maxReplicaCount: min + more + 1,
          });
          expect(replicas).toBeGreaterThanOrEqual(min);
          expect(replicas).toBeLessThanOrEqual(min + more + 1);
        },
      ),
    );
  });

  it.each([
    { since: 300, idle: null, replicas: 7 },
    { since: 301, idle: null, replicas: 0 },
    { since: 301, idle: 1, replicas: 1 },
  ])('[KEDA-04] inactive for $since s, idle count $idle: $replicas of 7', ({ since, idle, replicas }) => {
    expect(kedaReplicasWhenInactive(7, since, idle)).toBe(replicas);
  });

  it.each([
    { shards: 4, per: undefined, replicas: 2 },
    { shards: 5, per: undefined, replicas: 3 },
    { shards: 5, per: 5, replicas: 1 },
  ])('[KEDA-05] $shards shards, $per each: $replicas', ({ shards, per, replicas }) => {
    expect(kedaKinesisReplicas(shards, per)).toBe(replicas);
  });
});
