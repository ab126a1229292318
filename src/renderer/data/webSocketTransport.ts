/**
 * The contract over one WebSocket with binary frames, for the served page. Reconnects with back-off and says its state.
 *
 * A call made while the line is down waits for it; a call in flight when it breaks answers ENGINE_GONE, because nobody
 * knows whether it ran. Socket and timers are handed in. Not here: frame layout (core/contract/frame.ts).
 */
import type { Transport } from '../../core/contract/client.ts';
import { createFrameCodec, type FrameCodec } from '../../core/contract/frame.ts';
import type { Push } from '../../core/contract/methods.ts';
import { fail, type Result } from '../../core/errors.ts';

export interface SocketLike {
  send(bytes: Uint8Array): void;
  close(): void;
  onopen: (() => void) | null;
  onclose: (() => void) | null;
  onmessage: ((bytes: Uint8Array) => void) | null;
}

export interface WebSocketTransportOptions {
  open(): SocketLike;
  /** @returns a function that cancels */
  setTimer(ms: number, run: () => void): () => void;
  onState(connected: boolean): void;
  codec: FrameCodec;
}

/** Back-off before attempt n (0-based), in milliseconds: 250 doubling to 8,000. */
export function backOffMs(attempt: number): number {
  return Math.min(8_000, 250 * 2 ** Math.min(attempt, 10));
}

/** Calls waiting for the line at most; beyond it they are refused at once (EL-33). */
const longestQueue = 200;

interface Waiting {
  readonly bytes: Uint8Array;
  readonly settle: (result: Result<unknown>) => void;
}

export function createWebSocketTransport(options: WebSocketTransportOptions): Transport & { close(): void } {
  const handlers = new Set<(push: Push) => void>();
  const inFlight = new Map<number, (result: Result<unknown>) => void>();
  const queue = new Map<number, Waiting>();
  let socket: SocketLike | null = null;
  let nextId = 1;
  let attempt = 0;
  let closed = false;
  let cancelTimer: (() => void) | null = null;

  const gone = () => fail('ENGINE_GONE', {}, true);

  function receive(bytes: Uint8Array): void {
    const message = options.codec.decode(bytes) as { id?: number; result?: Result<unknown>; push?: Push };
    if (message.push !== undefined) {
      for (const handler of handlers) handler(message.push);
      return;
    }
    if (message.id === undefined || message.result === undefined) return;
    inFlight.get(message.id)?.(message.result);
    inFlight.delete(message.id);
  }

  function connect(): void {
    const opening = options.open();
    let isOpen = false;
    opening.onopen = () => {
      isOpen = true;
      attempt = 0;
      socket = opening;
      options.onState(true);
      for (const [id, waiting] of queue) {
        inFlight.set(id, waiting.settle);
        opening.send(waiting.bytes);
      }
      queue.clear();
    };
    opening.onmessage = receive;
    opening.onclose = () => {
      if (socket === opening) socket = null;
      for (const settle of inFlight.values()) settle(gone());
      inFlight.clear();
      // A line that cannot even open: say so now instead of letting callers wait for good.
      if (!isOpen) {
        for (const waiting of queue.values()) waiting.settle(gone());
        queue.clear();
      }
      options.onState(false);
      if (!closed) cancelTimer = options.setTimer(backOffMs(attempt++), connect);
    };
  }
  connect();

  return {
    call(method, input) {
      const id = nextId++;
      const bytes = options.codec.encode({ id, method, input });
      return new Promise((settle) => {
        if (socket !== null) {
          inFlight.set(id, settle);
          socket.send(bytes);
        } else if (closed || queue.size >= longestQueue) settle(gone());
        else queue.set(id, { bytes, settle });
      });
    },
    listen(handler) {
      handlers.add(handler);
      return () => handlers.delete(handler);
    },
    close() {
      closed = true;
      cancelTimer?.();
      socket?.close();
    },
  };
}

/** The browser's own socket to `/ws` of the page's origin. */
export function openPageSocket(location: Location): SocketLike {
  const url = new URL('/ws', location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  const like: SocketLike = {
    send: (bytes) => socket.send(bytes as Uint8Array<ArrayBuffer>),
    close: () => socket.close(),
    onopen: null,
    onclose: null,
    onmessage: null,
  };
  socket.onopen = () => like.onopen?.();
  socket.onclose = () => like.onclose?.();
  socket.onmessage = (event) => like.onmessage?.(new Uint8Array(event.data as ArrayBuffer));
  return like;
}

export function pageCodec(): FrameCodec {
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  return createFrameCodec({ encode: (text) => encoder.encode(text), decode: (bytes) => decoder.decode(bytes) });
}
