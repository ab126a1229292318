import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { type Served, serve } from '../../../../src/cli/serve/server.ts';
import { limits } from '../../../../src/cli/serve/sockets.ts';
import { createFrameCodec } from '../../../../src/core/contract/frame.ts';
import { methods, type Push } from '../../../../src/core/contract/methods.ts';
import { ok } from '../../../../src/core/errors.ts';

const frames = createFrameCodec({
  encode: (t) => new TextEncoder().encode(t),
  decode: (b) => new TextDecoder().decode(b),
});

let folder: string;
let served: Served;
let now: number;
let push: (message: Push) => void;
let seenSignals: { aborted: boolean }[];
/** What waits for its time; a test lets it come. */
let timers: (() => void)[];

beforeEach(async () => {
  now = 1_000_000;
  seenSignals = [];
  timers = [];
  folder = mkdtempSync(path.join(tmpdir(), 'serve-'));
  mkdirSync(path.join(folder, 'assets'));
  writeFileSync(path.join(folder, 'index.html'), '<!doctype html><title>Spillway</title>');
  writeFileSync(path.join(folder, 'assets', 'index-abc.js'), 'export {};');
  writeFileSync(path.join(folder, 'secret.key'), 'not a page');
  served = await serve({
    engine: {
      call(method, input, context) {
        seenSignals.push(context!.signal);
        if (method === 'slow') return new Promise(() => {});
        return Promise.resolve(ok({ method, input, column: new Float64Array([1.5, Number.NaN]) }));
      },
      listen(handler) {
        push = handler;
        return () => {};
      },
    },
    port: 0,
    address: null,
    tls: null,
    extraHosts: [],
    rendererDir: folder,
    hostTime: {
      nowMs: () => now,
      setTimer(_ms, run) {
        timers.push(run);
        return () => {};
      },
    },
  });
});

afterEach(async () => {
  await served.close();
  rmSync(folder, { recursive: true });
});

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** Raw HTTP, because fetch does not let a test choose Host, Origin or Sec-Fetch-Site. */
function send(
  target: string,
  options: { method?: string; headers?: Record<string, string>; body?: string; url?: string } = {},
): Promise<Answer> {
  const base = new URL(options.url ?? served.url);
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        host: base.hostname.replace(/[[\]]/g, ''),
        port: base.port,
        path: target,
        method: options.method ?? 'GET',
        headers: options.headers ?? {},
      },
      (response) => {
        let body = '';
        response.on('data', (chunk: Buffer) => {
          body += chunk.toString();
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
      },
    );
    request.on('error', reject);
    request.end(options.body);
  });
}

async function logIn(): Promise<string> {
  const link = new URL(served.loginLink());
  const answer = await send(`${link.pathname}${link.search}`);
  return String(answer.headers['set-cookie']).split(';')[0]!;
}

const host = (): string => new URL(served.url).host;

describe('logging in (SEC-32)', () => {
  it('exchanges the link for a strict session cookie and strips the code', async () => {
    const link = new URL(served.loginLink());
    const answer = await send(`${link.pathname}${link.search}`);
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe('/');
    expect(String(answer.headers['set-cookie'])).toMatch(
      /^spillway-[0-9a-f]{12}=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/,
    );
    const again = await send(`${link.pathname}${link.search}`);
    expect(again.status).toBe(403);
    expect(again.headers['set-cookie']).toBeUndefined();
  });

  it('is not used up by a preview that asks with HEAD', async () => {
    const link = new URL(served.loginLink());
    const preview = await send(`${link.pathname}${link.search}`, { method: 'HEAD' });
    expect(preview.headers['set-cookie']).toBeUndefined();
    expect((await send(`${link.pathname}${link.search}`)).status).toBe(303);
  });

  it('refuses everything without a session, and says how to get one', async () => {
    for (const target of ['/', '/index.html', '/assets/index-abc.js']) {
      const answer = await send(target);
      expect(answer.status).toBe(401);
      expect(answer.body).toMatch(/spillway serve|spillway -- link/);
    }
  });

  it('refuses in the language that the browser asks for first', async () => {
    const asking = async (target: string, language: string) =>
      (await send(target, { headers: { 'accept-language': language } })).body;
    expect(await asking('/', 'ko-KR,ko;q=0.9,en;q=0.8')).toBe(
      '로그인하지 않았습니다. `spillway serve`가 출력한 링크를 여세요. 새 링크는 `npm run spillway -- link`로 출력합니다.\n',
    );
    expect(await asking('/login?code=wrong', 'KO')).toBe(
      '이미 썼거나 5분이 지났거나 잘못된 링크입니다. 새 링크를 출력하세요: npm run spillway -- link\n',
    );
    for (const language of ['en-US,ko;q=0.5', 'kok', ''])
      expect(await asking('/', language)).toMatch(/^Not logged in\. Open the link/);
    const headers = { 'accept-language': 'ko', host: 'evil.example' };
    expect((await send('/', { headers })).body).toBe('이 서버는 localhost로 온 요청에만 응답합니다.\n');
  });

  it('SEC-33 stops listening to guesses', async () => {
    for (let i = 0; i < 10; i++) expect((await send(`/login?code=wrong${i}`)).status).toBe(403);
    const link = new URL(served.loginLink());
    expect((await send(`${link.pathname}${link.search}`)).status).toBe(429);
    now += 60_001;
    expect((await send(`${link.pathname}${link.search}`)).status).toBe(303);
  });
});

describe('pages (SEC-37)', () => {
  it('sends them with the strict headers', async () => {
    const cookie = await logIn();
    const answer = await send('/', { headers: { cookie } });
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('Spillway');
    expect(answer.headers).toMatchObject({
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
    expect(answer.headers['content-security-policy']).toContain("script-src 'self'");
    expect(answer.headers['content-security-policy']).not.toContain('unsafe');
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  it.each([
    '/secret.key',
    '/../package.json',
    '/..%2f..%2fpackage.json',
    '/assets/../secret.key',
    '/assets\\..\\secret.key',
    '/%00',
    '//etc/passwd',
  ])('has nothing at %s', async (target) => {
    const answer = await send(target, { headers: { cookie: await logIn() } });
    expect([400, 404]).toContain(answer.status);
  });
});

describe('requests from elsewhere', () => {
  it('SEC-31 answers 421 to a foreign name, whatever proxies claim', async () => {
    const cookie = await logIn();
    expect((await send('/', { headers: { cookie, host: 'evil.example' } })).status).toBe(421);
    expect(
      (
        await send('/', {
          headers: { cookie, host: 'evil.example', 'x-forwarded-host': 'localhost', forwarded: 'host=localhost' },
        })
      ).status,
    ).toBe(421);
  });

  it("SEC-31 is reachable under a tunnel's port", async () => {
    expect((await send('/', { headers: { cookie: await logIn(), host: 'localhost:9' } })).status).toBe(200);
  });

  it('SEC-34 refuses an unsafe call from another page, also one of the same site', async () => {
    const cookie = await logIn();
    const headers = { cookie, 'content-type': 'application/json' };
    for (const site of ['same-site', 'cross-site', 'none']) {
      expect(
        (await send('/api/logout', { method: 'POST', headers: { ...headers, 'sec-fetch-site': site } })).status,
      ).toBe(403);
    }
    expect(
      (await send('/api/logout', { method: 'POST', headers: { ...headers, 'sec-fetch-site': 'same-origin' } })).status,
    ).toBe(200);
    expect((await send('/', { headers: { cookie } })).status).toBe(401);
  });

  it('SEC-36 takes JSON only', async () => {
    const cookie = await logIn();
    const answer = await send('/api/logout', {
      method: 'POST',
      headers: { cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'text/plain' },
    });
    expect(answer.status).toBe(415);
  });

  it('SEC-38 bounds the body', async () => {
    const cookie = await logIn();
    const headers = { cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
    const call = { method: 'POST', headers: { ...headers, 'accept-language': 'ko' }, body: 'x'.repeat(5000) };
    expect(await send('/api/logout', call)).toMatchObject({ status: 413, body: '본문이 4096바이트보다 큽니다.\n' });
  });

  it('knows GET and POST only', async () => {
    expect((await send('/', { method: 'DELETE', headers: { cookie: await logIn() } })).status).toBe(405);
  });
});

describe('a program with the token', () => {
  it('gets a new link', async () => {
    const headers = { authorization: `Bearer ${served.secrets.token}`, 'content-type': 'application/json' };
    const answer = await send('/api/login-code', { method: 'POST', headers });
    const { link } = JSON.parse(answer.body) as { link: string };
    expect((await send(new URL(link).pathname + new URL(link).search)).status).toBe(303);
  });

  it('a browser session does not', async () => {
    const headers = { cookie: await logIn(), 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
    expect((await send('/api/login-code', { method: 'POST', headers })).status).toBe(404);
  });
});

function open(headers: Record<string, string>, target = '/ws'): Promise<WebSocket | number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(served.url.replace('http', 'ws') + target, { headers });
    socket.on('open', () => resolve(socket));
    socket.on('unexpected-response', (_request, response) => {
      resolve(response.statusCode ?? 0);
      response.resume();
    });
    socket.on('error', () => {});
  });
}

const nextMessage = (socket: WebSocket): Promise<unknown> =>
  new Promise((resolve) => socket.once('message', (data) => resolve(frames.decode(new Uint8Array(data as Buffer)))));
const closed = (socket: WebSocket): Promise<number> =>
  new Promise((resolve) => socket.once('close', (code) => resolve(code)));

describe('the WebSocket (SEC-35, SEC-38)', () => {
  it('carries calls and pushes with columns', async () => {
    const socket = (await open({ cookie: await logIn(), origin: served.url })) as WebSocket;
    socket.send(frames.encode({ id: 7, method: 'overview.get', input: { a: 1 } }));
    const { id, result } = (await nextMessage(socket)) as {
      id: number;
      result: { ok: true; value: { column: Float64Array; input: unknown } };
    };
    expect(id).toBe(7);
    expect(result.value.input).toEqual({ a: 1 });
    expect([...result.value.column]).toEqual([1.5, Number.NaN]);
    const pushed = nextMessage(socket);
    push({ topic: 'command', sequence: 1, payload: { command: 'export' } });
    expect(await pushed).toEqual({ push: { topic: 'command', sequence: 1, payload: { command: 'export' } } });
    socket.close();
  });

  it.each([
    ['no session', () => ({ origin: served.url }), 401],
    ['no Origin from a browser session', async () => ({ cookie: await logIn() }), 403],
    ['a foreign Origin', async () => ({ cookie: await logIn(), origin: 'http://evil.example' }), 403],
    ['another local port', async () => ({ cookie: await logIn(), origin: 'http://127.0.0.1:1' }), 403],
    ['a foreign Host', async () => ({ cookie: await logIn(), origin: served.url, host: 'evil.example' }), 421],
    [
      'a token together with an Origin',
      () => ({ authorization: `Bearer ${served.secrets.token}`, origin: served.url }),
      401,
    ],
  ])('refuses %s', async (_what, headers, status) => {
    expect(await open((await headers()) as unknown as Record<string, string>)).toBe(status);
  });

  it('lets a program in with its token', async () => {
    const socket = await open({ authorization: `Bearer ${served.secrets.token}` });
    expect(socket).toBeInstanceOf(WebSocket);
    (socket as WebSocket).close();
  });

  it('closes when its session logs out', async () => {
    const cookie = await logIn();
    const socket = (await open({ cookie, origin: served.url })) as WebSocket;
    const gone = closed(socket);
    await send('/api/logout', {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
    });
    expect(await gone).toBe(1008);
  });

  it('closes on anything that is not a frame', async () => {
    const cookie = await logIn();
    for (const rubbish of ['{"id":1}', new Uint8Array([255, 255, 255, 255]), frames.encode({ id: 'x' })]) {
      const socket = (await open({ cookie, origin: served.url })) as WebSocket;
      const gone = closed(socket);
      socket.send(rubbish);
      expect(await gone).toBe(1003);
    }
  });

  it('bounds the size of a message', async () => {
    const socket = (await open({ cookie: await logIn(), origin: served.url })) as WebSocket;
    const gone = closed(socket);
    socket.send(new Uint8Array(limits.messageBytes + 1));
    expect(await gone).toBe(1009);
  });

  it('bounds the number of sockets', async () => {
    const headers = { cookie: await logIn(), origin: served.url };
    const sockets: WebSocket[] = [];
    for (let i = 0; i < limits.sockets; i++) sockets.push((await open(headers)) as WebSocket);
    expect(await open(headers)).toBe(503);
    for (const socket of sockets) socket.terminate();
  });

  it('SEC-38 bounds the calls that wait at once', async () => {
    const socket = (await open({ cookie: await logIn(), origin: served.url })) as WebSocket;
    for (let id = 0; id <= limits.callsInFlight; id++) socket.send(frames.encode({ id, method: 'slow', input: {} }));
    expect(await nextMessage(socket)).toMatchObject({
      id: limits.callsInFlight,
      result: { ok: false, error: { code: 'NOT_AVAILABLE_HERE', retryable: true } },
    });
    expect(seenSignals).toHaveLength(limits.callsInFlight);
    socket.terminate();
  });

  it('SEC-38 cuts off a reader that is too far behind', async () => {
    const usual = limits.bufferedBytes;
    const socket = (await open({ cookie: await logIn(), origin: served.url })) as WebSocket;
    const gone = closed(socket);
    try {
      limits.bufferedBytes = 1024;
      socket.pause();
      const payload = { command: 'x'.repeat(8 * 1024 * 1024) };
      // What the system buffers is taken; what is left counts.
      for (let n = 0; n < 4; n++) push({ topic: 'command', sequence: n, payload } as never);
      socket.resume();
      expect(await gone).toBe(1013);
    } finally {
      limits.bufferedBytes = usual;
    }
  });

  it('SEC-38 ends a connection whose other side is silent', async () => {
    const headers = { cookie: await logIn(), origin: served.url };
    const silent = new WebSocket(`${served.url.replace('http', 'ws')}/ws`, { headers, autoPong: false });
    await new Promise((opened) => silent.once('open', opened));
    const gone = closed(silent);
    const pinged = new Promise((seen) => silent.once('ping', seen));
    timers.at(-1)!();
    await pinged;
    timers.at(-1)!();
    expect(await gone).toBe(1006);
  });

  it('cancels a call, and everything of a socket that goes away', async () => {
    const socket = (await open({ cookie: await logIn(), origin: served.url })) as WebSocket;
    socket.send(frames.encode({ id: 1, method: 'slow', input: {} }));
    socket.send(frames.encode({ id: 2, method: 'slow', input: {} }));
    socket.send(frames.encode({ cancel: 1 }));
    socket.send(frames.encode({ id: 3, method: 'overview.get', input: {} }));
    await nextMessage(socket);
    expect(seenSignals.map((signal) => signal.aborted)).toEqual([true, false, false]);
    const aborted = new Promise((resolve) => (seenSignals[1] as AbortSignal).addEventListener('abort', resolve));
    socket.terminate();
    await aborted;
    expect(seenSignals[1]!.aborted).toBe(true);
  });

  it('does not offer a save dialog', async () => {
    const socket = (await open({ cookie: await logIn(), origin: served.url })) as WebSocket;
    socket.send(frames.encode({ id: 1, method: 'host.saveFile', input: {} }));
    expect(await nextMessage(socket)).toMatchObject({ result: { ok: false, error: { code: 'NOT_AVAILABLE_HERE' } } });
    socket.close();
  });
});

it('SEC-38 bounds the connections', async () => {
  const { port } = new URL(served.url);
  let dropped = 0;
  const sockets = Array.from({ length: 80 }, () => connect(Number(port), '127.0.0.1'));
  await new Promise<void>((enough) => {
    for (const socket of sockets) {
      socket.on('error', () => {});
      socket.on('close', () => {
        dropped++;
        if (dropped === 16) enough();
      });
    }
  });
  expect(sockets.filter((socket) => !socket.destroyed)).toHaveLength(64);
  for (const socket of sockets) socket.destroy();
});

it('SEC-38 nothing that is served could write to AWS', () => {
  // Whoever adds a method that needs an unlocked profile must first make serve ask for --allow-writes.
  expect(Object.entries(methods).filter(([, { unlock }]) => unlock)).toEqual([]);
});

describe('a client that resets its connection', () => {
  it('ends nothing but its own', async () => {
    const failures: unknown[] = [];
    const remember = (thrown: unknown): number => failures.push(thrown);
    process.on('uncaughtException', remember);
    const { port } = new URL(served.url);
    const handshake = 'GET /ws HTTP/1.1\r\nHost: evil.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
    await Promise.all(
      Array.from({ length: 20 }, () => {
        const socket = connect(Number(port), '127.0.0.1', () => {
          socket.write(handshake, () => socket.resetAndDestroy());
        });
        socket.on('error', () => {});
        return new Promise((closed) => socket.on('close', closed));
      }),
    );
    // The server has read the resets once it answers what came after them.
    for (let round = 0; round < 3; round++) expect((await send('/')).status).toBe(401);
    process.off('uncaughtException', remember);
    expect(failures).toEqual([]);
  });
});

describe('where it listens (SEC-30)', () => {
  const options = (more: Partial<Parameters<typeof serve>[0]>): Parameters<typeof serve>[0] => ({
    engine: { call: () => new Promise(() => {}), listen: () => () => {} },
    port: 0,
    address: null,
    tls: null,
    extraHosts: [],
    rendererDir: folder,
    hostTime: { nowMs: () => now, setTimer: () => () => {} },
    ...more,
  });

  it('says when certificate and key are none', async () => {
    const junk = Buffer.from('not PEM');
    await expect(serve(options({ address: '127.0.0.1', tls: { cert: junk, key: junk } }))).rejects.toMatchObject({
      code: 'TLS_UNUSABLE',
    });
  });

  it('says when the address is not of this machine', async () => {
    // Of a range kept for documentation (RFC 5737).
    await expect(serve(options({ address: '192.0.2.1', tls: {} as never }))).rejects.toMatchObject({
      code: 'PORT_UNUSABLE',
      params: { host: '192.0.2.1' },
    });
  });

  it('answers to the address it was told to listen on, so that the printed link works', async () => {
    // Encrypted without a certificate: a test needs no identity, only the scheme.
    const anonymous = { ciphers: 'aNULL@SECLEVEL=0', maxVersion: 'TLSv1.2' } as const;
    const open = await serve(options({ address: '127.0.0.2', tls: anonymous as never }));
    const link = open.loginLink();
    expect(link).toMatch(/^https:\/\/127\.0\.0\.2:\d+\/login\?code=/);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const request = httpsRequest(link, { ...anonymous, rejectUnauthorized: false, agent: false }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      request.on('error', reject);
      request.end();
    });
    expect(status).toBe(303);
    await open.close();
  });

  it('is on loopback', () => {
    expect(served.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(host()).not.toMatch(/:0$/);
  });

  it('refuses another address without TLS', async () => {
    await expect(
      serve({
        engine: { call: () => new Promise(() => {}), listen: () => () => {} },
        port: 0,
        address: '0.0.0.0',
        tls: null,
        extraHosts: [],
        rendererDir: folder,
        hostTime: { nowMs: () => now, setTimer: () => () => {} },
      }),
    ).rejects.toMatchObject({ code: 'NOT_AVAILABLE_HERE' });
  });

  it('says when the port is taken', async () => {
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
    const { port } = blocker.address() as { port: number };
    const attempt = serve({
      engine: { call: () => new Promise(() => {}), listen: () => () => {} },
      port,
      address: null,
      tls: null,
      extraHosts: [],
      rendererDir: folder,
      hostTime: { nowMs: () => now, setTimer: () => () => {} },
    });
    await expect(attempt).rejects.toMatchObject({ code: 'PORT_IN_USE', params: { port } });
    blocker.close();
  });

  it('says when the pages are not built', async () => {
    await expect(
      serve({
        engine: { call: () => new Promise(() => {}), listen: () => () => {} },
        port: 0,
        address: null,
        tls: null,
        extraHosts: [],
        rendererDir: path.join(folder, 'nothing'),
        hostTime: { nowMs: () => now, setTimer: () => () => {} },
      }),
    ).rejects.toMatchObject({ code: 'NOT_AVAILABLE_HERE' });
  });
});
