/**
 * The command line as one would ship it: bundled and minified as the desktop's processes are (electron.vite.config.ts), with a chunk
 * for each command. `npm run build` makes none so far, so it is made here, into a folder of its own.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { rolldown } from 'rolldown';

const root = path.join(import.meta.dirname, '..', '..');
const cache = path.join(root, 'node_modules', '.cache');

export interface CliBundle {
  /** To be run by node. */
  readonly program: string;
  remove(): void;
}

/** What runs without a build: Node strips the types as it loads. */
export const sourceProgram = path.join(root, 'src/cli/main.ts');

export async function bundleCli(): Promise<CliBundle> {
  // Inside the project, where the native packages that stay outside the bundle are found.
  mkdirSync(cache, { recursive: true });
  const dir = mkdtempSync(path.join(cache, 'spillway-cli-'));
  const bundle = await rolldown({
    input: { main: sourceProgram },
    platform: 'node',
    external: ['better-sqlite3', 'koffi'],
    logLevel: 'silent',
  });
  await bundle.write({
    dir,
    format: 'esm',
    minify: true,
    // The folder has no package.json to say that these are modules.
    entryFileNames: '[name].mjs',
    chunkFileNames: '[name]-[hash].mjs',
  });
  await bundle.close();
  return { program: path.join(dir, 'main.mjs'), remove: () => rmSync(dir, { recursive: true }) };
}
