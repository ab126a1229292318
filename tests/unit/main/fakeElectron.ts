/**
 * The one fake of Electron for unit tests. Checked against Electron's own types, so that a changed API breaks the compile
 * (EL-60, EL-61); it records what it was told and lets a test raise events.
 */
import { EventEmitter } from 'node:events';
import type {
  BrowserWindow,
  BrowserWindowConstructorOptions,
  MenuItemConstructorOptions,
  Session,
  WebContents,
} from 'electron';
import type { ElectronParts } from '../../../src/main/application.ts';
import type { FromEngine, ToEngine } from '../../../src/main/protocol.ts';

type Handler = (...args: never[]) => unknown;

export class FakeUtility extends EventEmitter {
  readonly received: ToEngine[] = [];
  killed = false;
  postMessage(message: ToEngine): void {
    this.received.push(message);
  }
  kill(): boolean {
    this.killed = true;
    return true;
  }
  say(message: FromEngine): void {
    this.emit('message', message);
  }
  /** What was asked of it, by kind. */
  of<K extends ToEngine['kind']>(kind: K): Extract<ToEngine, { kind: K }>[] {
    return this.received.filter((message): message is Extract<ToEngine, { kind: K }> => message.kind === kind);
  }
}

export class FakeWebContents extends EventEmitter {
  readonly sent: unknown[][] = [];
  openHandler: Parameters<WebContents['setWindowOpenHandler']>[0] | undefined;
  reloads = 0;
  send(...args: unknown[]): void {
    this.sent.push(args);
  }
  setWindowOpenHandler(handler: Parameters<WebContents['setWindowOpenHandler']>[0]): void {
    this.openHandler = handler;
  }
  reload(): void {
    this.reloads += 1;
  }
}

export class FakeWindow extends EventEmitter {
  readonly webContents = new FakeWebContents();
  readonly options: BrowserWindowConstructorOptions;
  readonly loaded: string[] = [];
  readonly done: string[] = [];
  background = '';
  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
  }
  async loadURL(url: string): Promise<void> {
    this.loaded.push(url);
  }
  isDestroyed = () => false;
  isMinimized = () => true;
  show = () => void this.done.push('show');
  restore = () => void this.done.push('restore');
  focus = () => void this.done.push('focus');
  setBackgroundColor(color: string): void {
    this.background = color;
  }
}

export function fakeElectron({ locked = true, locale = 'en-US' } = {}) {
  const order: string[] = [];
  const windows: FakeWindow[] = [];
  const utilities: FakeUtility[] = [];
  const forked: string[] = [];
  const opened: string[] = [];
  const menus: MenuItemConstructorOptions[][] = [];
  const calls = new Map<string, Handler>();
  const schemes = new Map<string, Handler>();
  const saveAnswers: { canceled: boolean; filePath: string }[] = [];
  const saveQuestions: Electron.SaveDialogOptions[] = [];
  let becomeReady = () => {};
  const ready = new Promise<void>((resolve) => {
    becomeReady = resolve;
  });
  const permission: {
    request?: Parameters<Session['setPermissionRequestHandler']>[0];
    check?: Parameters<Session['setPermissionCheckHandler']>[0];
  } = {};

  const app = Object.assign(new EventEmitter(), {
    enableSandbox: () => void order.push('enableSandbox'),
    exit: (code?: number) => void order.push(`exit ${code}`),
    getAppPath: () => '/app',
    getLocale: () => locale,
    getPath: (name: string) => `/home/me/${name}`,
    getVersion: () => '9.9.9',
    isPackaged: false,
    quit: () => void order.push('quit'),
    requestSingleInstanceLock: () => locked,
    setAppUserModelId: () => {},
    whenReady: () => ready,
  });
  const nativeTheme = Object.assign(new EventEmitter(), { shouldUseDarkColors: true, themeSource: 'system' as const });

  const parts = {
    app: app as unknown as ElectronParts['app'],
    createWindow(options) {
      const window = new FakeWindow(options);
      windows.push(window);
      return window as unknown as BrowserWindow;
    },
    clipboard: { writeText: async (text: string) => void order.push(`clipboard ${text.split('\n')[0]}`) },
    dialog: {
      showSaveDialog: (async (...args: unknown[]) => {
        saveQuestions.push(args.at(-1) as Electron.SaveDialogOptions);
        return saveAnswers.shift() ?? { canceled: true, filePath: '' };
      }) as ElectronParts['dialog']['showSaveDialog'],
      showMessageBox: async () => ({ response: 0, checkboxChecked: false }),
    },
    ipcMain: { handle: (channel, handler) => void calls.set(channel, handler as Handler) },
    menu: {
      buildFromTemplate(template) {
        menus.push(template as MenuItemConstructorOptions[]);
        return {} as Electron.Menu;
      },
      setApplicationMenu: () => {},
    },
    nativeTheme: nativeTheme as unknown as ElectronParts['nativeTheme'],
    protocol: {
      handle: (scheme, handler) => void schemes.set(scheme, handler as Handler),
      registerSchemesAsPrivileged: () => void order.push('registerSchemes'),
    },
    session: () => ({
      setPermissionRequestHandler(handler) {
        permission.request = handler;
      },
      setPermissionCheckHandler(handler) {
        permission.check = handler;
      },
      setDevicePermissionHandler: () => {},
    }),
    shell: { openExternal: async (url: string) => void opened.push(url) },
    fork(modulePath) {
      const utility = new FakeUtility();
      forked.push(modulePath);
      utilities.push(utility);
      return utility as unknown as ReturnType<ElectronParts['fork']>;
    },
  } satisfies ElectronParts;

  return {
    parts,
    app,
    nativeTheme,
    order,
    windows,
    utilities,
    forked,
    opened,
    menus,
    calls,
    schemes,
    permission,
    saveAnswers,
    saveQuestions,
    becomeReady,
  };
}

/** Lets promises that are already settled run on. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

/** Timers that run when the test says so. */
export function manualTime(startMs = 1_000_000) {
  let nowMs = startMs;
  const timers = new Set<{ atMs: number; run: () => void }>();
  return {
    nowMs: () => nowMs,
    setTimer(ms: number, run: () => void) {
      const timer = { atMs: nowMs + ms, run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    advance(ms: number) {
      nowMs += ms;
      for (const timer of [...timers].sort((a, b) => a.atMs - b.atMs)) {
        if (timer.atMs > nowMs || !timers.delete(timer)) continue;
        timer.run();
      }
    },
  };
}
