import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { kinesisConcurrencyCeiling } from '../../../../src/core/lambda/kinesisConcurrency.ts';
import { MAX_RECEIVE_COUNT_AT_LEAST, visibilityTimeoutAtLeastSeconds } from '../../../../src/core/lambda/recommend.ts';
import {
  minutesToCeiling,
  provisionedRamp,
  type SqsMapping,
  sqsConcurrencyCeiling,
} from '../../../../src/core/lambda/sqsConcurrency.ts';
import { type UncheckedMapping, validateMapping } from '../../../../src/core/lambda/validate.ts';

const standard: SqsMapping = { queue: 'standard', maximumConcurrency: null, provisionedPollers: null };
const fifo: SqsMapping = { ...standard, queue: 'fifo' };
const provisioned = { minimum: 2, maximum: 200 };

describe('most batches at once', () => {
  it.each([
    { rule: 'LSQS-01', mapping: standard, minutes: 0, groups: null, ceiling: 5, by: ['LSQS-01'] },
    { rule: 'LSQS-01', mapping: standard, minutes: 0.5, groups: null, ceiling: 155, by: ['LSQS-01'] },
    { rule: 'LSQS-01', mapping: standard, minutes: 0.0066, groups: null, ceiling: 6, by: ['LSQS-01'] },
    { rule: 'LSQS-01', mapping: standard, minutes: 4.149, groups: null, ceiling: 1249, by: ['LSQS-01'] },
    { rule: 'LSQS-01', mapping: standard, minutes: 4.15, groups: null, ceiling: 1250, by: ['LSQS-01'] },
    { rule: 'LSQS-01', mapping: standard, minutes: 60, groups: null, ceiling: 1250, by: ['LSQS-01'] },
    {
      rule: 'LSQS-02',
      mapping: { ...standard, maximumConcurrency: 100 },
      minutes: 3,
      groups: null,
      ceiling: 100,
      by: ['LSQS-01', 'LSQS-02'],
    },
    {
      rule: 'LSQS-02',
      mapping: { ...standard, maximumConcurrency: 905 },
      minutes: 3,
      groups: null,
      ceiling: 905,
      by: ['LSQS-01'],
    },
    {
      rule: 'LSQS-03',
      mapping: { ...standard, provisionedPollers: provisioned },
      minutes: 0,
      groups: null,
      ceiling: 20,
      by: ['LSQS-03'],
    },
    {
      rule: 'LSQS-03',
      mapping: { ...standard, provisionedPollers: provisioned },
      minutes: 1,
      groups: null,
      ceiling: 1020,
      by: ['LSQS-03'],
    },
    {
      rule: 'LSQS-03',
      mapping: { ...standard, provisionedPollers: provisioned },
      minutes: 9,
      groups: null,
      ceiling: 2000,
      by: ['LSQS-03'],
    },
    { rule: 'LSQS-04', mapping: fifo, minutes: 0, groups: 40, ceiling: 40, by: ['LSQS-04'] },
    {
      rule: 'LSQS-04',
      mapping: { ...fifo, maximumConcurrency: 30 },
      minutes: 0,
      groups: 40,
      ceiling: 30,
      by: ['LSQS-04', 'LSQS-02'],
    },
    {
      rule: 'LSQS-04',
      mapping: { ...fifo, provisionedPollers: provisioned },
      minutes: 0,
      groups: 4,
      ceiling: 4,
      by: ['LSQS-03', 'LSQS-04'],
    },
    { rule: 'LSQS-04', mapping: fifo, minutes: 1, groups: null, ceiling: 305, by: ['LSQS-01'] },
    { rule: 'LSQS-04', mapping: standard, minutes: 1, groups: 4, ceiling: 305, by: ['LSQS-01'] },
  ])(
    '[$rule] $mapping.queue after $minutes min with $groups groups: $ceiling',
    ({ mapping, minutes, groups, ceiling, by }) => {
      expect(sqsConcurrencyCeiling(mapping, minutes, groups)).toEqual({ ceiling, rules: by });
    },
  );

  test('[LSQS-01] never falls while the backlog stays', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        (a, b) => {
          const [early, late] = [Math.min(a, b), Math.max(a, b)];
          expect(sqsConcurrencyCeiling(standard, early).ceiling).toBeLessThanOrEqual(
            sqsConcurrencyCeiling(standard, late).ceiling,
          );
        },
      ),
    );
  });

  it.each([
    { start: 5, perMinute: 60, end: 1250, minutes: 20.75 },
    { start: 5, perMinute: 300, end: 5, minutes: 0 },
    { start: 9, perMinute: 300, end: 5, minutes: 0 },
    { start: 0, perMinute: 0, end: 5, minutes: Number.POSITIVE_INFINITY },
  ])(
    '[LSQS-01] from $start by $perMinute a minute to $end takes $minutes min',
    ({ start, perMinute, end, minutes }) => {
      expect(
        minutesToCeiling({ initialConcurrency: start, concurrencyPerMinute: perMinute, concurrencyMax: end }),
      ).toBe(minutes);
    },
  );

  it.each([
    { maximum: 1999, concurrencyMax: 19_990 },
    { maximum: 2000, concurrencyMax: 20_000 },
    { maximum: 10_000, concurrencyMax: 20_000 },
  ])('[LSQS-03] $maximum pollers end at $concurrencyMax', ({ maximum, concurrencyMax }) => {
    expect(provisionedRamp({ minimum: 2, maximum })).toEqual({
      initialConcurrency: 20,
      concurrencyPerMinute: 1000,
      concurrencyMax,
    });
  });

  it.each([
    { shards: 100, factor: 2, ceiling: 200 },
    { shards: 100, factor: undefined, ceiling: 100 },
    { shards: 0, factor: 10, ceiling: 0 },
  ])('[LKIN-01] $shards shards x $factor is $ceiling', ({ shards, factor, ceiling }) => {
    expect(kinesisConcurrencyCeiling(shards, factor)).toBe(ceiling);
  });
});

test('[LSQS-06] recommends six timeouts and the window, and five receives', () => {
  expect([visibilityTimeoutAtLeastSeconds(30), visibilityTimeoutAtLeastSeconds(30, 20)]).toEqual([180, 200]);
  expect(MAX_RECEIVE_COUNT_AT_LEAST).toBe(5);
});

describe('what a mapping may be set to', () => {
  const nothing: UncheckedMapping = {
    source: 'sqs',
    queue: 'standard',
    batchSize: null,
    maximumBatchingWindowSeconds: null,
    maximumConcurrency: null,
    minimumPollers: null,
    maximumPollers: null,
    parallelizationFactor: null,
  };
  const kinesis = { source: 'kinesis' } as const;
  it.each<{ rule: string; set: Partial<UncheckedMapping>; reasons: string[] }>([
    { rule: 'LSQS-05', set: {}, reasons: [] },
    { rule: 'LSQS-05', set: { batchSize: 0 }, reasons: ['mappingBatchSizeOutOfRange'] },
    { rule: 'LSQS-05', set: { batchSize: 1 }, reasons: [] },
    { rule: 'LSQS-05', set: { batchSize: 1.5 }, reasons: ['mappingBatchSizeOutOfRange'] },
    { rule: 'LSQS-05', set: { batchSize: 10 }, reasons: [] },
    { rule: 'LSQS-05', set: { batchSize: 11 }, reasons: ['mappingWindowNeeded'] },
    { rule: 'LSQS-05', set: { batchSize: 11, maximumBatchingWindowSeconds: 0 }, reasons: ['mappingWindowNeeded'] },
    { rule: 'LSQS-05', set: { batchSize: 11, maximumBatchingWindowSeconds: 1 }, reasons: [] },
    { rule: 'LSQS-05', set: { batchSize: 10_000, maximumBatchingWindowSeconds: 300 }, reasons: [] },
    {
      rule: 'LSQS-05',
      set: { batchSize: 10_001, maximumBatchingWindowSeconds: 300 },
      reasons: ['mappingBatchSizeOutOfRange'],
    },
    { rule: 'LSQS-05', set: { maximumBatchingWindowSeconds: 301 }, reasons: ['mappingWindowOutOfRange'] },
    { rule: 'LSQS-05', set: { maximumBatchingWindowSeconds: -1 }, reasons: ['mappingWindowOutOfRange'] },
    { rule: 'LSQS-05', set: { queue: 'fifo', batchSize: 10 }, reasons: [] },
    { rule: 'LSQS-05', set: { queue: 'fifo', batchSize: 11 }, reasons: ['mappingBatchSizeOutOfRange'] },
    { rule: 'LSQS-05', set: { queue: 'fifo', maximumBatchingWindowSeconds: 0 }, reasons: [] },
    { rule: 'LSQS-05', set: { queue: 'fifo', maximumBatchingWindowSeconds: 1 }, reasons: ['mappingWindowOnFifo'] },
    { rule: 'LSQS-02', set: { maximumConcurrency: 1 }, reasons: ['mappingConcurrencyOutOfRange'] },
    { rule: 'LSQS-02', set: { maximumConcurrency: 2 }, reasons: [] },
    { rule: 'LSQS-02', set: { maximumConcurrency: 1000 }, reasons: [] },
    { rule: 'LSQS-02', set: { maximumConcurrency: 1001 }, reasons: ['mappingConcurrencyOutOfRange'] },
    { rule: 'LSQS-02', set: { maximumConcurrency: 2, minimumPollers: 2 }, reasons: ['mappingConcurrencyWithPollers'] },
    { rule: 'LSQS-02', set: { maximumConcurrency: 2, maximumPollers: 2 }, reasons: ['mappingConcurrencyWithPollers'] },
    { rule: 'LSQS-03', set: { minimumPollers: 1 }, reasons: ['mappingPollersOutOfRange'] },
    { rule: 'LSQS-03', set: { minimumPollers: 200, maximumPollers: 200 }, reasons: [] },
    { rule: 'LSQS-03', set: { minimumPollers: 200, maximumPollers: 199 }, reasons: ['mappingPollersCrossed'] },
    { rule: 'LSQS-03', set: { minimumPollers: 201 }, reasons: ['mappingPollersOutOfRange'] },
    { rule: 'LSQS-03', set: { maximumPollers: 10_000 }, reasons: [] },
    { rule: 'LSQS-03', set: { maximumPollers: 10_001 }, reasons: ['mappingPollersOutOfRange'] },
    { rule: 'LSQS-03', set: { maximumPollers: 1 }, reasons: ['mappingPollersOutOfRange'] },
    { rule: 'LKIN-01', set: { parallelizationFactor: 2 }, reasons: ['mappingFieldOfOtherSource'] },
    { rule: 'LKIN-01', set: { ...kinesis, parallelizationFactor: 0 }, reasons: ['mappingFactorOutOfRange'] },
    { rule: 'LKIN-01', set: { ...kinesis, parallelizationFactor: 1 }, reasons: [] },
    { rule: 'LKIN-01', set: { ...kinesis, parallelizationFactor: 10 }, reasons: [] },
    { rule: 'LKIN-01', set: { ...kinesis, parallelizationFactor: 11 }, reasons: ['mappingFactorOutOfRange'] },
    { rule: 'LKIN-01', set: { ...kinesis, batchSize: 10_000 }, reasons: [] },
    {
      rule: 'LKIN-01',
      set: { ...kinesis, queue: 'fifo', batchSize: 100, maximumBatchingWindowSeconds: 5 },
      reasons: [],
    },
    { rule: 'LKIN-01', set: { ...kinesis, maximumConcurrency: 5 }, reasons: ['mappingFieldOfOtherSource'] },
    {
      rule: 'LSQS-05',
      set: { batchSize: 0, maximumConcurrency: 1 },
      reasons: ['mappingBatchSizeOutOfRange', 'mappingConcurrencyOutOfRange'],
    },
  ])('[$rule] $set: $reasons', ({ set, reasons }) => {
    expect(validateMapping({ ...nothing, ...set }).map(({ reason }) => reason)).toEqual(reasons);
  });

  test('a fault names the field, the value, the range and the code', () => {
    expect(validateMapping({ ...nothing, maximumConcurrency: 1 })).toEqual([
      {
        field: 'maximumConcurrency',
        reason: 'mappingConcurrencyOutOfRange',
        problem: 'maximum concurrency 1; give a whole number from 2 to 1000, or leave it empty',
        apiMessage: null,
        apiCode: 'ValidationException',
        params: { value: 1, min: 2, max: 1000 },
      },
    ]);
  });
});
