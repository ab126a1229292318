/**
 * `npm start`: the desktop app where Electron and a display can be had, else the same app served on loopback.
 *
 * Builds first when the built files are older than the sources. One line says why when there is no window. Arguments
 * after `--` go to the app; `--serve` chooses the served app outright.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const stamp = path.join(root, 'out', '.built');
const downloadTimeoutMs = 120_000;

function newestSourceMs(): number {
  let newest = 0;
  const look = (file: string): void => {
    newest = Math.max(newest, statSync(file).mtimeMs);
  };
  for (const file of ['package-lock.json', 'electron.vite.config.ts']) look(path.join(root, file));
  for (const entry of readdirSync(path.join(root, 'src'), { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) look(path.join(entry.parentPath, entry.name));
  }
  return newest;
}

function buildWhenNeeded(): void {
  if (existsSync(stamp) && statSync(stamp).mtimeMs >= newestSourceMs()) return;
  console.log('Building (once, and after each change) ...');
  const built = runTool('electron-vite', ['build', '--logLevel', 'warn']);
  if (built !== 0) process.exit(built);
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, '');
}

function runTool(tool: string, args: readonly string[]): number {
  const file = path.join(root, 'node_modules', '.bin', tool);
  const result = spawnSync(file, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  return result.status ?? 1;
}

/** The executable to run, or why there is none. */
function findElectron(): { executable: string } | { why: string } {
  const named = process.env.ELECTRON_EXEC_PATH;
  if (named !== undefined && named !== '') {
    return existsSync(named)
      ? { executable: named }
      : { why: `ELECTRON_EXEC_PATH names ${named}, which does not exist` };
  }
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    return { why: 'there is no display (DISPLAY and WAYLAND_DISPLAY are not set)' };
  }
  const folder = path.join(root, 'node_modules', 'electron');
  const installed = (): string | null => {
    const pathFile = path.join(folder, 'path.txt');
    if (!existsSync(pathFile)) return null;
    const executable = path.join(folder, 'dist', readFileSync(pathFile, 'utf8'));
    return existsSync(executable) ? executable : null;
  };
  const present = installed();
  if (present !== null) return { executable: present };
  console.log('Fetching the Electron executable (once) ...');
  spawnSync(process.execPath, [path.join(folder, 'install.js')], {
    cwd: root,
    stdio: 'ignore',
    timeout: downloadTimeoutMs,
  });
  const fetched = installed();
  return fetched === null
    ? { why: 'the Electron executable is not installed and could not be downloaded' }
    : { executable: fetched };
}

function runApp(command: string, args: readonly string[]): void {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === null ? 1 : 0);
  });
}

// A `--` of one's own (without npm, which takes its own away) means nothing to the app.
const words = process.argv.slice(2).filter((word) => word !== '--');
const wantsServe = words.includes('--serve');
const appWords = words.filter((word) => word !== '--serve');

buildWhenNeeded();
const electron = wantsServe ? { why: 'asked for with --serve' } : findElectron();
if ('executable' in electron) {
  runApp(electron.executable, [root, ...appWords]);
} else {
  console.log(`Served in the browser instead of a window: ${electron.why}.`);
  runApp(process.execPath, [path.join(root, 'src', 'cli', 'main.ts'), 'serve', ...appWords]);
}
