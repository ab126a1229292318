/**
 * `BrowserWindow`: options are checked as strictly as the product wants them (EL-68); what is shown is a page.
 */
import { EventEmitter } from 'node:events';
import type { BrowserWindowConstructorOptions } from 'electron';
import { app } from './app.ts';
import { host, hostEvent } from './host.ts';
import { WebContents } from './webContents.ts';

const refusedPreferences = [
  'nodeIntegrationInWorker',
  'nodeIntegrationInSubFrames',
  'webviewTag',
  'experimentalFeatures',
] as const;

function checkPreferences(preferences: Electron.WebPreferences): void {
  const { sandbox, contextIsolation, nodeIntegration, webSecurity, allowRunningInsecureContent } = preferences;
  const insecure =
    sandbox === false ||
    contextIsolation === false ||
    nodeIntegration === true ||
    webSecurity === false ||
    allowRunningInsecureContent === true ||
    preferences.enableBlinkFeatures !== undefined ||
    refusedPreferences.some((name) => preferences[name] === true);
  if (insecure) throw new Error('electron-host refuses insecure webPreferences');
}

export class BrowserWindow extends EventEmitter {
  readonly id: number;
  readonly webContents: WebContents;
  private title: string;
  private visible: boolean;
  private minimized = false;
  private ready = false;
  private backgroundColor: string;
  private readonly size: { width: number; height: number };

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super();
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    checkPreferences(options.webPreferences ?? {});
    this.size = { width: options.width ?? 800, height: options.height ?? 600 };
    this.title = options.title ?? '';
    this.visible = options.show !== false;
    this.backgroundColor = options.backgroundColor ?? '#FFFFFF';
    this.webContents = new WebContents(this, options.webPreferences?.preload, this.size);
    this.id = this.webContents.id;
    app.emit('web-contents-created', hostEvent({}), this.webContents);
    app.emit('browser-window-created', hostEvent({}), this);
  }

  static getAllWindows(): BrowserWindow[] {
    return [...host.windows].map((contents) => contents.window);
  }
  static fromWebContents(contents: WebContents): BrowserWindow {
    return contents.window;
  }
  static getFocusedWindow(): BrowserWindow | null {
    return BrowserWindow.getAllWindows().at(-1) ?? null;
  }

  becomeReadyToShow(): void {
    if (this.ready) return;
    this.ready = true;
    this.emit('ready-to-show', hostEvent({}));
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }
  loadFile(): Promise<void> {
    return Promise.reject(new Error('electron-host refuses file:// pages'));
  }
  close(): void {
    const event = hostEvent({});
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }
  destroy(): void {
    this.webContents.destroy();
  }
  isDestroyed(): boolean {
    return this.webContents.isDestroyed();
  }
  show(): void {
    this.visible = true;
    this.emit('show', hostEvent({}));
  }
  hide(): void {
    this.visible = false;
    this.emit('hide', hostEvent({}));
  }
  isVisible(): boolean {
    return this.visible;
  }
  focus(): void {
    this.emit('focus', hostEvent({}));
  }
  minimize(): void {
    this.minimized = true;
  }
  restore(): void {
    this.minimized = false;
  }
  isMinimized(): boolean {
    return this.minimized;
  }
  setTitle(title: string): void {
    this.title = title;
  }
  getTitle(): string {
    return this.title;
  }
  setBackgroundColor(color: string): void {
    this.backgroundColor = color;
  }
  getBackgroundColor(): string {
    return this.backgroundColor;
  }
  getBounds(): Electron.Rectangle {
    return { x: 0, y: 0, ...this.size };
  }
}
