/**
 * Finds a Chromium for the end-to-end run, shared by the served specs and the Electron stand-in: the system's own, else
 * Playwright's download, else Debian's package when we may install it, else an error that names the command that helps.
 */
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';

const systemNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const macApps = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

export interface BrowserSearch {
  /** Folders to look in, from PATH. */
  readonly folders: readonly string[];
  readonly isExecutable: (file: string) => boolean;
  /** Where Playwright would keep its download; it may not be there. */
  readonly playwrightFile: () => string | Promise<string>;
  readonly mayInstall: () => boolean;
  readonly install: () => void;
}

/** @throws Error that says what to run */
export async function searchBrowser(search: BrowserSearch): Promise<string> {
  const inSystem = () => {
    const files = search.folders.flatMap((folder) => systemNames.map((name) => path.join(folder, name)));
    return [...files, ...macApps].find(search.isExecutable);
  };
  const found = inSystem();
  if (found !== undefined) return found;
  const downloaded = await search.playwrightFile();
  if (downloaded !== '' && search.isExecutable(downloaded)) return downloaded;
  if (search.mayInstall()) {
    search.install();
    const installed = inSystem();
    if (installed !== undefined) return installed;
  }
  throw new Error(
    'No Chromium or Chrome was found. Install one (Debian: apt-get install chromium), or run: npx playwright install chromium',
  );
}

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

async function playwrightFile(): Promise<string> {
  try {
    const { chromium } = await import('playwright-core');
    return chromium.executablePath();
  } catch {
    return '';
  }
}

let known: Promise<string> | undefined;

/** Searches once per process; CHROMIUM_PATH names one that is used without searching. */
export function findBrowser(): Promise<string> {
  const named = process.env.CHROMIUM_PATH;
  known ??=
    named !== undefined && named !== ''
      ? Promise.resolve(named)
      : searchBrowser({
          folders: (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== ''),
          isExecutable,
          playwrightFile,
          mayInstall: () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get'),
          install() {
            console.error('No browser found: installing the Debian package chromium.');
            execFileSync('apt-get', ['update', '-q'], { stdio: 'inherit' });
            execFileSync('apt-get', ['install', '-y', '-q', 'chromium'], { stdio: 'inherit' });
          },
        });
  return known;
}
