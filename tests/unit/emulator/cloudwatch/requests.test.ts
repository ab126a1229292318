/** What CloudWatch refuses, asserted by code and words. Happy paths are in tests/contract/cloudwatch. */
import { describe, expect, it } from 'vitest';
import { createCloudWatchService } from '../../../../src/emulator/cloudwatch/index.ts';
import type { AwsError, CallScope } from '../../../../src/emulator/service.ts';
import { createWorld } from '../../../../src/emulator/world/world.ts';

const startMs = Date.UTC(2026, 2, 2);
const scope: CallScope = {
  accountId: '000000000000',
  region: 'us-east-1',
  origin: 'http://127.0.0.1',
  requestId: 'r',
  signed: true,
  printable: false,
  signal: { aborted: false, onAbort: () => {} },
};

function call(name: string, input: Record<string, unknown>) {
  const world = createWorld({ startMs, seed: 1 });
  const service = createCloudWatchService({ world, accountId: '000000000000', region: 'us-east-1' });
  return () => service.actions.get(name)!.run(service.state, input as never, scope);
}

const point = { MetricName: 'm', Value: 1 };
const query = { Id: 'm1', MetricStat: { Metric: { Namespace: 'n', MetricName: 'm' }, Period: 60, Stat: 'Sum' } };
const range = { StartTime: startMs - 60_000, EndTime: startMs };
const alarm = {
  AlarmName: 'a',
  Namespace: 'n',
  MetricName: 'm',
  Statistic: 'Sum',
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanThreshold',
};

describe.each([
  {
    action: 'PutMetricData',
    input: { Namespace: 'AWS/Mine', MetricData: [point] },
    code: 'InvalidParameterValue',
    words: 'AWS/',
  },
  { action: 'PutMetricData', input: { Namespace: 'n', MetricData: [] }, code: 'MissingParameter', words: 'MetricData' },
  {
    action: 'PutMetricData',
    input: { Namespace: 'n', MetricData: [{ ...point, Timestamp: startMs - 15 * 86_400_000 }] },
    code: 'InvalidParameterValue',
    words: 'two weeks',
  },
  {
    action: 'PutMetricData',
    input: { Namespace: 'n', MetricData: [{ ...point, Timestamp: startMs + 3 * 3_600_000 }] },
    code: 'InvalidParameterValue',
    words: 'two hours',
  },
  {
    action: 'PutMetricData',
    input: { Namespace: 'n', MetricData: [{ ...point, Value: Number.NaN }] },
    code: 'InvalidParameterValue',
    words: 'NaN',
  },
  {
    action: 'PutMetricData',
    input: { Namespace: 'n', MetricData: [{ ...point, Unit: 'Foo' }] },
    code: 'InvalidParameterValue',
    words: 'MetricData.member.1.Unit',
  },
  {
    action: 'PutMetricData',
    input: { Namespace: 'n', MetricData: [{ ...point, StorageResolution: 5 }] },
    code: 'InvalidParameterValue',
    words: 'MetricData.member.1.StorageResolution must be 1 or 60',
  },
  { action: 'ListMetrics', input: { NextToken: 'x' }, code: 'InvalidNextToken', words: 'token' },
  { action: 'PutMetricAlarm', input: { ...alarm, Unit: 'Foo' }, code: 'InvalidParameterValue', words: 'Unit' },
  { action: 'PutMetricAlarm', input: { ...alarm, Period: 45 }, code: 'ValidationError', words: 'Period: period 45 s' },
  {
    action: 'PutMetricData',
    input: { Namespace: 'n', MetricData: [{ ...point, Values: [1] }] },
    code: 'InvalidParameterCombination',
    words: 'mutually exclusive',
  },
  {
    action: 'PutMetricData',
    input: { Namespace: 'n', MetricData: [{ MetricName: 'm', Values: Array.from({ length: 151 }, () => 1) }] },
    code: 'InvalidParameterValue',
    words: '150',
  },
  {
    action: 'PutMetricData',
    input: { Namespace: 'n', MetricData: Array.from({ length: 1_001 }, () => point) },
    code: 'InvalidParameterValue',
    words: '1000',
  },
  {
    action: 'PutMetricData',
    input: {
      Namespace: 'n',
      MetricData: [
        { ...point, Dimensions: Array.from({ length: 31 }, (_, index) => ({ Name: `d${index}`, Value: 'x' })) },
      ],
    },
    code: 'InvalidParameterValue',
    words: '30',
  },
  {
    action: 'GetMetricData',
    input: { ...range, MetricDataQueries: [query, query] },
    code: 'ValidationError',
    words: 'not unique',
  },
  {
    action: 'GetMetricData',
    input: { ...range, MetricDataQueries: [{ Id: 'e1', Expression: 'SEARCH(1)' }] },
    code: 'ValidationError',
    words: 'the function SEARCH is not known here',
  },
  {
    action: 'GetMetricData',
    input: {
      ...range,
      MetricDataQueries: [
        { Id: 'e1', Expression: 'e2' },
        { Id: 'e2', Expression: 'e1 + 1' },
      ],
    },
    code: 'ValidationError',
    words: 'depends on itself',
  },
  {
    action: 'GetMetricData',
    input: { StartTime: startMs, EndTime: startMs, MetricDataQueries: [query] },
    code: 'ValidationError',
    words: 'StartTime must be less',
  },
  {
    action: 'GetMetricData',
    input: { ...range, MetricDataQueries: [query], NextToken: 'from somewhere else' },
    code: 'InvalidNextToken',
    words: 'token',
  },
  {
    action: 'GetMetricData',
    input: { ...range, MetricDataQueries: [{ ...query, MetricStat: { ...query.MetricStat, Stat: 'p99' } }] },
    code: 'InvalidParameterValue',
    words: 'p99',
  },
  {
    action: 'GetMetricStatistics',
    input: {
      Namespace: 'n',
      MetricName: 'm',
      StartTime: startMs - 2 * 86_400_000,
      EndTime: startMs,
      Period: 60,
      Statistics: ['Sum'],
    },
    code: 'InvalidParameterCombination',
    words: 'You have requested up to 2,880 datapoints, which exceeds the limit of 1,440',
  },
  { action: 'PutMetricAlarm', input: { ...alarm, Period: 90 }, code: 'ValidationError', words: 'period 90' },
  { action: 'PutMetricAlarm', input: { ...alarm, Period: 10 }, code: 'ValidationError', words: 'one-minute data' },
  {
    action: 'PutMetricAlarm',
    input: { ...alarm, EvaluationPeriods: 1_441 },
    code: 'ValidationError',
    words: 'more than a day',
  },
  { action: 'PutMetricAlarm', input: { ...alarm, DatapointsToAlarm: 2 }, code: 'ValidationError', words: 'datapoints' },
  { action: 'PutMetricAlarm', input: { ...alarm, AlarmActions: ['mail'] }, code: 'ValidationError', words: 'mail' },
  {
    action: 'PutMetricAlarm',
    input: { ...alarm, Metrics: [{ Id: 'm1' }] },
    code: 'ValidationError',
    words: 'metric math',
  },
  { action: 'DeleteAlarms', input: { AlarmNames: ['nobody'] }, code: 'ResourceNotFound', words: 'nobody' },
  {
    action: 'DescribeAlarms',
    input: { AlarmNames: ['a'], AlarmNamePrefix: 'a' },
    code: 'ValidationError',
    words: 'together',
  },
])('$action refuses with $code', ({ action, input, code, words }) => {
  it(`naming ${words}`, () => {
    let thrown: AwsError | undefined;
    try {
      call(action, input)();
    } catch (error) {
      thrown = error as AwsError;
    }
    expect(thrown?.queryCode).toBe(code);
    expect(thrown?.message).toContain(words);
  });
});

it('PutMetricData stores nothing of a call that is refused', () => {
  const world = createWorld({ startMs, seed: 1 });
  const service = createCloudWatchService({ world, accountId: '000000000000', region: 'us-east-1' });
  const input = { Namespace: 'n', MetricData: [point, { MetricName: 'm' }] };
  expect(() => service.actions.get('PutMetricData')!.run(service.state, input as never, scope)).toThrow();
  expect([...service.state.store.all()]).toEqual([]);
});
