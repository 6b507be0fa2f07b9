import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { armGuard, keepGuard } from '../../../src/lib/plan/guard/arm.ts';
import { knowRow } from '../../../src/lib/plan/guard/know-row.ts';
import { stateOfGuard } from '../../../src/lib/plan/guard/objects.ts';
import { recognises } from '../../../src/lib/plan/guard/recognise.ts';
import { compileRevert } from '../../../src/lib/plan/guard/revert.ts';
import { sweepGuard } from '../../../src/lib/plan/guard/sweep.ts';
import type { Intent } from '../../../src/lib/plan/intent.ts';
import type { Change, Target } from '../../../src/lib/plan/types.ts';
import { consoleBench } from '../../simulator/console-bench.ts';
import { changeOf, rule, targetFor } from '../helpers.ts';
import { content, GUARD, type GuardBench, guardBench, staticIds, TOKEN } from './bench.ts';

/** Arms, applies (all, or the first few changes), waits, and answers whether every menu is as it was. */
async function firedOver(bench: GuardBench, menus: readonly string[], intents: readonly Intent[], changes?: number): Promise<void> {
  const before = menus.map((menu) => content(bench.rows(menu)));
  const target = await bench.plan(...intents);
  expect(target.changes.length).toBeGreaterThan(0);
  await armGuard(bench.ports, target, GUARD);
  await bench.apply(target, changes);
  if (changes === undefined) expect(menus.map((menu) => content(bench.rows(menu)))).not.toEqual(before);
  bench.pass(GUARD.seconds + 1);
  expect(menus.map((menu) => content(bench.rows(menu)))).toEqual(before);
  expect(await stateOfGuard(bench.link, GUARD)).toBe('done');
}

const on = (capability: string) => ({ capability });
/** A rule of the plan’s own, at the end of its chain. */
const OURS: Intent = { verb: 'add', ...on('firewall-filter'), values: { chain: 'forward', action: 'accept', comment: 'ours' } };
const LISTS: readonly Intent[] = [
  { verb: 'add', ...on('firewall-address-list'), values: { list: 'guarded', address: '198.51.100.7', comment: 'a "new" one for 5$?' } },
  { verb: 'add', ...on('firewall-address-list'), values: { list: 'guarded', address: '198.51.100.8/32' } },
  { verb: 'add', ...on('ip-address'), values: { address: '198.51.100.1/24', interface: 'bridge' } },
];

describe('what the router undoes by itself', () => {
  test('settings of singletons, lists among them', async () => {
    await using bench = await guardBench();
    await firedOver(
      bench,
      ['/ip/dns', '/system/ntp/client', '/system/identity'],
      [
        { verb: 'set', ...on('dns'), values: { servers: '192.0.2.53,192.0.2.54', allowRemoteRequests: false, cacheMaxTtl: '3d' } },
        { verb: 'set', ...on('ntp-client'), values: { servers: '192.0.2.123', enabled: true } },
        { verb: 'set', ...on('system-identity'), values: { name: 'other "name" $x' } },
      ],
    );
  });

  test('rows that were added, in several menus', async () => {
    await using bench = await guardBench();
    await firedOver(bench, ['/ip/firewall/address-list', '/ip/address'], LISTS);
  });

  test('an added row whose like was there before: only the new one goes', async () => {
    await using bench = await guardBench();
    bench.router.edit('/ip/firewall/filter', undefined, { chain: 'forward', action: 'accept', comment: 'twin', disabled: 'false' });
    const ids = staticIds(bench.rows('/ip/firewall/filter'));
    const twin = ids.at(-1);
    await firedOver(
      bench,
      ['/ip/firewall/filter'],
      [
        {
          verb: 'add',
          ...on('firewall-filter'),
          values: { chain: 'forward', action: 'accept', comment: 'twin' },
          before: { id: ids[1] ?? '' },
        },
      ],
    );
    expect(staticIds(bench.rows('/ip/firewall/filter')).at(-1)).toBe(twin);
  });

  test('entries of DNS, in their order, and fields that were not set before', async () => {
    await using bench = await guardBench();
    await firedOver(
      bench,
      ['/ip/dns/static', '/ip/firewall/filter'],
      [
        { verb: 'add', ...on('dns-static'), values: { name: 'new.example.net', address: '192.0.2.9' } },
        {
          verb: 'set',
          ...on('firewall-filter'),
          where: { id: staticIds(bench.rows('/ip/firewall/filter'))[1] ?? '' },
          values: { srcAddress: '192.0.2.0/24', dstPort: '80,443', protocol: 'tcp' },
        },
      ],
    );
  });

  test('a change that cuts us off before its answer comes', { timeout: 20_000 }, async () => {
    await using bench = await guardBench();
    const before = content(bench.rows('/ip/firewall/filter'));
    const [first = ''] = staticIds(bench.rows('/ip/firewall/filter'));
    const target = await bench.plan({
      verb: 'add',
      ...on('firewall-filter'),
      values: { chain: 'input', action: 'drop', comment: 'oh no' },
      before: { id: first },
    });
    await armGuard(bench.ports, target, GUARD);
    await bench.apply(target);
    await expect(keepGuard(bench.ports, GUARD)).rejects.toThrow('did not answer');
    bench.pass(GUARD.seconds + 1);
    expect(content(bench.rows('/ip/firewall/filter'))).toEqual(before);
  });

  test('a row whose id became known is found by it, also when a stranger has made its like meanwhile', async () => {
    await using bench = await guardBench();
    const target = await bench.plan(OURS);
    await armGuard(bench.ports, target, GUARD);
    let ours = '';
    await bench.apply(target, 1, async (change, id) => {
      ours = id;
      await knowRow(bench.ports, target, GUARD, change, id);
    });
    bench.router.edit('/ip/firewall/filter', undefined, { chain: 'forward', action: 'accept', comment: 'ours', disabled: 'false' });
    const strange = staticIds(bench.rows('/ip/firewall/filter')).at(-1);
    bench.pass(GUARD.seconds + 1);
    const left = staticIds(bench.rows('/ip/firewall/filter'));
    expect(left).not.toContain(ours);
    expect(left.at(-1)).toBe(strange);
  });

  test.each([
    ['another script', (source: string) => source.replace('rollback', 'something else')],
    ['a shorter one', (source: string) => source.slice(0, -20)],
  ])('%s is not told an id: it is not ours', async (_, edit) => {
    await using bench = await guardBench();
    const target = await bench.plan(OURS);
    await armGuard(bench.ports, target, GUARD);
    const script = bench.rows('/system/script').find((row) => row['name'] === `mk-cc-${TOKEN}`);
    bench.router.edit('/system/script', script?.['.id'], { source: edit(script?.['source'] ?? '') });
    const writes = bench.writes.length;
    await expect(knowRow(bench.ports, target, GUARD, 0, '*FF')).rejects.toMatchObject({ code: 'ROUTER_FAULT' });
    expect(bench.writes).toHaveLength(writes);
  });

  test('an id that did not arrive whole is found when read back', async () => {
    await using bench = await guardBench();
    const target = await bench.plan(OURS);
    await armGuard(bench.ports, target, GUARD);
    bench.tamper = (call) => (call.verb === 'set' ? { ...call, values: { source: (call.values['source'] ?? '').slice(0, -1) } } : call);
    await expect(knowRow(bench.ports, target, GUARD, 0, '*FF')).rejects.toMatchObject({ code: 'ROUTER_FAULT' });
  });

  test('what the router spells in its own way is seen, while we can still undo it ourselves', async () => {
    await using bench = await guardBench();
    const target = await bench.plan(
      { verb: 'set', ...on('dns'), values: { servers: '192.0.2.53' } },
      { verb: 'add', ...on('firewall-filter'), values: { chain: 'forward', action: 'accept', comment: 'ours' } },
    );
    await armGuard(bench.ports, target, GUARD);
    let row = '';
    await bench.apply(target, 2, async (_, id) => {
      row = id;
    });
    const seen = () => Promise.all([recognises(bench.link, target, 0), recognises(bench.link, target, 1, row)]);
    expect(await seen()).toEqual([true, true]);
    bench.router.edit('/ip/dns', undefined, { servers: 'one-nine-two' });
    bench.router.edit('/ip/firewall/filter', row, { comment: 'OURS' });
    expect(await seen()).toEqual([false, false]);
  });

  test('without its id a row that has got a twin is left alone', async () => {
    await using bench = await guardBench();
    const target = await bench.plan(OURS);
    await armGuard(bench.ports, target, GUARD);
    await bench.apply(target);
    bench.router.edit('/ip/firewall/filter', undefined, { chain: 'forward', action: 'accept', comment: 'ours', disabled: 'false' });
    const before = staticIds(bench.rows('/ip/firewall/filter'));
    bench.pass(GUARD.seconds + 1);
    expect(staticIds(bench.rows('/ip/firewall/filter'))).toEqual(before);
  });

  test("not somebody else's later value of the same field; the fields beside it are", async () => {
    await using bench = await guardBench();
    const [, second = ''] = staticIds(bench.rows('/ip/firewall/filter'));
    const row = () => bench.rows('/ip/firewall/filter').find((one) => one['.id'] === second);
    const target = await bench.plan({
      verb: 'set',
      ...on('firewall-filter'),
      where: { id: second },
      values: { comment: 'ours', disabled: true },
    });
    await armGuard(bench.ports, target, GUARD);
    await bench.apply(target);
    bench.router.edit('/ip/firewall/filter', second, { comment: 'theirs' });
    bench.pass(GUARD.seconds + 1);
    expect(row()).toMatchObject({ comment: 'theirs', disabled: 'false' });
  });

  test('not a row that somebody has put back already', async () => {
    await using bench = await guardBench();
    const rows = () => bench.rows('/ip/firewall/address-list').filter((row) => row['list'] === 'once');
    bench.router.edit('/ip/firewall/address-list', undefined, { list: 'once', address: '192.0.2.77', disabled: 'false', dynamic: 'false' });
    const target = await bench.plan({ verb: 'remove', ...on('firewall-address-list'), where: { list: 'once' } });
    await armGuard(bench.ports, target, GUARD);
    await bench.apply(target);
    expect(rows()).toHaveLength(0);
    bench.router.edit('/ip/firewall/address-list', undefined, { list: 'once', address: '192.0.2.77', disabled: 'false', dynamic: 'false' });
    bench.pass(GUARD.seconds + 1);
    expect(rows()).toHaveLength(1);
  });
});

const wish = fc.record({
  verb: fc.constantFrom('set', 'add', 'remove', 'move'),
  row: fc.nat({ max: 30 }),
  to: fc.nat({ max: 30 }),
  comment: fc.constantFrom('a', 'b"$', 'c;}', 'd\\', 'x,y'),
  flag: fc.boolean(),
});
type Wish = typeof wish extends fc.Arbitrary<infer One> ? One : never;

/** Wishes that can be: every row is one that is there by then, and rows of the plan's own are changed, moved and anchors like any other. */
function intentsOf(ids: readonly string[], steps: readonly Wish[]): readonly Intent[] {
  const there: Readonly<Record<string, string>>[] = ids.map((id) => ({ id }));
  return steps.flatMap((one, index): readonly Intent[] => {
    const where = there[one.row % there.length];
    if (!where) return [];
    // Nothing here may close the way to the router: that is another test's business.
    if (one.verb === 'set') {
      const values = 'id' in where ? { comment: one.comment, log: one.flag } : { logPrefix: one.comment, log: one.flag };
      return [{ verb: 'set', ...on('firewall-filter'), where, values }];
    }
    if (one.verb === 'add') {
      const comment = `${one.comment} ${index}`;
      there.push({ comment });
      const values = { chain: 'forward', action: 'accept', comment, protocol: 'tcp', dstPort: '80,443' };
      return [{ verb: 'add', ...on('firewall-filter'), values, ...(!one.flag && { before: where }) }];
    }
    if (one.verb === 'remove') {
      there.splice(there.indexOf(where), 1);
      return [{ verb: 'remove', ...on('firewall-filter'), where }];
    }
    const to = there[one.to % there.length];
    return [{ verb: 'move', ...on('firewall-filter'), where, ...(!one.flag && to && to !== where && { before: to }) }];
  });
}

test('random plans over a firewall, however far they came, leave no trace in content and order', async () => {
  await using bench = await guardBench();
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(wish, { minLength: 1, maxLength: 7 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.boolean(),
      async (steps, part, told) => {
        run += 1;
        const guard = { ...GUARD, token: String(run).padStart(10, '0') };
        const intents = intentsOf(staticIds(bench.rows('/ip/firewall/filter')), steps);
        const before = content(bench.rows('/ip/firewall/filter'));
        const target = await bench.plan(...intents);
        if (target.changes.length === 0) return;
        await armGuard(bench.ports, target, guard);
        const far = Math.round(part * target.changes.length);
        await bench.apply(target, far, (change, id) => (told ? knowRow(bench.ports, target, guard, change, id) : Promise.resolve()));
        bench.pass(guard.seconds + 1);
        expect(content(bench.rows('/ip/firewall/filter'))).toEqual(before);
        await sweepGuard(bench.ports, guard);
      },
    ),
    { numRuns: 20, seed: 20261122 },
  );
}, 30_000);

describe('the text of the script', () => {
  test('claims itself first: whoever comes second is turned away, be the first still at work', () => {
    const target = targetFor({ 'system-identity': [{ name: 'r1' }] }, { verb: 'set', ...on('system-identity'), values: { name: 'r2' } });
    const bench = consoleBench();
    bench.ask('PUT', '/system/script', { name: `mk-cc-${TOKEN}`, source: '', policy: 'read', comment: 'armed' });
    const claim = compileRevert(target, { token: TOKEN }).lines.slice(0, 3).join('\n');
    expect(bench.run(claim).error).toBeUndefined();
    expect(bench.rows('/system/script').at(-1)).toMatchObject({ comment: 'fired' });
    expect(bench.run(claim).error).toContain('not armed');
  });

  test('has no word of a router that is code', () => {
    const rows = { 'firewall-filter': [rule('one'), rule('two')] };
    const move = targetFor(rows, { verb: 'move', ...on('firewall-filter'), where: { comment: 'two' }, before: { comment: 'one' } });
    const [change] = move.changes;
    if (!change) throw new Error('no change');
    const evil = '*1] ; /system/reset-configuration ; :put [';
    const sections = move.base.sections.map((section) => ({
      ...section,
      rows: section.rows.map((row) => ({ ...row, before: evil, after: evil })),
    }));
    expect(compileRevert({ ...move, base: { ...move.base, sections } }, { token: TOKEN }).source).not.toContain('reset');
    const set: Change = { ...change, verb: 'set', before: { comment: 'a' }, after: { comment: 'b' } };
    const compiled = (one: Change, undo: Target['undo'][number] = []) =>
      compileRevert({ changes: [one], undo: [undo], base: move.base }, { token: TOKEN });
    const hostile = [
      compiled({ ...set, row: evil }),
      compiled({ ...set, menu: `/ip/x ; /system/reset-configuration` }),
      compiled({ ...set, after: { 'x=1 ; /system/reset-configuration': 'y' } }),
      compiled(set, [{ verb: 'unset', menu: set.menu, id: set.row, field: 'x ; /system/reset-configuration' }]),
      compiled(set, [{ verb: 'set', menu: set.menu, id: set.row, values: { '!x ; /system/reset-configuration': '' } }]),
      compiled({ ...set, after: { comment: 'half \ud83e reset' } }),
    ];
    for (const { source, covered, uncovered } of hostile) {
      expect([covered, uncovered.length]).toEqual([0, 1]);
      expect(source).not.toContain('reset');
    }
  });

  test('is the same for the same plan, and plain ASCII', () => {
    const target = targetFor(
      { 'firewall-filter': [rule('one'), rule('two')] },
      { verb: 'set', ...on('firewall-filter'), where: { comment: 'one' }, values: { comment: 'größer' } },
    );
    const { source } = compileRevert(target, { token: TOKEN });
    expect(compileRevert(target, { token: TOKEN }).source).toBe(source);
    expect(source).toMatch(/^[\x20-\x7e\n]*$/);
    expect(source).toContain('gr\\C3\\B6\\C3\\9Fer');
  });

  test('holds no secret, and says what it does not cover', () => {
    const change: Change = {
      ...changeOf({ 'system-identity': [{ name: 'r1' }] }, { verb: 'set', ...on('system-identity'), values: { name: 'r2' } }),
      secret: ['password'],
      sealed: { password: { ref: 'vault-1', mac: 'm' } },
      after: { name: 'r2', password: 'hunter2' },
      before: { name: 'r1', password: 'hunter1' },
    };
    const undo = [[{ verb: 'set' as const, menu: change.menu, values: { name: 'r1', password: 'hunter1' } }]];
    const made = compileRevert({ changes: [change], undo, base: { sections: [], fingerprint: '' } }, { token: TOKEN });
    expect(made.source).not.toMatch(/hunter|password/);
    expect(made.source).toContain('/system/identity/set name="r1"');
    expect(made.uncovered).toEqual([{ change: 0, why: 'its secret fields are not undone there' }]);
    const removed: Change = { ...change, verb: 'remove', row: '*1', after: null };
    const none = compileRevert({ changes: [removed], undo: [[]], base: { sections: [], fingerprint: '' } }, { token: TOKEN });
    expect([none.covered, none.uncovered.map(({ why }) => why)]).toEqual([0, ['it would come back without its secret fields']]);
    expect(none.source).not.toMatch(/hunter/);
  });

  test('that is too long is a problem and not a script', () => {
    const rows = Array.from({ length: 200 }, (_, index) => rule(`row ${index} ${'x'.repeat(60)}`));
    const intents = rows.map((row): Intent => ({ verb: 'remove', ...on('firewall-filter'), where: { comment: row['comment'] ?? '' } }));
    const made = compileRevert(targetFor({ 'firewall-filter': rows }, ...intents), { token: TOKEN });
    expect(made.problem).toBe('the undo is too long for a script on the router');
    expect(made.source.length).toBeGreaterThan(30_000);
  });
});
