import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { channels } from '../../../src/core/contract/channels.ts';
import { ok } from '../../../src/core/errors.ts';
import { startApplication } from '../../../src/main/application.ts';
import type { DesktopArguments } from '../../../src/main/arguments.ts';
import { openHostState } from '../../../src/main/hostState.ts';
import { createLog } from '../../../src/main/log.ts';
import { type FakeUtility, fakeElectron, manualTime, settle } from './fakeElectron.ts';

const noWords: DesktopArguments = { demo: false, demoSpeed: null, databaseFile: null, language: null };

async function started(
  words: Partial<DesktopArguments> = {},
  options: { locked?: boolean; locale?: string; remembered?: string; packaged?: boolean } = {},
) {
  const electron = fakeElectron(options);
  if (options.packaged) electron.app.isPackaged = true;
  const time = manualTime();
  const lines: string[] = [];
  const written: string[] = [];
  startApplication(
    electron.parts,
    {
      mainDir: '/app/out/main',
      resourcesDir: '/app/resources',
      databaseFile: '/data/spillway.sqlite',
      devServerUrl: options.packaged ? 'http://localhost:5173/' : null,
      platform: 'linux',
      versions: {},
      timeZone: 'Asia/Seoul',
      time,
      log: createLog(
        { size: () => 0, append: (text) => void lines.push(text), rotate: () => {}, tail: () => lines.join('') },
        time.nowMs,
      ),
      state: openHostState(
        { read: () => options.remembered ?? '', write: (text) => void written.push(text) },
        () => {},
      ),
      readFile: async () => new Uint8Array(),
      writeFile: () => {},
    },
    { ...noWords, ...words },
  );
  electron.becomeReady();
  await settle();
  return { ...electron, time, lines, written };
}

/** Answers the engine's calls as they come: sessions from `preferences`, null for the rest. */
async function serve(engine: FakeUtility, preferences = { language: 'en', theme: 'dark', zone: 'utc' }) {
  engine.say({ kind: 'ready' });
  for (let answered = 0; answered < engine.of('call').length; answered += 1) {
    const { id, method, input } = engine.of('call')[answered]!;
    const result =
      method === 'session.setPreferences' ? { preferences: input } : method === 'session.get' ? { preferences } : null;
    engine.say({ kind: 'result', id, result: ok(result) });
    await settle();
  }
}

const page = { senderFrame: { url: 'app://spillway/index.html', parent: null }, sender: { once() {}, off() {} } };
const labels = (menu: MenuItemConstructorOptions[] | undefined) => menu?.map(({ label }) => label);

describe('startApplication', () => {
  it('[SEC-01] sandboxes, registers the scheme and opens one locked-down window', async () => {
    const { order, windows } = await started();
    expect(order.slice(0, 2)).toEqual(['enableSandbox', 'registerSchemes']);
    expect(windows).toHaveLength(1);
    expect(windows[0]!.options).toMatchObject({
      show: false,
      webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false },
    });
    expect(windows[0]!.options.webPreferences?.preload).toBe('/app/out/preload/index.cjs');
    expect(windows[0]!.loaded).toEqual(['app://spillway/index.html']);
  });

  it('[SEC-06] a packaged app takes no page from a dev server', async () => {
    const { windows } = await started({}, { packaged: true });
    expect(windows[0]!.loaded).toEqual(['app://spillway/index.html']);
  });

  it('[EL-31] shows the window once it has painted, in the colour of the theme', async () => {
    const { windows } = await started();
    const [window] = windows;
    expect(window!.options.backgroundColor).toBe('#101418');
    expect(window!.done).toEqual([]);
    window!.emit('ready-to-show');
    window!.webContents.emit('did-fail-load');
    expect(window!.done).toEqual(['show']);
  });

  it('[EL-45] a second instance quits; the first shows its window', async () => {
    const second = await started({}, { locked: false });
    expect(second.order.at(-1)).toBe('quit');
    expect(second.windows).toEqual([]);
    const first = await started();
    first.app.emit('second-instance');
    expect(first.windows[0]!.done).toEqual(['restore', 'focus']);
  });

  it('closes the engine before it quits, once', async () => {
    const { app, order, utilities } = await started();
    utilities[0]!.say({ kind: 'ready' });
    let prevented = 0;
    const event = { preventDefault: () => void prevented++ };
    app.emit('before-quit', event);
    expect(prevented).toBe(1);
    expect(utilities[0]!.of('close')).toHaveLength(1);
    utilities[0]!.emit('exit', 0);
    await settle();
    expect(order.filter((each) => each === 'quit')).toHaveLength(1);
    app.emit('before-quit', event);
    expect(prevented).toBe(1);
  });

  it('[EL-11] passes pushes of the engine to the page on one channel', async () => {
    const { windows, utilities } = await started();
    const push = {
      topic: 'recorded',
      sequence: 4,
      payload: { connectionId: 'c', throughMs: 1, newEvents: 0 },
    } as const;
    utilities[0]!.say({ kind: 'push', push });
    expect(windows[0]!.webContents.sent).toEqual([[channels.push, push]]);
  });

  it('[EL-04] tells the page when the engine goes and comes back, and starts its demo again', async () => {
    const { windows, utilities, time } = await started({ demo: true, demoSpeed: 0 });
    await serve(utilities[0]!);
    utilities[0]!.emit('exit', 1);
    time.advance(250);
    await serve(utilities[1]!);
    const commands = windows[0]!.webContents.sent.map(([, push]) => push as { sequence: number; payload: object });
    expect(commands).toEqual([
      { topic: 'command', sequence: 1, payload: { command: 'engine.gone' } },
      { topic: 'command', sequence: 2, payload: { command: 'engine.back' } },
    ]);
    for (const engine of utilities.slice(0, 2)) {
      expect(engine.of('call').find(({ method }) => method === 'demo.start')?.input).toEqual({ speed: 0 });
    }
  });

  it.each([
    { words: false, running: true, again: 1 },
    { words: true, running: false, again: 0 },
  ])('[EL-04] a demo that was started at the door comes back, a removed one does not ($again)', async (of) => {
    const { utilities, time } = await started({ demo: of.words });
    await serve(utilities[0]!);
    const payload = {
      running: of.running,
      connectionId: null,
      queueResourceId: null,
      streamResourceId: null,
      preparing: false,
      progress: 1,
    };
    utilities[0]!.say({ kind: 'push', push: { topic: 'demo', sequence: 1, payload } });
    utilities[0]!.emit('exit', 1);
    time.advance(250);
    await serve(utilities[1]!);
    expect(utilities[1]!.of('call').filter(({ method }) => method === 'demo.start')).toHaveLength(of.again);
  });

  it('reloads a page whose process ended, and stops when that does not help', async () => {
    const { windows, time, lines } = await started();
    const { webContents } = windows[0]!;
    for (let end = 0; end < 5; end += 1) {
      webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
      time.advance(10_000);
    }
    expect(webContents.reloads).toBe(3);
    expect(lines.join('')).toContain("the page's process ended: crashed, code 5");
  });

  it('[SEC-12] checks a call before the engine sees it', async () => {
    const { calls, utilities } = await started();
    await serve(utilities[0]!);
    const call = calls.get(channels.call) as unknown as (
      event: object,
      method: unknown,
      input: unknown,
    ) => Promise<unknown>;
    const before = utilities[0]!.of('call').length;
    for (const [method, input, code] of [
      ['nothing.here', {}, 'METHOD_UNKNOWN'],
      ['toString', {}, 'METHOD_UNKNOWN'],
      [{ toString: () => 'session.get' }, {}, 'METHOD_UNKNOWN'],
      ['session.get', { extra: 1 }, 'INPUT_INVALID'],
      ['series.get', { series: [] }, 'INPUT_INVALID'],
      ['host.saveFile', { fileName: '', mediaType: '', text: '' }, 'INPUT_INVALID'],
    ] as const) {
      expect(await call(page, method, input)).toMatchObject({ ok: false, error: { code } });
    }
    expect(utilities[0]!.of('call')).toHaveLength(before);
    void call(page, 'overview.get', {});
    await settle();
    expect(utilities[0]!.of('call').at(-1)).toMatchObject({ method: 'overview.get', input: {} });
  });

  it.each([
    { words: {}, locale: 'en-US', remembered: '', stored: 'en', set: [] },
    { words: {}, locale: 'ko-KR', remembered: '', stored: 'en', set: ['ko'] },
    { words: { language: 'ko' as const }, locale: 'en-US', remembered: '', stored: 'en', set: ['ko'] },
    { words: {}, locale: 'ko-KR', remembered: '{"language":"en"}', stored: 'en', set: [] },
  ])(
    'language of $words in $locale, remembered "$remembered": sets $set',
    async ({ words, locale, remembered, stored, set }) => {
      const { utilities } = await started(words, { locale, remembered });
      await serve(utilities[0]!, { language: stored, theme: 'dark', zone: 'utc' });
      const changes = utilities[0]!.of('call').filter(({ method }) => method === 'session.setPreferences');
      expect(changes.map(({ input }) => (input as { language: string }).language)).toEqual(set);
    },
  );

  it('menu and theme follow the preferences the page sets', async () => {
    const { calls, utilities, menus, nativeTheme, written } = await started();
    await serve(utilities[0]!);
    expect(labels(menus.at(-1))).toEqual(['File', 'Edit', 'View', 'Help']);
    const call = calls.get(channels.call) as unknown as (
      event: object,
      method: string,
      input: object,
    ) => Promise<unknown>;
    const answered = call(page, 'session.setPreferences', { language: 'ko', theme: 'contrast', zone: 'utc' });
    await settle();
    await serve(utilities[0]!);
    await answered;
    expect(labels(menus.at(-1))).toEqual(['파일', '편집', '보기', '도움말']);
    expect(nativeTheme.themeSource).toBe('dark');
    expect(JSON.parse(written.at(-1)!)).toMatchObject({ language: 'ko', theme: 'contrast' });
  });

  it('menu items ask the page by command, and copy diagnostics', async () => {
    const { menus, windows, order } = await started();
    const find = (items: MenuItemConstructorOptions[], id: string): MenuItemConstructorOptions | undefined =>
      items
        .flatMap((item) => [item, find((item.submenu ?? []) as MenuItemConstructorOptions[], id)])
        .find((item) => item?.id === id);
    const click = (id: string) => (find(menus.at(-1)!, id)!.click as () => void)();
    for (const id of ['export', 'language.ko', 'theme.light', 'diagnostics', 'reload']) click(id);
    const commands = windows[0]!.webContents.sent.map(
      ([, push]) => (push as { payload: { command: string } }).payload.command,
    );
    expect(commands).toEqual(['export', 'language.ko', 'theme.light']);
    expect(windows[0]!.webContents.reloads).toBe(1);
    expect(order.at(-1)).toBe('clipboard Spillway 9.9.9 on linux');
    expect(find(menus.at(-1)!, 'export')?.accelerator).toBe('CmdOrCtrl+E');
  });
});
