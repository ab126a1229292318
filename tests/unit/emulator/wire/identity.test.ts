import { describe, expect, it } from 'vitest';
import { identify } from '../../../../src/emulator/wire/identity.ts';

const none: ReadonlyMap<string, string> = new Map();
const signed = (credential: string): string =>
  `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0`;

describe('identify', () => {
  const cases = [
    { credential: 'test/20260302/us-east-1/sqs/aws4_request', is: [null, 'us-east-1', 'sqs'] },
    {
      credential: '111122223333/20260302/eu-west-1/kinesis/aws4_request',
      is: ['111122223333', 'eu-west-1', 'kinesis'],
    },
    { credential: 'test/20260302/nowhere/sqs/aws4_request', is: [null, null, 'sqs'] },
    { credential: 'test', is: [null, null, null] },
    { credential: '/20260302/us-east-1/sqs/aws4_request', is: [null, null, null] },
  ] as const;

  it.each(cases)('reads $credential from a header and from a presigned URL', ({ credential, is }) => {
    const [accountId, region, scopeName] = is;
    const expected = { accountId, region, scopeName };
    expect(identify(signed(credential), none)).toEqual(expected);
    expect(identify(undefined, new Map([['X-Amz-Credential', credential]]))).toEqual(expected);
  });

  it('takes nobody for another who called before', () => {
    const [first, second] = cases;
    for (let round = 0; round < 3; round++) {
      expect(identify(signed(first.credential), none)).toMatchObject({ accountId: null, region: 'us-east-1' });
      expect(identify(undefined, none)).toEqual({ accountId: null, region: null, scopeName: null });
      expect(identify(signed(second.credential), none)).toMatchObject({
        accountId: '111122223333',
        region: 'eu-west-1',
      });
    }
  });
});
