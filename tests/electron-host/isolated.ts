/**
 * What runs in the isolated world of a window's main frame before the page: an `electron` for the preload, joined to the
 * host by a binding that only this world has. And what runs in the page's own world: `window.open` and links that want a
 * new window ask the host, as they would ask Electron.
 *
 * Both functions refer to nothing outside themselves; their source text is injected.
 */
import type { BridgeEnd } from './bridge.ts';
import type { Codec } from './codec.ts';

/** Isolated world -> host. `args` are encoded. */
export type FromIsolated =
  | { readonly kind: 'hello' }
  | { readonly kind: 'open'; readonly url: string }
  | { readonly kind: 'send'; readonly channel: string; readonly args: string }
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly args: string };

/** Host -> isolated world. */
export type ToIsolated =
  | { readonly kind: 'push'; readonly channel: string; readonly args: string }
  | { readonly kind: 'answer'; readonly id: number; readonly value?: string; readonly error?: string };

/** Name of the binding in the isolated world, and of the function the host calls there. */
export const bindingName = '__electronHost';
export const inboxName = '__electronHostInbox';

export type Preload = (require: (id: string) => unknown, module: object, exports: object, process: object) => void;

export function runIsolatedWorld(
  codec: Codec,
  bridge: BridgeEnd,
  preload: Preload,
  names: { readonly binding: string; readonly inbox: string },
): void {
  type Listener = (event: object, ...args: unknown[]) => void;
  const world = globalThis as unknown as Record<string, unknown>;
  const post = world[names.binding] as (text: string) => void;
  const toHost = (message: FromIsolated) => post(JSON.stringify(message));
  const listeners = new Map<string, Listener[]>();
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (reason: Error) => void }>();
  let nextId = 1;

  world[names.inbox] = (message: ToIsolated) => {
    if (message.kind === 'push') {
      const args = codec.decode(message.args) as unknown[];
      for (const listener of [...(listeners.get(message.channel) ?? [])]) listener({ sender: ipcRenderer }, ...args);
      return;
    }
    const call = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error !== undefined) call?.reject(new Error(message.error));
    else call?.resolve(codec.decode(message.value!));
  };

  const on = (channel: string, listener: Listener) => {
    listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
    return ipcRenderer;
  };
  const removeListener = (channel: string, listener: Listener) => {
    listeners.set(
      channel,
      (listeners.get(channel) ?? []).filter((other) => other !== listener),
    );
    return ipcRenderer;
  };
  const ipcRenderer = {
    on,
    addListener: on,
    off: removeListener,
    removeListener,
    once(channel: string, listener: Listener) {
      const once: Listener = (event, ...args) => {
        removeListener(channel, once);
        listener(event, ...args);
      };
      return on(channel, once);
    },
    removeAllListeners(channel: string) {
      listeners.delete(channel);
      return ipcRenderer;
    },
    send: (channel: string, ...args: unknown[]) => toHost({ kind: 'send', channel, args: codec.encode(args) }),
    invoke: (channel: string, ...args: unknown[]) =>
      new Promise((resolve, reject) => {
        const id = nextId++;
        const encoded = codec.encode(args);
        waiting.set(id, { resolve, reject });
        toHost({ kind: 'invoke', id, channel, args: encoded });
      }),
  };

  const electron = Object.freeze({
    contextBridge: { exposeInMainWorld: (name: string, value: unknown) => bridge.expose(name, value) },
    ipcRenderer,
  });
  const require = (id: string) => {
    if (id === 'electron' || id === 'electron/renderer') return electron;
    throw new Error(`module not found: ${id}`);
  };
  bridge.onAsk((what, value) => {
    if (what === 'open') toHost({ kind: 'open', url: String(value) });
  });
  toHost({ kind: 'hello' });
  const module = { exports: {} };
  preload(require, module, module.exports, {
    type: 'renderer',
    sandboxed: true,
    contextIsolated: true,
    platform: 'linux',
    env: {},
    versions: {},
    argv: [],
  });
}

export function runPageWorld(bridge: BridgeEnd): void {
  const absolute = (url: string) => {
    try {
      return new URL(url, document.baseURI).href;
    } catch {
      return 'about:blank';
    }
  };
  window.open = (url) => {
    bridge.ask('open', absolute(String(url ?? 'about:blank')));
    return null;
  };
  window.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    if (!(link instanceof HTMLAnchorElement) || link.target === '' || link.target === '_self') return;
    if (event.defaultPrevented) return;
    event.preventDefault();
    bridge.ask('open', link.href);
  });
}
