/**
 * CloudWatch with the JavaScript SDK: AWS JSON, RPC v2 CBOR, compressed bodies, errors as the SDK's own classes.
 */
import {
  CloudWatchClient,
  type CloudWatchClientConfig,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { AwsSmithyRpcV2CborProtocol } from '@aws-sdk/core/protocols';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunningEmulator } from '../../../src/emulator/index.ts';
import { sdkOptions, startTestEmulator, testStartMs } from '../testEmulator.ts';

let emulator: RunningEmulator;
beforeEach(async () => {
  emulator = await startTestEmulator();
});
afterEach(() => emulator.stop());

const json = (): CloudWatchClient => new CloudWatchClient(sdkOptions(emulator));
const cbor = (): CloudWatchClient =>
  new CloudWatchClient({
    ...sdkOptions(emulator),
    protocol: new AwsSmithyRpcV2CborProtocol({
      defaultNamespace: 'com.amazonaws.cloudwatch',
    }) as NonNullable<CloudWatchClientConfig['protocol']>,
  });

const range = { StartTime: new Date(testStartMs), EndTime: new Date(testStartMs + 3_600_000) };
const dimensions = [{ Name: 'Service', Value: 'checkout' }];

describe.each([
  ['AWS JSON 1.0', json],
  ['RPC v2 CBOR', cbor],
])('%s', (_protocol, client) => {
  it('puts points and reads them back, newest first', async () => {
    const cloudWatch = client();
    await emulator.advanceTo(testStartMs + 180_000);
    await cloudWatch.send(
      new PutMetricDataCommand({
        Namespace: 'Shop',
        MetricData: [
          {
            MetricName: 'Latency',
            Dimensions: dimensions,
            Timestamp: new Date(testStartMs),
            Value: 12.5,
            Unit: 'Seconds',
          },
          {
            MetricName: 'Latency',
            Dimensions: dimensions,
            Timestamp: new Date(testStartMs + 60_000),
            Values: [1, 2],
            Counts: [3, 1],
            Unit: 'Seconds',
          },
          {
            MetricName: 'Latency',
            Dimensions: dimensions,
            Timestamp: new Date(testStartMs + 60_000),
            StatisticValues: { SampleCount: 2, Sum: 20, Minimum: 9, Maximum: 11 },
            Unit: 'Seconds',
          },
        ],
      }),
    );
    const stat = (id: string, Stat: string) => ({
      Id: id,
      MetricStat: { Metric: { Namespace: 'Shop', MetricName: 'Latency', Dimensions: dimensions }, Period: 60, Stat },
    });
    const read = await cloudWatch.send(
      new GetMetricDataCommand({
        ...range,
        MetricDataQueries: [
          stat('total', 'Sum'),
          stat('samples', 'SampleCount'),
          { Id: 'mean', Expression: 'total / samples' },
          stat('largest', 'Maximum'),
        ],
      }),
    );
    expect(read.MetricDataResults?.map(({ Id, Values, StatusCode }) => [Id, Values, StatusCode])).toEqual([
      ['total', [25, 12.5], 'Complete'],
      ['samples', [6, 1], 'Complete'],
      ['mean', [25 / 6, 12.5], 'Complete'],
      ['largest', [11, 12.5], 'Complete'],
    ]);
    expect(read.MetricDataResults?.[0]?.Timestamps).toEqual([new Date(testStartMs + 60_000), new Date(testStartMs)]);

    const statistics = await cloudWatch.send(
      new GetMetricStatisticsCommand({
        ...range,
        Namespace: 'Shop',
        MetricName: 'Latency',
        Dimensions: dimensions,
        Period: 300,
        Statistics: ['Average', 'Maximum'],
      }),
    );
    expect(statistics.Datapoints).toEqual([
      { Timestamp: new Date(testStartMs), Average: 37.5 / 7, Maximum: 12.5, Unit: 'Seconds' },
    ]);
    const listed = await cloudWatch.send(new ListMetricsCommand({ Namespace: 'Shop' }));
    expect(listed.Metrics).toEqual([{ Namespace: 'Shop', MetricName: 'Latency', Dimensions: dimensions }]);
  });

  it('evaluates an alarm on the virtual clock and keeps its history', async () => {
    const cloudWatch = client();
    await cloudWatch.send(
      new PutMetricAlarmCommand({
        AlarmName: 'slow',
        Namespace: 'Shop',
        MetricName: 'Latency',
        Dimensions: dimensions,
        Statistic: 'Average',
        Period: 60,
        EvaluationPeriods: 2,
        Threshold: 10,
        ComparisonOperator: 'GreaterThanThreshold',
      }),
    );
    for (let minute = 0; minute < 4; minute++) {
      await cloudWatch.send(
        new PutMetricDataCommand({
          Namespace: 'Shop',
          MetricData: [{ MetricName: 'Latency', Dimensions: dimensions, Value: minute < 1 ? 5 : 20 }],
        }),
      );
      await emulator.advanceTo(testStartMs + (minute + 1) * 60_000);
    }
    await emulator.advanceTo(testStartMs + 5 * 60_000);
    const alarms = await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: ['slow'] }));
    expect(alarms.MetricAlarms).toHaveLength(1);
    expect(alarms.MetricAlarms?.[0]).toMatchObject({
      AlarmArn: 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:slow',
      StateValue: 'ALARM',
      EvaluationPeriods: 2,
      Threshold: 10,
      ActionsEnabled: true,
    });
    expect(alarms.MetricAlarms?.[0]?.StateReason).toContain('2 out of the last 2 datapoints [20.0');
    const history = await cloudWatch.send(
      new DescribeAlarmHistoryCommand({ AlarmName: 'slow', HistoryItemType: 'StateUpdate' }),
    );
    expect(history.AlarmHistoryItems?.map(({ HistorySummary }) => HistorySummary)).toEqual([
      'Alarm updated from OK to ALARM',
      'Alarm updated from INSUFFICIENT_DATA to OK',
    ]);
    const data = JSON.parse(history.AlarmHistoryItems?.[0]?.HistoryData ?? '');
    expect(data.newState.stateReasonData.recentDatapoints).toEqual([20, 20]);
  });

  it('names what is wrong as the SDK expects it', async () => {
    const cloudWatch = client();
    await expect(
      cloudWatch.send(new SetAlarmStateCommand({ AlarmName: 'nobody', StateValue: 'OK', StateReason: 'drill' })),
    ).rejects.toMatchObject({ name: 'ResourceNotFound', $metadata: { httpStatusCode: 404 } });
    await expect(
      cloudWatch.send(
        new PutMetricDataCommand({ Namespace: 'AWS/SQS', MetricData: [{ MetricName: 'Mine', Value: 1 }] }),
      ),
    ).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  });
});

it('takes a large PutMetricData body, which the SDK sends compressed', async () => {
  const cloudWatch = json();
  let encoding = '';
  cloudWatch.middlewareStack.add(
    (next) => (args) => {
      const { request } = args as { request: { headers: Record<string, string> } };
      encoding = request.headers['content-encoding'] ?? '';
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
  await cloudWatch.send(
    new PutMetricDataCommand({
      Namespace: 'Shop',
      MetricData: Array.from({ length: 1_000 }, (_, index) => ({
        MetricName: 'Orders',
        Dimensions: [{ Name: 'Store', Value: `store-${index}` }],
        Value: index,
      })),
    }),
  );
  expect(encoding).toBe('gzip');
  const names: string[] = [];
  let NextToken: string | undefined;
  let pages = 0;
  do {
    const page = await cloudWatch.send(new ListMetricsCommand({ Namespace: 'Shop', NextToken }));
    names.push(...(page.Metrics ?? []).map((metric) => metric.Dimensions?.[0]?.Value ?? ''));
    NextToken = page.NextToken;
    pages++;
  } while (NextToken !== undefined);
  expect(pages).toBe(2);
  expect(new Set(names).size).toBe(1_000);
});

it('splits a series over pages that fit together while the clock runs on', async () => {
  const cloudWatch = json();
  for (let minute = 0; minute < 6; minute++) {
    await cloudWatch.send(
      new PutMetricDataCommand({
        Namespace: 'Shop',
        MetricData: [{ MetricName: 'Orders', Timestamp: new Date(testStartMs + minute * 60_000), Value: minute }],
      }),
    );
  }
  const values: number[] = [];
  const statuses: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await cloudWatch.send(
      new GetMetricDataCommand({
        ...range,
        MetricDataQueries: [
          {
            Id: 'orders',
            MetricStat: { Metric: { Namespace: 'Shop', MetricName: 'Orders' }, Period: 60, Stat: 'Sum' },
          },
        ],
        MaxDatapoints: 4,
        NextToken,
      }),
    );
    values.push(...(page.MetricDataResults?.[0]?.Values ?? []));
    statuses.push(page.MetricDataResults?.[0]?.StatusCode ?? '');
    NextToken = page.NextToken;
    await emulator.advanceTo(emulator.world.nowMs() + 60_000);
  } while (NextToken !== undefined);
  expect(values).toEqual([5, 4, 3, 2, 1, 0]);
  expect(statuses).toEqual(['PartialData', 'Complete']);
});
