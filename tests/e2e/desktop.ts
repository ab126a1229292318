/**
 * Starts the built desktop app: on the stand-in, or on the real Electron that ELECTRON_EXEC_PATH names.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';

const root = path.resolve(import.meta.dirname, '../..');
const standIn = path.join(root, 'tests/electron-host/electron');

export const electronPath = process.env.ELECTRON_EXEC_PATH || standIn;
export const isStandIn = electronPath === standIn;

export interface Desktop {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** A fresh folder, with database, log and window state in it. */
  readonly userData: string;
  /** Ends the app and removes the folder. */
  close(): Promise<void>;
}

export async function launchDesktop(words: readonly string[] = []): Promise<Desktop> {
  const userData = mkdtempSync(path.join(tmpdir(), 'spillway-e2e-'));
  const app = await _electron.launch({
    executablePath: electronPath,
    args: [root, `--user-data-dir=${userData}`, ...words],
    cwd: root,
    // The app's own theme decides, not Playwright's default.
    colorScheme: null,
  });
  const page = await app.firstWindow();
  return {
    app,
    page,
    userData,
    async close() {
      await app.close();
      rmSync(userData, { recursive: true, force: true });
    },
  };
}

/** The dialog answers with this file from now on; null cancels. */
export async function answerSaveDialog(app: ElectronApplication, file: string | null): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = async () => ({ canceled: chosen === null, filePath: chosen ?? '' });
  }, file);
}

export async function clickMenu(app: ElectronApplication, id: string): Promise<void> {
  await app.evaluate(({ Menu }, wanted) => {
    const item = Menu.getApplicationMenu()?.getMenuItemById(wanted);
    if (!item) throw new Error(`no menu item ${wanted}`);
    item.click();
  }, id);
}
