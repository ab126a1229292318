/**
 * Where things lie: our own resources, the built pages, and the user's data folder of each platform.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { SpillwayError } from '../../core/errors.ts';

const root = path.join(import.meta.dirname, '..', '..', '..');

export const resourcesDir = path.join(root, 'resources');
export const rendererDir = path.join(root, 'out', 'renderer');

export function version(): string {
  return (JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string }).version;
}

/**
 * The desktop app uses Electron's userData; the same folders, so that both see one database.
 *
 * @throws SpillwayError DATABASE_UNOPENABLE when its folder cannot be made
 */
export function defaultDatabaseFile(): string {
  const folder = path.join(userDataRoot(), 'Spillway');
  const file = path.join(folder, 'spillway.sqlite');
  try {
    mkdirSync(folder, { recursive: true });
  } catch (thrown) {
    throw new SpillwayError('DATABASE_UNOPENABLE', { file, detail: (thrown as Error).message });
  }
  return file;
}

function userDataRoot(): string {
  if (process.platform === 'darwin') return path.join(homedir(), 'Library', 'Application Support');
  if (process.platform === 'win32') return process.env.APPDATA ?? path.join(homedir(), 'AppData', 'Roaming');
  return process.env.XDG_CONFIG_HOME ?? path.join(homedir(), '.config');
}
