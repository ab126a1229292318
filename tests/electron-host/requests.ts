/**
 * Every request of a page passes here: navigations are asked of the app's guards, app schemes are answered by their
 * handlers, and the network is closed (EL-63, EL-67, EL-68).
 */
import type { CdpSession } from './cdp.ts';
import { host, hostEvent } from './host.ts';
import { toAppUrl } from './schemeUrl.ts';
import type { WebContents } from './webContents.ts';

interface Paused {
  readonly requestId: string;
  readonly frameId: string;
  readonly resourceType: string;
  readonly request: { readonly url: string; readonly method: string; readonly headers: Record<string, string> };
}

export async function interceptRequests(cdp: CdpSession, contents: WebContents): Promise<void> {
  cdp.on('Fetch.requestPaused', (paused: Paused) => {
    // The page may go away while its request is answered; then there is nobody to answer.
    void answer(cdp, contents, paused).catch(() => {});
  });
  await cdp.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
}

async function answer(cdp: CdpSession, contents: WebContents, paused: Paused): Promise<void> {
  const { requestId, request } = paused;
  const refuse = (errorReason: string) => cdp.send('Fetch.failRequest', { requestId, errorReason });
  const url = toAppUrl(request.url);
  if (paused.resourceType === 'Document' && !mayNavigate(contents, paused.frameId, url)) return void refuse('Aborted');

  const handler = host.handlers.get(new URL(url).protocol.slice(0, -1));
  if (handler === undefined) {
    if (isDevServer(url)) return void cdp.send('Fetch.continueRequest', { requestId });
    host.record.blockedRequests.push(url);
    return void refuse('BlockedByClient');
  }
  try {
    const response = await handler(new Request(url, { method: request.method, headers: request.headers }));
    await cdp.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: response.status,
      responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
      body: Buffer.from(await response.arrayBuffer()).toString('base64'),
    });
  } catch (thrown) {
    host.record.blockedRequests.push(`${url} (${String(thrown)})`);
    await refuse('Failed');
  }
}

/** A load the app itself asked for passes without asking; one that the page started is asked of the app's listeners. */
function mayNavigate(contents: WebContents, frameId: string, url: string): boolean {
  const isMainFrame = frameId === contents.mainFrameId;
  if (isMainFrame && contents.takeProgrammaticLoad()) return true;
  const details = { url, isSameDocument: false, isMainFrame, frame: isMainFrame ? contents.mainFrame : null };
  const framed = hostEvent(details);
  contents.emit('will-frame-navigate', framed);
  if (framed.defaultPrevented) return false;
  if (!isMainFrame) return true;
  const event = hostEvent({ ...details });
  contents.emit('will-navigate', event, url);
  return !event.defaultPrevented;
}

/** In development the renderer comes from its dev server, as in Electron. */
function isDevServer(url: string): boolean {
  const devServer = process.env.ELECTRON_RENDERER_URL;
  return devServer !== undefined && new URL(url).host === new URL(devServer).host;
}
