/**
 * What a page may not do: navigate away, open windows, attach a webview, be granted permissions (SEC-04, SEC-05).
 *
 * Not here: whether a message of the page is accepted (ipc), what the scheme answers (scheme).
 */
import type { Session, WebContents } from 'electron';
import type { OwnPage } from './ownPage.ts';

/** Granted to our own page only; everything else is denied. */
const grantedPermissions: ReadonlySet<string> = new Set(['notifications', 'clipboard-sanitized-write']);

export interface GuardHooks {
  readonly isOwnPage: OwnPage;
  /** Something was refused; for the log. */
  readonly onRefused: (what: string, url: string) => void;
  /** A page asked for a new window; it gets none, but the system's browser may be meant. */
  readonly onWindowAsked: (url: string) => void;
}

export function guardContents(
  contents: Pick<WebContents, 'on' | 'setWindowOpenHandler'>,
  { isOwnPage, onRefused, onWindowAsked }: GuardHooks,
): void {
  const stay = (what: string) => (event: { readonly url: string; preventDefault(): void }) => {
    if (isOwnPage(event.url)) return;
    event.preventDefault();
    onRefused(what, event.url);
  };
  contents.on('will-navigate', stay('navigation'));
  contents.on('will-frame-navigate', stay('frame navigation'));
  contents.on('will-redirect', stay('redirect'));
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
    onRefused('webview', '');
  });
  contents.setWindowOpenHandler(({ url }) => {
    onRefused('window', url);
    onWindowAsked(url);
    return { action: 'deny' };
  });
}

export function guardSession(
  session: Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'>,
  { isOwnPage, onRefused }: Pick<GuardHooks, 'isOwnPage' | 'onRefused'>,
): void {
  const granted = (permission: string, url: string) => grantedPermissions.has(permission) && isOwnPage(url);
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const yes = granted(permission, details.requestingUrl);
    if (!yes) onRefused(`permission ${permission}`, details.requestingUrl);
    answer(yes);
  });
  // Asked often and for every embedded origin, so a refusal here is not worth a line in the log.
  session.setPermissionCheckHandler((_contents, permission, origin) => granted(permission, origin));
  session.setDevicePermissionHandler(() => false);
}
