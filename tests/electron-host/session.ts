/**
 * `session`: the default one, with its permission handlers. What they decide is set in the browser per origin.
 */
import { EventEmitter } from 'node:events';
import type { Session } from 'electron';
import { app } from './app.ts';
import { host } from './host.ts';
import { protocol } from './protocol.ts';
import type { WebContents } from './webContents.ts';

type Check = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>;
type Request = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>;
type Permission = Parameters<Check>[1];

/** The browser's name of a permission, and Electron's. */
const permissions: readonly (readonly [string, Permission])[] = [
  ['geolocation', 'geolocation'],
  ['notifications', 'notifications'],
  ['midi', 'midi'],
  ['camera', 'media'],
  ['microphone', 'media'],
  ['clipboard-read', 'clipboard-read'],
  ['clipboard-write', 'clipboard-sanitized-write'],
  ['persistent-storage', 'persistent-storage'],
  ['idle-detection', 'idle-detection'],
  ['local-fonts', 'local-fonts'],
  ['window-management', 'window-management'],
];

export class HostSession extends EventEmitter {
  readonly protocol = protocol;
  private check: Check | null = null;
  private request: Request | null = null;
  setPermissionCheckHandler(handler: Check | null): void {
    this.check = handler;
  }
  setPermissionRequestHandler(handler: Request | null): void {
    this.request = handler;
  }
  setDevicePermissionHandler(): void {}
  async clearStorageData(): Promise<void> {}

  /** For tests: asks the request handler as a page's request would. */
  askPermission(permission: Permission, requestingUrl: string): Promise<boolean> {
    return new Promise((resolve) => {
      if (this.request === null) return resolve(true);
      this.request(undefined as never, permission, resolve, { requestingUrl, isMainFrame: true });
    });
  }

  /** Before a page is loaded: every permission is granted or denied for its origin. Without a handler Electron grants. */
  async applyPermissions(contents: WebContents, appOrigin: string, webOrigin: string): Promise<void> {
    const details = { isMainFrame: true, requestingUrl: appOrigin };
    await Promise.all(
      permissions.map(([name, permission]) => {
        const granted = this.check === null || this.check(contents as never, permission, appOrigin, details);
        const setting = granted ? 'granted' : 'denied';
        // A browser that does not know a permission cannot grant it either.
        return host
          .chromium!.cdp.send('Browser.setPermission', { permission: { name }, setting, origin: webOrigin })
          .catch(() => {});
      }),
    );
  }
}

const defaultSession = new HostSession();

export const session = {
  get defaultSession(): HostSession {
    if (!app.isReady()) throw new Error('Session can only be received when app is ready');
    return defaultSession;
  },
  fromPartition: () => defaultSession,
};
