import { defineConfig } from 'vitest/config';

/** Unit and contract tests. End-to-end specs run under Playwright (playwright.config.ts). */
export default defineConfig({
  test: {
    include: ['tests/unit/**/*.test.{ts,tsx}', 'tests/contract/**/*.test.ts', 'tests/regression/**/*.test.ts'],
    // Two cores are the smallest machine we run on; contract tests start servers and other languages' clients.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
