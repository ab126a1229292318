/**
 * Starts an app as the Electron executable would: reads its package.json, loads its main file, then becomes ready.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from './app.ts';

const words = process.argv.slice(2);
const switches = new Map(
  words
    .filter((word) => word.startsWith('--'))
    .map((word) => {
      const at = word.indexOf('=');
      return at < 0 ? ([word, ''] as const) : ([word.slice(0, at), word.slice(at + 1)] as const);
    }),
);
const appPath = path.resolve(words.find((word) => !word.startsWith('-')) ?? '.');
const manifest = JSON.parse(readFileSync(path.join(appPath, 'package.json'), 'utf8')) as {
  readonly name: string;
  readonly version?: string;
  readonly main: string;
};

process.argv = [process.argv[0]!, ...words];
app.setUp({
  appPath,
  name: manifest.name,
  version: manifest.version ?? '0.0.0',
  userData: switches.get('--user-data-dir') ?? null,
  locale: 'en-US',
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit());
await import(pathToFileURL(path.resolve(appPath, manifest.main)).href);
await app.becomeReady();
