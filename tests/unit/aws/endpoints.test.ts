/** Where errors say that a call went: where the SDK sends it. */
import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Caller } from '../../../src/aws/caller.ts';
import { clock } from './canned.ts';

const clients = {
  'autoscaling:DescribeAutoScalingGroups': AutoScalingClient,
  'cloudwatch:GetMetricData': CloudWatchClient,
  'kinesis:ListStreams': KinesisClient,
  'sqs:ListQueues': SQSClient,
  'sts:GetCallerIdentity': STSClient,
} as const;

function callerIn(region: string, endpoint: string | null = null): Caller {
  const caller = new Caller({
    connection: { id: 'c', name: 'n', kind: 'aws', region, endpoint, profile: null, pollIntervalSeconds: 60 },
    credentials: { kind: 'static', accessKeyId: 'a', secretAccessKey: 's' },
    clock,
  });
  onTestFinished(() => caller.close());
  return caller;
}

describe.each([
  'us-east-1',
  'cn-north-1',
  'us-gov-west-1',
  'us-iso-east-1',
  'us-isob-east-1',
  'eu-isoe-west-1',
  'us-isof-south-1',
  'eusc-de-east-1',
])('in %s', (Region) => {
  it.each(Object.entries(clients))('%s goes where the SDK sends it', (action, Client) => {
    const client = new Client({ region: Region });
    onTestFinished(() => client.destroy());
    const { url } = client.config.endpointProvider({ Region });
    expect(callerIn(Region).endpointOf(action)).toBe(url.hostname);
  });
});

it('goes to the endpoint of the connection, if it has one', () => {
  expect(callerIn('cn-north-1', 'http://127.0.0.1:4566').endpointOf('sqs:ListQueues')).toBe('http://127.0.0.1:4566');
});
