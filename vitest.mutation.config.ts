import { defineConfig } from 'vitest/config';

/** The tests that judge the safety kernel by themselves: quick ones, since each of them runs once for every mutant that it reaches. */
export default defineConfig({
  test: { include: ['test/plan/**/*.test.ts', 'test/audit/**/*.test.ts', 'test/access/**/*.test.ts'] },
});
