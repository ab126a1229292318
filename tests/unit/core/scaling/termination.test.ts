import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  pickVictim,
  pickZone,
  protectionHolds,
  rebalanceCeiling,
  type ScaleInCandidate,
  scaleInWithProtection,
  type TerminationPolicy,
  type ZoneCount,
} from '../../../../src/core/scaling/termination.ts';

test.each([
  [0, 1],
  [5, 6],
  [10, 11],
  [15, 16],
  [19, 20],
  [20, 22],
  [100, 110],
])('[HEALTH-04] rebalancing a group of at most %i may reach %i', (max, ceiling) => {
  expect(rebalanceCeiling(max)).toBe(ceiling);
});

const zone = (name: string, instances: number, unprotectedInstances = instances): ZoneCount => ({
  zone: name,
  instances,
  unprotectedInstances,
});
test.each([
  [[zone('a', 2), zone('b', 1)], 'a'],
  [[zone('a', 1), zone('b', 2)], 'b'],
  [[zone('a', 2), zone('b', 2)], 'a'],
  [[zone('a', 3, 0), zone('b', 1)], 'b'],
  [[zone('a', 3, 1), zone('b', 2)], 'a'],
  [[zone('a', 3, 0)], null],
  [[], null],
])('[TERM-01] of %j zone %s gives', (zones, wanted) => {
  expect(pickZone(zones)).toBe(wanted);
});

const HOUR = 3_600_000;
const NOW = 100 * HOUR;
const instance = (id: string, over: Partial<ScaleInCandidate> = {}): ScaleInCandidate => ({
  id,
  zone: 'a',
  protectedFromScaleIn: false,
  launchedAtMs: NOW - 10 * HOUR,
  launchedFrom: 'template',
  definitionCreatedAtMs: 5,
  ...over,
});
const victim = (instances: ScaleInCandidate[], policies: TerminationPolicy[] = ['Default'], chance = 0) =>
  pickVictim(instances, policies, NOW, chance)?.id ?? null;

describe('the instance that leaves', () => {
  test.each<[string, ScaleInCandidate[], TerminationPolicy[], string | null]>([
    ['largest zone', [instance('1', { zone: 'b' }), instance('2'), instance('3')], ['Default'], '2'],
    [
      'a zone with protected instances only gives none',
      [
        instance('1', { zone: 'b' }),
        instance('2', { protectedFromScaleIn: true }),
        instance('3', { protectedFromScaleIn: true }),
      ],
      ['Default'],
      '1',
    ],
    ['protected ones stay', [instance('1', { protectedFromScaleIn: true }), instance('2')], ['Default'], '2'],
    ['all protected', [instance('1', { protectedFromScaleIn: true })], ['Default'], null],
    [
      'equal zones are one choice',
      [instance('1'), instance('2', { zone: 'b', definitionCreatedAtMs: 1 })],
      ['Default'],
      '2',
    ],
    [
      'configurations before templates',
      [instance('1', { definitionCreatedAtMs: 1 }), instance('2', { launchedFrom: 'configuration' })],
      ['Default'],
      '2',
    ],
    [
      'the oldest definition',
      [instance('1'), instance('2', { definitionCreatedAtMs: 4 }), instance('3', { definitionCreatedAtMs: 6 })],
      ['Default'],
      '2',
    ],
    [
      'then nearest to its next billing hour',
      [
        instance('1', { launchedAtMs: NOW - 2 * HOUR + 60_000 }),
        instance('2', { launchedAtMs: NOW - 5 * HOUR - 60_000 }),
      ],
      ['Default'],
      '1',
    ],
    [
      'the oldest instance',
      [instance('1', { launchedAtMs: 2 }), instance('2', { launchedAtMs: 1 }), instance('3', { launchedAtMs: 3 })],
      ['OldestInstance'],
      '2',
    ],
    [
      'the newest instance',
      [instance('1', { launchedAtMs: 2 }), instance('2', { launchedAtMs: 1 }), instance('3', { launchedAtMs: 3 })],
      ['NewestInstance'],
      '3',
    ],
    [
      'the oldest configuration',
      [
        instance('1', { launchedFrom: 'configuration', definitionCreatedAtMs: 9 }),
        instance('2', { definitionCreatedAtMs: 1 }),
        instance('3', { launchedFrom: 'configuration', definitionCreatedAtMs: 8 }),
      ],
      ['OldestLaunchConfiguration'],
      '3',
    ],
    [
      'the oldest template',
      [
        instance('1', { launchedFrom: 'configuration', definitionCreatedAtMs: 1 }),
        instance('2', { definitionCreatedAtMs: 9 }),
        instance('3', { definitionCreatedAtMs: 8 }),
      ],
      ['OldestLaunchTemplate'],
      '3',
    ],
    [
      'the billing hour',
      [instance('1', { launchedAtMs: NOW - HOUR }), instance('2', { launchedAtMs: NOW - HOUR + 1 })],
      ['ClosestToNextInstanceHour'],
      '2',
    ],
    [
      'the second policy decides what the first leaves equal',
      [
        instance('1', { definitionCreatedAtMs: 1, launchedAtMs: 5 }),
        instance('2', { definitionCreatedAtMs: 1, launchedAtMs: 4 }),
        instance('3', { definitionCreatedAtMs: 2, launchedAtMs: 1 }),
      ],
      ['OldestLaunchTemplate', 'OldestInstance'],
      '2',
    ],
    ['nobody', [], ['Default'], null],
  ])('[TERM-01] %s', (_because, instances, policies, id) => {
    expect(victim(instances, policies)).toBe(id);
  });

  test('[TERM-01] what is equal is left to chance', () => {
    const three = [instance('1'), instance('2'), instance('3')];
    expect([0, 0.33, 0.34, 0.66, 0.67, 0.999].map((chance) => victim(three, ['Default'], chance))).toEqual([
      '1',
      '1',
      '2',
      '2',
      '3',
      '3',
    ]);
  });
});

describe('protection', () => {
  test.each([
    [4, 4, 4, -1, 0, 3, 0, true],
    [4, 4, 3, -2, 0, 2, 1, true],
    [4, 4, 2, -2, 0, 2, 2, false],
    [4, 4, 0, -2, 0, 2, 2, false],
    [4, 4, 0, -9, 1, 1, 3, false],
    [4, 3, 0, -1, 0, 3, 0, false],
    [4, 5, 0, -1, 0, 3, 2, false],
    [4, 2, 0, -1, 0, 3, 0, false],
  ])('[TERM-02] desired %i, %i instances, %i protected, %i, minimum %i: desired %i, %i leave', (...row) => {
    const [desiredCapacity, instances, protectedInstances, delta, minSize, desiredAfter, terminated, held] = row;
    const answer = scaleInWithProtection({ desiredCapacity, instances, protectedInstances, minSize }, delta);
    expect(answer).toEqual({
      desiredAfter,
      terminatedInstances: terminated,
      rules: held ? ['TERM-01', 'TERM-02'] : ['TERM-01'],
    });
  });

  test('[TERM-02] holds back scale-in, and nothing else', () => {
    const causes = ['scale-in', 'health-replacement', 'spot-interruption', 'manual'] as const;
    expect(causes.map(protectionHolds)).toEqual([true, false, false, false]);
  });

  test('[TERM-02] a protected instance never leaves, and desired never falls below the minimum', () => {
    fc.assert(
      fc.property(
        fc.nat(20),
        fc.nat(20),
        fc.nat(20),
        fc.integer({ min: -30, max: -1 }),
        (instances, held, min, delta) => {
          const protectedInstances = Math.min(held, instances);
          const group = { desiredCapacity: min + instances, minSize: min, instances, protectedInstances };
          const { desiredAfter, terminatedInstances } = scaleInWithProtection(group, delta);
          expect(instances - terminatedInstances).toBeGreaterThanOrEqual(protectedInstances);
          expect(desiredAfter).toBeGreaterThanOrEqual(min);
        },
      ),
    );
  });
});
