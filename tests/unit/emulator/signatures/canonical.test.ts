/** What is signed of a request: the forms of path, query and headers, and the signature itself against published figures. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Authorization, SignedRequest } from '../../../../src/emulator/signatures/authorization.ts';
import { canonicalRequest, signatureOf, stringToSign } from '../../../../src/emulator/signatures/canonical.ts';
import { secret } from './signing.ts';

const request = (part: Partial<SignedRequest>): SignedRequest => ({
  method: 'GET',
  path: '/',
  headers: {},
  body: new Uint8Array(0),
  ...part,
});
const lines = (part: Partial<SignedRequest>, signedHeaders: readonly string[] = ['host']): string[] =>
  canonicalRequest(request(part), signedHeaders).split('\n');

it.each([
  ['/', '/'],
  ['', '/'],
  ['/000000000000/orders', '/000000000000/orders'],
  ['/a/', '/a/'],
  ['//a//b//', '/a/b/'],
  ['/a/./b/../c', '/a/c'],
  ['/../..', '/'],
  // Encoded by the client already; every service but S3 encodes it once more.
  ['/a%20b', '/a%2520b'],
  ['/-_.~/!*()', '/-_.~/%21%2A%28%29'],
  ['/a?x=/b', '/a'],
])('path %j is signed as %j', (path, signed) => {
  expect(lines({ path })[1]).toBe(signed);
});

it.each([
  ['/', ''],
  ['/?', ''],
  ['/?b=2&a=1', 'a=1&b=2'],
  ['/?a=2&a=1&A=0', 'A=0&a=1&a=2'],
  ['/?flag&x=', 'flag=&x='],
  ['/?a=b=c', 'a=b%3Dc'],
  ['/?a=%7E-_.%2f%3a', 'a=~-_.%2F%3A'],
  ['/?a=x+y%20z', 'a=x%20y%20z'],
  ['/?a=%ED%8C%8C&%2A=!', '%2A=%21&a=%ED%8C%8C'],
  ['/?a=%zz', 'a=%25zz'],
  ['/?X-Amz-Signature=abc&X-Amz-Date=d', 'X-Amz-Date=d'],
])('query of %j is signed as %j', (path, signed) => {
  expect(lines({ path })[2]).toBe(signed);
});

it('headers: those that were signed, in their order, blanks trimmed and drawn together, absent ones empty', () => {
  const headers = { host: 'localhost:4566', 'x-b': '  two   words ', 'x-a': '"a   b"', other: 'x' };
  expect(lines({ headers }, ['host', 'x-a', 'x-b', 'x-none']).slice(3)).toEqual([
    'host:localhost:4566',
    'x-a:"a b"',
    'x-b:two words',
    'x-none:',
    '',
    'host;x-a;x-b;x-none',
    createHash('sha256').update('').digest('hex'),
  ]);
});

it.each([':authority', 'host'])('HTTP/2: the authority may be signed as %s', (name) => {
  expect(lines({ headers: { ':authority': 'localhost:4566' } }, [name])[3]).toBe(`${name}:localhost:4566`);
});

it('the hash is that of the body, whatever a header says of it', () => {
  const headers = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
  const hash = createHash('sha256').update('{"a":1}').digest('hex');
  expect(lines({ body: Buffer.from('{"a":1}'), headers }).at(-1)).toBe(hash);
});

it('any order of any query is signed alike', () => {
  const pair = fc.tuple(fc.string({ minLength: 1, unit: 'grapheme' }), fc.string({ unit: 'grapheme' }));
  const path = (pairs: readonly (readonly [string, string])[]): string =>
    `/?${pairs.map((pair) => pair.map(encodeURIComponent).join('=')).join('&')}`;
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 8 }), (pairs) => {
      expect(lines({ path: path(pairs) })[2]).toBe(lines({ path: path([...pairs].reverse()) })[2]);
    }),
  );
});

// The signatures that AWS publishes for these requests and its example key.
describe('published figures', () => {
  const authorization = (service: string): Authorization => ({
    accessKeyId: 'AKIDEXAMPLE',
    scopeDate: '20150830',
    region: 'us-east-1',
    service,
    terminator: 'aws4_request',
    signedHeaders: [],
    signature: '',
    signedAt: '20150830T123600Z',
  });
  const date = { 'x-amz-date': '20150830T123600Z' };
  const example = { host: 'example.amazonaws.com', ...date };
  const form = 'application/x-www-form-urlencoded';

  it.each<[string, string, Partial<SignedRequest>, string[], string]>([
    [
      'nothing but host and date',
      'service',
      { headers: example },
      ['host', 'x-amz-date'],
      '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
    ],
    [
      'a query out of order',
      'service',
      { path: '/?Param2=value2&Param1=value1', headers: example },
      ['host', 'x-amz-date'],
      'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
    ],
    [
      'a form',
      'service',
      { method: 'POST', headers: { ...example, 'content-type': form }, body: Buffer.from('Param1=value1') },
      ['content-type', 'host', 'x-amz-date'],
      'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
    ],
    [
      'Query in the URL',
      'iam',
      {
        path: '/?Action=ListUsers&Version=2010-05-08',
        headers: { host: 'iam.amazonaws.com', ...date, 'content-type': `${form}; charset=utf-8` },
      },
      ['content-type', 'host', 'x-amz-date'],
      '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
    ],
  ])('%s', (_what, service, part, signedHeaders, signature) => {
    const scope = authorization(service);
    const canonical = canonicalRequest(request(part), signedHeaders);
    expect(signatureOf(secret, scope, stringToSign(scope, canonical))).toBe(signature);
  });
});
