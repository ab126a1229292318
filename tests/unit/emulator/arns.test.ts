import { expect, it } from 'vitest';
import { arnOf, partitionIn, rootArn } from '../../../src/emulator/arns.ts';

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
