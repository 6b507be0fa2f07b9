import { describe, expect, test } from 'vitest';
import { StoreError } from '../../../src/lib/index.ts';
import { guardsOn } from '../guard/routers.ts';
import { openLab } from '../lockout/lab.ts';
import { EDGE } from '../rig.ts';
import { marked, standing, storyOf } from './storm.ts';

const SERVER = '192.0.2.53';
/** An apply of this plan has some 90 commits. */
const EVERY = process.env['ROUTEROS_MCP_TEST_LONG'] === '1' ? 1 : 8;

const full = (): StoreError =>
  new StoreError('There is no room left to write to the database.', { hint: 'Free space on its disk, then try again.' });

/** The disk fills at the nth commit of an apply; the next process has room again. */
describe.each(['for one commit', 'and stays full'] as const)('a disk that is full %s', (how) => {
  test('at any commit: nothing is sent that cannot be written down, and there is a named end', async () => {
    for (let nth = 1; ; nth += EVERY) {
      await using lab = await openLab([{ recording: EDGE, name: 'one' }]);
      const planner = await lab.start();
      const story = storyOf(lab.router);
      const { view } = await planner.fleet.plan({ device: 'one', intents: marked('full', SERVER) });
      const planId = view?.plan.id ?? '';
      await planner.operator.approve(planId, { typedName: 'one' });
      let commits = 0;
      let counting = false;
      let fullAt = Number.POSITIVE_INFINITY;
      const worker = await lab.start(() => {
        if (!counting) return;
        commits += 1;
        if (commits === nth || (how === 'and stays full' && commits > nth)) {
          fullAt = Math.min(fullAt, lab.router.requests().filter(({ write }) => write).length);
          throw full();
        }
      });
      counting = true;
      const end = await worker.fleet.apply({ planId }).then(
        ({ state }) => state,
        (thrown: { code?: string }) => thrown.code ?? String(thrown),
      );
      const about = `${end} at commit ${nth}`;
      if (how === 'and stays full' && commits > nth)
        expect(lab.router.requests().filter(({ write }) => write).length - fullAt, about).toBe(0);
      worker.die();
      await lab.time.pass(200_000);
      const next = await lab.start();
      await next.fleet.recover();
      const { state } = await next.fleet.showPlan(planId);
      expect(['approved', 'completed', 'rolled-back', 'failed'], about).toContain(state);
      expect(standing(story, 'full', SERVER), about).toBe(state === 'completed' ? 'post' : 'pre');
      expect(guardsOn(lab.router), about).toEqual([]);
      expect(await next.fleet.verifyLedger()).toMatchObject({ ok: true });
      if (commits < nth) break;
    }
  });
});
