import { afterAll, expect, test } from 'vitest';
import { runRolloutSeed } from './rollout-scenario.ts';
import { BRIEF, LONG, PATIENCE, sweep, told } from './sweep.ts';
import { traceText } from './trace.ts';
import { forgetKeys } from './world.ts';

afterAll(forgetKeys);

const COUNT = LONG ? 3_000 : BRIEF ? 40 : 300;
/** `ROLLOUT_SEED=47 npx vitest run test/simulation/rollout.test.ts` runs this one alone and prints what happened. */
const ONLY = process.env['ROLLOUT_SEED'];

test.runIf(ONLY !== undefined)('one seed, told in full', async () => {
  const result = await runRolloutSeed(Number(ONLY));
  process.stdout.write(`${traceText(result.trace)}\n`);
  expect(told(result)).toEqual([]);
});

test.skipIf(ONLY !== undefined)(
  `${COUNT} rollouts over two to five routers with faults`,
  async () => {
    const ends = await sweep(COUNT, runRolloutSeed);
    if (BRIEF) return;
    for (const state of ['completed', 'rolled-back', 'failed', 'stale', 'cancelled'])
      expect(ends.get(state) ?? 0, state).toBeGreaterThan(COUNT / 50);
    expect(ends.get('stuck') ?? 0).toBeGreaterThan(COUNT / 150);
  },
  PATIENCE,
);
