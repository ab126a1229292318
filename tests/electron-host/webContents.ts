/**
 * One page of the browser as `webContents`: loading, the preload in its isolated world, messages both ways, events.
 */
import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { WindowOpenHandlerResponse } from 'electron';
import { app } from './app.ts';
import { createBridgeEnd } from './bridge.ts';
import type { BrowserWindow } from './browserWindow.ts';
import type { CdpSession } from './cdp.ts';
import { createCodec } from './codec.ts';
import { host, hostEvent } from './host.ts';
import { ipcMain } from './ipcMain.ts';
import {
  bindingName,
  type FromIsolated,
  inboxName,
  runIsolatedWorld,
  runPageWorld,
  type ToIsolated,
} from './isolated.ts';
import { interceptRequests } from './requests.ts';
import { toAppUrl, toWebUrl } from './schemeUrl.ts';
import { type HostSession, session } from './session.ts';

const worldName = 'preload';
const codec = createCodec();
let nextWindowId = 1;

/** Of a main frame, as much as sender checks look at. */
class MainFrame {
  readonly parent = null;
  readonly routingId = 1;
  readonly processId = 1;
  private readonly currentUrl: () => string;
  constructor(currentUrl: () => string) {
    this.currentUrl = currentUrl;
  }
  get url(): string {
    return toAppUrl(this.currentUrl());
  }
  get origin(): string {
    const { protocol, host: name } = new URL(this.url);
    return `${protocol}//${name}`;
  }
  get top(): this {
    return this;
  }
}

export class WebContents extends EventEmitter {
  readonly id = nextWindowId++;
  readonly window: BrowserWindow;
  readonly mainFrame: MainFrame;
  targetId = '';
  mainFrameId = '';
  private url = 'about:blank';
  private cdp: CdpSession | undefined;
  private worldId: number | undefined;
  private programmaticLoads = 0;
  private destroyed = false;
  private openHandler: (details: { url: string; frameName: string; disposition: string }) => WindowOpenHandlerResponse =
    () => ({ action: 'allow' });
  private readonly opened: Promise<void>;

  constructor(window: BrowserWindow, preloadFile: string | undefined, size: { width: number; height: number }) {
    super();
    this.window = window;
    this.mainFrame = new MainFrame(() => this.url);
    host.windows.add(this);
    this.opened = this.open(preloadFile, size);
    this.opened.catch((thrown: unknown) => console.error('electron-host: window did not open:', thrown));
  }

  get session(): HostSession {
    return session.defaultSession;
  }

  private async open(preloadFile: string | undefined, size: { width: number; height: number }): Promise<void> {
    const browser = host.chromium!.cdp;
    const { targetId } = await browser.send<{ targetId: string }>('Target.createTarget', { url: 'about:blank' });
    this.targetId = targetId;
    const attached = await browser.send<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true });
    const cdp = browser.session(attached.sessionId);
    this.cdp = cdp;
    this.listen(cdp);
    await Promise.all([
      cdp.send('Page.enable'),
      cdp.send('Page.setLifecycleEventsEnabled', { enabled: true }),
      cdp.send('Inspector.enable'),
      cdp.send('Runtime.enable'),
      cdp.send('Runtime.addBinding', { name: bindingName, executionContextName: worldName }),
      cdp.send('Emulation.setDeviceMetricsOverride', { ...size, deviceScaleFactor: 1, mobile: false }),
      cdp.send('Emulation.setFocusEmulationEnabled', { enabled: true }),
      this.injectScripts(cdp, preloadFile),
      interceptRequests(cdp, this),
    ]);
    const tree = await cdp.send<{ frameTree: { frame: { id: string } } }>('Page.getFrameTree');
    this.mainFrameId = tree.frameTree.frame.id;
  }

  /** The page's end of the bridge first: the preload, which runs right after, needs it. Main frames only, as in Electron. */
  private async injectScripts(cdp: CdpSession, preloadFile: string | undefined): Promise<void> {
    const secret = `b${randomBytes(12).toString('hex')}`;
    const preload = preloadFile === undefined ? '' : readFileSync(preloadFile, 'utf8');
    const names = JSON.stringify({ binding: bindingName, inbox: inboxName });
    const inMainFrame = (body: string) => `(() => { if (window !== window.top) return; ${body} })()`;
    const pageSource = inMainFrame(`(${runPageWorld})((${createBridgeEnd})('page', '${secret}'));`);
    const isolatedSource = inMainFrame(
      `(${runIsolatedWorld})((${createCodec})(), (${createBridgeEnd})('isolated', '${secret}'),
        function (require, module, exports, process) { ${preload}
        }, ${names});`,
    );
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: pageSource });
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: isolatedSource, worldName });
  }

  private listen(cdp: CdpSession): void {
    type Context = { id: number; name: string; auxData?: { frameId?: string } };
    cdp.on(
      'Runtime.bindingCalled',
      ({ payload, executionContextId }: { payload: string; executionContextId: number }) =>
        void this.receive(JSON.parse(payload) as FromIsolated, executionContextId),
    );
    cdp.on('Runtime.executionContextCreated', ({ context }: { context: Context }) => {
      if (context.name === worldName && context.auxData?.frameId === this.mainFrameId) this.worldId = context.id;
    });
    cdp.on('Runtime.executionContextsCleared', () => {
      this.worldId = undefined;
    });
    cdp.on(
      'Runtime.consoleAPICalled',
      ({ type, args }: { type: string; args: { value?: unknown; description?: string }[] }) => {
        const message = args.map((arg) => String(arg.value ?? arg.description ?? '')).join(' ');
        this.emit('console-message', hostEvent({ message, level: type === 'log' ? 'info' : type }));
      },
    );
    cdp.on(
      'Runtime.exceptionThrown',
      ({ exceptionDetails }: { exceptionDetails: { text: string; exception?: { description?: string } } }) => {
        host.record.pageErrors.push(exceptionDetails.exception?.description ?? exceptionDetails.text);
      },
    );
    cdp.on('Page.frameNavigated', ({ frame }: { frame: { id: string; url: string; parentId?: string } }) => {
      if (frame.parentId !== undefined) return;
      this.url = frame.url;
      this.emit('did-navigate', hostEvent({}), toAppUrl(frame.url));
    });
    cdp.on('Page.navigatedWithinDocument', ({ frameId, url }: { frameId: string; url: string }) => {
      if (frameId === this.mainFrameId) this.url = url;
    });
    cdp.on('Page.lifecycleEvent', ({ frameId, name }: { frameId: string; name: string }) => {
      if (frameId !== this.mainFrameId || this.url === 'about:blank') return;
      if (name === 'DOMContentLoaded') this.emit('dom-ready', hostEvent({}));
      if (name === 'load') this.emit('did-finish-load', hostEvent({}));
      // Painted or loaded, whichever comes first: near enough to Electron's first paint (EL-69).
      if (name === 'firstContentfulPaint' || name === 'load') this.window.becomeReadyToShow();
    });
    cdp.on('Inspector.targetCrashed', () => {
      this.emit('render-process-gone', hostEvent({}), { reason: 'crashed', exitCode: 1 });
    });
    cdp.on('Inspector.detached', () => this.becomeDestroyed());
  }

  private async receive(message: FromIsolated, contextId: number): Promise<void> {
    if (message.kind === 'hello') {
      this.worldId = contextId;
      return;
    }
    if (contextId !== this.worldId) {
      host.record.refusedIpc.push(message.kind);
      return;
    }
    if (message.kind === 'open') {
      this.openHandler({ url: toAppUrl(message.url), frameName: '', disposition: 'foreground-tab' });
      return;
    }
    const event = { sender: this, senderFrame: this.mainFrame, processId: 1, frameId: 1, type: 'frame' };
    const args = codec.decode(message.args) as unknown[];
    if (message.kind === 'send') return void ipcMain.emit(message.channel, event, ...args);
    const { id, channel } = message;
    try {
      const value = codec.encode(await ipcMain.answer(channel, event, args));
      this.deliver({ kind: 'answer', id, value }, contextId);
    } catch (thrown) {
      this.deliver({ kind: 'answer', id, error: `Error invoking remote method '${channel}': ${thrown}` }, contextId);
    }
  }

  private deliver(message: ToIsolated, contextId: number): void {
    const expression = `${inboxName}(${JSON.stringify(message)})`;
    // The document may be gone by the time the answer comes; its promise went with it.
    this.cdp?.send('Runtime.evaluate', { contextId, expression }).catch(() => {});
  }

  /** A message to a page that is not there is lost, as in Electron. */
  send(channel: string, ...args: unknown[]): void {
    const encoded = codec.encode(args);
    if (this.worldId !== undefined) this.deliver({ kind: 'push', channel, args: encoded }, this.worldId);
  }

  async loadURL(url: string): Promise<void> {
    await this.opened;
    if (url.startsWith('file:')) throw new Error('electron-host refuses file:// pages');
    const target = toWebUrl(url, host.schemes);
    const { protocol, host: name } = new URL(url);
    await session.defaultSession.applyPermissions(this, `${protocol}//${name}/`, new URL(target).origin);
    this.programmaticLoads += 1;
    const loaded = new Promise<void>((resolve) => this.once('did-finish-load', () => resolve()));
    const { errorText } = await this.cdp!.send<{ errorText?: string }>('Page.navigate', { url: target });
    if (errorText !== undefined) {
      this.emit('did-fail-load', hostEvent({}), -2, errorText, url, true);
      throw new Error(`${errorText} loading '${url}'`);
    }
    await loaded;
  }

  reload(): void {
    this.programmaticLoads += 1;
    this.cdp?.send('Page.reload').catch(() => {});
  }

  /** Asked by the request interception: was this navigation ours? */
  takeProgrammaticLoad(): boolean {
    if (this.programmaticLoads === 0) return false;
    this.programmaticLoads -= 1;
    return true;
  }

  setWindowOpenHandler(handler: typeof this.openHandler): void {
    this.openHandler = handler;
  }
  async emulateColorScheme(scheme: 'dark' | 'light' | ''): Promise<void> {
    await this.opened;
    await this.cdp!.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
  }
  async executeJavaScript(expression: string): Promise<unknown> {
    await this.opened;
    const options = { expression, awaitPromise: true, returnByValue: true, userGesture: true };
    const { result } = await this.cdp!.send<{ result: { value: unknown } }>('Runtime.evaluate', options);
    return result.value;
  }
  getURL(): string {
    return this.mainFrame.url;
  }
  getTitle(): string {
    return this.window.getTitle();
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
  close(): void {
    this.window.close();
  }
  openDevTools(): void {}

  /** Closes the page without asking. */
  destroy(): void {
    const { targetId } = this;
    this.becomeDestroyed();
    if (targetId !== '') host.chromium?.cdp.send('Target.closeTarget', { targetId }).catch(() => {});
  }

  private becomeDestroyed(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    host.windows.delete(this);
    this.emit('destroyed');
    this.window.emit('closed', hostEvent({}));
    if (host.windows.size === 0) app.windowsClosed();
  }
}

export const webContents = {
  fromDevToolsTargetId: (targetId: string) => [...host.windows].find((contents) => contents.targetId === targetId),
  getAllWebContents: () => [...host.windows],
};
