import { describe, expect, test } from 'vitest';
import { isLetIn } from '../../insight/reach/rig.ts';
import { configured, firedOn, guardsOn } from '../guard/routers.ts';
import { outcomeOf, refusal } from '../rig.ts';
import { type Controller, type Lab, openLab } from './lab.ts';
import { WAYS_OUT, type WayOut } from './ways-out.ts';

interface Ready {
  readonly lab: Lab;
  readonly controller: Controller;
  readonly planId: string;
  readonly before: ReturnType<typeof configured>;
}

/** A plan that cuts us off, approved with the typed name, and refused without where that is foreseen. */
async function ready(lab: Lab, way: WayOut, recording: string): Promise<Ready> {
  const { router } = lab;
  // A small board comes with a device-mode that forbids the scheduler; the owner of this one has pressed the button.
  if (router.rows('/system/device-mode')[0]?.['scheduler'] === 'false')
    router.edit('/system/device-mode', undefined, { scheduler: 'true' });
  way.prepare?.(router);
  expect(await isLetIn(router)).toBe(true);
  const controller = await lab.start();
  const before = configured(router, way.menus);
  const { view } = await controller.fleet.plan({ device: 'one', intents: way.intents(router) });
  if (!view) throw new Error('nothing to change');
  const { plan } = view;
  const foreseen = !way.unproven?.includes(recording);
  expect(plan.targets[0]?.reach.map(({ verdict }) => verdict)).toEqual([foreseen ? 'no' : 'unknown']);
  expect(plan.targets[0]?.guard).toMatchObject({ kind: 'armed', triggers: ['job', 'scheduler', 'startup'] });
  if (foreseen) {
    const refused = { code: 'CONFIRMATION_NEEDED', details: { because: expect.arrayContaining(['it may cut us off from the router']) } };
    expect(await refusal(controller.operator.approve(plan.id))).toMatchObject(refused);
    expect(await refusal(controller.operator.approve(plan.id, { typedName: 'two' }))).toMatchObject(refused);
  }
  await controller.operator.approve(plan.id, { typedName: 'one' });
  return { lab, controller, planId: plan.id, before };
}

/** Back by itself: the base is there, the way to it open, nothing of the guard is left, and the guard fired once. */
async function isBack({ lab: { router }, before }: Ready, way: WayOut): Promise<void> {
  expect(configured(router, way.menus)).toEqual(before);
  expect(await isLetIn(router)).toBe(true);
  expect(firedOn(router)).toBe(1);
  expect(guardsOn(router)).toEqual([]);
}

/** Ends the controller when a write of the plan has cut it off, before it can know. */
function dieWhenCut({ controller, lab }: Ready): void {
  controller.watch = {
    after: async ({ ofPlan }) => {
      if (ofPlan && !(await lab.time.busy(isLetIn(lab.router)))) controller.die();
    },
  };
}

/** R6 for one recording: whatever we do to the way to it, the router returns to its base. */
export function lockouts(recording: string): void {
  const ways = WAYS_OUT.filter(({ only }) => only?.includes(recording) ?? true);
  describe.each(ways.map((way) => [way.name, way] as const))('%s', (_name, way) => {
    test('comes back by itself, and the plan says so', async () => {
      await using lab = await openLab([{ recording, name: 'one' }]);
      const all = await ready(lab, way, recording);
      const view = await all.controller.fleet.apply({ planId: all.planId });
      expect(view.state).toBe('rolled-back');
      expect(outcomeOf(view)).toMatchObject({ left: [], drift: [] });
      expect(all.controller.unanswered).toBeGreaterThan(0);
      await isBack(all, way);
      expect(await all.controller.fleet.verifyLedger()).toMatchObject({ ok: true });
    });

    test('comes back by itself though the controller died, and the next one says so', async () => {
      await using lab = await openLab([{ recording, name: 'one' }]);
      const all = await ready(lab, way, recording);
      dieWhenCut(all);
      void all.controller.fleet.apply({ planId: all.planId });
      await all.controller.death;
      expect(await isLetIn(lab.router)).toBe(false);
      const next = await lab.start();
      expect((await next.fleet.showPlan(all.planId)).state).toBe('executing');
      // The dead one's right to write lasts three minutes; the guard of the router five.
      await lab.time.pass(200_000);
      expect(await isLetIn(lab.router)).toBe(false);
      expect(await next.fleet.recover()).toEqual([all.planId]);
      const view = await next.fleet.showPlan(all.planId);
      expect(view.state).toBe('rolled-back');
      expect(outcomeOf(view)).toMatchObject({ left: [], drift: [] });
      await isBack(all, way);
      expect(await next.fleet.verifyLedger()).toMatchObject({ ok: true });
    });
  });
}
