import { describe, expect, test } from 'vitest';
import { HOUR } from '../clocks.ts';
import { guardsOn } from '../guard/routers.ts';
import { type Controller, openLab } from '../lockout/lab.ts';
import { EDGE, refusal } from '../rig.ts';
import { marked, standing, storyOf } from './storm.ts';

const SERVER = '192.0.2.53';
/** An apply of this plan has some 80 requests. */
const EVERY = process.env['ROUTEROS_MCP_TEST_LONG'] === '1' ? 1 : 13;

async function ready(controller: Controller) {
  const { view } = await controller.fleet.plan({ device: 'one', intents: marked('jump', SERVER) });
  const planId = view?.plan.id ?? '';
  await controller.operator.approve(planId, { typedName: 'one' });
  return planId;
}

/** Does something right before the nth request that the controller sends from now on. @returns how many it sent */
function atRequest(controller: Controller, nth: number, work: () => void | Promise<void>): () => number {
  let sent = 0;
  controller.watch = {
    before: async () => {
      sent += 1;
      if (sent === nth) await work();
    },
  };
  return () => sent;
}

describe.each([
  ['an hour forward', HOUR],
  ['an hour back', -HOUR],
] as const)('a wall clock that is set %s', (_name, by) => {
  test('at any moment of an apply leaves the router as it was, or as it was to be', async () => {
    const ends = new Set<string>();
    for (let nth = 1; ; nth += EVERY) {
      await using lab = await openLab([{ recording: EDGE, name: 'one' }]);
      const controller = await lab.start();
      const story = storyOf(lab.router);
      const planId = await ready(controller);
      const sent = atRequest(controller, nth, () => controller.jump(by));
      const end = await controller.fleet.apply({ planId }).then(
        ({ state }) => state,
        (thrown: { code?: string }) => thrown.code ?? String(thrown),
      );
      ends.add(end);
      expect(standing(story, 'jump', SERVER), `${end} at request ${nth}`).toBe(end === 'completed' ? 'post' : 'pre');
      expect(guardsOn(lab.router), `${end} at request ${nth}`).toEqual([]);
      expect(await controller.fleet.verifyLedger()).toMatchObject({ ok: true });
      if (sent() < nth) break;
    }
    // Before anything is sent the approval runs out; then the time for writing does, before the first write of the plan or after it.
    expect([...ends].sort()).toEqual(by > 0 ? ['APPROVAL_EXPIRED', 'completed', 'failed', 'rolled-back'] : ['completed']);
  });
});

test('a process whose clock is an hour ahead takes over from one that is at work: that one writes nothing more', async () => {
  for (const nth of [1, 2, 3]) {
    await using lab = await openLab([{ recording: EDGE, name: 'one' }]);
    const [slow, fast] = [await lab.start(), await lab.start()];
    const story = storyOf(lab.router);
    const planId = await ready(slow);
    fast.jump(HOUR);
    let writes = 0;
    let seen = 0;
    slow.watch = {
      after: async ({ ofPlan }) => {
        if (ofPlan) writes += 1;
        if (!ofPlan || writes !== nth) return;
        expect(await fast.fleet.recover()).toEqual([planId]);
        seen = lab.router.requests().filter(({ write }) => write).length;
      },
    };
    expect(await refusal(slow.fleet.apply({ planId }))).toMatchObject({ code: 'STORE_BUSY' });
    expect(lab.router.requests().filter(({ write }) => write)).toHaveLength(seen);
    const { state } = await fast.fleet.showPlan(planId);
    expect(standing(story, 'jump', SERVER)).toBe(state === 'completed' ? 'post' : 'pre');
    expect(['completed', 'rolled-back']).toContain(state);
    expect(guardsOn(lab.router)).toEqual([]);
  }
});
