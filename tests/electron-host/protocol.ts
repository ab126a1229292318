/**
 * `protocol`: schemes of the app, answered by its handlers when a page asks (requests.ts brings the questions).
 */
import type { CustomScheme, Protocol } from 'electron';
import { app } from './app.ts';
import { host } from './host.ts';

export const protocol = {
  registerSchemesAsPrivileged(schemes: CustomScheme[]): void {
    if (app.isReady()) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    for (const { scheme, privileges } of schemes) host.schemes.set(scheme, privileges ?? {});
  },
  handle(scheme: string, handler: (request: Request) => Response | Promise<Response>): void {
    if (host.handlers.has(scheme)) throw new Error(`The scheme '${scheme}' has been intercepted or registered`);
    host.handlers.set(scheme, handler);
  },
  unhandle(scheme: string): void {
    host.handlers.delete(scheme);
  },
  isProtocolHandled: (scheme: string) => host.handlers.has(scheme),
} satisfies Pick<Protocol, 'registerSchemesAsPrivileged' | 'handle' | 'unhandle' | 'isProtocolHandled'>;
