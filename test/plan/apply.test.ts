import { expect, test } from 'vitest';
import { StoreError } from '../../src/lib/core/errors.ts';
import type { Intent } from '../../src/lib/plan/intent.ts';
import { CALM, execute, type Meanwhile } from '../laws/execution.ts';
import type { MemoryRouter } from '../laws/memory-router.ts';
import { comment, one, remove, run } from '../laws/run.ts';
import { capabilityOf, rules, services, tunnels } from '../laws/subjects.ts';
import { planOf, routerOf, type World } from '../laws/world.ts';

test('half of a change that needs two requests goes back', async () => {
  const filter = capabilityOf('firewall-filter');
  const intents: readonly Intent[] = [
    { verb: 'set', capability: filter.id, where: { id: '*1' }, values: { log: true }, unset: ['dst-port'] },
  ];
  const start = { [filter.menu]: [{ chain: 'forward', action: 'drop', 'dst-port': '22' }] };
  for (const writes of [['none', 'refused'], ['none', 'lost-before'], ['lost-after']] as const)
    expect((await run([filter.id], start, intents, { writes })).word).toBe('rolled-back');
});

test('refused at once, nothing was changed; refused later, everything goes back', async () => {
  const start = { [rules.menu]: [one('x'), one('y')] };
  const intents = [comment(rules.id, '*1', 'z'), remove(rules.id, '*2')];
  const first = await run([rules.id], start, intents, { writes: ['refused'] });
  expect(first).toMatchObject({ word: 'failed', outcome: { code: 'ROUTER_REFUSED', routerText: 'failure: not today' } });
  expect(first.writes).toHaveLength(1);
  expect(await run([rules.id], start, intents, { writes: ['none', 'refused'] })).toMatchObject({
    word: 'rolled-back',
    outcome: { routerText: 'failure: not today' },
  });
});

test('a router that failed to answer properly may have done it all the same: it is read back', async () => {
  const start = { [rules.menu]: [one('x')] };
  for (const [fault, end] of [
    ['fault-after', 'completed'],
    ['fault-before', 'failed'],
    ['lost-after', 'completed'],
    ['lost-before', 'failed'],
    ['late', 'completed'],
  ] as const) {
    expect((await run([rules.id], start, [comment(rules.id, '*1', 'z')], { writes: [fault] })).word, fault).toBe(end);
  }
});

test('an unanswered request is waited for, even when the next one is answered', async () => {
  const filter = capabilityOf('firewall-filter');
  const start = { [filter.menu]: [{ chain: 'forward', action: 'drop', 'dst-port': '22' }] };
  const values = { log: true, 'src-port': '1' };
  const intents: readonly Intent[] = [{ verb: 'set', capability: filter.id, where: { id: '*1' }, values, unset: ['dst-port'] }];
  const { word, writes } = await run([filter.id], start, intents, { writes: ['none', 'none', 'late', 'none'], check: 'fail' });
  expect([word, writes.map(({ verb }) => verb)]).toEqual(['rolled-back', ['set', 'unset', 'set', 'unset']]);
});

test('what was set first and is no longer so at the end does not count as applied', async () => {
  const start = {
    [services.menu]: [
      { name: 'ssh', port: '22' },
      { name: 'www', port: '80' },
    ],
  };
  const set = (id: string, port: number): Intent => ({ verb: 'set', capability: services.id, where: { id }, values: { port } });
  const edit =
    (router: MemoryRouter): Meanwhile =>
    (write) => {
      if (write === 1) router.meddle(services.menu, (rows) => rows.map((row) => (row['.id'] === '*1' ? { ...row, port: '22' } : row)));
    };
  const { outcome, router } = await run([services.id], start, [set('*1', 23), set('*2', 81)], {}, edit);
  expect(outcome).toMatchObject({
    state: 'rolled-back',
    checks: [{ check: 'planned rows', verdict: 'fail', after: '1 of 2 as planned' }, { check: 'health' }],
  });
  expect(router.state()).toMatchObject({ [services.menu]: [{ port: '22' }, { port: '80' }] });
});

test('a router that answers badly while things go back is asked again, for a minute', async () => {
  const intents = [remove(tunnels.id, '*1')];
  const start = { [tunnels.menu]: [{ name: 'a' }] };
  for (const as of ['unreachable', 'fault'] as const) {
    const dark = (reads: number) => ({ writes: ['lost-after' as const], check: 'fail' as const, dark: [{ from: 1, reads, as }] });
    expect((await run([tunnels.id], start, intents, dark(15))).word).toBe('rolled-back');
    expect((await run([tunnels.id], start, intents, dark(500))).word).toBe('stuck');
  }
});

test('rows that come and go by themselves do not keep us from seeing that the rest has come to rest', async () => {
  let tick = 0;
  const busy = (router: MemoryRouter): Meanwhile => {
    const read = router.read.bind(router);
    Object.assign(router, {
      read: (call: Parameters<typeof read>[0]) => {
        tick += 1;
        router.meddle(call.menu, (rows) => [...rows.filter((row) => row['dynamic'] !== 'true'), { name: `live${tick}`, dynamic: 'true' }]);
        return read(call);
      },
    });
    return () => undefined;
  };
  const { word, minutes } = await run(
    [tunnels.id],
    { [tunnels.menu]: [{ name: 'a' }] },
    [remove(tunnels.id, '*1')],
    { writes: ['lost-after'] },
    busy,
  );
  expect([word, minutes < 1]).toEqual(['completed', true]);
});

test('a menu that never comes to rest ends the run all the same', async () => {
  let tick = 0;
  const restless = (router: MemoryRouter): Meanwhile => {
    const read = router.read.bind(router);
    let begun = false;
    Object.assign(router, {
      read: (call: Parameters<typeof read>[0]) => {
        tick += 1;
        if (begun) router.meddle(call.menu, (rows) => rows.map((row) => ({ ...row, comment: `edit ${tick}` })));
        return read(call);
      },
    });
    return () => {
      begun = true;
    };
  };
  const start = { [tunnels.menu]: [{ name: 'a' }, { name: 'b' }] };
  const { outcome, minutes } = await run([tunnels.id], start, [remove(tunnels.id, '*1')], { writes: ['lost-before'] }, restless);
  expect([outcome?.state, outcome?.left.length, minutes < 5]).toEqual(['stuck', 1, true]);
});

test('our row, acknowledged but not where it was to be, is taken back', async () => {
  const intents: readonly Intent[] = [{ verb: 'add', capability: rules.id, values: one('new'), before: { id: '*2' } }];
  const squeeze =
    (router: MemoryRouter): Meanwhile =>
    () => {
      const write = router.write.bind(router);
      Object.assign(router, {
        write: (call: Parameters<typeof write>[0]) => {
          const done = write(call);
          if (call.verb === 'add')
            router.meddle(rules.menu, (rows) =>
              rows.flatMap((row) => (row['.id'] === '*2' ? [{ chain: 'two', '.id': '*F0' }, row] : [row])),
            );
          return done;
        },
      });
    };
  const { word, outcome, router } = await run([rules.id], { [rules.menu]: [one('x'), one('y')] }, intents, {}, squeeze);
  expect([word, outcome?.left, outcome?.drift.length]).toEqual(['rolled-back', [], 0]);
  // The stranger's rule between ours is not our doing, and stays.
  expect(router.read({ verb: 'read', menu: rules.menu }).map((row) => row['.id'])).toEqual(['*1', '*F0', '*2']);
});

test('what somebody else has set meanwhile is not overwritten by going back', async () => {
  const start = {
    [services.menu]: [
      { name: 'ssh', port: '22' },
      { name: 'www', port: '80' },
    ],
  };
  const set = (id: string, port: number): Intent => ({ verb: 'set', capability: services.id, where: { id }, values: { port } });
  const edit =
    (router: MemoryRouter): Meanwhile =>
    (write) => {
      if (write === 1) router.meddle(services.menu, (rows) => rows.map((row) => (row['.id'] === '*1' ? { ...row, port: '2200' } : row)));
    };
  const { outcome, router } = await run([services.id], start, [set('*1', 23), set('*2', 81)], { writes: ['none', 'refused'] }, edit);
  expect(outcome).toMatchObject({ state: 'stuck', left: [{ row: '*1', after: { port: '23' } }] });
  expect(router.state()).toMatchObject({ [services.menu]: [{ port: '2200' }, { port: '80' }] });
});

test('when the time of a plan is over, what was done goes back', async () => {
  const world: World = {
    version: '7.20.8',
    of: [rules.id],
    start: { [rules.menu]: [one('x'), one('y')] },
    intents: [comment(rules.id, '*1', 'z'), remove(rules.id, '*2')],
  };
  const router = routerOf(world);
  const start = router.clone();
  const report = await execute(router, { ...planOf(world, router), executeWithin: 5_000 }, { ...CALM, writes: ['lost-after'] });
  expect(report.outcome).toMatchObject({ state: 'rolled-back', code: 'APPROVAL_EXPIRED' });
  expect(router.state()).toEqual(start.state());
});

test('without the lease nothing more is written, forwards or backwards', async () => {
  const intents = [comment(rules.id, '*1', 'z'), remove(rules.id, '*2')];
  const { thrown, writes, journal } = await run([rules.id], { [rules.menu]: [one('x'), one('y')] }, intents, { leaseEnds: 1 });
  expect(thrown).toBeInstanceOf(StoreError);
  expect(writes).toHaveLength(1);
  expect(journal.filter(({ stage }) => stage === 'sent')).toHaveLength(1);
});

test('the journal tells a run from its first line to its last', async () => {
  const { journal } = await run(
    [rules.id],
    { [rules.menu]: [one('x')] },
    [comment(rules.id, '*1', 'z'), { verb: 'add', capability: rules.id, values: one('n') }],
    {
      writes: ['none', 'lost-after'],
      check: 'inconclusive',
    },
  );
  expect(journal.map(({ phase, step, stage, rowId, error }) => [phase, step, stage, rowId ?? error?.code ?? ''].join(' ').trim())).toEqual([
    'apply 0 intent',
    'apply 0 sent',
    'apply 0 ack',
    'apply 0 verified',
    'apply 1 intent',
    'apply 1 sent',
    'apply 1 unknown UNREACHABLE',
    'apply 1 verified *2',
    'undo 0 intent',
    'undo 0 sent',
    'undo 0 ack',
    'undo 1 intent',
    'undo 1 sent',
    'undo 1 ack',
  ]);
});
