/**
 * Requests that leave the emulator: a POST, of which only the status of the reply counts; made again when the endpoint asks for the name
 * and the password that the URL holds.
 *
 * Knows nothing of SNS. Follows no redirects. The network has the host's time, never the virtual one, so the deadline is
 * the host's timer. Not here: what a status means (http.ts), trying again (retries.ts), what is answered to who asks (authentication.ts).
 */
import http from 'node:http';
import https from 'node:https';
import type { HostTime } from '../../world/pace.ts';
import { createAuthentication, takeCredentials } from './authentication.ts';

export interface Outbound {
  /**
   * Resolves once the reply's status is there.
   *
   * @param url as `webUrl` takes it; a name and a password in it are told only to an endpoint that asks for them
   * @throws Error when no reply came: nobody there, broken off, too late, or no such URL
   */
  post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<{ readonly status: number }>;
}

export interface NetworkOutbound extends Outbound {
  /** Breaks off what is under way and refuses what comes later. */
  stop(): void;
}

interface Reply {
  readonly status: number;
  /** WWW-Authenticate, of several headers their sum. */
  readonly challenge: string | null;
}

/** What SNS gives an endpoint, from the connection to the end of the reply. */
const deadlineMs = 15_000;
/** Replies are read to keep the connection, and thrown away; beyond this a new connection is cheaper. */
const longestReplyBytes = 65_536;
/** What taking up a connection that the other side has closed comes to. */
const closedCodes = new Set<string | undefined>(['ECONNRESET', 'EPIPE']);
const agentOptions: http.AgentOptions = { keepAlive: true, maxSockets: 64, maxFreeSockets: 8 };

/** @returns null for what is no `http://` or `https://` URL */
export function webUrl(text: string): URL | null {
  const url = URL.parse(text);
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url : null;
}

/** @param hostTime a deadline is one of its timers */
export function createOutbound(hostTime: Pick<HostTime, 'setTimer'>): NetworkOutbound {
  const agents = { http: new http.Agent(agentOptions), https: new https.Agent(agentOptions) };
  const authentication = createAuthentication();
  const underWay = new Set<http.ClientRequest>();
  let stopped = false;

  function exchange(
    url: URL,
    options: { readonly headers: http.OutgoingHttpHeaders; readonly body: Buffer; readonly fresh: boolean },
  ): Promise<Reply> {
    if (stopped) return Promise.reject(new Error('the emulator has stopped'));
    return new Promise((resolve, reject) => {
      const { headers, body, fresh } = options;
      const secure = url.protocol === 'https:';
      const agent = fresh ? false : agents[secure ? 'https' : 'http'];
      const request = (secure ? https : http).request(url, { method: 'POST', agent, headers });
      let cancelDeadline = (): void => {};
      let answered = false;
      underWay.add(request);
      // Waiting for one of the few connections to an endpoint is not the endpoint's fault.
      request.once('socket', () => {
        cancelDeadline = hostTime.setTimer(deadlineMs, () => {
          request.destroy(new Error(`no reply within ${deadlineMs / 1_000} seconds`));
        });
      });
      request.once('response', (reply) => {
        answered = true;
        resolve({ status: reply.statusCode!, challenge: reply.headers['www-authenticate'] ?? null });
        throwAway(reply);
      });
      request.on('error', (error: NodeJS.ErrnoException) => {
        // Most likely the endpoint closed an idle connection just as it was taken again: nobody's failure.
        if (request.reusedSocket && !answered && closedCodes.has(error.code) && !stopped) {
          resolve(exchange(url, { ...options, fresh: true }));
        } else reject(error);
      });
      request.once('close', () => {
        cancelDeadline();
        underWay.delete(request);
      });
      request.end(body);
    });
  }

  return {
    async post(text, headers, body) {
      const url = webUrl(text);
      if (url === null) throw new Error('the URL is no http:// or https:// URL');
      const bytes = Buffer.from(body, 'utf8');
      const credentials = takeCredentials(url);
      const send = (authorization: string | null): Promise<Reply> =>
        exchange(url, {
          headers: {
            ...headers,
            ...(authorization === null ? {} : { authorization }),
            'content-length': bytes.length,
          },
          body: bytes,
          fresh: false,
        });
      if (credentials === null) return statusOf(await send(null));
      const asked = { method: 'POST', url, credentials };
      const first = await send(authentication.authorization(asked));
      const again =
        first.status === 401 && first.challenge !== null && authentication.challenged(asked, first.challenge);
      return statusOf(again ? await send(authentication.authorization(asked)) : first);
    },
    stop() {
      stopped = true;
      for (const request of underWay) request.destroy(new Error('the emulator has stopped'));
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

const statusOf = ({ status }: Reply): { readonly status: number } => ({ status });

/** Whatever becomes of the rest of a reply, its status stands. */
function throwAway(reply: http.IncomingMessage): void {
  let bytes = 0;
  reply.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > longestReplyBytes) reply.destroy();
  });
  reply.on('error', () => {});
}

/** Of a request that was never answered. Several addresses tried in vain make one error that has a code and no words. */
export function failureOf(thrown: unknown): string {
  const { message, code } = thrown as { readonly message?: string; readonly code?: string };
  return message || code || String(thrown);
}
