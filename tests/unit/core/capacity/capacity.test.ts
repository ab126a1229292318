import { expect, test } from 'vitest';
import {
  acceptableBacklogPerInstance,
  backlogPerInstance,
  instancesForBacklog,
  timeToDrain,
} from '../../../../src/core/capacity/backlog.ts';
import { billedSeconds, costUsd } from '../../../../src/core/capacity/billing.ts';

test('a backlog of 12,000 at 900 out and 500 in a minute drains in 30 minutes', () => {
  expect(timeToDrain(12_000, 500, 900)).toBe(30);
  expect(timeToDrain(12_000, 900, 900)).toBe(Number.POSITIVE_INFINITY);
  expect(timeToDrain(0, 900, 500)).toBe(0);
});

test('[BACKLOG-01 to BACKLOG-03] 1,500 messages, 10 instances, 10 s allowed, 0.1 s each: 150 each, 100 allowed, 15 needed', () => {
  expect(backlogPerInstance(1_500, 10)).toBe(150);
  const acceptable = acceptableBacklogPerInstance(10, 0.1);
  expect(acceptable).toBe(100);
  expect(instancesForBacklog(1_500, acceptable)).toBe(15);
});

test('[MATH-02] without instances there is no backlog per instance', () => {
  expect(backlogPerInstance(1_500, 0)).toBeNaN();
});

test('an instance is billed by the second, and at least a minute', () => {
  expect([10, 60, 61.5].map(billedSeconds)).toEqual([60, 60, 61.5]);
  expect(costUsd(7_200, 0.25)).toBe(0.5);
});
