/**
 * `app`: life cycle, paths, the single instance lock. Order of quitting as Electron documents it.
 */
import { EventEmitter } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { App, ProcessMetric } from 'electron';
import { startChromium } from './chromium.ts';
import { host, hostEvent } from './host.ts';
import { takeInstanceLock } from './instanceLock.ts';

type Covered = Pick<
  App,
  | 'enableSandbox'
  | 'exit'
  | 'getAppPath'
  | 'getLocale'
  | 'getName'
  | 'getPath'
  | 'getVersion'
  | 'isPackaged'
  | 'isReady'
  | 'name'
  | 'quit'
  | 'releaseSingleInstanceLock'
  | 'requestSingleInstanceLock'
  | 'setAppUserModelId'
  | 'whenReady'
>;

/** What boot.ts learned from the command line and the app's package.json. */
export interface AppInfo {
  readonly appPath: string;
  readonly name: string;
  readonly version: string;
  /** Null: a fresh temporary folder, removed at the end. */
  readonly userData: string | null;
  readonly locale: string;
}

class HostApp extends EventEmitter implements Covered {
  readonly isPackaged = false;
  name = 'app';
  sandboxEnabled = false;
  private info: AppInfo | undefined;
  private userData = '';
  private ready: Promise<void> | undefined;
  private isNowReady = false;
  private quitting = false;
  private releaseLock = () => {};

  /** Called once by boot.ts, before the app's main file is loaded. */
  setUp(info: AppInfo): void {
    this.info = info;
    this.name = info.name;
    this.userData = info.userData ?? mkdtempSync(path.join(tmpdir(), 'electron-host-data-'));
    mkdirSync(this.userData, { recursive: true });
    if (info.userData === null) process.once('exit', () => rmSync(this.userData, { recursive: true, force: true }));
    this.ready = this.start();
  }

  private async start(): Promise<void> {
    const devTools = process.env.ELECTRON_HOST_DEVTOOLS === undefined ? null : (line: string) => console.error(line);
    host.chromium = await startChromium(devTools);
  }

  /** Called by boot.ts when the app's main file has been loaded: Electron is not ready before. */
  async becomeReady(): Promise<void> {
    await this.ready;
    // An app that quits while it starts, as a second instance does, never becomes ready.
    if (this.quitting) return;
    this.isNowReady = true;
    this.emit('will-finish-launching');
    this.emit('ready', hostEvent({}), {});
  }

  whenReady(): Promise<void> {
    return this.isNowReady ? Promise.resolve() : new Promise((resolve) => this.once('ready', () => resolve()));
  }
  isReady(): boolean {
    return this.isNowReady;
  }
  enableSandbox(): void {
    if (this.isNowReady) throw new Error('app.enableSandbox() can only be called before app is ready');
    this.sandboxEnabled = true;
  }
  setAppUserModelId(): void {}
  getName(): string {
    return this.name;
  }
  getVersion(): string {
    return this.info!.version;
  }
  getAppPath(): string {
    return this.info!.appPath;
  }
  getLocale(): string {
    return this.info!.locale;
  }
  getPath(name: string): string {
    if (name === 'userData') return this.userData;
    if (name === 'temp') return tmpdir();
    return path.join(this.userData, name);
  }

  /** Utility processes only, with what identifies them. */
  getAppMetrics(): Pick<ProcessMetric, 'pid' | 'type' | 'name'>[] {
    return [...host.children.values()].map(({ pid, name }) => ({ pid, name, type: 'Utility' }));
  }

  requestSingleInstanceLock(): boolean {
    const lock = takeInstanceLock(this.userData, process.argv, (argv, workingDirectory) => {
      this.emit('second-instance', hostEvent({}), argv, workingDirectory, {});
    });
    if (lock === null) return false;
    this.releaseLock = lock;
    return true;
  }
  releaseSingleInstanceLock(): void {
    this.releaseLock();
    this.releaseLock = () => {};
  }

  quit(): void {
    if (this.quitting) return;
    const before = hostEvent({});
    this.emit('before-quit', before);
    if (before.defaultPrevented) return;
    this.quitting = true;
    for (const contents of [...host.windows]) contents.window.close();
    // A window may keep itself open; then quitting ends here, as in Electron.
    if ([...host.windows].some((contents) => !contents.isDestroyed())) {
      this.quitting = false;
      return;
    }
    const will = hostEvent({});
    this.emit('will-quit', will);
    if (will.defaultPrevented) {
      this.quitting = false;
      return;
    }
    this.emit('quit', hostEvent({}), 0);
    void this.end(0);
  }

  exit(code = 0): void {
    this.quitting = true;
    void this.end(code);
  }

  private async end(code: number): Promise<void> {
    for (const child of host.children.keys()) child.kill();
    // A browser may still be starting when the app gives up at once.
    await this.ready?.catch(() => {});
    await host.chromium?.close();
    this.releaseLock();
    process.exit(code);
  }

  /** The last window has closed. Without a listener Electron quits. */
  windowsClosed(): void {
    if (this.quitting) return;
    if (this.listenerCount('window-all-closed') === 0) this.quit();
    else this.emit('window-all-closed');
  }
}

export const app = new HostApp();
