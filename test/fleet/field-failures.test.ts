import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Intent } from '../../src/lib/index.ts';
import { REARRANGED, rules, rulesBefore, WRITES } from './firewall.ts';
import { firedOn, guardsOn } from './guard/routers.ts';
import { type Controller, type Lab, openLab, type Seen } from './lockout/lab.ts';
import { EDGE, setDns, setNtp, stored } from './rig.ts';

/** What went wrong elsewhere with changes that must be confirmed, one test each. Time is the lab's: minutes cost nothing. */

const lab = (): Promise<Lab> => openLab([{ recording: EDGE, name: 'one' }]);
const NEW = '192.0.2.53';
const servers = ({ router }: Lab): string => router.rows('/ip/dns')[0]?.['servers'] ?? '';

async function approved({ operator, fleet }: Controller, intents: readonly Intent[] = [setDns(NEW)], more: { guardSeconds?: number } = {}) {
  const { view } = await fleet.plan({ device: 'one', intents, ...more });
  if (!view) throw new Error('nothing to change');
  await operator.approve(view.plan.id, { typedName: 'one' });
  return view.plan;
}

const applied = async (controller: Controller, intents?: readonly Intent[]) =>
  controller.fleet.apply({ planId: (await approved(controller, intents)).id });

/** Applies a plan and ends the controller once the router has done the nth write of it. */
async function diesAfter(controller: Controller, planId: string, nth = 1): Promise<void> {
  let writes = 0;
  controller.watch = {
    after: ({ ofPlan }) => {
      if (ofPlan) writes += 1;
      if (writes === nth) controller.die();
    },
  };
  void controller.fleet.apply({ planId });
  await controller.death;
}

/** The one call that confirms: the script of the guard is deleted. */
const confirms = ({ router }: Lab, { call }: Seen): boolean =>
  call.verb === 'remove' &&
  call.menu === '/system/script' &&
  router.rows(call.menu).some((row) => row['.id'] === call.id && /^mk-cc-[0-9a-f]{10}$/.test(row['name'] ?? ''));

describe('nobody confirms', () => {
  test('the router goes back by itself, and the plan is never called completed', async () => {
    await using here = await lab();
    const before = stored(here.router, '/ip/dns');
    const controller = await here.start();
    const plan = await approved(controller);
    await diesAfter(controller, plan.id);
    expect(servers(here)).toBe(NEW);
    await here.time.pass(310_000);
    // Nobody was there.
    expect(stored(here.router, '/ip/dns')).toEqual(before);
    const next = await here.start();
    expect(await next.fleet.jobs({ open: true })).toMatchObject([{ planId: plan.id, status: 'interrupted' }]);
    await next.fleet.recover();
    expect((await next.fleet.showPlan(plan.id)).state).toBe('rolled-back');
    expect(guardsOn(here.router)).toEqual([]);
  });
});

describe('a wrong answer to whether a confirmation is pending', () => {
  /** The router waits so long before it does what confirms that its guard is faster. */
  const late = (here: Lab, controller: Controller, meanwhile: () => void = () => undefined): void => {
    controller.watch = {
      before: async (seen) => {
        if (!confirms(here, seen)) return;
        await here.time.pass(330_000);
        here.router.tick();
        meanwhile();
      },
    };
  };

  test('a confirmation that came too late is no success, though the router took it', async () => {
    await using here = await lab();
    const before = stored(here.router, '/ip/dns');
    const controller = await here.start();
    const plan = await approved(controller);
    late(here, controller);
    const view = await controller.fleet.apply({ planId: plan.id });
    expect(firedOn(here.router)).toBe(1);
    expect(view.state).toBe('rolled-back');
    expect(stored(here.router, '/ip/dns')).toEqual(before);
    expect(guardsOn(here.router)).toEqual([]);
  });

  test('not even when nothing in the log says so: what is read back decides', async () => {
    await using here = await lab();
    const before = stored(here.router, '/ip/dns');
    const controller = await here.start();
    const plan = await approved(controller);
    late(here, controller, () => {
      for (const row of here.router.rows('/log')) here.router.remove('/log', row['.id'] ?? '');
    });
    const view = await controller.fleet.apply({ planId: plan.id });
    expect(firedOn(here.router)).toBe(0);
    expect(['rolled-back', 'failed']).toContain(view.state);
    expect(stored(here.router, '/ip/dns')).toEqual(before);
  });
});

describe('the confirmation does not happen', () => {
  test('what is called completed stays, however long one waits', async () => {
    await using here = await lab();
    const controller = await here.start();
    const view = await applied(controller, [setDns(NEW), setNtp()]);
    expect(view.state).toBe('completed');
    const after = stored(here.router, '/ip/dns', '/system/ntp/client');
    expect(guardsOn(here.router)).toEqual([]);
    await here.time.pass(86_400_000);
    expect(stored(here.router, '/ip/dns', '/system/ntp/client')).toEqual(after);
    expect(servers(here)).toBe(NEW);
    expect(firedOn(here.router)).toBe(0);
  });
});

describe('back to an older configuration', () => {
  test.each(['by the timer', 'after a restart'])('it is the one right before the change that comes back, %s', async (how) => {
    await using here = await lab();
    const controller = await here.start();
    expect((await applied(controller, [setDns('192.0.2.1')])).state).toBe('completed');
    // Somebody else's change in between is part of what was there, too.
    here.router.edit('/ip/dns', undefined, { 'cache-size': '4096' });
    const before = stored(here.router, '/ip/dns');
    await diesAfter(controller, (await approved(controller)).id);
    expect(servers(here)).toBe(NEW);
    if (how === 'after a restart') {
      await here.router.fault({ nth: 1, action: { kind: 'reboot', ms: 30_000 } });
      await fetch(`${here.router.url}/rest/system/identity`).catch(() => undefined);
      await here.router.clearFaults();
      await here.time.pass(40_000);
      expect(servers(here)).toBe(NEW);
      await here.time.pass(190_000);
    } else await here.time.pass(310_000);
    expect(stored(here.router, '/ip/dns')).toEqual(before);
    expect(servers(here)).toBe('192.0.2.1');
  });
});

describe('units of the timer', () => {
  test('seconds are seconds, from a minute to a day: not sooner, and no later', async () => {
    const range = fc.oneof(fc.constantFrom(60, 86_400), fc.integer({ min: 60, max: 600 }), fc.integer({ min: 601, max: 86_400 }));
    await fc.assert(
      fc.asyncProperty(range, async (guardSeconds) => {
        await using here = await lab();
        const before = stored(here.router, '/ip/dns');
        const controller = await here.start();
        const plan = await approved(controller, undefined, { guardSeconds });
        expect(plan.targets[0]?.guard).toMatchObject({ kind: 'armed', seconds: guardSeconds });
        await diesAfter(controller, plan.id);
        await here.time.pass((guardSeconds - 10) * 1_000);
        expect(servers(here)).toBe(NEW);
        await here.time.pass(11_000);
        expect(stored(here.router, '/ip/dns')).toEqual(before);
      }),
      { numRuns: 12 },
    );
  });
});

describe('an empty difference', () => {
  test('what is so already asks for no confirmation, and puts nothing on the router', async () => {
    await using here = await lab();
    const controller = await here.start();
    const [now = ''] = servers(here).split(',');
    here.router.edit('/ip/dns', undefined, { servers: now });
    expect(await controller.fleet.plan({ device: 'one', intents: [setDns(now)] })).toEqual({ planned: false });
    expect(guardsOn(here.router)).toEqual([]);
  });

  test('what somebody made so meanwhile is stale, and leaves nothing to be confirmed', async () => {
    await using here = await lab();
    const controller = await here.start();
    const plan = await approved(controller);
    here.router.edit('/ip/dns', undefined, { servers: NEW });
    expect((await controller.fleet.apply({ planId: plan.id })).state).toBe('stale');
    expect(guardsOn(here.router)).toEqual([]);
    await here.time.pass(600_000);
    expect(servers(here)).toBe(NEW);
  });

  test('a change that was confirmed stays so, though the process died before it could say it', async () => {
    await using here = await lab();
    const controller = await here.start();
    const plan = await approved(controller);
    let confirmed = false;
    controller.watch = {
      before: (seen) => {
        confirmed = confirms(here, seen);
      },
      after: () => {
        if (confirmed) controller.die();
      },
    };
    void controller.fleet.apply({ planId: plan.id });
    await controller.death;
    expect(here.router.rows('/system/script').filter(({ name = '' }) => /^mk-cc-[0-9a-f]{10}$/.test(name))).toEqual([]);
    const next = await here.start();
    await here.time.pass(200_000);
    await next.fleet.recover();
    expect((await next.fleet.showPlan(plan.id)).state).toBe('completed');
    expect(servers(here)).toBe(NEW);
    expect(guardsOn(here.router)).toEqual([]);
  });
});

describe('a timer that is left behind', () => {
  test.each(['refused', 'lost'] as const)(
    'an apply whose write was %s leaves none: a healthy router does not go back later',
    async (what) => {
      await using here = await lab();
      const before = stored(here.router, '/ip/dns', '/system/ntp/client');
      const controller = await here.start();
      const plan = await approved(controller, [setDns(NEW), setNtp()]);
      const action = what === 'refused' ? ({ kind: 'answer', status: 400, detail: 'failure: no' } as const) : ({ kind: 'reset' } as const);
      await here.router.fault({ method: 'write', path: '/system/ntp/*', action });
      const view = await controller.fleet.apply({ planId: plan.id });
      await here.router.clearFaults();
      expect(view.state).toBe('rolled-back');
      expect(stored(here.router, '/ip/dns', '/system/ntp/client')).toEqual(before);
      expect(guardsOn(here.router)).toEqual([]);
      const fired = firedOn(here.router);
      here.router.edit('/ip/dns', undefined, { servers: NEW });
      await here.time.pass(600_000);
      // What somebody sets to the very same value afterwards is nobody's to take back.
      expect(servers(here)).toBe(NEW);
      expect(firedOn(here.router)).toBe(fired);
    },
  );
});

describe('the order of rules', () => {
  test.each(Array.from({ length: WRITES }, (_, at) => at + 1))('comes back whole by the timer, %i writes into a plan', async (nth) => {
    await using here = await lab();
    const { known, rows: before } = rulesBefore(here.router, ['*1B']);
    const controller = await here.start();
    const plan = await approved(controller, REARRANGED);
    await diesAfter(controller, plan.id, nth);
    expect(rules(here.router, known)).not.toEqual(before);
    await here.time.pass(310_000);
    expect(rules(here.router, known)).toEqual(before);
  });
});

describe('rules that are added one beside the other', () => {
  const FILTER = '/ip/firewall/filter';
  const added = ['a', 'b', 'c', 'd'].map(
    (comment): Intent => ({
      verb: 'add',
      capability: 'firewall-filter',
      values: { chain: 'forward', action: 'accept', comment },
      before: { id: '*8' },
    }),
  );
  const comments = (here: Lab): readonly string[] => here.router.rows(FILTER).map((row) => row['comment'] ?? '');
  /** Another admin puts a rule at the end once our second one is there. */
  const meanwhile = (here: Lab, nth: number, end: () => void = () => undefined): Controller['watch'] => {
    let writes = 0;
    return {
      after: ({ ofPlan }) => {
        if (!ofPlan) return;
        writes += 1;
        if (writes === 2) here.router.edit(FILTER, undefined, { chain: 'forward', action: 'accept', comment: 'theirs' });
        if (writes === nth) end();
      },
    };
  };

  test('stand as they were asked for, one request after the other, beside what another admin adds', async () => {
    await using here = await lab();
    const controller = await here.start();
    const plan = await approved(controller, added);
    const before = comments(here);
    controller.watch = meanwhile(here, 0);
    expect((await controller.fleet.apply({ planId: plan.id })).state).toBe('completed');
    const at = before.indexOf('defconf: drop all from WAN not DSTNATed');
    expect(comments(here)).toEqual([...before.slice(0, at), 'a', 'b', 'c', 'd', ...before.slice(at), 'theirs']);
    expect(here.router.maxInFlight).toBe(1);
  });

  test('go without taking along what another admin added', async () => {
    await using here = await lab();
    const controller = await here.start();
    const plan = await approved(controller, added);
    const before = comments(here);
    controller.watch = meanwhile(here, 4, () => controller.die());
    void controller.fleet.apply({ planId: plan.id });
    await controller.death;
    await here.time.pass(310_000);
    expect(comments(here)).toEqual([...before, 'theirs']);
  });

  test('two plans for one list are not carried out at once: the second is stale, and its order is not guessed', async () => {
    await using here = await lab();
    const [one, two] = [await here.start(), await here.start()];
    const [first, second] = [await approved(one, added.slice(0, 2)), await approved(two, added.slice(2))];
    const ends = await Promise.all([
      one.fleet.apply({ planId: first.id }).then(({ state }) => state),
      two.fleet.apply({ planId: second.id }).then(
        ({ state }) => state,
        () => 'refused',
      ),
    ]);
    expect(ends[0]).toBe('completed');
    expect(['refused', 'stale']).toContain(ends[1]);
    if (ends[1] === 'refused') expect((await two.fleet.apply({ planId: second.id })).state).toBe('stale');
    expect(comments(here).filter((text) => /^[a-d]$/.test(text))).toEqual(['a', 'b']);
  });
});
