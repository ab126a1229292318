import { describe, expect, test } from 'vitest';
import {
  comparisonSign,
  decisionBlockIds,
  decisionText,
  decisionWords,
  type ToldDecision,
  type ToldSetup,
} from '../../../../src/core/messages/decisions.ts';

const decision: ToldDecision = {
  policyName: 'out',
  alarmName: 'high',
  metricValue: 1200,
  threshold: 500,
  stepLower: 1000,
  stepUpper: 3000,
  stepIndex: 1,
  adjustment: 2,
  baseCapacity: 4,
  delta: 2,
  creditedInstances: 0,
  desiredBefore: 4,
  desiredAfter: 6,
  blockedBy: null,
  repeats: 0,
  datapoints: [480, null, 500, 730],
};
type Driven = ToldSetup['policies'][number];
const setup = (change: { type?: string; alarm?: Partial<Driven['alarm']> } = {}): ToldSetup => ({
  group: { minSize: 1, maxSize: 8 },
  policies: [
    {
      policy: { name: 'out', adjustmentType: change.type ?? 'ChangeInCapacity' },
      alarm: {
        name: 'high',
        measure: 'depth',
        statistic: 'Average',
        periodSeconds: 60,
        evaluationPeriods: 3,
        datapointsToAlarm: 2,
        threshold: 500,
        comparisonOperator: 'GreaterThanThreshold',
        ...change.alarm,
      },
    },
  ],
});
const words = (over: Partial<ToldDecision> = {}, of: ToldSetup | null = setup()) =>
  decisionWords('en', { ...decision, ...over }, of);

describe('[REP-38, UX-30] a decision in words', () => {
  test('all of it, in both languages', () => {
    expect(decisionText('en', { ...decision, creditedInstances: 1, repeats: 3 }, setup())).toBe(
      'high is in ALARM: visible messages, Average of 60 s, > 500 in 2 of 3. ' +
        'Datapoints, newest last: 480, -, 500, 730; 1 of these 4 breach. ' +
        'out sees 1200, 700 above the threshold: step 2 (1000 ≤ x < 3000), add 2. ' +
        'From a base of 4, with 1 already on their way credited, that makes 6. ' +
        'Scaled out, 4 -> 6. The same in each of the next 3 minutes.',
    );
    expect(decisionText('ko', { ...decision, repeats: 1 }, setup())).toBe(
      'high 경보: 대기 메시지, 60초 Average, 3개 중 2개가 > 500. ' +
        '데이터 포인트(끝이 최신): 480, -, 500, 730. 4개 중 1개가 임계값 위반. ' +
        'out: 값 1200, 임계값보다 700 높음. 단계 2(1000 ≤ x < 3000): 2대 추가. ' +
        '기준 용량 4에서 6. 스케일 아웃, 4 -> 6. 1분 뒤에도 같음.',
    );
  });

  test.each(decisionBlockIds)('says that nothing was done and why: %s', (blockedBy) => {
    const blocked = { ...decision, blockedBy, desiredAfter: 4 };
    expect(decisionWords('en', blocked, setup()).outcome).toMatch(/^Nothing was done \(4\): .{15,}\.$/);
    expect(decisionWords('ko', blocked, setup()).outcome).toMatch(/^조정하지 않음\(4\): .*[가-힣]\.$/);
  });

  test.each([
    [{ desiredBefore: 7, baseCapacity: 7, desiredAfter: 8 }, 'Scaled out, 7 -> 8, held within 1 to 8.'],
    [{ desiredAfter: 7 }, 'Scaled out, 4 -> 7: another policy asked for more at the same second.'],
    [{ adjustment: -2, delta: -2, desiredAfter: 2 }, 'Scaled in, 4 -> 2.'],
    [{ desiredBefore: 6 }, 'Capacity stays at 6.'],
  ])('%j: %s', (over, outcome) => {
    expect(words(over).outcome).toBe(outcome);
  });

  test.each([
    ['ChangeInCapacity', -2, 'remove 2.'],
    ['PercentChangeInCapacity', 50, '+50 % of the capacity.'],
    ['PercentChangeInCapacity', -25, '-25 % of the capacity.'],
    ['ExactCapacity', 5, 'set to 5.'],
  ])('%s of %i: %s', (type, adjustment, said) => {
    expect(words({ adjustment }, setup({ type })).step).toContain(said);
  });

  test('[STEP-03] below the threshold the upper edge belongs to the step; no edge is no bound', () => {
    const low = { metricValue: 3, threshold: 10, stepLower: null, stepUpper: 10 };
    expect(words(low).step).toContain('out sees 3, 7 below the threshold: step 2 (x ≤ 10)');
    expect(words({ metricValue: 500, stepLower: 500, stepUpper: null }).step).toContain(
      'out sees 500, the threshold itself: step 2 (500 ≤ x)',
    );
  });

  test('no step: neither step nor base', () => {
    expect(words({ stepIndex: -1, adjustment: null, delta: 0, blockedBy: 'no-matching-step' })).toMatchObject({
      step: 'out sees 1200, 700 above the threshold.',
      base: '',
      outcome: 'Nothing was done (4): no step covers this value.',
    });
  });

  test('of an unknown setup or an older result, what is not known is not said', () => {
    expect(words({}, null)).toMatchObject({ alarm: 'high is in ALARM.', datapoints: '' });
    expect(words({ datapoints: undefined }).datapoints).toBe('');
  });

  test('an age is told in seconds, or as the caller tells values', () => {
    const age = setup({ alarm: { measure: 'age' } });
    expect(words({}, age).step).toContain('out sees 1200 s, 700 s above');
    expect(decisionText('en', decision, age, (value) => `<${value}>`)).toContain('sees <1200>, <700> above');
  });

  test.each([
    ['GreaterThanOrEqualToThreshold', 2],
    ['GreaterThanThreshold', 1],
    ['LessThanThreshold', 1],
    ['LessThanOrEqualToThreshold', 2],
  ])('%s: %i of the datapoints breach', (comparisonOperator, count) => {
    expect(words({}, setup({ alarm: { comparisonOperator } })).datapoints).toContain(`${count} of these 4 breach`);
    expect(comparisonSign(comparisonOperator)).toMatch(/^[<>≤≥]$/);
  });
});
