/**
 * What a page of the desktop app cannot do, tried from inside it (SEC-02 to SEC-15).
 */
import { expect, type Page, test } from '@playwright/test';
import type { Transport } from '../../src/core/contract/client.ts';
import type { Result } from '../../src/core/errors.ts';
import { type Desktop, launchDesktop } from './desktop.ts';

type Bridge = { readonly spillway: Transport };

let desktop: Desktop;
let page: Page;
let home: string;

test.beforeAll(async () => {
  desktop = await launchDesktop(['--lang=en']);
  page = desktop.page;
  await page.locator('#root:not(:empty)').waitFor();
  home = page.url();
});
test.afterAll(() => desktop?.close());

const call = (method: string, input: unknown): Promise<Result<unknown>> =>
  page.evaluate(([name, given]) => (window as unknown as Bridge).spillway.call(name as string, given), [method, input]);

test('[SEC-03] inline scripts and style attributes are blocked', async () => {
  const blocked = await page.evaluate(async () => {
    const directives: string[] = [];
    const listener = (event: SecurityPolicyViolationEvent) => directives.push(event.effectiveDirective);
    document.addEventListener('securitypolicyviolation', listener);
    const script = document.createElement('script');
    script.textContent = 'globalThis.inlineRan = true';
    document.body.append(script);
    const holder = document.createElement('div');
    holder.innerHTML = '<p style="color: rgb(1, 2, 3)">styled</p>';
    document.body.append(holder);
    const color = getComputedStyle(holder.firstElementChild!).color;
    while (directives.length < 2) await new Promise((resolve) => requestAnimationFrame(resolve));
    document.removeEventListener('securitypolicyviolation', listener);
    script.remove();
    holder.remove();
    return { directives: directives.sort(), color, ran: 'inlineRan' in globalThis };
  });
  expect(blocked.directives).toEqual(['script-src-elem', 'style-src-attr']);
  expect(blocked.ran).toBe(false);
  expect(blocked.color).not.toBe('rgb(1, 2, 3)');
});

test('[SEC-03] nothing of another origin is fetched, nothing is evaluated', async () => {
  const outcomes = await page.evaluate(async () => {
    const outcome = (run: () => unknown) =>
      Promise.resolve()
        .then(run)
        .then(
          () => 'worked',
          () => 'refused',
        );
    return {
      fetch: await outcome(() => fetch('https://example.com/')),
      image: await outcome(
        () =>
          new Promise((resolve, reject) => {
            const image = new Image();
            image.onload = resolve;
            image.onerror = reject;
            image.src = 'https://example.com/x.png';
          }),
      ),
      evaluated: await outcome(() => new Function('return 1')()),
    };
  });
  expect(outcomes).toEqual({ fetch: 'refused', image: 'refused', evaluated: 'refused' });
});

test('[SEC-02] the scheme gives files of the page and nothing else, with its headers', async () => {
  const answers = await page.evaluate(async () => {
    const paths = [
      'index.html',
      '..%2f..%2fpackage.json',
      '%2e%2e%2fmain%2findex.js',
      'none.js',
      'x%00.js',
      'package.json',
    ];
    const statuses: Record<string, number> = {};
    for (const path of paths) statuses[path] = (await fetch(`/${path}`)).status;
    const headers = Object.fromEntries((await fetch('/index.html')).headers);
    const posted = (await fetch('/index.html', { method: 'POST' })).status;
    return { statuses, headers, posted };
  });
  expect(answers.statuses).toEqual({
    'index.html': 200,
    '..%2f..%2fpackage.json': 400,
    '%2e%2e%2fmain%2findex.js': 400,
    'none.js': 404,
    'x%00.js': 400,
    'package.json': 415,
  });
  expect(answers.posted).toBe(405);
  expect(answers.headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
  });
});

test('[SEC-04] the page cannot leave', async () => {
  for (const url of ['https://evil.example/', 'http://127.0.0.1:1/', 'app://other/index.html']) {
    await page.evaluate((target) => {
      location.href = target;
    }, url);
    // A round trip through main: the refusal has happened when the answer is there.
    expect((await call('session.get', {})).ok).toBe(true);
    expect(page.url()).toBe(home);
  }
});

test('[SEC-04][SEC-15] new windows are denied; only known help pages reach the system browser', async () => {
  await desktop.app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = async (url) => void opened.push(url);
  });
  await page.evaluate(() => {
    window.open('https://evil.example/');
    window.open('file:///etc/passwd');
    window.open('https://docs.aws.amazon.com/sqs/');
  });
  const opened = () => desktop.app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);
  await expect.poll(opened).toEqual(['https://docs.aws.amazon.com/sqs/']);
  expect(desktop.app.windows()).toHaveLength(1);
});

test('[SEC-05] permissions are denied but for the short list', async () => {
  const states = await page.evaluate(async () => {
    const state = async (name: string) => (await navigator.permissions.query({ name: name as PermissionName })).state;
    return {
      geolocation: await state('geolocation'),
      camera: await state('camera'),
      read: await state('clipboard-read'),
    };
  });
  expect(states).toEqual({ geolocation: 'denied', camera: 'denied', read: 'denied' });
});

test('[SEC-11] the page has one name more than any page, with two functions', async () => {
  const seen = await page.evaluate(() => {
    const frame = document.body.appendChild(document.createElement('iframe'));
    const usual = new Set(Object.getOwnPropertyNames(frame.contentWindow));
    const framed = Object.hasOwn(frame.contentWindow!, 'spillway');
    frame.remove();
    const { spillway } = window as unknown as Bridge;
    return {
      added: Object.getOwnPropertyNames(window).filter((name) => !usual.has(name)),
      keys: Object.keys(spillway).sort(),
      frozen: Object.isFrozen(spillway),
      framed,
    };
  });
  expect(seen).toEqual({ added: ['spillway'], keys: ['call', 'listen'], frozen: true, framed: false });
});

test('[SEC-12] wrong calls come back as values', async () => {
  expect(await call('ipc.send', {})).toMatchObject({ ok: false, error: { code: 'METHOD_UNKNOWN' } });
  expect(await call('__proto__', {})).toMatchObject({ ok: false, error: { code: 'METHOD_UNKNOWN' } });
  expect(await call('session.get', { extra: true })).toMatchObject({ ok: false, error: { code: 'INPUT_INVALID' } });
  const badRange = { series: [{ resourceId: 'x', measure: 'depth' }], range: { fromMs: -1, toMs: 0 }, maxPoints: 2 };
  expect(await call('series.get', badRange)).toMatchObject({ ok: false, error: { code: 'INPUT_INVALID' } });
});

test('[EL-04] the page lives through the end of the engine', async () => {
  const pid = await desktop.app.evaluate(
    ({ app }) => app.getAppMetrics().find(({ name }) => name === 'Spillway engine')?.pid ?? 0,
  );
  expect(pid).toBeGreaterThan(0);
  const commands = page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const seen: string[] = [];
        (window as unknown as Bridge).spillway.listen(({ topic, payload }) => {
          if (topic !== 'command') return;
          seen.push((payload as { command: string }).command);
          if (seen.length === 2) resolve(seen);
        });
      }),
  );
  // The listener is there once another call of the page has been answered.
  expect((await call('session.get', {})).ok).toBe(true);
  process.kill(pid, 'SIGKILL');
  expect(await commands).toEqual(['engine.gone', 'engine.back']);
  expect((await call('session.get', {})).ok).toBe(true);
});
