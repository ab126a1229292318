/**
 * CloudWatch with boto3 and the AWS CLI of Debian: Query XML.
 */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RunningEmulator } from '../../../src/emulator/index.ts';
import { awsCli, awsJson, boto3, runAws, runBoto3 } from '../clients.ts';
import { startTestEmulator, testStartMs } from '../testEmulator.ts';

let emulator: RunningEmulator;
beforeEach(async () => {
  emulator = await startTestEmulator();
});
afterEach(() => emulator.stop());

it.skipIf(boto3.leftOut)('boto3: points, readers, an alarm, its history, errors', async () => {
  await emulator.advanceTo(testStartMs + 600_000);
  const result = await runBoto3(
    emulator.endpoint,
    `
import boto3, os, json
from datetime import datetime, timedelta, timezone
from botocore.exceptions import ClientError
cw = boto3.client('cloudwatch', endpoint_url=os.environ['ENDPOINT'], region_name='us-east-1')
start = datetime(2026, 3, 2, tzinfo=timezone.utc)
dims = [{'Name': 'Service', 'Value': 'checkout'}]
cw.put_metric_data(Namespace='Shop', MetricData=[
  {'MetricName': 'Latency', 'Dimensions': dims, 'Timestamp': start + timedelta(minutes=m), 'Value': m * 10.0} for m in range(5)])
data = cw.get_metric_data(StartTime=start, EndTime=start + timedelta(hours=1), ScanBy='TimestampAscending', MetricDataQueries=[
  {'Id': 'm1', 'MetricStat': {'Metric': {'Namespace': 'Shop', 'MetricName': 'Latency', 'Dimensions': dims}, 'Period': 60, 'Stat': 'Average'}},
  {'Id': 'e1', 'Expression': 'm1 * 2 + 1'}])
stats = cw.get_metric_statistics(Namespace='Shop', MetricName='Latency', Dimensions=dims, StartTime=start, EndTime=start + timedelta(minutes=5), Period=300, Statistics=['Sum'])
cw.put_metric_alarm(AlarmName='slow', Namespace='Shop', MetricName='Latency', Dimensions=dims, Statistic='Average', Period=60,
  EvaluationPeriods=3, DatapointsToAlarm=2, Threshold=15, ComparisonOperator='GreaterThanThreshold', TreatMissingData='notBreaching')
cw.set_alarm_state(AlarmName='slow', StateValue='ALARM', StateReason='drill')
alarm = cw.describe_alarms(AlarmNamePrefix='sl')['MetricAlarms'][0]
history = cw.describe_alarm_history(AlarmName='slow')['AlarmHistoryItems']
try:
  cw.delete_alarms(AlarmNames=['nobody'])
except ClientError as error:
  code = error.response['Error']['Code']
cw.delete_alarms(AlarmNames=['slow'])
print(json.dumps({
  'ids': [r['Id'] for r in data['MetricDataResults']],
  'm1': data['MetricDataResults'][0]['Values'],
  'first': data['MetricDataResults'][0]['Timestamps'][0].isoformat(),
  'e1': data['MetricDataResults'][1]['Values'],
  'sum': stats['Datapoints'][0]['Sum'],
  'state': alarm['StateValue'], 'reason': alarm['StateReason'], 'threshold': alarm['Threshold'], 'm': alarm['DatapointsToAlarm'],
  'history': [h['HistorySummary'] for h in history],
  'code': code,
  'left': len(cw.describe_alarms()['MetricAlarms']),
}))
`,
  );
  expect(result).toEqual({
    ids: ['m1', 'e1'],
    m1: [0, 10, 20, 30, 40],
    first: '2026-03-02T00:00:00+00:00',
    e1: [1, 21, 41, 61, 81],
    sum: 100,
    state: 'ALARM',
    reason: 'drill',
    threshold: 15,
    m: 2,
    history: ['Alarm updated from INSUFFICIENT_DATA to ALARM', 'Alarm "slow" created'],
    code: 'ResourceNotFound',
    left: 0,
  });
});

it.skipIf(awsCli.leftOut)('AWS CLI: points, readers, an alarm, an error', async () => {
  const { endpoint } = emulator;
  await awsJson(endpoint, [
    'cloudwatch',
    'put-metric-data',
    '--namespace',
    'Shop',
    '--metric-name',
    'Orders',
    '--value',
    '7',
    '--dimensions',
    'Store=north',
  ]);
  expect(await awsJson(endpoint, ['cloudwatch', 'list-metrics', '--namespace', 'Shop'])).toEqual({
    Metrics: [{ Namespace: 'Shop', MetricName: 'Orders', Dimensions: [{ Name: 'Store', Value: 'north' }] }],
  });
  const statistics = await awsJson(endpoint, [
    'cloudwatch',
    'get-metric-statistics',
    '--namespace',
    'Shop',
    '--metric-name',
    'Orders',
    '--dimensions',
    'Name=Store,Value=north',
    '--start-time',
    '2026-03-02T00:00:00Z',
    '--end-time',
    '2026-03-02T01:00:00Z',
    '--period',
    '60',
    '--statistics',
    'Sum',
  ]);
  // How a time is printed differs between versions of the CLI.
  expect(statistics).toMatchObject({ Label: 'Orders', Datapoints: [{ Sum: 7, Unit: 'None' }] });
  await awsJson(endpoint, [
    'cloudwatch',
    'put-metric-alarm',
    '--alarm-name',
    'busy',
    '--namespace',
    'Shop',
    '--metric-name',
    'Orders',
    '--statistic',
    'Sum',
    '--period',
    '60',
    '--evaluation-periods',
    '1',
    '--threshold',
    '5',
    '--comparison-operator',
    'GreaterThanThreshold',
    '--dimensions',
    'Name=Store,Value=north',
  ]);
  await emulator.advanceTo(testStartMs + 120_000);
  expect(await awsJson(endpoint, ['cloudwatch', 'describe-alarms', '--state-value', 'ALARM'])).toMatchObject({
    MetricAlarms: [{ AlarmName: 'busy', StateValue: 'ALARM' }],
  });
  const refused = await runAws(endpoint, [
    'cloudwatch',
    'set-alarm-state',
    '--alarm-name',
    'nobody',
    '--state-value',
    'OK',
    '--state-reason',
    'drill',
  ]);
  expect(refused.status).not.toBe(0);
  expect(refused.stderr).toContain('(ResourceNotFound)');
});
