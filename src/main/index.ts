/**
 * Entry of the desktop app: Electron, the machine's files and its clock, handed to `startApplication`.
 *
 * The only file that imports `electron` as a value. No `await` at the top: schemes are registered before `ready`.
 */
import { appendFileSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  protocol,
  session,
  shell,
  utilityProcess,
} from 'electron';
import { startApplication } from './application.ts';
import { parseArguments } from './arguments.ts';
import { atomicWrite } from './atomicWrite.ts';
import { openHostState } from './hostState.ts';
import { createLog, type LogFile } from './log.ts';
import { machineTime } from './machineTime.ts';

function openLogFile(file: string): LogFile {
  mkdirSync(path.dirname(file), { recursive: true });
  return {
    size: () => statSync(file, { throwIfNoEntry: false })?.size ?? 0,
    append: (text) => appendFileSync(file, text),
    rotate: () => renameSync(file, `${file}.1`),
    tail(characters) {
      try {
        return readFileSync(file, 'utf8').slice(-characters);
      } catch {
        return '';
      }
    },
  };
}

const { arguments: words, faults } = parseArguments(process.argv.slice(1));
if (faults.length > 0) {
  for (const { flag, found, expected } of faults) console.error(`${flag} is "${found}", expected ${expected}.`);
  app.exit(2);
} else {
  const userData = app.getPath('userData');
  const log = createLog(openLogFile(path.join(userData, 'logs', 'spillway.log')), machineTime.nowMs);
  process.on('uncaughtException', (thrown) => {
    log(`uncaught: ${thrown.stack ?? thrown.message}`);
    console.error(thrown);
    app.exit(1);
  });
  process.on('unhandledRejection', (thrown) => log(`unhandled: ${thrown instanceof Error ? thrown.stack : thrown}`));

  const stateFile = path.join(userData, 'window.json');
  startApplication(
    {
      app,
      createWindow: (options) => new BrowserWindow(options),
      clipboard,
      dialog,
      ipcMain,
      menu: Menu,
      nativeTheme,
      protocol,
      session: () => session.defaultSession,
      shell,
      fork: (modulePath, args, options) => utilityProcess.fork(modulePath, args, options),
    },
    {
      mainDir: import.meta.dirname,
      resourcesDir: path.join(app.isPackaged ? process.resourcesPath : app.getAppPath(), 'resources'),
      databaseFile: path.resolve(words.databaseFile ?? path.join(userData, 'spillway.sqlite')),
      devServerUrl: process.env.ELECTRON_RENDERER_URL ?? null,
      platform: process.platform,
      versions: process.versions,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      time: machineTime,
      log,
      state: openHostState(
        { read: () => readFileSync(stateFile, 'utf8'), write: (text) => atomicWrite(stateFile, text) },
        (thrown) => log(`window state not written: ${String(thrown)}`),
      ),
      readFile,
      writeFile: atomicWrite,
    },
    words,
  );
}
