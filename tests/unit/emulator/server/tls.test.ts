/** HTTPS on the same port: both versions of HTTP inside it, plain ones beside it, and clients that break off. */
import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { request as httpsRequest } from 'node:https';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCertificate } from '../../../../src/emulator/certificate/index.ts';
import type { RunningEmulator } from '../../../../src/emulator/index.ts';
import { startTestEmulator } from '../../../contract/testEmulator.ts';

const altNames = ['localhost', '127.0.0.1', '::1'];
const tls = createCertificate({
  commonName: 'localhost',
  altNames,
  notBefore: Date.now() - 60_000,
  days: 1,
  keyType: 'ec-p256',
});
const ca = tls.certificatePem;

let emulator: RunningEmulator;
let port: number;
beforeAll(async () => {
  emulator = await startTestEmulator({ tls });
  port = Number(new URL(emulator.endpoint).port);
});
afterAll(() => emulator.stop());

const headers = { 'x-amz-target': 'AmazonSQS.CreateQueue', 'content-type': 'application/x-amz-json-1.0' };

function createQueue(host: string, name: string, more: { ALPNProtocols?: string[] } = {}): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = httpsRequest({ host, port, ca, method: 'POST', path: '/', headers, ...more }, (reply) => {
      let text = '';
      reply.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      reply.on('end', () => resolve(JSON.parse(text)));
    });
    request.on('error', reject).end(JSON.stringify({ QueueName: name }));
  });
}

describe('a port with a certificate', () => {
  it('is told as https', () => {
    expect(emulator.endpoint).toBe(`https://127.0.0.1:${port}`);
  });

  it.each([
    ['127.0.0.1', {}],
    ['localhost', {}],
    ['127.0.0.1', { ALPNProtocols: ['http/1.1'] }],
  ])('answers HTTP/1.1 inside TLS at %s %j, with URLs of that scheme and name', async (host, more) => {
    expect(await createQueue(host, 'one', more)).toEqual({ QueueUrl: `https://${host}:${port}/000000000000/one` });
  });

  it('answers HTTP/2 inside TLS, as negotiated, several calls on one connection', async () => {
    const session = connectHttp2(emulator.endpoint, { ca });
    const call = async (name: string): Promise<string> => {
      const stream = session.request({ ':method': 'POST', ':path': '/', ...headers });
      stream.end(JSON.stringify({ QueueName: name }));
      let text = '';
      for await (const chunk of stream) text += String(chunk);
      return text;
    };
    const [a, b] = await Promise.all([call('two'), call('three')]);
    expect(session.alpnProtocol).toBe('h2');
    expect([a, b]).toEqual(
      ['two', 'three'].map((name) => JSON.stringify({ QueueUrl: `https://127.0.0.1:${port}/000000000000/${name}` })),
    );
    session.close();
  });

  it('still answers plain HTTP/1.1 and plain HTTP/2', async () => {
    const endpoint = `http://127.0.0.1:${port}`;
    const reply = await fetch(endpoint, { method: 'POST', headers, body: '{"QueueName":"plain"}' });
    expect(await reply.json()).toEqual({ QueueUrl: `${endpoint}/000000000000/plain` });
    const session = connectHttp2(endpoint);
    const stream = session.request({ ':path': '/_spillway/health' });
    const [reached] = (await once(stream, 'response')) as [{ ':status': number }];
    expect(reached[':status']).toBe(200);
    session.close();
  });

  it('serves the control endpoints to https origins of loopback, and to no others', async () => {
    const status = (host: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const options = { host: '127.0.0.1', port, ca, path: '/_spillway/clock', headers: { host } };
        const request = httpsRequest({ ...options, servername: 'localhost' }, (reply) => {
          reply.resume();
          resolve(reply.statusCode);
        });
        request.on('error', reject).end();
      });
    expect(await status('localhost:1')).toBe(200);
    expect(await status(`127.0.0.1:${port}`)).toBe(200);
    expect(await status('evil.example')).toBe(403);
  });

  it('a client that trusts nobody is told nothing, and the next one is served', async () => {
    const distrustful = new Promise((_resolve, reject) => {
      httpsRequest({ host: '127.0.0.1', port, path: '/' }).on('error', reject).end();
    });
    await expect(distrustful).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    expect(await createQueue('127.0.0.1', 'one')).toBeDefined();
  });

  it.each([
    ['a handshake that is none', '\x16\x03\x01\x00\x05nonsense that is no handshake'],
    ['half a handshake', '\x16\x03\x01\x02'],
  ])('%s, then a reset, harms nobody', async (_what, bytes) => {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(bytes, 'latin1');
    await new Promise((turn) => setImmediate(turn));
    socket.resetAndDestroy();
    await once(socket, 'close');
    expect(await createQueue('127.0.0.1', 'one')).toBeDefined();
  });

  it('stops with connections of every kind open', async () => {
    const second = await startTestEmulator({ tls });
    const where = { port: Number(new URL(second.endpoint).port), host: '127.0.0.1', ca };
    const idle = connectTls(where);
    const session = connectHttp2(second.endpoint, { ca });
    const half = connect(where.port, where.host);
    await Promise.all([once(idle, 'secureConnect'), once(session, 'connect'), once(half, 'connect')]);
    half.write('\x16');
    const closed = [idle, session, half].map(
      (one) => new Promise((close) => one.on('error', () => {}).on('close', close)),
    );
    for (const socket of [idle, half]) socket.resume();
    await second.stop();
    await Promise.all(closed);
  });
});

it('a certificate and a key that do not belong together are refused before the port is taken', async () => {
  const other = createCertificate({ commonName: 'x', altNames, notBefore: 0, days: 1, keyType: 'ec-p256' });
  const mixed = { certificatePem: tls.certificatePem, privateKeyPem: other.privateKeyPem };
  await expect(startTestEmulator({ tls: mixed })).rejects.toMatchObject({ code: 'TLS_UNUSABLE' });
});
