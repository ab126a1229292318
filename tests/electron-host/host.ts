/**
 * What the parts of the stand-in share: the browser, the windows, the registered schemes, and the record that
 * specs read back.
 */

import type { Chromium } from './chromium.ts';
import type { WebContents } from './webContents.ts';

/** What happened that a test may ask about (EL-68). */
export interface HostRecord {
  readonly blockedRequests: string[];
  readonly openedExternally: string[];
  readonly notifications: string[];
  readonly refusedIpc: string[];
  readonly pageErrors: string[];
}

export interface Host {
  chromium: Chromium | undefined;
  readonly windows: Set<WebContents>;
  /** Names without colon, registered before ready. */
  readonly schemes: Map<string, object>;
  readonly handlers: Map<string, (request: Request) => Response | Promise<Response>>;
  readonly record: HostRecord;
  /** Children of utilityProcess; ended with the app. */
  readonly children: Map<{ kill(): unknown }, { pid: number; name: string }>;
}

export const host: Host = {
  chromium: undefined,
  windows: new Set(),
  schemes: new Map(),
  handlers: new Map(),
  record: { blockedRequests: [], openedExternally: [], notifications: [], refusedIpc: [], pageErrors: [] },
  children: new Map(),
};

/** An Electron event object: may be prevented by a listener. */
export function hostEvent<T extends object>(details: T): T & { defaultPrevented: boolean; preventDefault(): void } {
  return Object.assign(details, {
    defaultPrevented: false,
    preventDefault(this: { defaultPrevented: boolean }) {
      this.defaultPrevented = true;
    },
  });
}
