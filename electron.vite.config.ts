/**
 * How the desktop app is built: main with its two utility-process entries, one CommonJS preload, the renderer.
 *
 * Needs only the npm packages, no Electron executable. Everything is bundled but better-sqlite3 and koffi, which are
 * native; so `out/` runs beside those two packages.
 */
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const at = (file: string) => path.resolve(import.meta.dirname, file);

/**
 * Electron 45 is Node 24. Said here because the build tool's own table lags behind majors; it wants a Node target for the
 * preload too, and V8 is the same in both.
 */
const electronNode = 'node24';
/** Electron 45 is Chromium 156, but `serve` shows the same page in the user's browser: built for older ones, too. */
const pageLanguage = 'es2023';

export default defineConfig({
  main: {
    build: {
      outDir: at('out/main'),
      target: electronNode,
      minify: 'oxc',
      externalizeDeps: false,
      rolldownOptions: {
        input: {
          index: at('src/main/index.ts'),
          engine: at('src/main/engine.ts'),
          emulator: at('src/main/emulator.ts'),
        },
        external: ['better-sqlite3', 'koffi'],
      },
    },
  },
  preload: {
    build: {
      outDir: at('out/preload'),
      target: electronNode,
      minify: 'oxc',
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: at('src/preload/index.ts') },
        // A sandboxed preload is CommonJS; with "type": "module" the default would be a .mjs it cannot load (EL-21).
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src/renderer'),
    plugins: [react()],
    build: {
      outDir: at('out/renderer'),
      target: pageLanguage,
      minify: 'oxc',
      // The polyfill would be an inline script, which the content security policy forbids.
      modulePreload: { polyfill: false },
      rolldownOptions: { input: { index: at('src/renderer/index.html') } },
    },
  },
});
