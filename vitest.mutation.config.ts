import { defineConfig } from 'vitest/config';

/** The tests that hold src/core: what mutation testing runs against each changed line (stryker.config.json). */
export default defineConfig({
  test: {
    include: ['tests/unit/core/**/*.test.ts'],
    // These read the whole tree, or the messages; the copy that is mutated has only core.
    exclude: ['tests/unit/core/ruleIds.test.ts', 'tests/unit/core/messages/**', 'tests/unit/core/contract/**'],
    testTimeout: 30_000,
  },
});
