/**
 * End-to-end specs: the stand-in's own, the desktop app and the served app. `npm run build` comes first.
 */
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'tests',
  testMatch: ['e2e/**/*.spec.ts', 'electron-host/**/*.spec.ts'],
  outputDir: 'test-results',
  // Two cores carry app, engine, emulator and browser of a spec; more of them at once only makes each slower.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  // What needs the real executable is left out on the stand-in, by tag.
  ...(process.env.ELECTRON_EXEC_PATH ? {} : { grepInvert: /@binary/ }),
  globalSetup: './tests/e2e/announce.ts',
  use: { trace: 'off', screenshot: 'only-on-failure' },
});
