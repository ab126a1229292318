import { describe, expect, it } from 'vitest';
import { messageText } from '../../../src/core/messages/index.ts';
import {
  type Answer,
  canned,
  connect,
  failureOf,
  identity,
  json,
  secret,
  sessionToken,
  signal,
  xml,
  xmlError,
} from './canned.ts';

const html: Answer = { headers: { 'content-type': 'text/html; charset=utf-8' }, body: '<html>Sign in</html>' };
const jsonError = (type: string, message: string, status = 400, headers: Record<string, string> = {}) =>
  json({ __type: type, message }, { status, headers });

describe('a failing test of a connection', () => {
  it.each([
    {
      what: 'wrong key id',
      answer: xmlError('InvalidClientTokenId', 'The security token included in the request is invalid.', 403),
      code: 'CREDENTIALS_REJECTED',
    },
    {
      what: 'wrong secret',
      answer: xmlError('SignatureDoesNotMatch', 'The request signature we calculated does not match.', 403),
      code: 'CREDENTIALS_REJECTED',
    },
    {
      what: 'expired session',
      answer: xmlError('ExpiredToken', 'The security token included in the request is expired', 403),
      code: 'CREDENTIALS_REJECTED',
    },
    {
      what: 'missing permission',
      answer: xmlError('AccessDenied', 'User is not authorized to perform: sts:GetCallerIdentity', 403),
      code: 'ACCESS_DENIED',
    },
    {
      what: 'wrong clock, worded as such',
      answer: xmlError('RequestTimeTooSkewed', 'The difference is too large.', 403),
      code: 'CLOCK_SKEW',
    },
    {
      what: 'wrong clock, worded as a signature error',
      answer: xmlError(
        'SignatureDoesNotMatch',
        'Signature expired: 20260302T120000Z is now earlier than 20260302T124500Z',
        403,
      ),
      code: 'CLOCK_SKEW',
    },
    { what: 'throttling', answer: xmlError('Throttling', 'Rate exceeded', 400), code: 'THROTTLED' },
    { what: 'throttling by status', answer: xmlError('SomethingNew', 'Slow down', 429), code: 'THROTTLED' },
    { what: 'a failure inside AWS', answer: xmlError('InternalFailure', 'We are sorry', 500), code: 'AWS_CALL_FAILED' },
    { what: 'a sign-in page', answer: html, code: 'RESPONSE_MALFORMED' },
    { what: 'a gateway error page', answer: { ...html, status: 502 }, code: 'RESPONSE_MALFORMED' },
    {
      what: 'a redirect',
      answer: { status: 302, headers: { location: 'https://example.com/login' }, body: '' },
      code: 'RESPONSE_MALFORMED',
    },
    {
      what: 'a web server that knows no such path',
      answer: { status: 404, headers: { 'content-type': 'text/plain' }, body: '' },
      code: 'RESPONSE_MALFORMED',
    },
    { what: 'an answer of another service', answer: xml('<Hello/>'), code: 'RESPONSE_MALFORMED' },
    {
      what: 'nothing but text',
      answer: { headers: { 'content-type': 'text/plain' }, body: 'it works!' },
      code: 'RESPONSE_MALFORMED',
    },
  ])('$what is $code', async ({ answer, code }) => {
    const { endpoint } = await canned(() => answer);
    const error = await failureOf(connect(endpoint).test(signal));
    expect(error.code).toBe(code);
    for (const language of ['en', 'ko'] as const) {
      expect(messageText(language, error), 'every placeholder is filled').not.toMatch(/[{}]/);
    }
  });

  it.each([
    { what: 'nobody listens', endpoint: async () => 'http://127.0.0.1:1', detail: /ECONNREFUSED/ },
    {
      what: 'the name does not exist',
      endpoint: async () => 'http://no-such-host.invalid',
      detail: /ENOTFOUND|EAI_AGAIN/,
    },
    { what: 'it hangs up', endpoint: async () => (await canned(() => 'hang up')).endpoint, detail: /ECONNRESET/ },
    {
      what: 'it never answers',
      endpoint: async () => (await canned(() => 'silence')).endpoint,
      detail: /ETIMEDOUT|no answer in time/,
    },
  ])('$what: ENDPOINT_UNREACHABLE', async ({ endpoint, detail }) => {
    const connection = connect(await endpoint(), { requestTimeoutMs: 200 });
    const error = await failureOf(connection.test(signal));
    expect(error).toMatchObject({ code: 'ENDPOINT_UNREACHABLE', retryable: true });
    expect(error.params.detail).toMatch(detail);
    expect(error.params.endpoint).toBe(connection.connection.endpoint);
  });

  it('a profile that does not exist is CREDENTIALS_MISSING, and no other credentials are tried', async () => {
    const { endpoint, asked } = await canned(() => identity);
    const connection = connect(endpoint, { credentials: { kind: 'profile', profile: 'spillway-no-such-profile' } });
    const error = await failureOf(connection.test(signal));
    expect(error.code).toBe('CREDENTIALS_MISSING');
    expect(error.params).toMatchObject({
      connection: 'production',
      detail: expect.stringContaining('spillway-no-such-profile'),
    });
    expect(asked).toEqual([]);
  });

  it('names the action that is denied', async () => {
    const { endpoint } = await canned(() => xmlError('AccessDenied', 'no', 403));
    expect((await failureOf(connect(endpoint).test(signal))).params).toEqual({
      connection: 'production',
      action: 'sts:GetCallerIdentity',
    });
  });

  it("tells the clock's difference from the Date header", async () => {
    const headers = { date: new Date(Date.UTC(2026, 2, 2, 12, 45)).toUTCString() };
    const { endpoint } = await canned(() => xmlError('RequestExpired', 'Request has expired.', 400, headers));
    const error = await failureOf(connect(endpoint).test(signal));
    expect(error).toMatchObject({ code: 'CLOCK_SKEW', params: { skewSeconds: 2700 } });
  });
});

describe('throttling', () => {
  it('asks for twice the wait each time in a row, at most 300 s, and starts over after an answer', async () => {
    let throttle = true;
    const { endpoint } = await canned(() => (throttle ? xmlError('Throttling', 'Rate exceeded') : identity));
    const connection = connect(endpoint);
    const waits: unknown[] = [];
    for (let i = 0; i < 8; i++) waits.push((await failureOf(connection.test(signal))).params.waitSeconds);
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 300, 300]);
    throttle = false;
    await connection.test(signal);
    throttle = true;
    expect((await failureOf(connection.test(signal))).params.waitSeconds).toBe(5);
  });

  it.each(['ThrottlingException', 'LimitExceededException', 'RequestThrottled'])(
    '%s of a JSON service, too',
    async (type) => {
      const { endpoint } = await canned(() => jsonError(type, 'Rate exceeded'));
      const error = await failureOf(
        connect(endpoint)
          .pollMetrics([], 0, 60, signal)
          .then(() => connect(endpoint).pollAlarmHistory(0, () => null, signal)),
      );
      expect(error).toMatchObject({
        code: 'THROTTLED',
        retryable: true,
        params: { action: 'cloudwatch:DescribeAlarmHistory' },
      });
    },
  );
});

describe('cancelling', () => {
  it('before and during a call is CANCELLED', async () => {
    const { endpoint } = await canned(() => 'silence');
    expect((await failureOf(connect(endpoint).test(AbortSignal.abort()))).code).toBe('CANCELLED');
    const controller = new AbortController();
    const work = failureOf(connect(endpoint).test(controller.signal));
    setImmediate(() => controller.abort());
    expect((await work).code).toBe('CANCELLED');
  });

  it('by closing the connection ends calls under way', async () => {
    const { endpoint } = await canned(() => 'silence');
    const connection = connect(endpoint);
    const work = failureOf(connection.discover(signal));
    setImmediate(() => connection.close());
    expect((await work).code).toBe('CANCELLED');
  });
});

describe('secrets (SEC-16)', () => {
  it.each([
    {
      what: 'in an error',
      answer: xmlError('SignatureDoesNotMatch', `You signed with ${secret} and ${sessionToken}`, 403),
    },
    { what: 'in an unknown error', answer: xmlError('Strange', `key ${secret} token ${sessionToken}`, 400) },
    {
      what: 'in a page',
      answer: { ...html, body: `<p>${secret}</p>`, headers: { 'content-type': `text/html; x=${secret}` } },
    },
  ])('that an endpoint throws back $what go nowhere', async ({ answer }) => {
    const { endpoint } = await canned(() => answer);
    const error = await failureOf(connect(endpoint).test(signal));
    const everything = JSON.stringify([
      error,
      error.message,
      error.stack,
      messageText('en', error),
      messageText('ko', error),
    ]);
    expect(everything).not.toContain('MARKED');
  });

  it('are not sent in clear text, and never to an emulator that was given none', async () => {
    const { endpoint, asked } = await canned(() => identity);
    await connect(endpoint).test(signal);
    await connect(endpoint, { kind: 'emulator', credentials: { kind: 'default' } }).test(signal);
    expect(JSON.stringify(asked)).not.toContain('MARKED+SECRET');
    expect(asked.filter(({ action }) => action === 'GetCallerIdentity').length).toBe(2);
  });
});
