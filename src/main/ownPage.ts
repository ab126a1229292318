/**
 * Is this URL our own page? The one question behind navigation guards, permissions and IPC sender checks.
 */
import { pageHost, pageScheme } from './scheme.ts';

export type OwnPage = (url: string) => boolean;

/**
 * @param devServerUrl the renderer's dev server, accepted besides the app's own scheme; null in a packaged or built app (SEC-06)
 */
export function createOwnPage(devServerUrl: string | null): OwnPage {
  const devOrigin = devServerUrl === null ? null : new URL(devServerUrl).origin;
  return (text) => {
    let url: URL;
    try {
      url = new URL(text);
    } catch {
      return false;
    }
    // Not `origin`: Node answers "null" for schemes it does not know (EL-46).
    if (url.protocol === `${pageScheme}:`) {
      return url.host === pageHost && url.username === '' && url.password === '';
    }
    return devOrigin !== null && url.origin === devOrigin;
  };
}
