/** Verdicts: good signatures in both places, and every way in which one can be wrong, in AWS's words. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SignedRequest } from '../../../../src/emulator/signatures/authorization.ts';
import { type AccessKey, type Verdict, verifySignature } from '../../../../src/emulator/signatures/index.ts';
import { facts, type SigningFacts, secret, sign, signed } from './signing.ts';

const nowMs = Date.UTC(2026, 2, 2);
const key: AccessKey = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: secret, accountId: '111122223333' };
const verify = (request: SignedRequest, more: { scopeName?: string | null; nowMs?: number } = {}): Verdict =>
  verifySignature(request, {
    keys: new Map([[key.accessKeyId, key]]),
    scopeName: 'sqs',
    nowMs,
    skewMinutes: 15,
    ...more,
  });

const post: SignedRequest = {
  method: 'POST',
  path: '/',
  headers: {
    'content-type': 'application/x-amz-json-1.0',
    host: 'localhost:4566',
    'x-amz-target': 'AmazonSQS.ListQueues',
  },
  body: Buffer.from('{}'),
};

/** In the URL, as SDKs presign: the query is in order and needs only the slashes encoded. */
function presigned(given: SigningFacts = facts, more = ''): SignedRequest {
  const request = { method: 'GET', path: '/', headers: { host: 'localhost:4566' }, body: new Uint8Array(0) };
  const credential = `${given.accessKeyId}/${given.signedAt.slice(0, 8)}/${given.region}/${given.service}/aws4_request`;
  const query = [
    `Action=ListQueues&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${encodeURIComponent(credential)}`,
    `&X-Amz-Date=${given.signedAt}&X-Amz-Expires=60&X-Amz-SignedHeaders=host`,
  ].join('');
  const { signature } = sign(request, given, { query });
  return { ...request, path: `/?${query}&X-Amz-Signature=${signature}${more}` };
}

describe('good', () => {
  it('in the header', () => {
    expect(verify(signed(post))).toEqual({ ok: true, key });
  });

  it('in the header, with `date` in place of x-amz-date', () => {
    const headers = { ...post.headers, date: 'Mon, 02 Mar 2026 00:00:00 GMT' };
    const { credential, signedHeaders, signature } = sign({ ...post, headers }, facts);
    // Blanks and the order of the parts are the client's.
    const authorization = `AWS4-HMAC-SHA256 Signature=${signature},SignedHeaders=${signedHeaders},Credential=${credential}`;
    expect(verify({ ...post, headers: { ...headers, authorization } })).toEqual({ ok: true, key });
  });

  it('in the URL', () => {
    expect(verify(presigned())).toEqual({ ok: true, key });
  });

  it('over HTTP/2, with the authority signed', () => {
    const request = { ...post, headers: { ':authority': 'localhost:4566' } };
    expect(verify(signed(request))).toEqual({ ok: true, key });
  });

  it.each([-899_000, 0, 899_000])('%s ms from the clock', (ms) => {
    expect(verify(signed(post), { nowMs: nowMs + ms }).ok).toBe(true);
  });

  it('for a service that nobody knows', () => {
    expect(verify(signed(post, { ...facts, service: 'made-up' }), { scopeName: null }).ok).toBe(true);
  });
});

const with_ = (authorization: string | undefined, more: Record<string, string> = {}): SignedRequest => ({
  ...post,
  headers: { ...post.headers, ...more, authorization },
});
const date = { 'x-amz-date': facts.signedAt };

describe('wrong', () => {
  it.each<[string, SignedRequest, string, RegExp]>([
    ['nothing signed', post, 'missing', /^Request is missing Authentication Token$/],
    ['another scheme', with_('Bearer abc', date), 'incomplete', /requires 'Credential'.*'Signature'.*'SignedHeaders'/],
    ['an older algorithm', with_('AWS4-HMAC-SHA1 Credential=a/b/c/d/e', date), 'incomplete', /requires 'Credential'/],
    [
      'no signature',
      with_('AWS4-HMAC-SHA256 Credential=a/1/2/3/4, SignedHeaders=host', date),
      'incomplete',
      /^Authorization header requires 'Signature' parameter\. Authorization=AWS4/,
    ],
    [
      'no date',
      with_('AWS4-HMAC-SHA256 Credential=a/1/2/3/4, SignedHeaders=host, Signature=x'),
      'incomplete',
      /existence of either a 'X-Amz-Date' or a 'Date' header/,
    ],
    [
      'a part without its equal sign',
      with_('AWS4-HMAC-SHA256 Credential= a/1/2/3/4, SignedHeaders, Signature=x', date),
      'incomplete',
      /^'SignedHeaders' not a valid key=value pair/,
    ],
    [
      'a short credential',
      with_('AWS4-HMAC-SHA256 Credential=a/1/2/3, SignedHeaders=host, Signature=x', date),
      'incomplete',
      /at least 5 slash-delimited elements.*got 'a\/1\/2\/3'/,
    ],
    [
      'a date in words',
      with_('AWS4-HMAC-SHA256 Credential=a/1/2/3/4, SignedHeaders=host, Signature=x', { 'x-amz-date': 'today' }),
      'incomplete',
      /ISO-8601 'basic format'\. Got 'today'/,
    ],
    [
      'a day that is none',
      with_('AWS4-HMAC-SHA256 Credential=a/1/2/3/4, SignedHeaders=host, Signature=x', {
        'x-amz-date': '20261340T000000Z',
      }),
      'incomplete',
      /basic format/,
    ],
    [
      'a URL with half of it',
      { ...post, method: 'GET', path: '/?X-Amz-Algorithm=AWS4-HMAC-SHA256' },
      'incomplete',
      /must include 'X-Amz-Credential'.*'X-Amz-Signature'.*'X-Amz-SignedHeaders'.*'X-Amz-Date'.*Re-examine/,
    ],
    [
      'a URL of an older algorithm',
      { ...post, path: presigned().path.replace('SHA256', 'SHA1') },
      'incomplete',
      /Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA1'/,
    ],
    [
      'an unknown key',
      signed(post, { ...facts, accessKeyId: 'AKIDOTHER' }),
      'unknown-key',
      /^The security token included in the request is invalid\.$/,
    ],
    ['the key of Object', signed(post, { ...facts, accessKeyId: '__proto__' }), 'unknown-key', /security token/],
    [
      'another secret',
      signed(post, { ...facts, secretAccessKey: 'x' }),
      'mismatch',
      /^The request signature we calculated does not match/,
    ],
    [
      'a signature of another length',
      with_(signed(post).headers.authorization!.slice(0, -1), date),
      'mismatch',
      /does not match/,
    ],
    [
      'another service',
      signed(post, { ...facts, service: 'sns' }),
      'mismatch',
      /^Credential should be scoped to correct service: 'sqs'\.$/,
    ],
    [
      'a made-up Region',
      signed(post, { ...facts, region: 'here' }),
      'mismatch',
      /^Credential should be scoped to a valid region, not 'here'\.$/,
    ],
    [
      'another terminator',
      with_(signed(post).headers.authorization!.replace('aws4_request', 'aws5'), date),
      'mismatch',
      /valid terminator: 'aws4_request', not 'aws5'/,
    ],
    [
      'a scope of another day',
      with_(signed(post).headers.authorization!.replace('20260302', '20260301'), date),
      'mismatch',
      /'20260301' != '20260302', from '20260302T000000Z'/,
    ],
    [
      'no host among the signed',
      signed({ ...post, headers: { 'x-a': 'b' } }),
      'mismatch',
      /'Host' or ':authority' must be a 'SignedHeader'/,
    ],
    [
      'signed long ago',
      signed(post, { ...facts, signedAt: '20260301T234459Z' }),
      'mismatch',
      /^Signature expired: 20260301T234459Z is now earlier than 20260301T234500Z \(20260302T000000Z - 15 min\.\)$/,
    ],
    [
      'signed in time to come',
      signed(post, { ...facts, signedAt: '20260302T001501Z' }),
      'mismatch',
      /^Signature not yet current: 20260302T001501Z is still later than 20260302T001500Z \(20260302T000000Z \+ 15 min\.\)$/,
    ],
    ['presigned long ago', presigned({ ...facts, signedAt: '20260301T230000Z' }), 'mismatch', /^Signature expired/],
    ['a URL with a field more', presigned(facts, '&QueueNamePrefix=x'), 'mismatch', /does not match/],
  ])('%s', (_what, request, fault, words) => {
    const verdict = verify(request);
    expect(verdict).toMatchObject({ ok: false, fault, message: expect.stringMatching(words) });
  });

  it('tells what should have been signed, and no secret', () => {
    const verdict = verify({ ...signed(post), body: Buffer.from('{"changed":1}') });
    const message = verdict.ok ? '' : verdict.message;
    expect(message).toContain("The Canonical String for this request should have been\n'POST\n/\n\ncontent-type:");
    expect(message).toContain(
      "The String-to-Sign should have been\n'AWS4-HMAC-SHA256\n20260302T000000Z\n20260302/us-east-1/sqs/",
    );
    expect(message).not.toContain(secret);
  });

  it.each<[string, (request: SignedRequest) => SignedRequest]>([
    ['method', (request) => ({ ...request, method: 'PUT' })],
    ['path', (request) => ({ ...request, path: '/a' })],
    ['query', (request) => ({ ...request, path: '/?a=1' })],
    ['body', (request) => ({ ...request, body: Buffer.from('{ }') })],
    ['host', (request) => ({ ...request, headers: { ...request.headers, host: 'localhost:4567' } })],
    ['target', (request) => ({ ...request, headers: { ...request.headers, 'x-amz-target': 'AmazonSQS.PurgeQueue' } })],
    ['time', (request) => ({ ...request, headers: { ...request.headers, 'x-amz-date': '20260302T000001Z' } })],
  ])('a changed %s', (_what, change) => {
    expect(verify(signed(post)).ok).toBe(true);
    expect(verify(change(signed(post)))).toMatchObject({ ok: false, fault: 'mismatch' });
  });

  it('the first of two credentials counts, as it does for who the caller is', () => {
    const good = signed(post).headers.authorization!;
    const doubled = good.replace(
      'Credential=',
      'Credential=999999999999/20260302/us-east-1/sqs/aws4_request, Credential=',
    );
    expect(verify(with_(doubled, date))).toMatchObject({ ok: false, fault: 'unknown-key' });
  });

  it('nothing that a client may send is an exception', () => {
    const latin1 = fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString('latin1'));
    const text = fc.oneof(latin1, fc.constantFrom('%', '%E0%A4', '/', '=', ';', 'AWS4-HMAC-SHA256'));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 6 }), text, text, (parts, path, when) => {
        const request = with_(`AWS4-HMAC-SHA256 ${parts.join(',')}`, { 'x-amz-date': when });
        expect(verify(request).ok).toBe(false);
        const query = parts.map((part) => `X-Amz-${part}`).join('&');
        expect(verify({ ...post, path: `/${path}?X-Amz-Algorithm=${when}&${query}` }).ok).toBe(false);
        const credential = `${key.accessKeyId}/20260302/us-east-1/sqs/aws4_request`;
        const headers = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host;${parts.join(';')}, Signature=${path}`;
        expect(verify({ ...with_(headers, date), path: `/${path}?${query}` }).ok).toBe(false);
      }),
    );
  });
});
