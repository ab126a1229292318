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
  ['STEP-01', { adjustmentType: null, minAdjustmentMagnitude: 1 }, ['missingAdjustmentType']],
  ['STEP-01', { adjustmentType: 'Bogus' }, ['missingAdjustmentType']],
  ['STEP-07', { steps: [step(Number.NEGATIVE_INFINITY, null)] }, ['boundNotFinite', 'negativeLowerNeedsNullLower']],
  ['STEP-07', { steps: [step(null, Number.POSITIVE_INFINITY)] }, ['boundNotFinite', 'positiveUpperNeedsNullUpper']],
  ['STEP-07', { steps: [step(10, 5), step(5, null)] }, ['lowerNotBelowUpper']],
  ['STEP-07', { steps: [step(-1, 0), step(0, null)] }, ['negativeLowerNeedsNullLower']],
  ['STEP-07', { steps: [step(0, 1), step(null, 0)] }, ['positiveUpperNeedsNullUpper']],
  ['STEP-07', { steps: [step(null, 0)] }, []],
  ['STEP-07', { steps: [step(0, null)] }, []],
  ['STEP-07', { steps: [step(0, null), step(5, null), step(2, 4)] }, ['multipleNullUpper']],
  ['STEP-07', { steps: [step(null, 0), step(null, -5), step(-9, -7)] }, ['multipleNullLower']],
  ['STEP-07', { steps: [step(20, null), step(0, 10), step(10, 20)] }, []],
  ['STEP-07', { steps: [step(20, null), step(10, 20), step(0, 10)] }, []],
  ['STEP-07', { steps: [step(null, -20), step(-10, 0), step(-20, -10)] }, []],
  ['STEP-07', { steps: [step(10, null), step(0, 10), step(null, 0)] }, []],
  ['STEP-07', { steps: [step(null, 5), step(0, null)] }, ['overlap']],
  ['STEP-07', { steps: [step(null, 0), step(5, null)] }, ['gap']],
  ['STEP-07', { steps: [step(0, 10), step(0, 20), step(20, null)] }, ['overlap']],
  ['STEP-07', { steps: [step(0, 20), step(20, null), step(0, 10)] }, ['overlap']],
  ['STEP-07', { steps: [step(5, 5), step(7, null)] }, ['lowerNotBelowUpper']],
  ['STEP-07', { steps: [step(0, 10), step(20, null), step(30, 30)] }, ['lowerNotBelowUpper']],
  ['ADJ-01', { adjustmentType: 'ExactCapacity', steps: [step(0, null, 0)] }, []],
  ['ADJ-01', { adjustmentType: 'ExactCapacity', steps: [step(0, null, 1)] }, []],
  ['ADJ-01', { steps: [step(0, null, -1)] }, []],
  ['ADJ-03', { adjustmentType: 'PercentChangeInCapacity', minAdjustmentMagnitude: 1 }, []],
  ['ADJ-03', { adjustmentType: 'PercentChangeInCapacity', minAdjustmentMagnitude: 1.5 }, ['minMagnitudeOutOfRange']],
  ['WARM-08', { estimatedInstanceWarmupSeconds: 0 }, []],
  ['WARM-08', { estimatedInstanceWarmupSeconds: 0.5 }, ['warmupOutOfRange']],
  ['STEP-08', { steps: [step(50, null)] }, []],
  ['STEP-08', { steps: [step(5, null, -1)] }, []],
] as const)('[%s] %j has faults %j', (_rule, over, reasons) => {
  expect(
    validateStepPolicy(policyOf(over as unknown as Partial<UncheckedStepPolicy>)).map(({ reason }) => reason),
  ).toEqual(reasons);
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
    '30부터 40까지에 해당하는 단계가 없습니다. 한 단계가 끝나는 값에서 다음 단계를 시작하세요',
  );
});

test('every fault has a sentence in both languages, with the same facts', () => {
  const facts = (text: string) => new Set([...text.matchAll(/\{(\w+)/g)].map(([, name]) => name));
  for (const { en, ko } of Object.values(faultMessages)) {
    expect(ko).toMatch(/[가-힣]/);
    expect(facts(ko)).toEqual(facts(en));
  }
});
