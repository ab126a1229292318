/**
 * The bridge: one frozen object with two functions, `window.spillway` (SEC-11). The page sees no channel name, no event
 * object and nothing of Electron. It shapes nothing and checks nothing: main does, because a page could skip us.
 */
import { contextBridge, ipcRenderer } from 'electron';
import { channels } from '../core/contract/channels.ts';
import type { Transport } from '../core/contract/client.ts';
import type { Push } from '../core/contract/methods.ts';

const transport: Transport = {
  call: (method, input) => ipcRenderer.invoke(channels.call, method, input),
  listen(handler) {
    const forward = (_event: unknown, push: Push) => handler(push);
    ipcRenderer.on(channels.push, forward);
    return () => {
      ipcRenderer.removeListener(channels.push, forward);
    };
  },
};

contextBridge.exposeInMainWorld('spillway', Object.freeze(transport));
