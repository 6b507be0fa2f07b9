import { describe, expect, test } from 'vitest';
import { RouterError } from '../../../src/lib/core/errors.ts';
import type { Intent } from '../../../src/lib/plan/intent.ts';
import { comment, one, remove } from '../../laws/run.ts';
import { rules, services, tunnels } from '../../laws/subjects.ts';
import { admin, apply, type Bench, bench, type Happening, heard, lost, refused, type Setup } from './bench.ts';

/** Going back from here: backwards, only what is ours, and never on another box. */

const menu = rules.menu;
const start = { [menu]: [one('x'), one('y'), one('z')] };
const undone = (intents: readonly Intent[], on: Setup['on'] = {}, more: Partial<Setup> = {}): Bench =>
  bench({ of: [rules.id], start, intents, health: ['fail'], ...more, on });
const add = (text: string, before?: string): Intent => ({
  verb: 'add',
  capability: rules.id,
  values: one(text),
  ...(before !== undefined && { before: { id: before } }),
});
const comments = (it: Bench): unknown => it.router.read({ verb: 'read', menu }).map((row) => row['comment']);

test('what was done last goes back first', async () => {
  const it = undone([comment(rules.id, '*1', 'a'), remove(rules.id, '*2'), add('n')]);
  expect(await apply(it)).toMatchObject({ state: 'rolled-back', left: [], drift: [] });
  expect(it.writes.slice(3)).toMatchObject([
    { verb: 'remove', id: '*4' },
    { verb: 'add', placeBefore: '*3' },
    { verb: 'set', id: '*1' },
  ]);
  expect(heard(it, 'rolling back', 'same box')).toEqual(['same box', 'rolling back']);
  expect(comments(it)).toEqual(['x', 'y', 'z']);
});

test('each undo is read before it is sent, over a new connection, and read once more at the end', async () => {
  const it = undone([comment(rules.id, '*1', 'a')]);
  await apply(it);
  const look = ['connect', 'look /test/rules', 'hang up'];
  expect(it.events.slice(it.events.indexOf('compare'))).toEqual([
    ...['compare', 'hang up', ...look, 'connect', 'same box', 'hang up', 'rolling back'],
    ...['journal undo 0 intent', 'lease', 'journal undo 0 sent', 'write 1', 'done 1', 'journal undo 0 ack'],
    ...look,
    ...look,
  ]);
});

describe('another box answers', () => {
  const elsewhere: Partial<Setup> = { ports: { sameBox: async () => false } };

  test('it gets no undo, and a person hears of both', async () => {
    const it = undone([comment(rules.id, '*1', 'a'), remove(rules.id, '*2')], {}, elsewhere);
    expect(await apply(it)).toMatchObject({
      state: 'stuck',
      code: 'STALE',
      summary: expect.stringMatching(/^Another box answers at this address now: nothing was undone on it\./),
      hint: 'Find the router that the plan was made for, and look at it and at this one.',
      left: [{ row: '*1' }, { row: '*2' }],
      drift: [],
    });
    expect(it.writes).toHaveLength(2);
    expect(heard(it, 'rolling back')).toEqual([]);
  });

  test('its guard is not told to run either', async () => {
    const it = undone([comment(rules.id, '*1', 'a')], {}, { ...elsewhere, guarded: true });
    expect(await apply(it)).toMatchObject({ state: 'stuck', code: 'STALE' });
    expect(heard(it, 'guard fire')).toEqual([]);
  });

  test('who cannot be asked who it is keeps the reason for going back', async () => {
    const sameBox = async (): Promise<boolean> => {
      throw new RouterError('no', { code: 'NOT_PERMITTED' });
    };
    const it = undone([comment(rules.id, '*1', 'a')], {}, { ports: { sameBox } });
    expect(await apply(it)).toMatchObject({ state: 'stuck', code: 'ROUTER_REFUSED', summary: expect.stringContaining('"health"') });
    expect(it.writes).toHaveLength(1);
  });
});

describe('an undo that does not show', () => {
  const undoes =
    (...changes: readonly number[]) =>
    (happening: Happening): Setup['on'] =>
      Object.fromEntries(changes.map((at) => [`write ${at}`, happening]));

  test('is sent three times at most, each time after a look', async () => {
    const it = undone([comment(rules.id, '*1', 'a')], undoes(1, 2, 3, 4)(lost));
    expect(await apply(it)).toMatchObject({ state: 'stuck', left: [{ row: '*1' }], drift: [{ row: '*1', now: { comment: 'a' } }] });
    expect(heard(it, 'write')).toEqual(['write 0', 'write 1', 'write 2', 'write 3']);
    expect(heard(it, 'same box', 'rolling back')).toEqual(['same box', 'rolling back']);
    expect(it.journal.filter(({ phase, stage }) => phase === 'undo' && stage === 'sent').map(({ step }) => step)).toEqual([0, 1, 2]);
  });

  test('the third of them may be the one', async () => {
    const it = undone([comment(rules.id, '*1', 'a')], undoes(1, 2)(lost));
    expect(await apply(it)).toMatchObject({ state: 'rolled-back', left: [] });
    const late = undone([comment(rules.id, '*1', 'a')], { ...undoes(1, 2)(lost), 'done 3': lost });
    expect(await apply(late)).toMatchObject({ state: 'rolled-back', left: [] });
  });

  test('that is refused is not sent again, and the others go back all the same', async () => {
    const it = undone([comment(rules.id, '*1', 'a'), comment(rules.id, '*2', 'b')], { 'write 2': refused });
    expect(await apply(it)).toMatchObject({ state: 'stuck', left: [{ row: '*2' }], drift: [{ row: '*2', now: { comment: 'b' } }] });
    expect(heard(it, 'write')).toEqual(['write 0', 'write 1', 'write 2', 'write 3']);
    expect(comments(it)).toEqual(['x', 'b', 'z']);
  });

  test('that is refused although it took place is believed by its look', async () => {
    const back = admin(menu, ([first, ...rest]) => [{ ...first, comment: 'x' }, ...rest]);
    const it = undone([comment(rules.id, '*1', 'a')], {
      'write 1': (bench) => {
        back(bench);
        refused(bench);
      },
    });
    expect(await apply(it)).toMatchObject({ state: 'rolled-back', left: [] });
  });

  test('of two requests the second goes out although the first was refused', async () => {
    const set: Intent = { verb: 'set', capability: services.id, where: { id: '*1' }, values: { port: 23 } };
    const it = bench({
      of: [services.id],
      start: { [services.menu]: [{ name: 'ssh', port: '22' }] },
      intents: [set],
      health: ['fail'],
      on: { 'write 1': refused },
      target: (target) => ({ ...target, undo: target.undo.map((calls) => [...calls, ...calls]) }),
    });
    // It stands as before, and is yet reported as left only when a look says so.
    expect(await apply(it)).toMatchObject({ state: 'rolled-back' });
    expect(heard(it, 'write')).toEqual(['write 0', 'write 1', 'write 2']);
  });
});

describe('what is there already', () => {
  test('nothing went out: it is failed, without a look', async () => {
    const it = undone([comment(rules.id, '*1', 'a')], { 'write 0': refused });
    expect(await apply(it)).toMatchObject({ state: 'failed', code: 'ROUTER_REFUSED' });
    expect(heard(it, 'look', 'rolling back', 'same box')).toEqual([]);
  });

  test('somebody has put it back before us: nothing of ours was undone', async () => {
    const it = undone([comment(rules.id, '*1', 'a')], {
      compare: admin(menu, ([first, ...rest]) => [{ ...first, comment: 'x' }, ...rest]),
    });
    expect(await apply(it)).toMatchObject({ state: 'failed', summary: expect.stringContaining('Nothing was changed on the router.') });
    expect(heard(it, 'write', 'rolling back')).toEqual(['write 0']);
  });

  test('a removed row that is there again under another id is not put back a second time', async () => {
    const it = undone([remove(rules.id, '*2')], {
      compare: admin(menu, ([first, ...rest]) => [...(first ? [first] : []), { ...one('y'), '.id': '*F0', disabled: 'false' }, ...rest]),
    });
    expect(await apply(it)).toMatchObject({ state: 'failed', left: [], drift: [] });
    expect(it.writes).toHaveLength(1);
  });

  test('a removed row whose namesake says more is somebody else’s: ours comes back beside it', async () => {
    const theirs = { chain: 'two', comment: 'theirs', '.id': '*F0', disabled: 'false' };
    const bare = { [menu]: [one('x'), { chain: 'two' }, one('z')] };
    const it = undone([remove(rules.id, '*2')], { compare: admin(menu, (rows) => [...rows, theirs]) }, { start: bare });
    expect(await apply(it)).toMatchObject({ state: 'rolled-back' });
    expect(it.writes.at(-1)).toMatchObject({ verb: 'add', placeBefore: '*3' });
  });

  test('our row that somebody has taken away is not missed', async () => {
    const it = undone([add('n')], { compare: admin(menu, (rows) => rows.slice(0, 3)) });
    expect(await apply(it)).toMatchObject({ state: 'failed', left: [] });
    expect(it.writes).toHaveLength(1);
  });

  test('what was done to a row of the plan went with that row', async () => {
    const intents = [add('n'), comment(rules.id, '#0', 'm'), add('o')];
    const it = undone(intents, { compare: admin(menu, (rows) => rows.filter((row) => row['comment'] !== 'm')) });
    expect(await apply(it)).toMatchObject({ state: 'rolled-back', left: [], drift: [] });
    expect(it.writes.slice(3)).toMatchObject([{ verb: 'remove', id: '*5' }]);
  });

  test('a row of the router’s own that somebody took away is not as it was, and is told', async () => {
    const it = undone([comment(rules.id, '*1', 'a')], { compare: admin(menu, (rows) => rows.slice(1)) });
    expect(await apply(it)).toMatchObject({
      state: 'stuck',
      left: [{ row: '*1' }],
      drift: [{ capability: rules.id, row: '*1', planned: { comment: 'x' }, now: null }],
    });
    expect(it.writes).toHaveLength(1);
  });

  test('what was done to a row of the plan that is there goes back before that row', async () => {
    const it = undone([add('n'), comment(rules.id, '#0', 'm'), add('o')]);
    expect(await apply(it)).toMatchObject({ state: 'rolled-back' });
    expect(it.writes.slice(3)).toMatchObject([
      { verb: 'remove', id: '*5' },
      { verb: 'set', id: '*4', values: { comment: 'n' } },
      { verb: 'remove', id: '*4' },
    ]);
  });

  test('a stranger’s row that says what ours said before is no row of ours that is back', async () => {
    const theirs = { chain: 'two', comment: 'x', '.id': '*F0', disabled: 'false' };
    const it = undone([comment(rules.id, '*1', 'a'), add('n')], { compare: admin(menu, (rows) => [...rows, theirs]) });
    expect(await apply(it)).toMatchObject({ state: 'rolled-back', left: [] });
    expect(comments(it)).toEqual(['x', 'y', 'z', 'x']);
  });

  test('a moved row is where it was although the row it stood before has gone', async () => {
    const move: Intent = { verb: 'move', capability: rules.id, where: { id: '*2' }, before: { id: '*1' } };
    const four = { [menu]: [one('w'), one('x'), one('y'), one('z')] };
    const back = admin(menu, (rows) => ['*1', '*2', '*4'].flatMap((id) => rows.filter((row) => row['.id'] === id)));
    const it = undone([move], { compare: back }, { start: four });
    expect(await apply(it)).toMatchObject({ state: 'failed', left: [] });
    expect(it.writes).toHaveLength(1);
  });

  test('nor is a moved row missed where the row of the plan that it stood before has gone again', async () => {
    const intents: readonly Intent[] = [add('n', '*2'), { verb: 'move', capability: rules.id, where: { id: '*1' }, before: { id: '*2' } }];
    const back = admin(menu, (rows) => ['*1', '*2', '*3'].flatMap((id) => rows.filter((row) => row['.id'] === id)));
    const it = undone(intents, { compare: back });
    expect(await apply(it)).toMatchObject({ state: 'failed', left: [], drift: [] });
    expect(it.writes).toHaveLength(2);
  });

  test('a moved row whose new neighbour has gone stands where it stood, or is left', async () => {
    const intents: readonly Intent[] = [{ verb: 'move', capability: rules.id, where: { id: '*3' }, before: { id: '*2' } }];
    const home = admin(menu, (rows) => [...rows.filter((row) => row['.id'] === '*1'), ...rows.filter((row) => row['.id'] === '*3')]);
    expect(await apply(undone(intents, { compare: home }))).toMatchObject({ state: 'failed', left: [], drift: [] });
    const away = admin(menu, (rows) => rows.filter((row) => row['.id'] !== '*3'));
    expect(await apply(undone(intents, { compare: away }))).toMatchObject({ state: 'stuck', left: [{ verb: 'move' }] });
  });
});

test('a router that goes silent for good while things go back: all that was sent is named', async () => {
  const it = undone([comment(rules.id, '*1', 'a'), comment(rules.id, '*2', 'b')], {
    compare: ({ ports }) =>
      Object.assign(ports, {
        fresh: async () => {
          throw new RouterError('no', { code: 'NOT_PERMITTED' });
        },
      }),
  });
  expect(await apply(it)).toMatchObject({ state: 'stuck', code: 'ROUTER_REFUSED', left: [{ row: '*1' }, { row: '*2' }], drift: [] });
});

test('at the end all menus of the plan are looked at, and none that only the way to the router hangs on', async () => {
  const critical = { capability: services.id, menu: services.menu, rows: [], keys: [], critical: true } as const;
  const it = bench({
    of: [rules.id, tunnels.id, services.id],
    start: { ...start, [tunnels.menu]: [{ name: 'a' }], [services.menu]: [] },
    intents: [comment(rules.id, '*1', 'a'), comment(tunnels.id, '*1', 'b')],
    health: ['fail'],
    target: (target) => ({ ...target, base: { ...target.base, sections: [...target.base.sections, critical] } }),
  });
  expect(await apply(it)).toMatchObject({ state: 'rolled-back' });
  expect(heard(it, 'look').slice(-2)).toEqual(['look /test/rules', 'look /test/tunnels']);
  expect(heard(it, 'look /test/services')).toEqual([]);
});
