/**
 * The bridge between a page and the isolated world of its preload, with contextBridge's rules: values are cloned,
 * functions are proxied both ways, promises followed, prototypes dropped, symbols refused, the exposed object frozen.
 *
 * The worlds share no objects, only the DOM: they speak by events with a secret name, whose `detail` the browser clones
 * between worlds. `createBridgeEnd` refers to nothing outside itself, because its source text is injected into both.
 */
export interface BridgeEnd {
  /** Isolated end only: put a value on the page's window. @throws Error when the name is taken */
  expose(name: string, value: unknown): void;
  /** Page end only: ask the isolated world for something of the host's. */
  ask(what: string, value: unknown): void;
  /** Isolated end only. */
  onAsk(handler: (what: string, value: unknown) => void): void;
}

export function createBridgeEnd(here: 'page' | 'isolated', secret: string): BridgeEnd {
  type Described =
    | { is: 'value'; value: unknown }
    | { is: 'function' | 'promise'; id: number }
    | { is: 'error'; message: string }
    | { is: 'array'; items: Described[] }
    | { is: 'object'; entries: [string, Described][] };
  type Message =
    | { kind: 'expose'; name: string; value: Described }
    | { kind: 'call'; id: number; args: Described[] }
    | { kind: 'settle'; id: number; ok: boolean; value: Described }
    | { kind: 'ask'; what: string; value: unknown };
  type Reply = { ok: true; value: Described } | { ok: false; message: string };

  // Kept before the page's own scripts run, so that they cannot replace them.
  const dispatch = document.dispatchEvent.bind(document);
  const listen = document.addEventListener.bind(document);
  const Custom = CustomEvent;
  const there = here === 'page' ? 'isolated' : 'page';

  const functions = new Map<number, (...args: unknown[]) => unknown>();
  const waiting = new Map<number, (settled: { ok: boolean; value: Described }) => void>();
  const settledEarly = new Map<number, { ok: boolean; value: Described }>();
  let nextId = 1;
  let askHandler: (what: string, value: unknown) => void = () => {};

  const messageOf = (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown));

  const describe = (value: unknown): Described => {
    if (typeof value === 'symbol') throw new Error('An object could not be cloned.');
    if (typeof value === 'function') {
      const id = nextId++;
      functions.set(id, value as (...args: unknown[]) => unknown);
      return { is: 'function', id };
    }
    if (value === null || typeof value !== 'object') return { is: 'value', value };
    if (value instanceof Promise) {
      const id = nextId++;
      value.then(
        (result) => send({ kind: 'settle', id, ok: true, value: describe(result) }),
        (thrown) => send({ kind: 'settle', id, ok: false, value: describe(messageOf(thrown)) }),
      );
      return { is: 'promise', id };
    }
    if (value instanceof Error) return { is: 'error', message: value.message };
    if (Array.isArray(value)) return { is: 'array', items: value.map(describe) };
    const cloneable = [Date, Map, Set, RegExp, ArrayBuffer, Blob].some((type) => value instanceof type);
    if (cloneable || ArrayBuffer.isView(value)) return { is: 'value', value };
    return { is: 'object', entries: Object.entries(value).map(([key, item]) => [key, describe(item)]) };
  };

  const revive = (described: Described): unknown => {
    switch (described.is) {
      case 'value':
        return described.value;
      case 'error':
        return new Error(described.message);
      case 'array':
        return described.items.map(revive);
      case 'object':
        return Object.fromEntries(described.entries.map(([key, item]) => [key, revive(item)]));
      case 'function': {
        const { id } = described;
        return (...args: unknown[]) => {
          const reply = send({ kind: 'call', id, args: args.map(describe) });
          if (!reply.ok) throw new Error(reply.message);
          return revive(reply.value);
        };
      }
      case 'promise': {
        const { id } = described;
        return new Promise((resolve, reject) => {
          const finish = ({ ok, value }: { ok: boolean; value: Described }) =>
            ok ? resolve(revive(value)) : reject(new Error(String(revive(value))));
          const early = settledEarly.get(id);
          settledEarly.delete(id);
          if (early === undefined) waiting.set(id, finish);
          else finish(early);
        });
      }
    }
  };

  const freeze = (value: unknown): unknown => {
    if (value !== null && typeof value === 'object' && !ArrayBuffer.isView(value)) {
      for (const item of Object.values(value)) freeze(item);
      Object.freeze(value);
    }
    return value;
  };

  const handle = (message: Message): Reply => {
    const done: Reply = { ok: true, value: { is: 'value', value: undefined } };
    switch (message.kind) {
      case 'expose':
        if (Object.hasOwn(window, message.name)) {
          return { ok: false, message: 'Cannot bind an API on top of an existing property on the window object' };
        }
        Object.defineProperty(window, message.name, { value: freeze(revive(message.value)), enumerable: true });
        return done;
      case 'call':
        return { ok: true, value: describe(functions.get(message.id)!(...message.args.map(revive))) };
      case 'settle': {
        const finish = waiting.get(message.id);
        waiting.delete(message.id);
        if (finish === undefined) settledEarly.set(message.id, message);
        else finish(message);
        return done;
      }
      case 'ask':
        askHandler(message.what, message.value);
        return done;
    }
  };

  // Events are dispatched synchronously: when `dispatch` returns, the other world has answered or is not there.
  let lastReply: Reply | undefined;
  const send = (message: Message): Reply => {
    lastReply = undefined;
    dispatch(new Custom(`${secret}-to-${there}`, { detail: message }));
    const reply: Reply = lastReply ?? { ok: false, message: 'the other world is not there' };
    lastReply = undefined;
    return reply;
  };
  listen(`${secret}-reply-to-${here}`, (event) => {
    lastReply = (event as CustomEvent<Reply>).detail;
  });
  listen(`${secret}-to-${here}`, (event) => {
    let reply: Reply;
    try {
      reply = handle((event as CustomEvent<Message>).detail);
    } catch (thrown) {
      reply = { ok: false, message: messageOf(thrown) };
    }
    dispatch(new Custom(`${secret}-reply-to-${there}`, { detail: reply }));
  });

  return {
    expose(name, value) {
      const reply = send({ kind: 'expose', name, value: describe(value) });
      if (!reply.ok) throw new Error(reply.message);
    },
    ask: (what, value) => void send({ kind: 'ask', what, value }),
    onAsk(handler) {
      askHandler = handler;
    },
  };
}
