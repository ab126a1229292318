import { partition } from '@aws-sdk/core/client';
import { describe, expect, it } from 'vitest';
import { partitionOf, serviceHost } from '../../../src/core/partitions.ts';

describe('the partition of a Region', () => {
  it.each([
    ['us-east-1', 'aws', 'amazonaws.com'],
    ['eu-west-1', 'aws', 'amazonaws.com'],
    ['ca-central-1', 'aws', 'amazonaws.com'],
    ['mx-central-1', 'aws', 'amazonaws.com'],
    ['cn-north-1', 'aws-cn', 'amazonaws.com.cn'],
    ['cn-northwest-1', 'aws-cn', 'amazonaws.com.cn'],
    ['us-gov-west-1', 'aws-us-gov', 'amazonaws.com'],
    ['us-gov-east-1', 'aws-us-gov', 'amazonaws.com'],
    ['us-iso-east-1', 'aws-iso', 'c2s.ic.gov'],
    ['us-isob-east-1', 'aws-iso-b', 'sc2s.sgov.gov'],
    ['eu-isoe-west-1', 'aws-iso-e', 'cloud.adc-e.uk'],
    ['us-isof-south-1', 'aws-iso-f', 'csp.hci.ic.gov'],
    ['eusc-de-east-1', 'aws-eusc', 'amazonaws.eu'],
    ['nowhere-1', 'aws', 'amazonaws.com'],
    ['', 'aws', 'amazonaws.com'],
  ])('[SQS-128] of %j it is %s with %s, and the SDK says so, too', (region, name, dnsSuffix) => {
    expect(partitionOf(region)).toBe(name);
    expect(serviceHost('sqs', region)).toBe(`sqs.${region}.${dnsSuffix}`);
    expect(partition(region)).toMatchObject({ name, dnsSuffix });
  });
});
