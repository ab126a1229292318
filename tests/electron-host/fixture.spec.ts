/**
 * The stand-in proved on its own fixture: Playwright's Electron API against a tiny app.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication, expect, type Page, test } from '@playwright/test';

const executablePath = path.join(import.meta.dirname, 'electron');
const folder = path.join(import.meta.dirname, 'fixture');

interface Fixture {
  call<T = unknown>(what: string, value?: unknown): Promise<T>;
  twice(callback: (value: number) => number): number;
  fail(): void;
  symbol(): void;
  nested: { list: [number, { deep: boolean }] };
}
declare global {
  interface Window {
    fixture: Fixture;
  }
}

let app: ElectronApplication;
let page: Page;
let userData: string;

test.beforeAll(async () => {
  userData = mkdtempSync(path.join(tmpdir(), 'fixture-'));
  app = await _electron.launch({ executablePath, args: [folder, `--user-data-dir=${userData}`], colorScheme: null });
  page = await app.firstWindow();
  await expect(page.getByRole('heading')).toHaveText('Fixture ready');
});
test.afterAll(async () => {
  await app?.close();
  rmSync(userData, { recursive: true, force: true });
});

test('EL-65 evaluates in main, finds the window of a page', async () => {
  const about = await app.evaluate(({ app: electronApp, BrowserWindow }) => ({
    version: electronApp.getVersion(),
    windows: BrowserWindow.getAllWindows().length,
  }));
  expect(about).toEqual({ version: '1.2.3', windows: 1 });
  const window = await app.browserWindow(page);
  await expect.poll(() => window.evaluate((each) => each.isVisible())).toBe(true);
});

test('EL-63 the scheme of the app is a secure origin with its own headers', async () => {
  expect(page.url()).toBe('https://fixture--app.scheme.test/index.html');
  const seen = await page.evaluate(async () => ({
    secure: isSecureContext,
    missing: (await fetch('/nothing.js')).status,
    outside: await fetch('https://example.com/').then(
      () => 'reached',
      () => 'refused',
    ),
  }));
  expect(seen).toEqual({ secure: true, missing: 404, outside: 'refused' });
});

test('EL-64 the page sees one name and nothing of the bridge', async () => {
  // A frame without preload shows which names any page has.
  const added = await page.evaluate(() => {
    const frame = document.body.appendChild(document.createElement('iframe'));
    const usual = new Set(Object.getOwnPropertyNames(frame.contentWindow));
    frame.remove();
    return Object.getOwnPropertyNames(window).filter((name) => !usual.has(name));
  });
  expect(added).toEqual(['fixture']);
  const bridge = await page.evaluate(() => ({
    keys: Object.keys(window.fixture),
    frozen: Object.isFrozen(window.fixture) && Object.isFrozen(window.fixture.nested.list[1]),
    twice: window.fixture.twice((value) => value + 1),
    replaced: Reflect.set(window, 'fixture', null),
  }));
  expect(bridge.keys).toEqual(['call', 'listen', 'twice', 'fail', 'symbol', 'nested']);
  expect(bridge).toMatchObject({ frozen: true, twice: 6, replaced: false });
});

test('EL-64 errors keep their message, symbols are refused', async () => {
  const messages = await page.evaluate(async () => {
    const caught = (run: () => unknown) => {
      try {
        run();
        return 'nothing';
      } catch (thrown) {
        return (thrown as Error).message;
      }
    };
    return {
      sync: caught(() => window.fixture.fail()),
      symbol: caught(() => window.fixture.symbol()),
      async: await window.fixture.call('unknown').catch((thrown: Error) => thrown.message),
    };
  });
  expect(messages.sync).toBe('as told');
  expect(messages.symbol).toContain('could not be cloned');
  expect(messages.async).toBe("Error invoking remote method 'call': Error: no unknown");
});

test('EL-66 columns and odd numbers cross page, main and a utility process', async () => {
  const result = await page.evaluate(async () => {
    const column = await window.fixture.call<Float64Array>('child', new Float64Array([1.5, Number.NaN, -2]));
    const echoed = await window.fixture.call<{ list: unknown[] }>('echo', { list: [undefined, 1n, new Date(5), -0] });
    return {
      isColumn: column instanceof Float64Array,
      values: Array.from(column, String),
      kinds: echoed.list.map((each) => (each instanceof Date ? 'date' : Object.is(each, -0) ? '-0' : typeof each)),
    };
  });
  expect(result.isColumn).toBe(true);
  expect(result.values).toEqual(['3', 'NaN', '-4']);
  expect(result.kinds).toEqual(['undefined', 'bigint', 'date', '-0']);
});

test('the sender is the main frame of the app', async () => {
  const sender = await page.evaluate(() => window.fixture.call('sender'));
  expect(sender).toEqual({ url: 'app://fixture/index.html', top: true });
});

test('EL-68 menu items are clicked by id and their message reaches the page', async () => {
  await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('push')?.click());
  await expect(page.getByTestId('pushed')).toHaveText('{"from":"menu"}');
});

test('a dialog is replaced in main', async () => {
  await app.evaluate(({ dialog }) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: 'chosen.md' });
  });
  expect(await page.evaluate(() => window.fixture.call('save', 'incident.md'))).toMatchObject({
    filePath: 'chosen.md',
  });
});

test('EL-67 a page cannot navigate away; new windows are asked of main and denied', async () => {
  await page.getByRole('link', { name: 'Elsewhere' }).click();
  await page.getByRole('link', { name: 'Docs' }).click();
  await page.evaluate(() => void window.open('https://opened.example/'));
  await expect
    .poll(() =>
      app.evaluate(
        (electron) => (electron as never as typeof import('./electron.ts')).electronHost.record.openedExternally,
      ),
    )
    .toEqual(['https://docs.example/page', 'https://opened.example/']);
  expect(page.url()).toBe('https://fixture--app.scheme.test/index.html');
  expect(app.windows()).toHaveLength(1);
});

test('EL-67 reload by main does not ask the guards, and the preload is there again', async () => {
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.reload());
  await page.waitForFunction(() => document.querySelector('[data-testid=pushed]')?.textContent === '');
  await expect(page.getByRole('heading')).toHaveText('Fixture ready');
  expect(await page.evaluate(() => window.fixture.call('echo', 7))).toBe(7);
});

test('permissions follow the check handler', async () => {
  const states = await page.evaluate(async () => ({
    notifications: (await navigator.permissions.query({ name: 'notifications' })).state,
    geolocation: (await navigator.permissions.query({ name: 'geolocation' })).state,
  }));
  expect(states).toEqual({ notifications: 'granted', geolocation: 'denied' });
});

test('the theme of the app is what pages see', async () => {
  await app.evaluate(({ nativeTheme }) => {
    nativeTheme.themeSource = 'dark';
  });
  await page.waitForFunction(() => matchMedia('(prefers-color-scheme: dark)').matches);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle())).toBe('dark');
});

test('EL-68 insecure windows are refused', async () => {
  const refused = await app.evaluate(({ BrowserWindow }) => {
    try {
      return String(new BrowserWindow({ webPreferences: { nodeIntegration: true } }));
    } catch (thrown) {
      return (thrown as Error).message;
    }
  });
  expect(refused).toBe('electron-host refuses insecure webPreferences');
});

test('EL-45 a second instance hands over its words and ends', async () => {
  const second = spawn(executablePath, [folder, `--user-data-dir=${userData}`, '--hello'], { stdio: 'ignore' });
  const code = await new Promise((resolve) => second.once('exit', resolve));
  expect(code).toBe(0);
  await expect
    .poll(() => app.evaluate(() => (globalThis as { secondArgv?: string[] }).secondArgv?.at(-1)))
    .toBe('--hello');
});
