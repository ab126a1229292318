/** Deliveries to HTTP/S endpoints: what is sent and what a reply means, with a fake network and with real sockets on loopback. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer as createNetServer, type Server as NetServer, type Socket } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, describe, expect, it, test } from 'vitest';
import { createCertificate } from '../../../../src/emulator/certificate/index.ts';
import { deliverHttp, type HttpDelivery } from '../../../../src/emulator/sns/delivery/http.ts';
import {
  createOutbound,
  type NetworkOutbound,
  type Outbound,
  webUrl,
} from '../../../../src/emulator/sns/delivery/outbound.ts';
import type { Outcome } from '../../../../src/emulator/sns/delivery/outcome.ts';

const topicArn = 'arn:aws:sns:us-east-1:000000000000:orders';
const subscriptionArn = `${topicArn}:7c2f3b0e-1111-4222-8333-444455556666`;

const delivery = (changed: Partial<HttpDelivery> = {}): HttpDelivery => ({
  url: 'https://endpoint.example/hook?tenant=7',
  messageType: 'Notification',
  messageId: '165545c9-2a5c-472c-8df2-7ff2be2b3b1b',
  topicArn,
  subscriptionArn,
  body: '{"Type":"Notification"}',
  raw: false,
  contentType: 'text/plain; charset=UTF-8',
  ...changed,
});

interface Sent {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

function fakeOutbound(answer: number | Error): Outbound & { readonly sent: Sent[] } {
  const sent: Sent[] = [];
  return {
    sent,
    post(url, headers, body) {
      sent.push({ url, headers, body });
      return typeof answer === 'number' ? Promise.resolve({ status: answer }) : Promise.reject(answer);
    },
  };
}

/** What sockets bring about a little later. */
const soon = <T>(read: () => T) => expect.poll(read, { interval: 5, timeout: 20_000 });

const short = (outcome: Outcome): string => (outcome.kind === 'delivered' ? 'delivered' : outcome.fault);

describe('the request', () => {
  const common = {
    'x-amz-sns-message-id': '165545c9-2a5c-472c-8df2-7ff2be2b3b1b',
    'x-amz-sns-topic-arn': topicArn,
    'content-type': 'text/plain; charset=UTF-8',
    'user-agent': 'Amazon Simple Notification Service Agent',
    'accept-encoding': 'gzip,deflate',
  };
  test.each<readonly [string, Partial<HttpDelivery>, Readonly<Record<string, string>>]>([
    [
      'a notification',
      {},
      { ...common, 'x-amz-sns-message-type': 'Notification', 'x-amz-sns-subscription-arn': subscriptionArn },
    ],
    [
      'a raw notification',
      { raw: true, body: 'hello' },
      {
        ...common,
        'x-amz-sns-message-type': 'Notification',
        'x-amz-sns-subscription-arn': subscriptionArn,
        'x-amz-sns-rawdelivery': 'true',
      },
    ],
    [
      'a notification of another content type',
      { contentType: 'application/json' },
      {
        ...common,
        'x-amz-sns-message-type': 'Notification',
        'x-amz-sns-subscription-arn': subscriptionArn,
        'content-type': 'application/json',
      },
    ],
    [
      'a subscription confirmation, without the ARN that is not confirmed yet',
      { messageType: 'SubscriptionConfirmation' },
      { ...common, 'x-amz-sns-message-type': 'SubscriptionConfirmation' },
    ],
    [
      'an unsubscribe confirmation',
      { messageType: 'UnsubscribeConfirmation' },
      { ...common, 'x-amz-sns-message-type': 'UnsubscribeConfirmation', 'x-amz-sns-subscription-arn': subscriptionArn },
    ],
    [
      'a message that has no subscription',
      { subscriptionArn: null },
      { ...common, 'x-amz-sns-message-type': 'Notification' },
    ],
  ])('has the headers of %s and no others', async (_, changed, headers) => {
    const outbound = fakeOutbound(200);
    const given = delivery(changed);
    await deliverHttp(outbound, given);
    expect(outbound.sent).toEqual([{ url: given.url, headers, body: given.body }]);
  });

  it('leaves name and password in the URL for whoever asks, and no reason tells them', async () => {
    const outbound = fakeOutbound(403);
    const url = 'https://user:pass@endpoint.example/hook';
    const outcome = await deliverHttp(outbound, delivery({ url }));
    expect(outbound.sent[0]!.url).toBe(url);
    expect(outbound.sent[0]!.headers).not.toHaveProperty('authorization');
    expect(outcome).toEqual({
      kind: 'failed',
      fault: 'client',
      reason: 'https://endpoint.example/hook answered 403, expected 200 to 299.',
    });
  });

  test.each(['ftp://endpoint.example/', 'file:///etc/hosts', 'endpoint.example', '', 'https://'])(
    'is not made for "%s", and trying again would not help',
    async (url) => {
      const outbound = fakeOutbound(200);
      expect(short(await deliverHttp(outbound, delivery({ url })))).toBe('client');
      expect(outbound.sent).toEqual([]);
      expect(webUrl(url)).toBe(null);
    },
  );
});

describe('the outcome', () => {
  test.each([
    [200, 'delivered'],
    [201, 'delivered'],
    [204, 'delivered'],
    [299, 'delivered'],
    [199, 'client'],
    [300, 'client'],
    [301, 'client'],
    [307, 'client'],
    [400, 'client'],
    [401, 'client'],
    [403, 'client'],
    [404, 'client'],
    [408, 'client'],
    [410, 'client'],
    [428, 'client'],
    [429, 'server'],
    [430, 'client'],
    [499, 'client'],
    [500, 'server'],
    [502, 'server'],
    [503, 'server'],
    [599, 'server'],
  ])('of status %i is %s', async (status, expected) => {
    expect(short(await deliverHttp(fakeOutbound(status), delivery()))).toBe(expected);
  });

  test.each([
    ['its words', new Error('socket hang up'), 'socket hang up'],
    ['its code', Object.assign(new AggregateError([], ''), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
  ])('of a network error is the server’s fault, told by %s', async (_, error, words) => {
    expect(await deliverHttp(fakeOutbound(error), delivery())).toEqual({
      kind: 'failed',
      fault: 'server',
      reason: `https://endpoint.example/hook gave no reply: ${words}.`,
    });
  });
});

describe('the network', () => {
  interface Timer {
    readonly ms: number;
    readonly run: () => void;
    cancelled: boolean;
  }
  let timers: Timer[] = [];
  const ends: (() => unknown)[] = [];

  function network(): NetworkOutbound {
    const outbound = createOutbound({
      setTimer(ms, run) {
        const timer = { ms, run, cancelled: false };
        timers.push(timer);
        return () => {
          timer.cancelled = true;
        };
      },
    });
    ends.push(() => outbound.stop());
    return outbound;
  }

  afterEach(async () => {
    timers = [];
    for (const end of ends.splice(0).reverse()) await end();
  });

  async function listening<S extends NetServer>(server: S): Promise<number> {
    const sockets = new Set<Socket>();
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ends.push(() => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(resolve));
    });
    return (server.address() as AddressInfo).port;
  }

  async function endpoint(handle: RequestListener): Promise<{ readonly url: string; readonly server: Server }> {
    const server = createServer(handle);
    return { url: `http://127.0.0.1:${await listening(server)}/hook`, server };
  }

  const read = async (request: IncomingMessage): Promise<string> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString('utf8');
  };

  it('carries method, path, headers and the body byte for byte', async () => {
    const got: unknown[] = [];
    const { url } = await endpoint(async (request, response) => {
      const { method, url: path, headers } = request;
      got.push({ method, path, headers, body: await read(request) });
      response.writeHead(204).end();
    });
    const body = 'naïve 🙂\n"quoted"';
    const outcome = await deliverHttp(
      network(),
      delivery({ url: `${url.replace('://', '://me:secret@')}?tenant=7#part`, body }),
    );
    expect(outcome).toEqual({ kind: 'delivered' });
    expect(got).toEqual([
      {
        method: 'POST',
        path: '/hook?tenant=7',
        headers: {
          'x-amz-sns-message-type': 'Notification',
          'x-amz-sns-message-id': '165545c9-2a5c-472c-8df2-7ff2be2b3b1b',
          'x-amz-sns-topic-arn': topicArn,
          'x-amz-sns-subscription-arn': subscriptionArn,
          'content-type': 'text/plain; charset=UTF-8',
          'user-agent': 'Amazon Simple Notification Service Agent',
          'accept-encoding': 'gzip,deflate',
          'content-length': String(Buffer.byteLength(body)),
          host: new URL(url).host,
          connection: 'keep-alive',
        },
        body,
      },
    ]);
  });

  it('speaks TLS and checks the certificate', async () => {
    const { certificatePem, privateKeyPem } = createCertificate({
      commonName: 'localhost',
      altNames: ['127.0.0.1'],
      notBefore: Date.UTC(2020, 0, 1),
      days: 20_000,
      keyType: 'ec-p256',
    });
    const server = createHttpsServer({ cert: certificatePem, key: privateKeyPem }, (request, response) => {
      request.resume();
      response.end();
    });
    const url = `https://127.0.0.1:${await listening(server)}/`;
    const unknown = await deliverHttp(network(), delivery({ url }));
    expect(unknown).toMatchObject({ fault: 'server', reason: expect.stringContaining('self-signed certificate') });

    const before = getCACertificates('default');
    ends.push(() => setDefaultCACertificates(before));
    setDefaultCACertificates([...before, certificatePem]);
    expect(await deliverHttp(network(), delivery({ url }))).toEqual({ kind: 'delivered' });
  });

  it('keeps the connection for the next one', async () => {
    const ports = new Set<number | undefined>();
    const { url } = await endpoint(async (request, response) => {
      ports.add(request.socket.remotePort);
      await read(request);
      response.end('thanks');
    });
    const outbound = network();
    for (let n = 0; n < 3; n++) {
      await outbound.post(url, {}, 'x');
      // The connection is free once the reply has been read.
      await soon(() => timers.every(({ cancelled }) => cancelled)).toBe(true);
    }
    expect(ports.size).toBe(1);
    expect(timers.map(({ ms }) => ms)).toEqual([15_000, 15_000, 15_000]);
  });

  it('follows no redirect', async () => {
    const paths: (string | undefined)[] = [];
    const { url } = await endpoint((request, response) => {
      paths.push(request.url);
      request.resume();
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    expect(short(await deliverHttp(network(), delivery({ url })))).toBe('client');
    expect(paths).toEqual(['/hook']);
  });

  test.each(['127.0.0.1', 'localhost'])('says that nobody is there at %s', async (host) => {
    const server = createNetServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const outcome = await deliverHttp(network(), delivery({ url: `http://${host}:${port}/` }));
    // The words differ with the number of addresses that the name has, but there are some.
    expect(outcome).toMatchObject({ fault: 'server', reason: expect.stringMatching(/gave no reply: .*E[A-Z]{4,}/) });
  });

  it('gives up on an endpoint that has not answered within 15 seconds of host time', async () => {
    const { url, server } = await endpoint((request) => {
      request.resume();
    });
    const outcome = deliverHttp(network(), delivery({ url }));
    await once(server, 'request');
    expect(timers.map(({ ms, cancelled }) => ({ ms, cancelled }))).toEqual([{ ms: 15_000, cancelled: false }]);
    timers[0]!.run();
    expect(await outcome).toEqual({
      kind: 'failed',
      fault: 'server',
      reason: `${url} gave no reply: no reply within 15 seconds.`,
    });
    await soon(() => timers[0]!.cancelled).toBe(true);
  });

  it('has its status before the reply has ended, and breaks a reply off that does not end in time', async () => {
    const responses: ServerResponse[] = [];
    const { url } = await endpoint((request, response) => {
      request.resume();
      responses.push(response);
      response.writeHead(200).write('and so on');
    });
    expect(await network().post(url, {}, '')).toEqual({ status: 200 });
    expect(timers.map(({ cancelled }) => cancelled)).toEqual([false]);
    timers[0]!.run();
    await once(responses[0]!, 'close');
    expect(responses[0]!.writableFinished).toBe(false);
  });

  it('has its status of a reply that the endpoint breaks off', async () => {
    const { url } = await endpoint((request, response) => {
      request.resume();
      response.writeHead(200, { 'content-length': '100' }).write('and so on', () => response.destroy());
    });
    expect(await network().post(url, {}, '')).toEqual({ status: 200 });
    await soon(() => timers[0]!.cancelled).toBe(true);
  });

  it('reads no more of a reply than 64 KiB', async () => {
    const responses: ServerResponse[] = [];
    const { url } = await endpoint((request, response) => {
      request.resume();
      responses.push(response);
      response.writeHead(200).write(Buffer.alloc(65_537));
    });
    expect(await network().post(url, {}, '')).toEqual({ status: 200 });
    await soon(() => responses[0]!.closed).toBe(true);
    expect(responses[0]!.writableFinished).toBe(false);
    expect(timers[0]!.cancelled).toBe(true);
  });

  it('tries once more, on a new connection, when the kept one turns out to be closed', async () => {
    const seen: number[] = [];
    let connections = 0;
    const server = createNetServer((socket) => {
      const connection = ++connections;
      let requests = 0;
      socket.on('error', () => {});
      socket.on('data', () => {
        seen.push(connection);
        // Both kept connections turn out to be closed.
        if (connection <= 2 && ++requests === 2) socket.resetAndDestroy();
        else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
      });
    });
    const url = `http://127.0.0.1:${await listening(server)}/`;
    const outbound = network();
    await Promise.all([outbound.post(url, {}, ''), outbound.post(url, {}, '')]);
    await soon(() => timers.map(({ cancelled }) => cancelled)).toEqual([true, true]);
    expect(await outbound.post(url, {}, '')).toEqual({ status: 200 });
    expect(seen.slice(0, 2).sort()).toEqual([1, 2]);
    expect(seen).toHaveLength(4);
    expect(seen[3]).toBe(3);
  });

  it('does not try again on a new connection that breaks', async () => {
    let connections = 0;
    const server = createNetServer((socket) => {
      connections++;
      socket.on('error', () => {});
      socket.on('data', () => socket.resetAndDestroy());
    });
    const url = `http://127.0.0.1:${await listening(server)}/`;
    expect(short(await deliverHttp(network(), delivery({ url })))).toBe('server');
    expect(connections).toBe(1);
  });

  it('opens 64 connections to an endpoint at most; waiting for one is not held against it', async () => {
    const held: ServerResponse[] = [];
    const { url } = await endpoint((request, response) => {
      request.resume();
      held.push(response);
    });
    const outbound = network();
    const posts = Array.from({ length: 65 }, () => outbound.post(url, {}, ''));
    await soon(() => held.length).toBe(64);
    expect(timers).toHaveLength(64);
    held[0]!.end();
    await soon(() => held.length).toBe(65);
    expect(timers).toHaveLength(65);
    for (const response of held.slice(1)) response.end();
    expect(await Promise.all(posts)).toEqual(posts.map(() => ({ status: 200 })));
  });

  it('refuses a URL that it cannot post to', async () => {
    await expect(network().post('ftp://127.0.0.1/', {}, '')).rejects.toThrow('http:// or https://');
  });

  it('breaks off what is under way when it stops, and starts nothing after that', async () => {
    const { url, server } = await endpoint((request) => {
      request.resume();
    });
    const outbound = network();
    const underWay = outbound.post(url, {}, '');
    const refused = expect(underWay).rejects.toThrow('the emulator has stopped');
    await once(server, 'request');
    outbound.stop();
    await refused;
    await soon(() => timers[0]!.cancelled).toBe(true);
    await expect(outbound.post(url, {}, '')).rejects.toThrow('the emulator has stopped');
  });
});
