import { defineConfig } from 'vitest/config';

/**
 * The tests that judge the safety kernel without a process, a socket or a file between: quick ones, since each of them runs once for
 * every mutant that it reaches. The laws and the simulation run a few cases each.
 */
export default defineConfig({
  test: {
    include: [
      'test/plan/**/*.test.ts',
      'test/audit/**/*.test.ts',
      'test/access/**/*.test.ts',
      'test/laws/{faults,undo,strangers,counterexamples}.test.ts',
      'test/simulation/{simulation,rollout}.test.ts',
      'test/fleet/rollout/{course,member,take-back,progress}.test.ts',
    ],
    env: { ROUTEROS_MCP_TEST_BRIEF: '1' },
    testTimeout: 60_000,
  },
});
