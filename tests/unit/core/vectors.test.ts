/**
 * The worked examples of tests/vectors/autoscaling-vectors.json, as far as their kinds exist here.
 *
 * One adapter per kind: it translates a vector's input into a call and compares. Kinds without an adapter are listed by the
 * last test, so that what is not covered is said and cannot slip.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  actionSeconds,
  evaluationCadenceSeconds,
  evaluationIntervalSeconds,
  slidingWindow,
} from '../../../src/core/alarms/cadence.ts';
import {
  breaches,
  effectiveTreatMissingData,
  evaluateAlarm,
  evaluationRangeLength,
} from '../../../src/core/alarms/evaluate.ts';
import { aggregateSamples, type SampleStatistic } from '../../../src/core/alarms/statistic.ts';
import type { AlarmRule, AlarmState, ComparisonOperator, TreatMissingData } from '../../../src/core/alarms/types.ts';
import { validateAlarmRule } from '../../../src/core/alarms/validate.ts';
import { roundPercentDelta } from '../../../src/core/scaling/adjust.ts';
import { combineProposals, decideStepScaling } from '../../../src/core/scaling/step.ts';
import type { AdjustmentType, GroupCapacity, StepScalingPolicy } from '../../../src/core/scaling/types.ts';
import { validateStepPolicy } from '../../../src/core/scaling/validate.ts';
import { effectiveWarmupSeconds, refreshWarmupSeconds } from '../../../src/core/scaling/warmup.ts';

interface Vector<Input, Expected> {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly rules: readonly string[];
  readonly input: Input;
  readonly expected: Expected;
}
interface VectorFile {
  readonly kinds: Readonly<Record<string, string>>;
  /** Each adapter states the shape its kind has. */
  readonly vectors: readonly Vector<never, never>[];
}

const file = JSON.parse(
  readFileSync(new URL('../../vectors/autoscaling-vectors.json', import.meta.url), 'utf8'),
) as VectorFile;

type VectorStep = { lower: number | null; upper: number | null; adjustment: number };
const policyOf = (steps: readonly VectorStep[], over: Partial<StepScalingPolicy> = {}): StepScalingPolicy => ({
  name: 'vector',
  adjustmentType: 'ChangeInCapacity',
  steps: steps.map(({ lower, upper, adjustment }) => ({ lowerBound: lower, upperBound: upper, adjustment })),
  minAdjustmentMagnitude: null,
  metricAggregationType: 'Average',
  estimatedInstanceWarmupSeconds: null,
  enabled: true,
  ...over,
});
const ruleOf = (over: Partial<AlarmRule>): AlarmRule => ({
  periodSeconds: 60,
  evaluationPeriods: 1,
  datapointsToAlarm: over.evaluationPeriods ?? 1,
  threshold: 0,
  comparisonOperator: 'GreaterThanThreshold',
  treatMissingData: 'missing',
  ...over,
});
const groupOf = (warm: number, over: Partial<GroupCapacity> = {}): GroupCapacity => ({
  minSize: 0,
  maxSize: 1_000_000,
  desiredCapacity: warm,
  warmInstances: warm,
  warmingInstances: 0,
  terminatingInstances: 0,
  ...over,
});
/** Marks of the vectors: X breaches "> 0", 0 does not, - is missing. */
const marks = (points: readonly string[]) => points.map((mark) => (mark === '-' ? Number.NaN : mark === 'X' ? 1 : 0));

const adapters: Readonly<Record<string, (vector: Vector<never, never>) => void>> = {
  'alarm.evaluate'({
    input,
    expected,
  }: Vector<
    {
      points: string[];
      evaluationPeriods: number;
      datapointsToAlarm: number;
      evaluationRange: number;
      treatMissingData: TreatMissingData;
      priorState: AlarmState;
      namespace?: string;
    },
    { state?: AlarmState; stateNot?: AlarmState; filled?: number }
  >) {
    expect(input.points).toHaveLength(input.evaluationRange);
    const treatMissingData = effectiveTreatMissingData(input.treatMissingData, input.namespace ?? 'AWS/SQS');
    const rule = ruleOf({ ...input, treatMissingData });
    expect(evaluationRangeLength(rule)).toBe(input.evaluationRange);
    const answer = evaluateAlarm(rule, marks(input.points), input.priorState);
    if (expected.state !== undefined) expect(answer.state).toBe(expected.state);
    if (expected.stateNot !== undefined) expect(answer.state).not.toBe(expected.stateNot);
    if (expected.filled !== undefined) expect(answer.filledCount).toBe(expected.filled);
    expect(expected.state ?? expected.stateNot).toBeDefined();
  },
  'alarm.breach'({
    input,
    expected,
  }: Vector<{ comparisonOperator: ComparisonOperator; threshold: number; value: number }, { breaching: boolean }>) {
    expect(breaches(input.comparisonOperator, input.value, input.threshold)).toBe(expected.breaching);
  },
  'alarm.cadence'({ input, expected }: Vector<{ period: number }, { everySeconds: number }>) {
    expect(evaluationCadenceSeconds(input.period)).toBe(expected.everySeconds);
  },
  'alarm.interval'({
    input,
    expected,
  }: Vector<{ period: number; evaluationPeriods: number }, { evaluationIntervalSeconds: number }>) {
    const { period: periodSeconds, evaluationPeriods } = input;
    expect(evaluationIntervalSeconds({ periodSeconds, evaluationPeriods })).toBe(expected.evaluationIntervalSeconds);
  },
  'alarm.window'({ input, expected }: Vector<{ period: number; evaluateAtMinute: number }, { minutes: number[] }>) {
    const { fromSeconds, toSeconds } = slidingWindow(input.evaluateAtMinute * 60, input.period);
    const minutes = Array.from({ length: (toSeconds - fromSeconds) / 60 }, (_, index) => fromSeconds / 60 + index + 1);
    expect(minutes).toEqual(expected.minutes);
  },
  'alarm.actions'({
    input,
    expected,
  }: Vector<
    { actionType: 'autoscaling' | 'sns'; enteredAtSecond: number; leftAtSecond: number },
    { invokedAtSeconds: number[] }
  >) {
    expect(actionSeconds(input.actionType, input.enteredAtSecond, input.leftAtSecond)).toEqual(
      expected.invokedAtSeconds,
    );
  },
  'alarm.timeline'({
    input,
    expected,
  }: Vector<
    {
      period: number;
      evaluationPeriods: number;
      datapointsToAlarm: number;
      threshold: number;
      comparisonOperator: ComparisonOperator;
      treatMissingData: TreatMissingData;
      points: { at: string | number; value: number }[];
    },
    { states: { at: string | number; state: AlarmState }[] }
  >) {
    const rule = ruleOf({ ...input, periodSeconds: input.period });
    const range = evaluationRangeLength(rule);
    const seen: number[] = new Array<number>(range).fill(Number.NaN);
    let state: AlarmState = 'INSUFFICIENT_DATA';
    const states = new Map<string | number, AlarmState>();
    for (const { at, value } of input.points) {
      seen.push(value);
      state = evaluateAlarm(rule, seen.slice(-range), state).state;
      states.set(at, state);
    }
    for (const wanted of expected.states) expect([wanted.at, states.get(wanted.at)]).toEqual([wanted.at, wanted.state]);
  },
  'alarm.validate'({ input, expected }: Vector<{ period: number; evaluationPeriods: number }, { valid: boolean }>) {
    const rule = ruleOf({ periodSeconds: input.period, evaluationPeriods: input.evaluationPeriods });
    expect(validateAlarmRule(rule).length === 0).toBe(expected.valid);
  },
  'statistic.aggregate'({
    input,
    expected,
  }: Vector<
    { samples: number[]; statistic: SampleStatistic; threshold?: number; comparisonOperator?: ComparisonOperator },
    { value: number; tolerance: number; breaching?: boolean }
  >) {
    const value = aggregateSamples(input.samples, input.statistic);
    expect(Math.abs(value - expected.value)).toBeLessThanOrEqual(expected.tolerance);
    if (expected.breaching !== undefined) {
      expect(breaches(input.comparisonOperator!, value, input.threshold!)).toBe(expected.breaching);
    }
  },
  'step.select'({
    input,
    expected,
  }: Vector<
    {
      threshold: number;
      alarmDirection: 'high' | 'low';
      steps: VectorStep[];
      metricValue?: number;
      recentPoints?: number[];
      metricAggregationType?: StepScalingPolicy['metricAggregationType'] | null;
    },
    { adjustment?: number; aggregated?: number; error?: string }
  >) {
    const policy = policyOf(input.steps, { metricAggregationType: input.metricAggregationType ?? 'Average' });
    const operators: readonly ComparisonOperator[] =
      input.alarmDirection === 'high'
        ? ['GreaterThanOrEqualToThreshold', 'GreaterThanThreshold']
        : ['LessThanOrEqualToThreshold', 'LessThanThreshold'];
    for (const comparisonOperator of operators) {
      const decision = decideStepScaling(policy, {
        threshold: input.threshold,
        comparisonOperator,
        recentPoints: input.recentPoints ?? [input.metricValue!],
        group: groupOf(100),
      });
      if (expected.error === 'NoMatchingStep') {
        expect([decision.stepIndex, decision.blockedBy]).toEqual([-1, 'no-matching-step']);
      } else {
        expect(policy.steps[decision.stepIndex]?.adjustment).toBe(expected.adjustment);
      }
      if (expected.aggregated !== undefined) expect(decision.metricValue).toBe(expected.aggregated);
    }
  },
  'step.round'({ input, expected }: Vector<{ value: number }, { rounded: number }>) {
    expect(roundPercentDelta(input.value)).toBe(expected.rounded);
  },
  'step.adjust'({
    input,
    expected,
  }: Vector<
    {
      adjustmentType: AdjustmentType;
      adjustment: number;
      base: number;
      minAdjustmentMagnitude?: number;
      min?: number;
      max?: number;
    },
    { capacity: number }
  >) {
    const policy = policyOf([{ lower: 0, upper: null, adjustment: input.adjustment }], {
      adjustmentType: input.adjustmentType,
      minAdjustmentMagnitude: input.minAdjustmentMagnitude ?? null,
    });
    const group = groupOf(input.base, { minSize: input.min ?? 0, maxSize: input.max ?? 1_000_000 });
    const decision = decideStepScaling(policy, {
      threshold: 0,
      comparisonOperator: 'GreaterThanThreshold',
      recentPoints: [1],
      group,
    });
    expect(decision.desiredAfter).toBe(expected.capacity);
  },
  'step.sequence'({
    input,
    expected,
  }: Vector<
    {
      threshold?: number;
      scaleOutSteps?: VectorStep[];
      scaleInSteps?: VectorStep[];
      adjustmentType: AdjustmentType;
      initialDesired: number;
      min?: number;
      max?: number;
      terminating?: number;
      breaches?: { metric: number; warming: number }[];
      adjustments?: { adjustment: number }[];
    },
    { desiredAfter: number[] }
  >) {
    const out = policyOf(input.scaleOutSteps ?? [], { adjustmentType: input.adjustmentType });
    const threshold = input.threshold ?? 0;
    const events =
      input.breaches?.map(({ metric, warming }) => ({
        metric,
        warming,
        policy:
          metric >= threshold ? out : policyOf(input.scaleInSteps ?? [], { adjustmentType: input.adjustmentType }),
      })) ??
      input.adjustments!.map(({ adjustment }) => ({
        metric: threshold - 1,
        warming: 0,
        policy: policyOf([{ lower: null, upper: 0, adjustment }], { adjustmentType: input.adjustmentType }),
      }));
    let desired = input.initialDesired;
    const desiredAfter = events.map(({ metric, warming, policy }) => {
      const decision = decideStepScaling(policy, {
        threshold,
        comparisonOperator: metric >= threshold ? 'GreaterThanOrEqualToThreshold' : 'LessThanOrEqualToThreshold',
        recentPoints: [metric],
        group: groupOf(desired - warming, {
          minSize: input.min ?? 0,
          maxSize: input.max ?? 1_000_000,
          desiredCapacity: desired,
          warmingInstances: warming,
          terminatingInstances: input.terminating ?? 0,
        }),
      });
      desired = decision.desiredAfter;
      return desired;
    });
    expect(desiredAfter).toEqual(expected.desiredAfter);
  },
  'step.validate'({
    input,
    expected,
  }: Vector<
    { steps: VectorStep[]; adjustmentType?: AdjustmentType | null },
    { valid: boolean; reason?: string; messageContains?: string }
  >) {
    const adjustmentType = input.adjustmentType === undefined ? 'ChangeInCapacity' : input.adjustmentType;
    const faults = validateStepPolicy({ ...policyOf(input.steps), adjustmentType });
    expect(faults.length === 0).toBe(expected.valid);
    if (expected.valid) return;
    const named = faults.find(({ reason }) => reason === expected.reason);
    expect(named?.apiMessage).toContain(expected.messageContains);
  },
  'warmup.effective'({
    input,
    expected,
  }: Vector<
    {
      policyType: 'StepScaling' | 'InstanceRefresh';
      estimatedInstanceWarmup?: number | null;
      instanceWarmup?: number | null;
      defaultInstanceWarmup: number | null;
      defaultCooldown: number;
      healthCheckGracePeriod?: number;
    },
    { seconds: number }
  >) {
    const defaultInstanceWarmupSeconds = input.defaultInstanceWarmup;
    const seconds =
      input.policyType === 'InstanceRefresh'
        ? refreshWarmupSeconds({
            instanceWarmupSeconds: input.instanceWarmup ?? null,
            defaultInstanceWarmupSeconds,
            healthCheckGracePeriodSeconds: input.healthCheckGracePeriod!,
          })
        : effectiveWarmupSeconds(
            { estimatedInstanceWarmupSeconds: input.estimatedInstanceWarmup ?? null },
            { defaultInstanceWarmupSeconds, defaultCooldownSeconds: input.defaultCooldown },
          );
    expect(seconds).toBe(expected.seconds);
  },
  'policies.combine'({ input, expected }: Vector<{ proposals: number[] }, { capacity: number }>) {
    expect(combineProposals(input.proposals)).toBe(expected.capacity);
  },
};

for (const [kind, run] of Object.entries(adapters)) {
  const vectors = file.vectors
    .filter((vector) => vector.kind === kind)
    .map((vector) => ({ ...vector, said: vector.rules.join(' ') }));
  describe(kind, () => {
    test('has worked examples', () => expect(vectors.length).toBeGreaterThan(0));
    test.each(vectors)('[$said] $id: $title', (vector) => run(vector));
  });
}

test('kinds that are not run yet are known and said', () => {
  const kinds = Object.keys(file.kinds);
  const uncovered = kinds.filter((kind) => adapters[kind] === undefined);
  const left = file.vectors.filter(({ kind }) => adapters[kind] === undefined).length;
  console.log(
    `worked examples: ${file.vectors.length - left} of ${file.vectors.length} run; ${uncovered.length} of ${kinds.length} kinds not covered yet`,
  );
  expect(new Set(file.vectors.map(({ kind }) => kind))).toEqual(new Set(kinds));
  expect(uncovered).toHaveLength(62);
});
