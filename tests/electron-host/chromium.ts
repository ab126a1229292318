/**
 * A headless Chromium of our own: started with a pipe for us and, when Playwright wants to join, a DevTools port for it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { findBrowser } from '../e2e/browser.ts';
import { type Cdp, connectCdp } from './cdp.ts';

export interface Chromium {
  readonly cdp: Cdp;
  close(): Promise<void>;
}

const flags = [
  '--headless',
  '--remote-debugging-pipe',
  '--no-startup-window',
  // Tests run as root in containers, where Chromium's own sandbox cannot start (a limit named in README.md).
  '--no-sandbox',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-dev-shm-usage',
  '--disable-extensions',
  '--disable-gpu',
  '--disable-sync',
  '--enable-unsafe-swiftshader',
  '--force-color-profile=srgb',
  '--font-render-hinting=none',
  '--hide-scrollbars',
  '--mute-audio',
  '--password-store=basic',
];

/** @param onDevTools told the line that Playwright waits for; null leaves the port closed */
export async function startChromium(onDevTools: ((line: string) => void) | null): Promise<Chromium> {
  const profile = mkdtempSync(path.join(tmpdir(), 'electron-host-'));
  const port = onDevTools === null ? [] : ['--remote-debugging-port=0'];
  const browser = spawn(await findBrowser(), [...flags, ...port, `--user-data-dir=${profile}`], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
  });
  readline.createInterface({ input: browser.stderr! }).on('line', (line) => {
    if (line.startsWith('DevTools listening on ')) onDevTools?.(line);
  });
  const exited = new Promise<void>((resolve) => browser.once('exit', () => resolve()));
  process.once('exit', () => {
    browser.kill('SIGKILL');
    rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
  });
  const cdp = connectCdp(browser.stdio[3] as Writable, browser.stdio[4] as Readable);
  await started(browser, cdp);
  return {
    cdp,
    async close() {
      cdp.send('Browser.close').catch(() => browser.kill('SIGKILL'));
      await exited;
    },
  };
}

async function started(browser: ChildProcess, cdp: Cdp): Promise<void> {
  await Promise.race([
    cdp.send('Browser.getVersion'),
    new Promise<never>((_resolve, reject) => {
      browser.once('error', reject);
      browser.once('exit', (code) => reject(new Error(`the browser ended at start with code ${code}`)));
    }),
  ]);
}
