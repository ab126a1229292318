/** Decisions that no step policy made, told in both languages. */
import { expect, it } from 'vitest';
import { decisionText, type ToldDecision, type ToldSetup } from '../../../../src/core/messages/decisions.ts';

const decision: ToldDecision = {
  kind: 'target-tracking',
  policyName: 'track',
  alarmName: 'track-AlarmHigh',
  metricValue: 150,
  threshold: 100,
  stepLower: null,
  stepUpper: null,
  stepIndex: -1,
  adjustment: null,
  baseCapacity: 4,
  delta: 2,
  creditedInstances: 0,
  desiredBefore: 4,
  desiredAfter: 6,
  blockedBy: null,
  repeats: 0,
  datapoints: [null, 90, 150],
  rules: [],
};
const setup: ToldSetup = {
  group: { minSize: 1, maxSize: 10 },
  policies: [],
  tracking: [{ name: 'track', measure: 'age' }],
  simple: [
    {
      policy: { name: 'one', adjustmentType: 'PercentChangeInCapacity' },
      alarm: {
        name: 'high',
        measure: 'depth',
        statistic: 'Average',
        periodSeconds: 60,
        evaluationPeriods: 3,
        datapointsToAlarm: 2,
        threshold: 100,
        comparisonOperator: 'GreaterThanThreshold',
      },
    },
  ],
};
const tell = (part: Partial<ToldDecision>, language: 'en' | 'ko' = 'en') =>
  decisionText(language, { ...decision, ...part }, setup);

it('target tracking: the measure with its unit, the target, what it comes to', () => {
  expect(tell({})).toBe(
    'track-AlarmHigh is in ALARM: age of the oldest message, target 100 s. Datapoints, newest last: -, 90 s, 150 s. ' +
      'track sees 150 s, 100 s is the target. Over 4 in service that asks for 6. Scaled out, 4 -> 6.',
  );
  expect(tell({ blockedBy: 'held-by-another-policy', desiredAfter: 4, repeats: 3 }, 'ko')).toMatch(
    /조정하지 않음\(4\): 다른 대상 추적 정책이 동의하지 않음\. 3번 더 같음\.$/,
  );
});

it('simple scaling: the condition, the adjustment, the cooldown that holds it', () => {
  const simple = { kind: 'simple', policyName: 'one', alarmName: 'high', adjustment: 20 } as const;
  expect(tell({ ...simple, datapoints: [] })).toBe(
    'high is in ALARM: visible messages, > 100 in 2 of 3. one sees 150: +20 % of the capacity. Scaled out, 4 -> 6.',
  );
  expect(tell({ ...simple, blockedBy: 'cooldown', desiredAfter: 4 })).toContain(
    'Nothing was done (4): the cooldown is running.',
  );
});

it.each([
  { kind: 'keda', rules: ['KEDA-03'], threshold: 0, says: 'KEDA counts 150 messages; it is active above 0.' },
  {
    kind: 'keda',
    rules: ['HPA-01', 'KEDA-02'],
    says: 'The HPA sees 150 messages, 100 for each replica: 6 recommended.',
  },
  { kind: 'hpa', rules: ['HPA-01'], says: 'The HPA sees a utilization of 150 %, target 100 %: 6 recommended.' },
  { kind: 'lambda', says: 'Messages wait, so batches at once grow from 4.' },
  { kind: 'lambda', metricValue: 0, says: 'Nothing waits any more: as many batches as the arrivals keep busy.' },
] as const)('$kind: $says', ({ says, ...part }) => {
  const told = tell({ ...part, alarmName: '', datapoints: [] });
  expect(told).toBe(`${says} Scaled out, 4 -> 6.`);
  expect(tell({ ...part, alarmName: '', datapoints: [] }, 'ko')).toMatch(/[가-힣]/);
});
