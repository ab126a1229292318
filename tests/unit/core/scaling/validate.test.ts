import { expect, test } from 'vitest';
import { faultMessages, faultText } from '../../../../src/core/messages/faults.ts';
import type { StepAdjustment } from '../../../../src/core/scaling/types.ts';
import { type UncheckedStepPolicy, validateStepPolicy } from '../../../../src/core/scaling/validate.ts';

const step = (lowerBound: number | null, upperBound: number | null, adjustment = 1): StepAdjustment => ({
  lowerBound,
  upperBound,
  adjustment,
});
const policyOf = (over: Partial<UncheckedStepPolicy>): UncheckedStepPolicy => ({
  name: 'p',
  adjustmentType: 'ChangeInCapacity',
  steps: [step(0, null)],
  minAdjustmentMagnitude: null,
  metricAggregationType: 'Average',
  estimatedInstanceWarmupSeconds: null,
  enabled: true,
  ...over,
});

test.each([
  ['STEP-07', { steps: [] }, ['noSteps']],
  ['STEP-07', { steps: [step(0, 0), step(0, null)] }, ['lowerNotBelowUpper']],
  ['STEP-07', { steps: [step(-10, 0)] }, ['negativeLowerNeedsNullLower']],
  ['STEP-07', { steps: [step(null, 0), step(null, -10)] }, ['multipleNullLower']],
  ['STEP-07', { steps: Array.from({ length: 21 }, (_, i) => step(i, i === 20 ? null : i + 1)) }, ['tooManySteps']],
  ['STEP-07', { steps: [step(Number.NaN, null)] }, ['boundNotFinite']],
  ['ADJ-01', { steps: [step(0, null, 1.5)] }, ['adjustmentNotWhole']],
  ['ADJ-01', { adjustmentType: 'ExactCapacity', steps: [step(0, null, -1)] }, ['exactCapacityNegative']],
  ['ADJ-03', { minAdjustmentMagnitude: 2 }, ['minMagnitudeNeedsPercent']],
  ['ADJ-03', { adjustmentType: 'PercentChangeInCapacity', minAdjustmentMagnitude: 0 }, ['minMagnitudeOutOfRange']],
  ['WARM-08', { estimatedInstanceWarmupSeconds: -1 }, ['warmupOutOfRange']],
  ['STEP-08', { steps: [step(50, null)] }, []],
  ['STEP-08', { steps: [step(5, null, -1)] }, []],
] as const)('[%s] %j has faults %j', (_rule, over, reasons) => {
  expect(validateStepPolicy(policyOf(over as Partial<UncheckedStepPolicy>)).map(({ reason }) => reason)).toEqual(
    reasons,
  );
});

test('[STEP-07] every fault is said at once, with its place and in both languages', () => {
  const faults = validateStepPolicy(
    policyOf({ adjustmentType: null, steps: [step(0, 20), step(10, 30), step(40, 50, 0.5)] }),
  );
  expect(faults.map(({ field, reason }) => [field, reason])).toEqual([
    ['adjustmentType', 'missingAdjustmentType'],
    ['steps[2].adjustment', 'adjustmentNotWhole'],
    ['steps', 'positiveUpperNeedsNullUpper'],
    ['steps', 'overlap'],
    ['steps', 'gap'],
  ]);
  const gap = faults.at(-1)!;
  expect(gap.problem).toBe(faultText('en', gap));
  expect(faultText('ko', gap)).toBe(
    '30부터 40까지를 맡는 단계가 없습니다. 한 단계가 끝나는 값에서 다음 단계를 시작하세요',
  );
});

test('every fault has a sentence in both languages, with the same facts', () => {
  const facts = (text: string) => new Set([...text.matchAll(/\{(\w+)/g)].map(([, name]) => name));
  for (const { en, ko } of Object.values(faultMessages)) {
    expect(ko).toMatch(/[가-힣]/);
    expect(facts(ko)).toEqual(facts(en));
  }
});
