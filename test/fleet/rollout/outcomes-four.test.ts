import { expect, test } from 'vitest';
import { ENDS, LONG, rollOutAndCompare } from './ends.ts';
import { startYard, subsets } from './yard.ts';

const SHAPES: readonly (readonly number[])[] = [[4], [2, 2], [1, 3]];

test('four routers: all sixteen ways in which they can fail, in waves and ends by turns', async () => {
  await using yard = await startYard({ routers: 4 });
  for (const [nth, bad] of subsets(4).entries()) {
    const budget = (nth >> 1) % 2;
    for (const waves of LONG ? SHAPES : [SHAPES[nth % 2] ?? [4]])
      for (const onStop of LONG ? ENDS : [ENDS[nth % 3] ?? 'keep']) await rollOutAndCompare(yard, waves, bad, { onStop, budget });
  }
  expect(await yard.rig.fleet.verifyLedger()).toMatchObject({ ok: true });
});
