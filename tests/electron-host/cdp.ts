/**
 * The DevTools protocol over a browser's pipe: requests, answers, and events per session.
 */
import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';

export type Params = Readonly<Record<string, unknown>>;

export interface CdpSession {
  /** @throws Error with the browser's message when the command fails or the session is gone */
  send<T = Params>(method: string, params?: Params): Promise<T>;
  on(event: string, handler: (params: never) => void): void;
}

export interface Cdp extends CdpSession {
  session(sessionId: string): CdpSession;
}

interface Message {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: Params;
  readonly result?: Params;
  readonly error?: { readonly message: string };
}

/** Messages are JSON texts, each ended by a zero byte. */
export function connectCdp(write: Writable, read: Readable): Cdp {
  let nextId = 1;
  let unread = Buffer.alloc(0);
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (reason: Error) => void }>();
  const sessions = new Map<string, EventEmitter>();

  const receive = ({ id, sessionId = '', method, params, result, error }: Message) => {
    if (id === undefined) return void sessions.get(sessionId)?.emit(method!, params);
    const call = waiting.get(id);
    waiting.delete(id);
    if (error !== undefined) call?.reject(new Error(error.message));
    else call?.resolve(result as never);
  };

  read.on('data', (chunk: Buffer) => {
    unread = Buffer.concat([unread, chunk]);
    for (let end = unread.indexOf(0); end >= 0; end = unread.indexOf(0)) {
      const text = unread.toString('utf8', 0, end);
      unread = unread.subarray(end + 1);
      receive(JSON.parse(text) as Message);
    }
  });
  const lost = () => {
    for (const { reject } of waiting.values()) reject(new Error('the browser is gone'));
    waiting.clear();
  };
  read.on('close', lost);
  // A browser that ends first makes the pipe fail; whoever waits is told by `lost`.
  write.on('error', lost);
  read.on('error', lost);

  const session = (sessionId: string): CdpSession => {
    const events = sessions.get(sessionId) ?? new EventEmitter();
    sessions.set(sessionId, events);
    return {
      on: (event, handler) => void events.on(event, handler as (params: Params) => void),
      send: (method, params = {}) =>
        new Promise((resolve, reject) => {
          const id = nextId++;
          waiting.set(id, { resolve, reject });
          write.write(`${JSON.stringify({ id, method, params, ...(sessionId === '' ? {} : { sessionId }) })}\0`);
        }),
    };
  };
  return { ...session(''), session };
}
