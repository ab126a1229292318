/**
 * WebSocket side of serve: calls and pushes of the contract as binary frames (core/contract/frame.ts).
 *
 * Client sends `{id, method, input}` or `{cancel: id}`; server answers `{id, result}` and sends `{push}`. Limits of SEC-38
 * are constants here: they bound memory, they are not settings.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { CallContext } from '../../core/contract/dispatch.ts';
import type { EngineApi } from '../../core/contract/engine.ts';
import { createFrameCodec } from '../../core/contract/frame.ts';
import { fail, type Result } from '../../core/errors.ts';
import { phrases } from '../../core/messages/terms.ts';
import type { HostTime } from '../host/time.ts';
import { type Caller, callerOf, isAllowedHost, isOwnOrigin } from './guard.ts';
import type { Secrets } from './secrets.ts';

export const limits = {
  messageBytes: 1024 * 1024,
  sockets: 16,
  callsInFlight: 32,
  /** A reader this far behind is cut off; it reconnects and asks again. */
  bufferedBytes: 32 * 1024 * 1024,
  pingEveryMs: 30_000,
};

export interface SocketContext {
  readonly engine: Pick<EngineApi, 'call' | 'listen'>;
  readonly secrets: Secrets;
  readonly scheme: 'http' | 'https';
  readonly extraHosts: readonly string[];
  readonly hostTime: HostTime;
}

export interface Sockets {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  closeSession(sessionId: string): void;
  close(): void;
}

const text = {
  encode: (value: string) => new TextEncoder().encode(value),
  decode: (bytes: Uint8Array) => new TextDecoder().decode(bytes),
};
const frames = createFrameCodec(text);

export function createSockets(context: SocketContext): Sockets {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: limits.messageBytes,
    perMessageDeflate: false,
    clientTracking: true,
  });
  const callers = new Map<WebSocket, Caller>();

  const send = (socket: WebSocket, message: unknown): void => {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > limits.bufferedBytes) {
      socket.close(1013, 'too far behind');
      return;
    }
    socket.send(frames.encode(message));
  };
  const stopListening = context.engine.listen((push) => {
    for (const socket of server.clients) send(socket, { push });
  });

  function refusal(request: IncomingMessage): { status: string; caller: null } | { status: null; caller: Caller } {
    const { headers } = request;
    if (!isAllowedHost(headers.host, context.extraHosts)) return { status: '421 Misdirected Request', caller: null };
    if (URL.parse(request.url ?? '', 'http://localhost')?.pathname !== '/ws')
      return { status: '404 Not Found', caller: null };
    const caller = callerOf(headers, context.secrets);
    if (caller === null) return { status: '401 Unauthorized', caller: null };
    if (caller.kind === 'browser' && !isOwnOrigin(headers, context.scheme))
      return { status: '403 Forbidden', caller: null };
    if (server.clients.size >= limits.sockets) return { status: '503 Service Unavailable', caller: null };
    return { status: null, caller };
  }

  function serve(socket: WebSocket, caller: Caller): void {
    callers.set(socket, caller);
    const inFlight = new Map<number, AbortController>();
    let answered = true;
    let cancelPing = (): void => {};
    const ping = (): void => {
      if (!answered) return socket.terminate();
      answered = false;
      socket.ping();
      cancelPing = context.hostTime.setTimer(limits.pingEveryMs, ping);
    };
    cancelPing = context.hostTime.setTimer(limits.pingEveryMs, ping);
    socket.on('pong', () => {
      answered = true;
    });
    socket.on('message', (data, isBinary) => {
      const message = isBinary ? decode(data as Buffer) : null;
      if (message === null) return socket.close(1003, 'frames of the contract only');
      if ('cancel' in message) return inFlight.get(message.cancel)?.abort();
      if (inFlight.size >= limits.callsInFlight) {
        return send(socket, {
          id: message.id,
          result: fail(
            'NOT_AVAILABLE_HERE',
            { what: message.method, why: phrases([{ term: 'too-many-calls' }]) },
            true,
          ),
        });
      }
      const controller = new AbortController();
      inFlight.set(message.id, controller);
      void answerCall(context, message.method, message.input, { signal: controller.signal }).then((result) => {
        inFlight.delete(message.id);
        send(socket, { id: message.id, result });
      });
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      cancelPing();
      callers.delete(socket);
      for (const controller of inFlight.values()) controller.abort();
    });
  }

  return {
    upgrade(request, socket, head) {
      const { status, caller } = refusal(request);
      if (status !== null) {
        // Node took its own listener away: a client that resets now would else end the whole process.
        socket.on('error', () => socket.destroy());
        socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
        return;
      }
      server.handleUpgrade(request, socket, head, (accepted) => serve(accepted, caller));
    },
    closeSession(sessionId) {
      for (const [socket, caller] of callers) {
        if (caller.kind === 'browser' && caller.sessionId === sessionId) socket.close(1008, 'logged out');
      }
    },
    close() {
      stopListening();
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}

function answerCall(
  context: SocketContext,
  method: string,
  input: unknown,
  call: CallContext,
): Promise<Result<unknown>> {
  if (method.startsWith('host.')) {
    return Promise.resolve(
      fail('NOT_AVAILABLE_HERE', { what: method, why: phrases([{ term: 'browser-saves-files' }]) }),
    );
  }
  return context.engine.call(method, input, call);
}

type Message = { id: number; method: string; input: unknown } | { cancel: number };

function decode(data: Buffer): Message | null {
  try {
    const message = frames.decode(data) as Partial<Record<string, unknown>> | null;
    if (typeof message?.cancel === 'number') return { cancel: message.cancel };
    if (typeof message?.id !== 'number' || typeof message.method !== 'string') return null;
    return { id: message.id, method: message.method, input: message.input };
  } catch {
    return null;
  }
}
