import { defineConfig } from 'vitest/config';

/** The tests that hold src/core: what mutation testing runs against each changed line (stryker.config.json). */
export default defineConfig({
  test: { include: ['tests/unit/core/**/*.test.ts'], testTimeout: 30_000 },
});
