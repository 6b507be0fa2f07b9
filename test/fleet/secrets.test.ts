import { describe, expect, test } from 'vitest';
import { type Intent, type PlanView, Secret } from '../../src/lib/index.ts';
import { APPROVAL_LIFE, PLAN_LIFE } from '../../src/lib/plan/policy.ts';
import { testClock } from './clocks.ts';
import { ALL, outcomeOf, type Rig, refusal, startRig, writesOf } from './rig.ts';

const NEW = 'n3w-s3cret-Zx81';

const password = (more: Record<string, unknown> = {}): Intent => ({
  verb: 'set',
  capability: 'ppp-secret',
  where: { id: '*1' },
  values: { password: new Secret(NEW), ...more },
});

async function planned(rig: Rig, ...intents: readonly Intent[]): Promise<PlanView> {
  const { view } = await rig.operator.fleet.plan({ device: 'edge-1', intents });
  if (!view) throw new Error('nothing planned');
  return view;
}

async function approved(rig: Rig, ...intents: readonly Intent[]): Promise<string> {
  const { plan } = await planned(rig, ...intents);
  await rig.operator.approve(plan.id, { typedName: 'edge-1' });
  return plan.id;
}

const applied = async (rig: Rig, ...intents: readonly Intent[]): Promise<PlanView> =>
  rig.operator.fleet.apply({ planId: await approved(rig, ...intents) });

/** How many sealed values the store has. */
async function keptIn(rig: Rig): Promise<number> {
  let count = 0;
  await rig.editStore((database) => {
    count = Number(database.prepare('select count(*) as n from plan_secrets').get()?.['n']);
  });
  return count;
}

const row = (rig: Rig) => rig.router.rows('/ppp/secret')[0] ?? {};
const file = { store: 'file' } as const;

describe('a secret is kept as long as it may still be sent, and no longer', () => {
  test('from the plan to its end', async () => {
    await using rig = await startRig(file);
    const id = await approved(rig, password());
    expect(await keptIn(rig)).toBe(1);
    expect((await rig.operator.fleet.apply({ planId: id })).state).toBe('completed');
    expect(row(rig)['password']).toBe(NEW);
    expect(await keptIn(rig)).toBe(0);
  });

  test('until it is rejected, turns stale, or runs out', async () => {
    const clock = testClock();
    await using rig = await startRig({ ...file, clock });
    const { plan } = await planned(rig, password());
    await rig.operator.reject(plan.id, 'no');
    expect(await keptIn(rig)).toBe(0);
    const id = await approved(rig, password({ comment: 'ours' }));
    rig.router.edit('/ppp/secret', '*1', { comment: 'theirs' });
    expect((await rig.operator.fleet.apply({ planId: id })).state).toBe('stale');
    expect(await keptIn(rig)).toBe(0);
    await planned(rig, password());
    clock.advance(PLAN_LIFE + 1);
    expect(await keptIn(rig)).toBe(1);
    // Nobody looks at the old plan: the next one sweeps.
    await planned(rig, { verb: 'set', capability: 'dns', values: { servers: '192.0.2.9' } });
    expect(await keptIn(rig)).toBe(0);
  });

  test('through an approval that ran out and was given again', async () => {
    const clock = testClock();
    await using rig = await startRig({ ...file, clock });
    const id = await approved(rig, password());
    clock.advance(APPROVAL_LIFE + 1);
    await refusal(rig.operator.fleet.apply({ planId: id }));
    await rig.operator.approve(id, { typedName: 'edge-1' });
    expect((await rig.operator.fleet.apply({ planId: id })).state).toBe('completed');
    expect(row(rig)['password']).toBe(NEW);
  });

  test('a sealed value that was altered or taken away in the store is not sent', async () => {
    for (const sql of ["update plan_secrets set sealed = 'v1|x|x|x|x'", 'delete from plan_secrets']) {
      await using rig = await startRig(file);
      const id = await approved(rig, password());
      const before = row(rig)['password'];
      await rig.editStore((database) => database.exec(sql));
      await rig.operator.fleet.apply({ planId: id }).catch(() => undefined);
      expect(writesOf(rig.router).filter(({ method }) => method === 'PATCH')).toEqual([]);
      expect(row(rig)['password']).toBe(before);
    }
  });
});

describe('when it goes wrong', () => {
  test('a refused secret changed nothing, can it be read back or not', async () => {
    const other: Intent = { verb: 'set', capability: 'user', where: { name: 'netops' }, values: { password: new Secret(NEW) } };
    for (const [path, intent] of [
      ['/ppp/secret/*', password()],
      ['/user/*', other],
    ] as const) {
      await using rig = await startRig(file);
      rig.router.fault({ method: 'PATCH', path, nth: 1, action: { kind: 'answer', status: 400, detail: 'failure: no' } });
      const done = await applied(rig, intent);
      expect(done.state).toBe('failed');
      expect(outcomeOf(done)?.summary).toContain('Nothing was changed');
      expect(await keptIn(rig)).toBe(0);
    }
  });

  test('a lost reply is settled by reading back, where the account may read the secret', async () => {
    await using rig = await startRig(file);
    rig.router.fault({ method: 'PATCH', path: '/ppp/secret/*', nth: 1, action: { kind: 'lose-reply' } });
    expect((await applied(rig, password())).state).toBe('completed');
    expect(row(rig)['password']).toBe(NEW);
  });

  test('where it may not, nobody says that it went well, and nothing is sent twice', async () => {
    await using rig = await startRig(file);
    rig.router.fault({ method: 'PATCH', path: '/user/*', nth: 1, action: { kind: 'lose-reply' } });
    const done = await applied(rig, { verb: 'set', capability: 'user', where: { name: 'netops' }, values: { password: new Secret(NEW) } });
    expect(done.state).toBe('rolled-back');
    expect(outcomeOf(done)?.summary).toMatch(/cannot be told.*what the plan calls lost was not/);
    expect(writesOf(rig.router).filter(({ method }) => method === 'PATCH')).toHaveLength(1);
  });

  test('what stands beside it goes back; that it does not is said', async () => {
    await using rig = await startRig(file);
    const comment = row(rig)['comment'];
    rig.router.fault({ method: 'write', path: '/ip/dns/set', nth: 1, action: { kind: 'answer', status: 400, detail: 'failure: no' } });
    const done = await applied(rig, password({ comment: 'with it' }), {
      verb: 'set',
      capability: 'dns',
      values: { servers: '192.0.2.9' },
    });
    expect(done.state).toBe('rolled-back');
    expect(outcomeOf(done)?.summary).toContain('what the plan calls lost was not');
    expect(row(rig)).toMatchObject({ password: NEW });
    expect(row(rig)['comment']).toBe(comment);
  });

  test('a row that was added with a secret goes as a whole', async () => {
    await using rig = await startRig(file);
    const before = rig.router.rows('/ppp/secret').length;
    rig.router.fault({ method: 'write', path: '/ip/dns/set', nth: 1, action: { kind: 'answer', status: 400, detail: 'failure: no' } });
    const add: Intent = { verb: 'add', capability: 'ppp-secret', values: { name: 'new', password: new Secret(NEW) } };
    const done = await applied(rig, add, { verb: 'set', capability: 'dns', values: { servers: '192.0.2.9' } });
    expect(outcomeOf(done)).toMatchObject({ state: 'rolled-back', summary: expect.stringContaining('Everything was put back') });
    expect(rig.router.rows('/ppp/secret')).toHaveLength(before);
  });

  test('another’s secret in our place is not taken for ours', async () => {
    for (const [more, state] of [
      [{}, 'stuck'],
      [{ comment: 'with it' }, 'rolled-back'],
    ] as const) {
      await using rig = await startRig({ ...file, fronts: true });
      const comment = row(rig)['comment'];
      const id = await approved(rig, password(more));
      rig.front.hooks = {
        after: ({ method, path }) => {
          if (method === 'PATCH' && path.startsWith('/ppp/secret')) rig.router.edit('/ppp/secret', '*1', { password: 'somebody-else' });
        },
      };
      expect((await rig.operator.fleet.apply({ planId: id })).state).toBe(state);
      expect(row(rig)['password']).toBe('somebody-else');
      expect(row(rig)['comment']).toBe(comment);
    }
  });
});

describe('undoing a completed plan', () => {
  test('takes an added row away, and says that its secret goes', async () => {
    await using rig = await startRig(file);
    const done = await applied(rig, { verb: 'add', capability: 'ppp-secret', values: { name: 'new', password: new Secret(NEW) } });
    const { view } = await rig.operator.fleet.rollback(done.plan.id);
    expect(view?.plan.targets[0]?.changes).toMatchObject([{ verb: 'remove', secret: [] }]);
    expect(view?.plan.targets[0]?.lost.map(({ why }) => why)).toContain('password is secret and would not be restored');
  });

  test('brings the other fields back and leaves the secret; of nothing but secrets there is no way back', async () => {
    await using rig = await startRig(file);
    const both = await applied(rig, password({ comment: 'with it' }));
    const { view } = await rig.operator.fleet.rollback(both.plan.id);
    expect(view?.plan.targets[0]).toMatchObject({ changes: [{ verb: 'set', secret: [] }], lost: [{ change: 0 }] });
    const alone = await applied(rig, password());
    expect((await refusal(rig.operator.fleet.rollback(alone.plan.id))).message).toContain('set secrets only');
  });
});

describe('who may', () => {
  test('the account we log in with keeps its password, and a script that nobody sees is not planned', async () => {
    await using rig = await startRig();
    const own: Intent = { verb: 'set', capability: 'user', where: { name: rig.router.username }, values: { password: new Secret(NEW) } };
    expect((await refusal(planned(rig, own))).message).toContain('the account we log in with');
    const script: Intent = { verb: 'add', capability: 'netwatch', values: { host: '192.0.2.1', upScript: new Secret(':log info x') } };
    expect((await refusal(planned(rig, script))).message).toContain('cannot be shown to whoever approves it');
  });

  test('no rule approves a secret by itself', async () => {
    await using rig = await startRig({ allow: ALL });
    const result = await rig.operator.fleet.direct({ device: 'edge-1', intents: [password()] });
    expect(result).toMatchObject({ planned: true, applied: false });
    expect(result.view?.plan.risk).toBe('medium');
  });

  test('a name without a password is refused, one with a password is not', async () => {
    await using rig = await startRig();
    const add = (values: Record<string, unknown>): Intent => ({
      verb: 'add',
      capability: 'ppp-secret',
      values: { name: 'new', ...values },
    });
    expect((await refusal(planned(rig, add({})))).message).toContain('it would have no password');
    expect((await planned(rig, add({ password: new Secret(NEW) }))).plan.targets[0]?.lost).toEqual([]);
  });
});

test('what the guard puts on the router has neither the secret nor its mark', async () => {
  await using rig = await startRig({ ...file, fronts: true });
  const bodies: string[] = [];
  rig.front.hooks = {
    before: ({ path, body, write }) => {
      if (write > 0 && !path.startsWith('/ppp/secret')) bodies.push(body);
    },
  };
  const done = await applied(rig, password({ comment: 'with it' }), { verb: 'set', capability: 'dns', values: { servers: '192.0.2.9' } });
  expect(done.state).toBe('completed');
  expect(bodies.length).toBeGreaterThan(0);
  for (const body of bodies) expect(body).not.toMatch(new RegExp(`${NEW}|sealed:`));
});
