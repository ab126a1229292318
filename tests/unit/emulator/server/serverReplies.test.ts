import { type IncomingHttpHeaders, request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { type RunningServer, startServer } from '../../../../src/emulator/server/server.ts';
import type { WireReply, WireRequest } from '../../../../src/emulator/wire/message.ts';

let server: RunningServer | undefined;
afterEach(() => server?.stop());

async function serving(answer: (request: WireRequest) => WireReply | Promise<WireReply>): Promise<number> {
  server = await startServer({
    host: '127.0.0.1',
    port: 0,
    maxBodyBytes: 100,
    answer: async (one) => answer(one),
    tooLarge: () => ({ status: 413, headers: {}, body: 'too large' }),
  });
  return server.port;
}

interface Heard {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

function ask(
  port: number,
  body: string | readonly string[],
  headers: Record<string, string | string[]> = {},
): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method: 'POST', headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    sent.on('error', reject);
    for (const piece of [body].flat()) sent.write(piece);
    sent.end();
  });
}

describe('what the port answers', () => {
  it.each([
    { name: 'ASCII', body: '{"a":1}' },
    { name: 'Latin-1', body: 'déjà vu' },
    { name: 'Hangul and an emoji', body: '대기열 📬' },
    { name: 'nothing', body: '' },
    { name: 'bytes', body: new Uint8Array([0, 128, 255]) },
  ])('is the reply to its last byte: $name', async ({ body }) => {
    const port = await serving(() => ({ status: 202, headers: { 'x-amzn-requestid': 'r' }, body }));
    const bytes = Buffer.from(body);
    const heard = await ask(port, '');
    expect(heard.status).toBe(202);
    expect(heard.headers).toMatchObject({ 'x-amzn-requestid': 'r', 'content-length': String(bytes.length) });
    expect(heard.body).toEqual(bytes);
  });

  it('closes the connection after a body beyond the limit', async () => {
    const heard = await ask(await serving(() => ({ status: 200, headers: {}, body: '' })), 'x'.repeat(101));
    expect([heard.status, heard.headers.connection, heard.body.toString()]).toEqual([413, 'close', 'too large']);
  });
});

describe('what the port hands on', () => {
  it('is the whole of a body that comes in pieces', async () => {
    const seen: string[] = [];
    const port = await serving(({ body }) => {
      seen.push(Buffer.from(body).toString());
      return { status: 200, headers: {}, body: '' };
    });
    await ask(port, ['one, ', 'two, ', 'three']);
    expect(seen).toEqual(['one, two, three']);
  });

  it('is body and headers, a header that was repeated in one text', async () => {
    const seen: WireRequest[] = [];
    const port = await serving((one) => {
      seen.push(one);
      return { status: 200, headers: {}, body: '' };
    });
    await ask(port, '한 줄', { 'X-Amz-Target': 'A.B', 'X-Twice': ['one', 'two'], 'Set-Cookie': ['a=1', 'b=2'] });
    await ask(port, '', {});
    expect(seen.map(({ body }) => Buffer.from(body).toString())).toEqual(['한 줄', '']);
    expect(seen[0]!.headers).toMatchObject({ 'x-amz-target': 'A.B', 'x-twice': 'one, two' });
    for (const value of Object.values(seen[0]!.headers)) expect(value).toBeTypeOf('string');
    expect(seen[0]!.origin).toBe(`http://127.0.0.1:${port}`);
  });

  it('tells whoever waits that the client left, and at once whoever asks later', async () => {
    const told: string[] = [];
    const arrived = Promise.withResolvers<WireRequest>();
    const port = await serving((one) => {
      arrived.resolve(one);
      return new Promise(() => {});
    });
    const client = request({ host: '127.0.0.1', port, method: 'POST' }).on('error', () => {});
    client.end('{}');
    const { signal } = await arrived.promise;
    const left = new Promise<void>((resolve) => signal.onAbort(resolve));
    signal.onAbort(() => told.push('waiting'));
    expect([told, signal.aborted]).toEqual([[], false]);
    client.destroy();
    await left;
    expect([told, signal.aborted]).toEqual([['waiting'], true]);
    signal.onAbort(() => told.push('late'));
    expect(told).toEqual(['waiting', 'late']);
  });
});
