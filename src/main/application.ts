/**
 * The desktop app put together: life cycle, window, menu and the two utility processes, from Electron's parts as handed in.
 *
 * Order and wiring only; each rule lives in the module it names. Not here: the machine (index.ts hands in files and time).
 */
import path from 'node:path';
import type {
  App,
  BrowserWindow,
  BrowserWindowConstructorOptions,
  Clipboard,
  Dialog,
  IpcMain,
  Menu,
  NativeTheme,
  Protocol,
  Session,
  Shell,
} from 'electron';
import { channels } from '../core/contract/channels.ts';
import type { HostCommand } from '../core/contract/commands.ts';
import type { Output, Push, Topics } from '../core/contract/methods.ts';
import type { Language } from '../core/messages/index.ts';
import type { DesktopArguments } from './arguments.ts';
import { createCalls } from './calls.ts';
import { diagnosticsText } from './diagnostics.ts';
import { startEmulatorProcess } from './emulatorProcess.ts';
import { type EngineState, type EngineSupervisor, superviseEngine } from './engineSupervisor.ts';
import { safeOpenExternal } from './external.ts';
import { type GuardHooks, guardContents, guardSession } from './guards.ts';
import type { HostStateFile } from './hostState.ts';
import { registerCalls } from './ipc.ts';
import type { Log } from './log.ts';
import type { HostTime } from './machineTime.ts';
import { menuTemplate } from './menu.ts';
import { menuText } from './menuText.ts';
import { createOwnPage } from './ownPage.ts';
import { restartDelayMs } from './restart.ts';
import { createSaveFile } from './saveFile.ts';
import { createPageHandler, pagePrivileges, pageScheme, pageUrl } from './scheme.ts';
import { type Fork, forkUtility } from './utilityPort.ts';
import { nativeThemeSource, showWhenReady, windowBackground, windowOptions } from './window.ts';

export interface ElectronParts {
  readonly app: Pick<
    App,
    | 'enableSandbox'
    | 'exit'
    | 'getAppPath'
    | 'getLocale'
    | 'getPath'
    | 'getVersion'
    | 'isPackaged'
    | 'on'
    | 'quit'
    | 'requestSingleInstanceLock'
    | 'setAppUserModelId'
    | 'whenReady'
  >;
  readonly createWindow: (options: BrowserWindowConstructorOptions) => BrowserWindow;
  readonly clipboard: Pick<Clipboard, 'writeText'>;
  readonly dialog: Pick<Dialog, 'showSaveDialog' | 'showMessageBox'>;
  readonly ipcMain: Pick<IpcMain, 'handle'>;
  readonly menu: Pick<typeof Menu, 'buildFromTemplate' | 'setApplicationMenu'>;
  readonly nativeTheme: Pick<NativeTheme, 'shouldUseDarkColors' | 'themeSource' | 'on'>;
  readonly protocol: Pick<Protocol, 'handle' | 'registerSchemesAsPrivileged'>;
  /** A session can be had only once the app is ready. */
  readonly session: () => Pick<
    Session,
    'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
  >;
  readonly shell: Pick<Shell, 'openExternal'>;
  readonly fork: Fork;
}

export interface Machine {
  /** Folder of the built main; preload and renderer are built beside it. */
  readonly mainDir: string;
  readonly resourcesDir: string;
  readonly databaseFile: string;
  /** The renderer's dev server, or null; refused when the app is packaged. */
  readonly devServerUrl: string | null;
  readonly platform: string;
  readonly versions: Readonly<Record<string, string | undefined>>;
  readonly timeZone: string;
  readonly time: HostTime;
  readonly log: Log;
  readonly state: HostStateFile;
  readonly readFile: (file: string) => Promise<Uint8Array<ArrayBuffer>>;
  readonly writeFile: (file: string, text: string) => void;
}

const logTailCharacters = 20_000;

export function startApplication(electron: ElectronParts, machine: Machine, words: DesktopArguments): void {
  const { app } = electron;
  const { log, state, time } = machine;
  let window: BrowserWindow | null = null;
  let engine: EngineSupervisor | undefined;
  let closed = false;
  let commandSequence = 0;
  const reloadsMs: number[] = [];

  app.enableSandbox();
  app.setAppUserModelId('dev.spillway.app');
  electron.protocol.registerSchemesAsPrivileged([{ scheme: pageScheme, privileges: pagePrivileges }]);
  if (!app.requestSingleInstanceLock()) return app.quit();

  const devServerUrl = app.isPackaged ? null : machine.devServerUrl;
  const isOwnPage = createOwnPage(devServerUrl);
  const language = (): Language => words.language ?? state.get().language ?? localeLanguage(app.getLocale());

  const send = (push: Push) => {
    if (window !== null && !window.isDestroyed()) window.webContents.send(channels.push, push);
  };
  const command = (id: HostCommand) => {
    commandSequence += 1;
    send({ topic: 'command', sequence: commandSequence, payload: { command: id } });
  };

  const hooks: GuardHooks = {
    isOwnPage,
    onRefused: (what, url) => log(`refused: ${what} ${url}`),
    onWindowAsked: (url) => void safeOpenExternal(electron.shell, url),
  };

  const copyDiagnostics = async () => {
    await electron.clipboard.writeText(
      diagnosticsText({
        version: app.getVersion(),
        versions: machine.versions,
        platform: machine.platform,
        engineState: engine?.state() ?? 'none',
        databaseFile: machine.databaseFile,
        logTail: log.tail(logTailCharacters),
      }),
    );
    await electron.dialog.showMessageBox({ message: menuText.diagnosticsCopied[language()] });
  };

  const showMenu = () => {
    const template = menuTemplate(
      { language: language(), theme: state.get().theme },
      {
        command,
        reload: () => window?.webContents.reload(),
        quit: () => app.quit(),
        copyDiagnostics: () => void copyDiagnostics(),
      },
    );
    electron.menu.setApplicationMenu(electron.menu.buildFromTemplate(template));
  };

  const onSession = ({ preferences }: Output<'session.get'>) => {
    const { language: spoken, theme } = preferences;
    if (spoken === state.get().language && theme === state.get().theme) return;
    state.update({ language: spoken, theme });
    electron.nativeTheme.themeSource = nativeThemeSource(theme);
    showMenu();
  };

  // As the command line says, then as the person does: started at the door, or removed.
  let demoWanted = words.demo;
  const startDemo = (running: EngineSupervisor) => {
    const input = words.demoSpeed === null ? {} : { speed: words.demoSpeed };
    void running.call('demo.start', input).then((started) => {
      if (!started.ok) log(`demo did not start: ${started.error.code} ${JSON.stringify(started.error.params)}`);
    });
  };

  const onEngineState = (next: EngineState) => {
    if (next === 'gone') command('engine.gone');
    if (next === 'failed') command('engine.failed');
    if (next === 'ready' && engine?.wasGone()) {
      command('engine.back');
      // Its emulator ended with the engine before, and so did the demo.
      if (demoWanted) startDemo(engine);
    }
  };

  const startEngine = () => {
    const fork = <To, From>(entry: string, name: string) =>
      forkUtility<To, From>(electron.fork, path.join(machine.mainDir, entry), name);
    return superviseEngine({
      fork: () => fork('engine.js', 'Spillway engine'),
      start: {
        file: machine.databaseFile,
        resourcesDir: machine.resourcesDir,
        version: app.getVersion(),
        timeZone: machine.timeZone,
      },
      startEmulator: (scenario) =>
        startEmulatorProcess(
          () => fork('emulator.js', 'Spillway emulator'),
          { scenario, resourcesDir: machine.resourcesDir },
          time,
        ),
      time,
      onPush(push) {
        if (push.topic === 'demo') {
          const { running, preparing } = push.payload as Topics['demo'];
          demoWanted = running || preparing;
        }
        send(push);
      },
      onState: onEngineState,
      log,
    });
  };

  /** Applies what the command line asks of the engine; the page's first calls wait for it, so that it opens right. */
  const prepare = async (running: EngineSupervisor) => {
    const session = await running.call('session.get', {});
    if (session.ok) {
      const { preferences } = session.value as Output<'session.get'>;
      const wanted = { ...preferences, language: words.language ?? state.get().language ?? language() };
      const changed = wanted.language !== preferences.language;
      const applied = changed ? await running.call('session.setPreferences', wanted) : session;
      if (applied.ok) onSession(applied.value as Output<'session.get'>);
    }
    if (words.demo) startDemo(running);
  };

  const openWindow = () => {
    const dark = electron.nativeTheme.shouldUseDarkColors;
    const opened = electron.createWindow(windowOptions(path.join(machine.mainDir, '../preload/index.cjs'), dark));
    window = opened;
    showWhenReady(opened);
    opened.on('closed', () => {
      if (window === opened) window = null;
    });
    opened.on('unresponsive', () => log('the page does not respond'));
    opened.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
      log(`the page's process ended: ${reason}, code ${exitCode}`);
      if (closed || opened.isDestroyed() || reason === 'clean-exit') return;
      const delayMs = restartDelayMs(reloadsMs, time.nowMs());
      if (delayMs === null) return;
      reloadsMs.push(time.nowMs());
      time.setTimer(delayMs, () => {
        if (!opened.isDestroyed()) opened.webContents.reload();
      });
    });
    opened.loadURL(devServerUrl ?? pageUrl).catch((thrown: unknown) => log(`page did not load: ${String(thrown)}`));
  };

  const onReady = () => {
    electron.nativeTheme.themeSource = nativeThemeSource(state.get().theme);
    guardSession(electron.session(), hooks);
    electron.protocol.handle(
      pageScheme,
      createPageHandler(path.join(machine.mainDir, '../renderer'), machine.readFile),
    );
    const running = startEngine();
    engine = running;
    const prepared = prepare(running);
    const answer = createCalls({
      engine: running,
      host: {
        'host.saveFile': createSaveFile({
          dialog: electron.dialog,
          window: () => window,
          defaultFolder: () => app.getPath('documents'),
          lastFolder: () => state.get().lastFolder,
          rememberFolder: (lastFolder) => state.update({ lastFolder }),
          write: machine.writeFile,
        }),
      },
      onSession,
      log,
    });
    registerCalls(electron.ipcMain, {
      isOwnPage,
      onRefused: hooks.onRefused,
      async answer(method, input, context) {
        await prepared;
        return answer(method, input, context);
      },
    });
    showMenu();
    openWindow();
  };

  electron.nativeTheme.on('updated', () => {
    window?.setBackgroundColor(windowBackground(electron.nativeTheme.shouldUseDarkColors));
  });
  app.on('web-contents-created', (_event, contents) => guardContents(contents, hooks));
  app.on('child-process-gone', (_event, { type, reason, exitCode, name }) => {
    log(`process ended: ${name ?? type}, ${reason}, code ${exitCode}`);
  });
  app.on('second-instance', () => {
    if (window === null) return;
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  app.on('activate', () => {
    if (window === null && engine !== undefined) openWindow();
  });
  app.on('window-all-closed', () => {
    if (machine.platform !== 'darwin') app.quit();
  });
  app.on('before-quit', (event) => {
    if (closed || engine === undefined) return;
    // Once: the database is closed first, then quitting starts again and goes through.
    event.preventDefault();
    closed = true;
    void engine.close().finally(() => app.quit());
  });
  void app.whenReady().then(onReady);
}

function localeLanguage(locale: string): Language {
  return locale.toLowerCase().startsWith('ko') ? 'ko' : 'en';
}
