/** Basic and Digest authentication of HTTP/S endpoints: the vectors of RFC 7616, and deliveries to a server that asks with a 401. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { digestAuthorization, digestChallenge } from '../../../../src/emulator/sns/delivery/digest.ts';
import { attemptPost } from '../../../../src/emulator/sns/delivery/http.ts';
import { createOutbound, type NetworkOutbound } from '../../../../src/emulator/sns/delivery/outbound.ts';

describe('the examples of RFC 7616, section 3.9', () => {
  const challenge = {
    realm: 'http-auth@example.org',
    qop: 'auth, auth-int',
    nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
    opaque: 'FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS',
  };
  const request = {
    method: 'GET',
    uri: '/dir/index.html',
    username: 'Mufasa',
    password: 'Circle of Life',
    nonceCount: 1,
    cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
  };
  test.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ])('%s', (algorithm, response) => {
    const header = digestAuthorization(digestChallenge(new Map(Object.entries({ ...challenge, algorithm })))!, request);
    expect(header).toBe(
      `Digest username="Mufasa", realm="http-auth@example.org", uri="/dir/index.html", algorithm=${algorithm}, ` +
        `nonce="${challenge.nonce}", nc=00000001, cnonce="${request.cnonce}", qop=auth, response="${response}", ` +
        `opaque="${challenge.opaque}"`,
    );
  });
});

test.each([
  [{ realm: 'r', nonce: 'n', algorithm: 'SHA-512-256', qop: 'auth' }],
  [{ realm: 'r', nonce: 'n', qop: 'auth-int' }],
  [{ realm: 'r', qop: 'auth' }],
  [{ nonce: 'n', qop: 'auth' }],
])('a challenge that cannot be answered: %j', (parameters) => {
  expect(digestChallenge(new Map(Object.entries(parameters)))).toBe(null);
});

test('a name that is no ASCII is written as RFC 5987 has it, or hashed where the server wants that', () => {
  const request = { method: 'POST', uri: '/', username: 'jäsøn', password: 'p', nonceCount: 1, cnonce: 'c' };
  const written = (more: object): string =>
    digestAuthorization(
      digestChallenge(new Map(Object.entries({ realm: 'r', nonce: 'n', qop: 'auth', ...more })))!,
      request,
    );
  expect(written({})).toContain("username*=UTF-8''j%C3%A4s%C3%B8n, ");
  expect(written({ userhash: 'true' })).toContain(`username="${hashed('md5', 'jäsøn:r')}"`);
});

const hashed = (algorithm: string, text: string): string => createHash(algorithm).update(text, 'utf8').digest('hex');

interface EndpointOptions {
  readonly challenges: (nonce: string) => readonly string[];
  readonly username?: string;
  readonly password?: string;
}

/** An endpoint that lets in who answers its challenge, worked out here once more from the RFC. */
class Endpoint {
  readonly server: Server;
  readonly requests: { readonly authorization: string | undefined; readonly status: number; readonly body: string }[] =
    [];
  nonce = 'nonce-1';
  readonly #used = new Set<string>();

  readonly options: EndpointOptions;

  constructor(options: EndpointOptions) {
    this.options = options;
    this.server = createServer(async (request, response) => {
      const body = await textOf(request);
      const { authorization } = request.headers;
      const status = this.#admits(authorization, request) ? 200 : 401;
      this.requests.push({ authorization, status, body });
      response.statusCode = status;
      if (status === 401) response.setHeader('www-authenticate', [...options.challenges(this.nonce)]);
      response.end(status === 401 ? 'who are you?' : 'thanks');
    });
  }

  #admits(authorization: string | undefined, { method, url }: IncomingMessage): boolean {
    const { username = 'user', password = 'pa:ss word' } = this.options;
    if (authorization === `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`) return true;
    if (!authorization?.startsWith('Digest ')) return false;
    const field = (name: string): string =>
      new RegExp(`\\b${name}=(?:"([^"]*)"|([^,\\s]*))`).exec(authorization)?.slice(1).find(Boolean) ?? '';
    const algorithm = field('algorithm').startsWith('SHA-256') ? 'sha256' : 'md5';
    const count = field('nc');
    if (field('nonce') !== this.nonce || field('uri') !== url) return false;
    // A count that was used before is a request that is played back.
    if (count !== '' && this.#used.has(`${this.nonce} ${count}`)) return false;
    this.#used.add(`${this.nonce} ${count}`);
    let a1 = hashed(algorithm, `${username}:the realm:${password}`);
    if (field('algorithm').endsWith('-sess')) a1 = hashed(algorithm, `${a1}:${this.nonce}:${field('cnonce')}`);
    const a2 = hashed(algorithm, `${method}:${url}`);
    const middle = field('qop') === '' ? this.nonce : `${this.nonce}:${count}:${field('cnonce')}:${field('qop')}`;
    return field('username') === username && field('response') === hashed(algorithm, `${a1}:${middle}:${a2}`);
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

const ends: (() => unknown)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

async function started(endpoint: Endpoint): Promise<string> {
  endpoint.server.listen(0, '127.0.0.1');
  await once(endpoint.server, 'listening');
  ends.push(() => {
    endpoint.server.closeAllConnections();
    endpoint.server.close();
  });
  return `user:pa%3Ass%20word@127.0.0.1:${(endpoint.server.address() as AddressInfo).port}/hook?tenant=7`;
}

function network(): NetworkOutbound {
  const outbound = createOutbound({ setTimer: () => () => {} });
  ends.push(() => outbound.stop());
  return outbound;
}

const digest = (more: string) => (nonce: string) => [`Digest realm="the realm", nonce="${nonce}", ${more}`];
const post = (outbound: NetworkOutbound, url: string, body = 'x') => attemptPost(outbound, `http://${url}`, {}, body);

describe('[SNS-56] an endpoint that asks with a 401', () => {
  test.each<readonly [string, (nonce: string) => readonly string[]]>([
    ['Basic', () => ['Basic realm="the realm", charset="UTF-8"']],
    ['Digest MD5', digest('algorithm=MD5, qop="auth"')],
    ['Digest without an algorithm', digest('qop="auth,auth-int", opaque="o\\"p"')],
    ['Digest SHA-256', digest('algorithm=SHA-256, qop="auth"')],
    ['Digest SHA-256-sess', digest('algorithm=SHA-256-sess, qop=auth')],
    ['Digest as RFC 2069 had it', digest('stale=false')],
    ['several ways, in one header', (nonce) => [`Basic realm="x", ${digest('qop="auth"')(nonce)[0]}, Negotiate`]],
    ['several ways, in headers of their own', (nonce) => ['Negotiate abc==', ...digest('qop=auth')(nonce)]],
  ])('is told name and password: %s', async (_, challenges) => {
    const endpoint = new Endpoint({ challenges });
    const url = await started(endpoint);
    expect(await post(network(), url, 'the message')).toEqual({ kind: 'delivered' });
    const [first, second, ...more] = endpoint.requests;
    expect(more).toEqual([]);
    expect(first).toEqual({ authorization: undefined, status: 401, body: 'the message' });
    expect(second).toMatchObject({ status: 200, body: 'the message' });
  });

  test('prefers Digest to Basic, and the first Digest to the next', async () => {
    const endpoint = new Endpoint({
      challenges: (nonce) => [
        'Basic realm="the realm"',
        ...digest('algorithm=SHA-512-256, qop=auth')(nonce),
        ...digest('algorithm=SHA-256, qop=auth')(nonce),
        ...digest('algorithm=MD5, qop=auth')(nonce),
      ],
    });
    await post(network(), await started(endpoint));
    expect(endpoint.requests[1]!.authorization).toMatch(/^Digest .*algorithm=SHA-256,/);
  });

  test('is not asked again while its nonce is good: the count grows', async () => {
    const endpoint = new Endpoint({ challenges: digest('algorithm=SHA-256, qop="auth"') });
    const url = await started(endpoint);
    const outbound = network();
    for (let n = 0; n < 3; n++) expect(await post(outbound, url)).toEqual({ kind: 'delivered' });
    expect(endpoint.requests.map(({ status }) => status)).toEqual([401, 200, 200, 200]);
    const counts = endpoint.requests.slice(1).map(({ authorization }) => /nc=(\w+)/.exec(authorization!)![1]);
    expect(counts).toEqual(['00000001', '00000002', '00000003']);
    const cnonces = endpoint.requests.slice(1).map(({ authorization }) => /cnonce="(\w+)"/.exec(authorization!)![1]);
    expect(new Set(cnonces).size).toBe(3);

    endpoint.nonce = 'nonce-2';
    expect(await post(outbound, url)).toEqual({ kind: 'delivered' });
    expect(endpoint.requests.slice(4).map(({ status }) => status)).toEqual([401, 200]);
    expect(endpoint.requests.at(-1)!.authorization).toMatch(/nonce="nonce-2", nc=00000001/);
  });

  test('a session keeps the client nonce of its first request, which its key is made of', async () => {
    const endpoint = new Endpoint({ challenges: digest('algorithm=SHA-256-sess, qop=auth') });
    const url = await started(endpoint);
    const outbound = network();
    for (let n = 0; n < 3; n++) expect(await post(outbound, url)).toEqual({ kind: 'delivered' });
    expect(endpoint.requests.map(({ status }) => status)).toEqual([401, 200, 200, 200]);
    const cnonces = endpoint.requests.slice(1).map(({ authorization }) => /cnonce="(\w+)"/.exec(authorization!)![1]);
    expect(new Set(cnonces).size).toBe(1);
  });

  test('Basic is remembered, too, for this endpoint and no other', async () => {
    const endpoint = new Endpoint({ challenges: () => ['Basic realm="the realm"'] });
    const url = await started(endpoint);
    const outbound = network();
    await post(outbound, url);
    await post(outbound, url);
    expect(endpoint.requests.map(({ status }) => status)).toEqual([401, 200, 200]);
    await post(outbound, url.replace('/hook', '/other'));
    expect(endpoint.requests[3]).toMatchObject({ authorization: undefined });
  });

  test.each<readonly [string, (nonce: string) => readonly string[], number]>([
    ['Basic', () => ['Basic realm="the realm"'], 2],
    ['Digest', digest('qop="auth"'), 2],
    ['a way that is not known', () => ['Bearer realm="the realm"'], 1],
  ])('and refuses the answer fails for good: %s', async (_, challenges, requests) => {
    const endpoint = new Endpoint({ challenges, password: 'another' });
    const url = await started(endpoint);
    const outcome = await post(network(), url);
    expect(outcome).toEqual({
      kind: 'failed',
      fault: 'client',
      reason: `http://${url.replace(/^.*@|\?.*$/g, '')} answered 401, expected 200 to 299.`,
    });
    expect(endpoint.requests).toHaveLength(requests);
  });

  test('is told nothing when the URL has no name and no password', async () => {
    const endpoint = new Endpoint({ challenges: digest('qop="auth"') });
    const url = await started(endpoint);
    expect(await post(network(), url.replace(/^.*@/, ''))).toMatchObject({ fault: 'client' });
    expect(endpoint.requests).toMatchObject([{ authorization: undefined }]);
  });

  test.each([
    ['user@', 'user:'],
    [':pass@', ':pass'],
    ['a%40b:p%3Aw%20%C3%A9@', 'a@b:p:w é'],
    ['user:100%@', 'user:100%'],
  ])('of the URL %s gets the pair "%s"', async (userinfo, pair) => {
    const [username, password] = [pair.split(':')[0]!, pair.slice(pair.indexOf(':') + 1)];
    const endpoint = new Endpoint({ challenges: () => ['Basic realm="r"'], username, password });
    const url = (await started(endpoint)).replace(/^.*@/, userinfo);
    expect(await post(network(), url)).toEqual({ kind: 'delivered' });
    expect(endpoint.requests[1]!.authorization).toBe(`Basic ${Buffer.from(pair).toString('base64')}`);
  });
});
