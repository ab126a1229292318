/** Requests of HTTP/1.1 as bytes on a socket: what no client library sends, and how the connection goes on after it. */
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type RunningServer, startServer } from '../../../../src/emulator/server/server.ts';
import type { Replying, WireRequest } from '../../../../src/emulator/wire/message.ts';

let server: RunningServer | undefined;
const clients: Socket[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await server?.stop();
});

interface Client {
  /** Resolves once all that came so far matches. */
  heard(pattern: RegExp): Promise<string>;
  readonly closed: Promise<string>;
  readonly socket: Socket;
}

/** Each request is answered with its body, unless told otherwise. */
async function talk(
  answer: (request: WireRequest) => Replying = ({ body }) => ({ status: 200, headers: {}, body }),
): Promise<Client> {
  server ??= await startServer({
    host: '127.0.0.1',
    port: 0,
    maxBodyBytes: 100,
    afterTurn: (run) => void setImmediate(run),
    answer,
    tooLarge: () => ({ status: 413, headers: {}, body: 'too large' }),
  });
  const socket = connect(server.port, '127.0.0.1');
  clients.push(socket);
  let text = '';
  const waiting = new Set<() => void>();
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    for (const look of waiting) look();
  });
  socket.on('error', () => {});
  return {
    socket,
    closed: new Promise((resolve) => socket.on('close', () => resolve(text))),
    heard: (pattern) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!pattern.test(text)) return;
          waiting.delete(look);
          resolve(text);
        };
        waiting.add(look);
        look();
      }),
  };
}
afterEach(() => {
  server = undefined;
});

const post = (body: string, headers = `Content-Length: ${body.length}\r\n`): string =>
  `POST / HTTP/1.1\r\nHost: h\r\n${headers}\r\n${body}`;
const chunked = (...pieces: string[]): string =>
  post(
    [...pieces, ''].map((piece) => `${piece.length.toString(16)}\r\n${piece}\r\n`).join(''),
    'Transfer-Encoding: chunked\r\n',
  );

/** Bodies of the replies, in order. */
const bodiesOf = (text: string): string[] =>
  text
    .split(/HTTP\/1\.1 /)
    .slice(1)
    .map((reply) => reply.slice(reply.indexOf('\r\n\r\n') + 4));

describe('one connection', () => {
  it('answers in order what came in one piece, bodies of every kind', async () => {
    const { socket, heard } = await talk();
    socket.write(
      post('first') +
        chunked('se', 'co', 'nd') +
        post('', '') +
        post('') +
        chunked() +
        'GET / HTTP/1.1\r\nHost: h\r\n\r\n' +
        post('last'),
    );
    expect(bodiesOf(await heard(/last$/))).toEqual(['first', 'second', '', '', '', '', 'last']);
  });

  it('takes requests byte by byte', async () => {
    const { socket, heard } = await talk();
    for (const byte of post('first') + chunked('a', 'b') + post('last')) socket.write(byte);
    expect(bodiesOf(await heard(/last$/))).toEqual(['first', 'ab', 'last']);
  });

  it('takes a body whose trailers name headers, which stay trailers', async () => {
    const seen: (string | undefined)[] = [];
    const { socket, heard } = await talk(({ headers, body }) => {
      seen.push(headers['x-amz-target']);
      return { status: 200, headers: {}, body };
    });
    const body = '2\r\nab\r\n0\r\nX-Amz-Target: A.B\r\n\r\n';
    socket.write(post(body, 'Transfer-Encoding: chunked\r\nTrailer: X-Amz-Target\r\n') + post('last'));
    expect(bodiesOf(await heard(/last$/))).toEqual(['ab', 'last']);
    expect(seen).toEqual([undefined, undefined]);
  });

  it('says to go on before a body that waits for it, and goes on after one that it refuses to wait for', async () => {
    const { socket, heard } = await talk();
    socket.write(post('', 'Expect: 100-continue\r\nContent-Length: 4\r\n'));
    await heard(/^HTTP\/1\.1 100 Continue\r\n\r\n$/);
    socket.write(`body${post('abcd', 'Expect: a miracle\r\nContent-Length: 4\r\n')}${post('last')}`);
    const replies = (await heard(/last$/)).split('HTTP/1.1 ').slice(1);
    expect(replies.map((reply) => reply.slice(0, 3))).toEqual(['100', '200', '417', '200']);
  });

  it('passes over the offer to speak HTTP/2', async () => {
    const { socket, heard } = await talk();
    socket.write(post('first', 'Connection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: 5\r\n'));
    await heard(/first$/);
    socket.write(post('last'));
    expect(bodiesOf(await heard(/last$/))).toEqual(['first', 'last']);
  });

  it('[WIRE-21] holds replies back for the first that waits, and writes them in order', async () => {
    const first = Promise.withResolvers<void>();
    const seen: string[] = [];
    const { socket, heard } = await talk(({ body }) => {
      const text = Buffer.from(body).toString();
      seen.push(text);
      const reply = { status: 200, headers: {}, body };
      if (text === 'last') first.resolve();
      return text === 'first' ? first.promise.then(() => reply) : reply;
    });
    socket.write(post('first') + post('second') + post('last'));
    expect(bodiesOf(await heard(/last$/))).toEqual(['first', 'second', 'last']);
    expect(seen).toEqual(['first', 'second', 'last']);
  });

  it('[WIRE-21] tells all who wait on it that the client has left, those behind the first too', async () => {
    const arrived: WireRequest[] = [];
    const all = Promise.withResolvers<void>();
    const { socket } = await talk((request) => {
      if (arrived.push(request) === 3) all.resolve();
      return new Promise(() => {});
    });
    socket.write(post('one') + post('two') + post('three'));
    await all.promise;
    const left = Promise.all(arrived.map(({ signal }) => new Promise<void>((resolve) => signal.onAbort(resolve))));
    socket.destroy();
    await left;
    expect(arrived.map(({ signal }) => signal.aborted)).toEqual([true, true, true]);
  });

  it('[WIRE-22] closes after a body that is too large, without answering what follows', async () => {
    const { socket, closed } = await talk();
    socket.write(post('x'.repeat(101)) + post('last'));
    expect(bodiesOf(await closed)).toEqual(['too large']);
  });

  it('[WIRE-22] closes in the middle of a body that is far too large', async () => {
    const { socket, closed } = await talk();
    socket.write(post('x'.repeat(401), 'Content-Length: 1000000\r\n'));
    expect(bodiesOf(await closed)).toEqual(['too large']);
  });

  it('never answers half a body', async () => {
    const seen: WireRequest[] = [];
    const { socket, closed } = await talk((request) => {
      seen.push(request);
      return { status: 200, headers: {}, body: '' };
    });
    socket.end(post('half', 'Content-Length: 8\r\n'));
    expect(await closed).toMatch(/^HTTP\/1\.1 400 /);
    expect(seen).toEqual([]);
  });

  it('answers a client that has sent its end with its request', async () => {
    const { socket, closed } = await talk();
    socket.end(post('first'));
    expect(bodiesOf(await closed)).toEqual(['first']);
  });

  it('is closed when the server stops while a body comes', async () => {
    const { socket, closed } = await talk();
    socket.write(post('', 'Expect: 100-continue\r\nContent-Length: 50\r\n'));
    await new Promise((resolve) => socket.once('data', resolve));
    socket.write('half');
    await server!.stop();
    expect(await closed).toMatch(/^HTTP\/1\.1 100 /);
  });
});

describe('[WIRE-20] a request line that names its host', () => {
  it.each([
    ['http://other:1/a/b?c=d', '/a/b?c=d', 'http://other:1'],
    ['HTTP://other', '/', 'http://other'],
    ['http://other?c=d', '/?c=d', 'http://other'],
    ['/a?http://other/', '/a?http://other/', 'http://h'],
    ['*', '*', 'http://h'],
  ])('%s is %s of %s', async (target, path, origin) => {
    const seen: WireRequest[] = [];
    const { socket, heard } = await talk((request) => {
      seen.push(request);
      return { status: 200, headers: {}, body: 'seen' };
    });
    socket.write(`OPTIONS ${target} HTTP/1.1\r\nHost: h\r\n\r\n`);
    await heard(/seen$/);
    expect(seen.map((one) => [one.path, one.origin])).toEqual([[path, origin]]);
  });
});
