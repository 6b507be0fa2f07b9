import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fingerprint } from '../../src/lib/core/canonical.ts';
import {
  type Actor,
  agent,
  FleetError,
  InputError,
  type Intent,
  type Plan,
  planFileText,
  readPlanFile,
  Secret,
} from '../../src/lib/index.ts';
import type { Operator } from '../../src/lib/operator.ts';
import { BOB, EDGE, enrol, type Rig, refusal, setDns, startRig, UNGUARDED } from './rig.ts';

let rig: Rig;
/** Another store, with the same boxes under names of its own. */
let other: Operator;
beforeAll(async () => {
  rig = await startRig({
    settings: UNGUARDED,
    specs: [
      { recording: EDGE, name: 'edge-1' },
      { recording: EDGE, name: 'edge-2' },
      { recording: EDGE, name: 'edge-3' },
    ],
  });
  other = await rig.open(BOB);
  for (const router of rig.simulator.routers.slice(0, 2)) await enrol(other, router, { name: `far-${router.name}` });
});
afterAll(async () => {
  await other.close();
  await rig[Symbol.asyncDispose]();
});
let nth = 0;
const fresh = (): Intent => {
  nth += 1;
  return setDns(`192.0.2.${nth}`);
};
beforeEach(() => {
  for (const router of rig.simulator.routers) router.edit('/ip/dns', undefined, { servers: '9.9.9.9' });
});

/** As a person has it made: nobody counts how many. */
async function made(intents: readonly Intent[] = [fresh()], device = 'edge-1'): Promise<Plan> {
  const { view } = await rig.operator.fleet.plan({ device, intents });
  if (!view) throw new Error('nothing to change');
  return view.plan;
}
const document = (plan: Plan): unknown => ({ format: 1, note: '', plan });
type Mutable<T> = { -readonly [K in keyof T]: Mutable<T[K]> };
/** The plan with a member changed, under a hash that is right: what anybody can write who can count. */
function forged(plan: Plan, change: (plan: Mutable<Plan>) => void): Plan {
  const copy: Mutable<Plan> = JSON.parse(JSON.stringify(plan));
  change(copy);
  const { hash: _hash, ...body } = copy;
  return { ...copy, hash: fingerprint(body) } as Plan;
}
const firstOf = (plan: Mutable<Plan>): Mutable<Plan['targets'][number]> => {
  const [target] = plan.targets;
  if (!target) throw new Error('no target');
  return target;
};

describe('the text', () => {
  test('is the same for the same plan, and reads back as it', async () => {
    const plan = await made();
    const text = planFileText(plan);
    expect(readPlanFile(text)).toEqual(plan);
    expect(planFileText(readPlanFile(text))).toBe(text);
    const shuffled = JSON.parse(JSON.stringify(plan), (_key, value) =>
      typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).reverse()) : value,
    );
    expect(planFileText(shuffled)).toBe(text);
  });

  test('a plan with a secret has none', async () => {
    const secret: Intent = { verb: 'set', capability: 'ppp-secret', where: { id: '*1' }, values: { password: new Secret('canary-7') } };
    const plan = await made([secret]);
    expect(() => planFileText(plan)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT', details: { planId: plan.id } }));
  });

  test.each([
    ['nothing', () => '', 'not JSON'],
    ['a part of it', (text: string) => text.slice(0, text.length / 2), 'not JSON'],
    ['another document', () => '{"a":1}', 'no plan file'],
    ['a list', () => '[]', 'no plan file'],
    ['a newer format', (text: string) => text.replace(/^ {2}"format": 1/m, '  "format": 2'), 'has format 2'],
    ['a newer plan', (text: string) => text.replace(/^ {4}"format": 1/m, '    "format": 7'), 'has format 7'],
    ['a format that is none', (text: string) => text.replace(/^ {2}"format": 1/m, '  "format": "x"'), 'no plan file'],
    ['a value changed by hand', (text: string) => text.replaceAll('192.0.2.', '192.0.3.'), 'altered'],
    ['a member more', (text: string) => text.replace('"hash"', '"approved": true, "hash"'), 'not as plan files are'],
    ['a member less', (text: string) => text.replace(/^.*"executeWithin".*\n/m, ''), 'not as plan files are'],
    ['far too much', () => ' '.repeat(33 * 1024 * 1024), 'larger than 32 MiB'],
  ])('refused: %s', async (_what, change, words) => {
    const text = change(planFileText(await made()));
    expect(() => readPlanFile(text)).toThrow(InputError);
    expect(() => readPlanFile(text)).toThrow(expect.objectContaining({ message: expect.stringContaining(words) }));
  });

  test('any text, and any value in any place, is read or refused with a typed error', async () => {
    const text = planFileText(await made());
    const cut = fc
      .tuple(fc.nat(text.length), fc.nat(40), fc.string())
      .map(([from, long, word]) => text.slice(0, from) + word + text.slice(from + long));
    fc.assert(
      fc.property(fc.oneof(cut, fc.json(), fc.string()), (written) => {
        try {
          expect(planFileText(readPlanFile(written))).toBe(text);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(FleetError);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('a plan of this store', () => {
  test('is found by id and hash, where it stands', async () => {
    const plan = await made();
    await rig.operator.approve(plan.id);
    const found = await rig.operator.fleet.importPlan(document(plan));
    expect(found).toMatchObject({ imported: false, view: { plan: { id: plan.id, hash: plan.hash }, state: 'approved' } });
  });

  test('another one under its id is refused', async () => {
    const plan = await made();
    const changed = forged(plan, (one) => {
      one.summary = 'harmless';
    });
    expect(await refusal(rig.operator.fleet.importPlan(document(changed)))).toMatchObject({ code: 'PLAN_STATE' });
  });
});

describe('a plan of another store', () => {
  test('waits for review, is planned anew here, once, and can be approved and applied', async () => {
    const plan = await made([
      fresh(),
      { verb: 'add', capability: 'firewall-address-list', values: { list: 'mcp', address: `198.51.100.${nth}` } },
    ]);
    const { view, imported } = await other.fleet.importPlan(document(plan));
    expect(imported).toBe(true);
    expect(view).toMatchObject({
      state: 'review',
      plan: { author: { id: other.fleet.actor.id }, targets: [{ deviceName: 'far-edge-1' }] },
    });
    expect(view.plan.id).not.toBe(plan.id);
    expect(view.approval).toBeUndefined();
    expect(view.plan.targets[0]?.steps).toEqual(plan.targets[0]?.steps);
    expect(view.plan.reasons).toContain(`it comes from the file of ${plan.id}`);
    expect(await other.fleet.importPlan(document(plan))).toMatchObject({ imported: false, view: { plan: { id: view.plan.id } } });
    expect((await other.fleet.history({ planId: view.plan.id })).map(({ operation }) => operation)).toContain('plan.import');

    expect(await refusal(other.fleet.apply({ planId: view.plan.id }))).toMatchObject({ code: 'APPROVAL_MISSING' });
    await other.approve(view.plan.id, { typedName: 'far-edge-1' });
    expect((await other.fleet.apply({ planId: view.plan.id })).state).toBe('completed');
    expect(rig.router.rows('/ip/dns')[0]?.['servers']).toBe(`192.0.2.${nth}`);
  });

  test.each<[string, readonly Intent[]]>([
    [
      'a row added in its place',
      [{ verb: 'add', capability: 'firewall-filter', values: { chain: 'forward', action: 'passthrough' }, before: { id: '*3' } }],
    ],
    ['a row moved', [{ verb: 'move', capability: 'firewall-filter', where: { id: '*3' } }]],
    ['a row removed', [{ verb: 'remove', capability: 'firewall-filter', where: { id: '*3' } }]],
    ['a field taken away', [{ verb: 'set', capability: 'dns', values: {}, unset: ['servers'] }]],
    ['flags and lists', [{ verb: 'set', capability: 'dns', values: { allowRemoteRequests: 'no', servers: ['192.0.2.7', '2001:db8::7'] } }]],
  ])('comes to the same here: %s', async (_what, intents) => {
    const plan = await made(intents);
    const { view } = await other.fleet.importPlan(document(plan));
    const of = (one: Plan) => one.targets.map(({ changes, steps, undo }) => ({ changes, steps, undo }));
    expect(of(view.plan)).toEqual(of(plan));
  });

  test('several routers, in the same waves', async () => {
    const { view } = await rig.operator.fleet.planMany({
      devices: ['edge-2', 'edge-1'],
      intents: [fresh()],
      rollout: { waves: 'serial', budget: 1 },
      soakSeconds: 2,
    });
    if (!view) throw new Error('nothing to change');
    const found = await other.fleet.importPlan(document(view.plan));
    const ids = await Promise.all(['far-edge-2', 'far-edge-1'].map(async (name) => [(await other.fleet.device(name)).id]));
    expect(found.view.plan).toMatchObject({ rollout: { waves: ids, budget: 1 }, soakSeconds: 2 });
    const amiss = forged(view.plan, (one) => {
      if (one.rollout) one.rollout.waves = [one.rollout.waves[0] ?? []];
    });
    expect(await refusal(other.fleet.importPlan(document(amiss)))).toMatchObject({ message: expect.stringContaining('waves') });
  });

  test('a forged file with a right hash sends nothing that a person was not shown', async () => {
    const plan = await made();
    const amiss: readonly ((plan: Mutable<Plan>) => void)[] = [
      (one) => firstOf(one).steps.push({ change: 0, call: { verb: 'add', menu: '/user', values: { name: 'eve', group: 'full' } } }),
      (one) => {
        firstOf(one).undo = [[{ verb: 'set', menu: '/ip/dns', values: { servers: '203.0.113.6' } }]];
      },
      (one) => {
        const [change] = firstOf(one).changes;
        if (change) change.before = { servers: '203.0.113.6' };
      },
      (one) => {
        firstOf(one).base.sections = [];
      },
    ];
    for (const change of amiss)
      expect(await refusal(other.fleet.importPlan(document(forged(plan, change))))).toMatchObject({
        message: expect.stringContaining('is not what its changes come to'),
      });
    const foreign = forged(plan, (one) => {
      const [change] = firstOf(one).changes;
      if (change) change.capability = 'no-such-thing';
    });
    expect(await refusal(other.fleet.importPlan(document(foreign)))).toMatchObject({ code: 'UNKNOWN_CAPABILITY' });
  });

  test('risk is judged here, whatever the file says of it', async () => {
    const plan = await made([
      { verb: 'add', capability: 'firewall-filter', values: { chain: 'input', action: 'drop', srcAddress: '198.51.100.0/24' } },
    ]);
    expect(plan.risk).toBe('high');
    const tame = forged(plan, (one) => {
      one.risk = 'low';
      one.reasons = [];
    });
    expect((await other.fleet.importPlan(document(tame))).view.plan.risk).toBe('high');
  });

  test('another box under the name, a box that is not here, a router that changed, a plan whose time is over', async () => {
    const strange = forged(await made(), (one) => {
      firstOf(one).hardwareId = 'HTEST0000';
    });
    expect(await refusal(other.fleet.importPlan(document(strange)))).toMatchObject({
      code: 'UNKNOWN_DEVICE',
      details: { device: 'edge-1' },
    });
    const swapped = forged(strange, (one) => {
      firstOf(one).deviceName = 'far-edge-1';
    });
    expect(await refusal(other.fleet.importPlan(document(swapped)))).toMatchObject({ message: expect.stringContaining('another box') });
    const third = await made([fresh()], 'edge-3');
    expect(await refusal(other.fleet.importPlan(document(third)))).toMatchObject({ message: expect.stringContaining('not enrolled here') });
    const moved = await made();
    rig.router.edit('/ip/dns', undefined, { servers: '208.67.222.222' });
    expect(await refusal(other.fleet.importPlan(document(moved)))).toMatchObject({ code: 'STALE', details: { device: 'edge-1', rows: 1 } });
    const old = forged(await made(), (one) => {
      one.createdAt -= 2 * 86_400_000;
      one.expiresAt -= 2 * 86_400_000;
    });
    expect(await refusal(other.fleet.importPlan(document(old)))).toMatchObject({ code: 'PLAN_STATE' });
  });

  test('what this instance does not allow is refused, and so is who may not plan', async () => {
    const plan = await made();
    const strict = await rig.open(BOB);
    await enrol(strict, rig.simulator.routers[0] as never, { allow: [] });
    expect(await refusal(strict.fleet.importPlan(document(plan)))).toMatchObject({ code: 'DENIED' });
    await strict.close();
    const reader: Actor = { ...agent('reader', 'ann', 'stdio'), roles: ['read_only'] };
    expect(await refusal(other.fleet.as(reader).importPlan(document(plan)))).toMatchObject({ code: 'DENIED' });
  });
});

describe('compare', () => {
  test('fresh, then stale with three sides, by id and by file; nothing is written', async () => {
    const plan = await made();
    const before = rig.router.requests().length;
    expect(await rig.operator.fleet.comparePlan(plan.id)).toMatchObject({
      verdict: 'fresh',
      routers: [{ device: 'edge-1', code: null, drift: [] }],
    });
    expect(await other.fleet.comparePlan(document(plan))).toMatchObject({ verdict: 'fresh', routers: [{ device: 'far-edge-1' }] });
    rig.router.edit('/ip/dns', undefined, { servers: '208.67.222.222' });
    const stale = await rig.operator.fleet.comparePlan(plan.id);
    expect(stale.routers[0]?.drift).toMatchObject([
      { planned: { servers: '9.9.9.9' }, now: { servers: '208.67.222.222' }, wanted: { servers: `192.0.2.${nth}` } },
    ]);
    expect(stale.verdict).toBe('stale');
    const since = rig.router.requests().slice(before);
    expect(since.length).toBeGreaterThan(0);
    expect((await rig.operator.fleet.showPlan(plan.id)).state).toBe('review');
  });
});
