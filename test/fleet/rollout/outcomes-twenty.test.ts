import { expect, test } from 'vitest';
import { LONG, rollOutAndCompare } from './ends.ts';
import { startYard } from './yard.ts';

test('twenty routers, default waves: the wave that broke goes back, or all, and nobody behind it is asked', async () => {
  await using yard = await startYard({ routers: 20 });
  const waves = [1, 5, 14];
  await rollOutAndCompare(yard, waves, [4], {});
  await rollOutAndCompare(yard, waves, [3, 9], { budget: 1, onStop: 'roll-back-all' });
  if (LONG) await rollOutAndCompare(yard, waves, [], { parallel: 5 });
  expect(await yard.rig.fleet.verifyLedger()).toMatchObject({ ok: true });
});
