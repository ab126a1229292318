import { describe, expect, it } from 'vitest';
import {
  bearerToken,
  callerOf,
  isAllowedHost,
  isOwnOrigin,
  isOwnPageRequest,
  sessionCookie,
  urlName,
} from '../../../../src/cli/serve/guard.ts';
import { createSecrets } from '../../../../src/cli/serve/secrets.ts';
import { manualClock } from '../../../../src/core/time/clock.ts';

describe('SEC-31 the name a request was sent to', () => {
  it.each([
    ['localhost', true],
    ['localhost:8080', true],
    ['LOCALHOST:1', true],
    ['127.0.0.1:5000', true],
    ['[::1]:5000', true],
    ['jump.example:5000', true],
    ['evil.example', false],
    ['localhost.evil.example', false],
    ['127.0.0.1.nip.io', false],
    ['127.0.0.2', false],
    ['localhost:8080@evil.example', false],
    ['localhost, evil.example', false],
    ['', false],
    [undefined, false],
  ])('%s -> %s', (host, allowed) => {
    expect(isAllowedHost(host, ['jump.example'])).toBe(allowed);
  });
});

it.each([
  ['127.0.0.2', '127.0.0.2'],
  ['FD00::1', '[fd00::1]'],
])('SEC-31 the address %s is called %s', (address, name) => {
  expect(urlName(address)).toBe(name);
  expect(isAllowedHost(`${name}:8443`, [urlName(address)])).toBe(true);
});

describe('SEC-34 where an unsafe request comes from', () => {
  it.each([
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{ 'sec-fetch-site': 'same-site', origin: 'http://localhost:80', host: 'localhost:80' }, false],
    [{ 'sec-fetch-site': 'cross-site' }, false],
    [{ 'sec-fetch-site': 'none' }, false],
    [{ origin: 'http://localhost:8080', host: 'localhost:8080' }, true],
    [{ origin: 'http://localhost:8081', host: 'localhost:8080' }, false],
    [{ origin: 'https://localhost:8080', host: 'localhost:8080' }, false],
    [{ host: 'localhost:8080' }, false],
    [{ origin: 'null', host: 'localhost:8080' }, false],
  ])('%o -> %s', (headers, own) => {
    expect(isOwnPageRequest(headers as never, 'http')).toBe(own);
  });

  it('SEC-35 a WebSocket without an Origin is not our page', () => {
    expect(isOwnOrigin({ host: 'localhost:1', 'sec-fetch-site': 'same-origin' } as never, 'http')).toBe(false);
  });
});

it('reads one cookie by its exact name', () => {
  const headers = { cookie: 'other=1; spillway-ab=right; xspillway-ab=wrong' };
  expect(sessionCookie(headers, 'spillway-ab')).toBe('right');
  expect(sessionCookie(headers, 'spillway-cd')).toBeUndefined();
});

it('takes a bearer token of our own alphabet only', () => {
  expect(bearerToken({ authorization: `Bearer ${'a'.repeat(43)}` })).toBe('a'.repeat(43));
  expect(bearerToken({ authorization: 'Bearer short' })).toBeUndefined();
  expect(bearerToken({ authorization: `Basic ${'a'.repeat(43)}` })).toBeUndefined();
});

describe('SEC-32, SEC-33 codes and sessions', () => {
  it('lets a code in once', () => {
    const secrets = createSecrets(manualClock(0).nowMs);
    const code = secrets.newLoginCode();
    const session = secrets.exchange(code);
    expect(secrets.isSession(session ?? undefined)).toBe(true);
    expect(secrets.exchange(code)).toBeNull();
  });

  it('holds at least 128 bits', () => {
    expect(Buffer.from(createSecrets(manualClock(0).nowMs).newLoginCode(), 'base64url').length).toBeGreaterThanOrEqual(
      16,
    );
  });

  it('refuses a code after five minutes', () => {
    const clock = manualClock(0);
    const secrets = createSecrets(clock.nowMs);
    const code = secrets.newLoginCode();
    clock.advanceMs(5 * 60_000 + 1);
    expect(secrets.exchange(code)).toBeNull();
  });

  it('counts failures within a minute', () => {
    const clock = manualClock(0);
    const secrets = createSecrets(clock.nowMs);
    for (let i = 0; i < 10; i++) secrets.exchange('wrong');
    expect(secrets.tooManyFailures()).toBe(true);
    clock.advanceMs(60_001);
    expect(secrets.tooManyFailures()).toBe(false);
  });

  it('ends a session', () => {
    const secrets = createSecrets(manualClock(0).nowMs);
    const session = secrets.exchange(secrets.newLoginCode())!;
    secrets.endSession(session);
    expect(secrets.isSession(session)).toBe(false);
  });

  it("does not take a program's token from a page", () => {
    const secrets = createSecrets(manualClock(0).nowMs);
    const authorization = `Bearer ${secrets.token}`;
    expect(callerOf({ authorization }, secrets)).toEqual({ kind: 'program' });
    expect(callerOf({ authorization, origin: 'http://localhost:1' }, secrets)).toBeNull();
    expect(callerOf({}, secrets)).toBeNull();
  });
});
