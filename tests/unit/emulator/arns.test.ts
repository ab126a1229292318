import { partition } from '@aws-sdk/core/client';
import { describe, expect, it } from 'vitest';
import { arnOf, partitionIn, partitionOf, rootArn } from '../../../src/emulator/arns.ts';

describe('the partition of a Region', () => {
  it.each([
    ['us-east-1', 'aws'],
    ['eu-west-1', 'aws'],
    ['ca-central-1', 'aws'],
    ['mx-central-1', 'aws'],
    ['cn-north-1', 'aws-cn'],
    ['cn-northwest-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['us-gov-east-1', 'aws-us-gov'],
    ['us-iso-east-1', 'aws-iso'],
    ['us-isob-east-1', 'aws-iso-b'],
    ['eu-isoe-west-1', 'aws-iso-e'],
    ['us-isof-south-1', 'aws-iso-f'],
    ['eusc-de-east-1', 'aws-eusc'],
    ['nowhere-1', 'aws'],
    ['', 'aws'],
  ])('[SQS-128] of %j it is %s, and the SDK says so, too', (region, expected) => {
    expect(partitionOf(region)).toBe(expected);
    expect(partition(region).name).toBe(expected);
  });
});

it('ARNs are of the partition of their Region', () => {
  const accountId = '000000000000';
  expect(arnOf('sqs', { region: 'us-east-1', accountId }, 'q')).toBe('arn:aws:sqs:us-east-1:000000000000:q');
  expect(arnOf('kinesis', { region: 'cn-north-1', accountId }, 'stream/s')).toBe(
    'arn:aws-cn:kinesis:cn-north-1:000000000000:stream/s',
  );
  expect(rootArn('aws-us-gov', accountId)).toBe('arn:aws-us-gov:iam::000000000000:root');
  expect(partitionIn('arn:aws-iso-b:sqs:us-isob-east-1:000000000000:q')).toBe('aws-iso-b');
  expect(partitionIn('text')).toBe('');
});
