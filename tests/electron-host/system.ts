/**
 * The small parts of the system: dialogs (cancelled unless a test replaces them), shell, clipboard, notifications, secrets,
 * screen, power. Each does the least that is true and records what a test may ask about.
 */
import { EventEmitter } from 'node:events';
import type { Clipboard, Dialog, SafeStorage, Shell } from 'electron';
import { host } from './host.ts';

export const dialog = {
  showSaveDialog: async () => ({ canceled: true, filePath: '' }),
  showOpenDialog: async () => ({ canceled: true, filePaths: [] }),
  showMessageBox: async () => ({ response: 0, checkboxChecked: false }),
  showErrorBox: (title: string, content: string) => console.error(`${title}: ${content}`),
} satisfies Partial<Dialog>;

export const shell = {
  async openExternal(url: string) {
    host.record.openedExternally.push(url);
  },
  showItemInFolder: () => {},
  openPath: async () => '',
} satisfies Partial<Shell>;

let clipboardText = '';
export const clipboard = {
  async writeText(text: string) {
    clipboardText = text;
  },
  readText: async () => clipboardText,
} satisfies Partial<Clipboard>;

/** Not a protection: the backend says so, as Electron's does on a Linux without a key ring. */
const mark = 'plain:';
export const safeStorage = {
  isEncryptionAvailable: () => true,
  encryptStringAsync: async (text: string) => Buffer.from(mark + text),
  decryptStringAsync: async (bytes: Buffer) => ({
    result: bytes.toString().slice(mark.length),
    shouldReEncrypt: false,
  }),
  getSelectedStorageBackend: () => 'basic_text' as const,
} satisfies Partial<SafeStorage>;

export class Notification extends EventEmitter {
  private readonly title: string;
  constructor(options: { title?: string } = {}) {
    super();
    this.title = options.title ?? '';
  }
  static isSupported(): boolean {
    return true;
  }
  show(): void {
    host.record.notifications.push(this.title);
    this.emit('show');
  }
  close(): void {
    this.emit('close');
  }
}

export class Tray extends EventEmitter {
  setContextMenu(): void {}
  setToolTip(): void {}
  destroy(): void {}
}

const display = { id: 1, scaleFactor: 1, workArea: { x: 0, y: 0, width: 1920, height: 1080 } };
export const screen = Object.assign(new EventEmitter(), {
  getPrimaryDisplay: () => display,
  getAllDisplays: () => [display],
  getDisplayMatching: () => display,
});
export const powerMonitor = Object.assign(new EventEmitter(), { isOnBatteryPower: () => false });
