/**
 * `spillway serve`: the engine and the pages over loopback HTTP and WebSocket, for a jump host or a browser.
 *
 * Puts the pieces together and listens; each rule (SEC-30 to SEC-38) lives in the file it is about.
 */
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { EngineApi } from '../../core/contract/engine.ts';
import { SpillwayError } from '../../core/errors.ts';
import { phrases } from '../../core/messages/terms.ts';
import type { HostTime } from '../host/time.ts';
import { urlName } from './guard.ts';
import { loadPages } from './pages.ts';
import { answer, type RequestContext } from './requests.ts';
import { createSecrets, type Secrets } from './secrets.ts';
import { createSockets } from './sockets.ts';

export interface ServeOptions {
  readonly engine: Pick<EngineApi, 'call' | 'listen'>;
  /** 0: any free port. */
  readonly port: number;
  /** null: 127.0.0.1 and, where it exists, ::1. Another address needs TLS. */
  readonly address: string | null;
  readonly tls: { readonly cert: Buffer; readonly key: Buffer } | null;
  readonly extraHosts: readonly string[];
  readonly rendererDir: string;
  readonly hostTime: HostTime;
}

export interface Served {
  readonly url: string;
  readonly secrets: Secrets;
  /** A new one-time link. */
  loginLink(): string;
  close(): Promise<void>;
}

/** @throws SpillwayError PORT_IN_USE, PORT_UNUSABLE, TLS_UNUSABLE, NOT_AVAILABLE_HERE (pages not built, or an open address without TLS) */
export async function serve(options: ServeOptions): Promise<Served> {
  if (options.address !== null && options.tls === null) {
    throw new SpillwayError('NOT_AVAILABLE_HERE', {
      what: `--address ${options.address}`,
      why: phrases([{ term: 'needs-tls' }]),
    });
  }
  const pages = loadPages(options.rendererDir);
  if (pages === null) {
    throw new SpillwayError('NOT_AVAILABLE_HERE', {
      what: 'serve',
      why: phrases([{ term: 'pages-not-built' }]),
    });
  }
  const scheme = options.tls === null ? 'http' : 'https';
  const secrets = createSecrets(options.hostTime.nowMs);
  // The address given is a name of this server too: the printed link carries it, and no DNS answer can take it over.
  const addressName = options.address === null ? null : urlName(options.address);
  const extraHosts = addressName === null ? options.extraHosts : [...options.extraHosts, addressName];
  const sockets = createSockets({ ...options, secrets, scheme, extraHosts });
  let url = '';
  const loginLink = (): string => `${url}/login?code=${secrets.newLoginCode()}`;
  const context: RequestContext = {
    secrets,
    pages,
    scheme,
    extraHosts,
    loginLink,
    onLogout: (sessionId) => sockets.closeSession(sessionId),
  };

  const create = (): Server => {
    const server = options.tls === null ? createServer() : tlsServer(options.tls);
    server.requestTimeout = 30_000;
    server.headersTimeout = 10_000;
    server.keepAliveTimeout = 10_000;
    server.maxConnections = 64;
    server.on('request', (request, response) => {
      answer(request, response, context).catch(() => response.destroy());
    });
    server.on('upgrade', (request, socket, head) => sockets.upgrade(request, socket, head));
    return server;
  };

  const servers = [await listen(create(), options.port, options.address ?? '127.0.0.1')];
  const port = (servers[0]!.address() as AddressInfo).port;
  url = `${scheme}://${addressName ?? '127.0.0.1'}:${port}`;
  if (options.address === null) {
    // Browsers may resolve localhost to ::1 first. A machine without IPv6 is served all the same.
    const second = await listen(create(), port, '::1').catch(() => null);
    if (second !== null) servers.push(second);
  }
  return {
    url,
    secrets,
    loginLink,
    async close() {
      sockets.close();
      await Promise.all(
        servers.map(
          (server) =>
            new Promise<void>((done) => {
              server.close(() => done());
              server.closeAllConnections();
            }),
        ),
      );
    },
  };
}

function tlsServer(tls: { readonly cert: Buffer; readonly key: Buffer }): Server {
  try {
    return createTlsServer(tls);
  } catch (thrown) {
    throw new SpillwayError('TLS_UNUSABLE', { detail: thrown instanceof Error ? thrown.message : String(thrown) });
  }
}

function listen(server: Server, port: number, address: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new SpillwayError('PORT_IN_USE', { port, host: address })
          : new SpillwayError('PORT_UNUSABLE', { port, host: address, detail: error.message }),
      );
    });
    server.listen(port, address, () => resolve(server));
  });
}
