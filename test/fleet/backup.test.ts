import { expect, test } from 'vitest';
import { applied, planned, refusal, startRig } from './rig.ts';

const make = (name: string) => ({ verb: 'add', capability: 'backup', values: { name } }) as const;

test('a backup is made by a plan, found on the router, and taken back with it', async () => {
  await using rig = await startRig();
  const before = rig.router.rows('/file').map(({ name }) => name);
  const done = await applied(rig, [make('pre-change.backup')]);
  expect(done.state).toBe('completed');
  expect(rig.router.requests().filter(({ path }) => path === '/system/backup/save')).toHaveLength(1);
  const { items } = await rig.fleet.read({ device: 'edge-1', capability: 'backup', where: { name: 'pre-change.backup' } });
  expect(items).toEqual([expect.objectContaining({ name: 'pre-change.backup', type: 'backup' })]);
  // A second wish for the same is already so: what is there is not overwritten.
  expect((await rig.fleet.plan({ device: 'edge-1', intents: [make('pre-change.backup')] })).planned).toBe(false);
  const { view } = await rig.fleet.rollback(done.plan.id);
  await rig.operator.approve(view?.plan.id ?? '', { typedName: 'edge-1' });
  expect((await rig.fleet.apply({ planId: view?.plan.id ?? '' })).state).toBe('completed');
  expect(rig.router.rows('/file').map(({ name }) => name)).toEqual(before);
});

test('a lost reply is read back, and a backup is never made twice', async () => {
  await using rig = await startRig();
  await rig.router.fault({ method: 'POST', path: '/system/backup/save', nth: 1, action: { kind: 'lose-reply' } });
  expect((await applied(rig, [make('once.backup')])).state).toBe('completed');
  expect(rig.router.requests().filter(({ path }) => path === '/system/backup/save')).toHaveLength(1);
});

test('other names, and what would not come back, are refused; the content of a file is never asked for', async () => {
  await using rig = await startRig();
  for (const name of ['x', 'a b.backup', '../x.backup', 'x.rsc'])
    expect(await refusal(planned(rig, [make(name)]))).toMatchObject({ code: 'INVALID_INPUT' });
  const gone = { verb: 'remove', capability: 'backup', where: { name: 'before-upgrade.backup' } } as const;
  expect(await refusal(planned(rig, [gone]))).toMatchObject({ code: 'INVALID_INPUT' });
  await rig.fleet.read({ device: 'edge-1', capability: 'file' });
  const asked = rig.router.requests().filter(({ method, path }) => method === 'GET' && path.startsWith('/file'));
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.every(({ path }) => path.includes('.proplist=') && !path.includes('contents'))).toBe(true);
});
