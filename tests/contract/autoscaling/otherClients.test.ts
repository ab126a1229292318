/**
 * EC2 Auto Scaling with boto3 and the AWS CLI of Debian: define an alarm and a step policy, see the group act.
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

it.skipIf(boto3.leftOut)('boto3: a custom metric raises an alarm whose policy moves the group', async () => {
  const result = await runBoto3(
    emulator.endpoint,
    `
import boto3, os, json, urllib.request
endpoint = os.environ['ENDPOINT']
def client(name): return boto3.client(name, endpoint_url=endpoint, region_name='us-east-1')
def advance(seconds):
  request = urllib.request.Request(endpoint + '/_spillway/clock/advance', data=json.dumps({'ms': seconds * 1000}).encode(), headers={'content-type': 'application/json'})
  urllib.request.urlopen(request).read()
asg, cw = client('autoscaling'), client('cloudwatch')
asg.create_launch_configuration(LaunchConfigurationName='lc', ImageId='ami-1', InstanceType='t3.small')
asg.create_auto_scaling_group(AutoScalingGroupName='workers', LaunchConfigurationName='lc', MinSize=1, MaxSize=8, DesiredCapacity=2, AvailabilityZones=['us-east-1a'])
advance(600)
arn = asg.put_scaling_policy(AutoScalingGroupName='workers', PolicyName='out', PolicyType='StepScaling', AdjustmentType='ExactCapacity',
  StepAdjustments=[{'MetricIntervalLowerBound': 0.0, 'ScalingAdjustment': 5}], EstimatedInstanceWarmup=60)['PolicyARN']
cw.put_metric_alarm(AlarmName='deep', Namespace='Shop', MetricName='Backlog', Statistic='Maximum', Period=60, EvaluationPeriods=1,
  Threshold=100, ComparisonOperator='GreaterThanOrEqualToThreshold', AlarmActions=[arn])
cw.put_metric_data(Namespace='Shop', MetricData=[{'MetricName': 'Backlog', 'Value': 400}])
advance(600)
group = asg.describe_auto_scaling_groups(AutoScalingGroupNames=['workers'])['AutoScalingGroups'][0]
activities = asg.describe_scaling_activities(AutoScalingGroupName='workers', MaxRecords=2)
rest = asg.describe_scaling_activities(AutoScalingGroupName='workers', NextToken=activities['NextToken'])
history = cw.describe_alarm_history(AlarmName='deep', HistoryItemType='Action')['AlarmHistoryItems']
policy = asg.describe_policies(AutoScalingGroupName='workers')['ScalingPolicies'][0]
asg.delete_policy(AutoScalingGroupName='workers', PolicyName='out')
asg.delete_auto_scaling_group(AutoScalingGroupName='workers', ForceDelete=True)
advance(600)
print(json.dumps({
  'desired': group['DesiredCapacity'], 'type': group['Instances'][0]['InstanceType'], 'states': sorted({i['LifecycleState'] for i in group['Instances']}),
  'statuses': [a['StatusCode'] for a in activities['Activities']], 'rest': len(rest['Activities']),
  'cause': activities['Activities'][0]['Cause'],
  'action': history[0]['HistorySummary'] == 'Successfully executed action ' + arn,
  'alarms': [a['AlarmName'] for a in policy['Alarms']],
  'groups': len(asg.describe_auto_scaling_groups()['AutoScalingGroups']),
}))
`,
  );
  expect(result).toMatchObject({
    desired: 5,
    type: 't3.small',
    states: ['InService'],
    statuses: ['Successful', 'Successful'],
    rest: 3,
    action: true,
    alarms: ['deep'],
    groups: 0,
  });
  expect((result as { cause: string }).cause).toContain(
    'a monitor alarm deep in state ALARM triggered policy out changing the desired capacity from 2 to 5.',
  );
});

it.skipIf(awsCli.leftOut)('AWS CLI: a step policy run by hand, activities, an error', async () => {
  const { endpoint } = emulator;
  await awsJson(endpoint, [
    'autoscaling',
    'create-auto-scaling-group',
    '--auto-scaling-group-name',
    'workers',
    '--launch-template',
    'LaunchTemplateName=worker,Version=1',
    '--min-size',
    '1',
    '--max-size',
    '5',
    '--availability-zones',
    'us-east-1a',
  ]);
  await emulator.advanceTo(testStartMs + 600_000);
  const policy = await awsJson(endpoint, [
    'autoscaling',
    'put-scaling-policy',
    '--auto-scaling-group-name',
    'workers',
    '--policy-name',
    'out',
    '--policy-type',
    'StepScaling',
    '--adjustment-type',
    'PercentChangeInCapacity',
    '--min-adjustment-magnitude',
    '2',
    '--step-adjustments',
    'MetricIntervalLowerBound=0,ScalingAdjustment=50',
  ]);
  expect(policy).toMatchObject({ PolicyARN: expect.stringContaining(':scalingPolicy:'), Alarms: [] });
  await awsJson(endpoint, [
    'autoscaling',
    'execute-policy',
    '--auto-scaling-group-name',
    'workers',
    '--policy-name',
    'out',
    '--metric-value',
    '12',
    '--breach-threshold',
    '10',
  ]);
  await emulator.advanceTo(testStartMs + 1_200_000);
  // ADJ-03: 50 % of one is less than the minimum magnitude of two.
  expect(await awsJson(endpoint, ['autoscaling', 'describe-auto-scaling-groups'])).toMatchObject({
    AutoScalingGroups: [{ AutoScalingGroupName: 'workers', DesiredCapacity: 3 }],
  });
  const activities = await awsJson(endpoint, [
    'autoscaling',
    'describe-scaling-activities',
    '--auto-scaling-group-name',
    'workers',
  ]);
  expect(activities).toMatchObject({ Activities: [{ StatusCode: 'Successful' }, { StatusCode: 'Successful' }, {}] });
  const refused = await runAws(endpoint, [
    'autoscaling',
    'delete-auto-scaling-group',
    '--auto-scaling-group-name',
    'workers',
  ]);
  expect(refused.stderr).toContain('(ResourceInUse)');
});
