import { describe, expect, test } from 'vitest';
import type { Row } from '../../../src/lib/client/types.ts';
import { recognises } from '../../../src/lib/plan/guard/recognise.ts';
import { compileRevert } from '../../../src/lib/plan/guard/revert.ts';
import { rehearse } from '../../../src/lib/plan/guard/script-check.ts';
import type { Change } from '../../../src/lib/plan/types.ts';
import { change, RULES, refusal, rule, subject, type Table, TOKEN, table } from './table.ts';

describe('a rehearsal on the router', () => {
  const set = (bench: Table, comment: string, before: Row | null, after: Row | null): Change =>
    change('set', bench.id(comment), { before, after });
  const WHY = {
    message: 'On this router the undo script could not tell our value from another: it was not put there.',
    hint: 'Report it with the version of the router; a change of low risk can be made without a guard.',
  };

  test('says which rows look like those that come and go, but for the row itself', async () => {
    const bench = table('a', 'b', 'a', 'c');
    const [first = '', , third = ''] = bench.rows(RULES).map((row) => row['.id'] ?? '');
    const plan = subject(bench, [
      change('remove', first, { before: rule('a') }),
      change('add', '#0', { after: rule('a') }),
      change('add', '#1', { after: rule('none') }),
    ]);
    const found = await rehearse(bench.link, plan);
    expect([...found]).toEqual([
      [0, [third]],
      [1, [first, third]],
      [2, []],
    ]);
  });

  test('reads answers with other line ends, and only whole lines of the words it asked for', async () => {
    const bench = table(...Array.from({ length: 11 }, () => 'a'));
    const ids = bench.rows(RULES).map((row) => row['.id'] ?? '');
    const plan = subject(
      bench,
      ids.map((id) => change('remove', id, { before: rule('a') })),
    );
    const saying = (more: string): Table['link'] => ({
      ...bench.link,
      run: async (call, how) =>
        (await bench.link.run(call, how)).map((row) => ({
          ret: (row['ret'] ?? '').replaceAll('\r\n', '\n').replace('mk-end', `${more}\nmk-end`),
        })),
    });
    const lines = ['x mk-alike 0 ,*AA,', 'mk-alike 1 ,*AA, or so', 'mk-alike 99 ,*AA,', 'mk-alike x ,*AA,', 'mk-alike 2 ,*AA,x'];
    const found = await rehearse(saying(lines.join('\n')), plan);
    const others = (own: string) => ids.filter((id) => id !== own);
    expect([...found]).toEqual([...ids.map((id, at) => [at, others(id)]), [99, ['*AA']]]);
    expect([...(await rehearse(saying('mk-alike 10 ,*BB, \t'), plan))].at(-1)).toEqual([10, ['*BB']]);
  });

  test('of a row that goes asks for its like, and not how each field is spelled', async () => {
    const bench = table('a');
    const plan = subject(bench, [change('remove', bench.id('a'), { before: { comment: 'A' } })]);
    expect([...(await rehearse(bench.link, plan))]).toEqual([[0, []]]);
  });

  test('knows a row of the plan by every content that it will have had', async () => {
    const bench = table('a', 'b', 'c');
    const later = change('set', '#0', { before: { comment: 'a' }, after: { comment: 'b' } });
    const found = await rehearse(bench.link, subject(bench, [change('add', '#0', { after: rule('a') }), later]));
    expect([...found]).toEqual([[0, [bench.id('a'), bench.id('b')]]]);
  });

  test('asks nothing of rows that are not there yet, nor of a plan without changes', async () => {
    const bench = table();
    const plan = subject(bench, [
      change('set', '#0', { before: { comment: 'x' }, after: { comment: 'y' } }),
      change('remove', '#0', { before: rule('y') }),
      change('move', '#0', { place: { from: null } }),
    ]);
    expect([(await rehearse(bench.link, plan)).size, bench.calls]).toEqual([0, []]);
    await rehearse(bench.link, subject(bench, []));
    expect(bench.calls).toEqual([]);
  });

  test.each<[string, Row | null, Row | null]>([
    ['a value as it is', { comment: 'a' }, { comment: 'x' }],
    ['a value that is left out', { 'dst-port': '80' }, null],
    ['a field that is not there yet', null, { 'dst-port': '80' }],
    ['one of both', { comment: 'a' }, { 'dst-port': '80' }],
  ])('is content with %s', async (_, before, after) => {
    const bench = table('a');
    await rehearse(bench.link, subject(bench, [set(bench, 'a', before, after)]));
    expect(bench.calls).toHaveLength(1);
  });

  test.each<[string, Row | null, Row | null, string]>([
    ['a value that is another one', { comment: 'b' }, { comment: 'x' }, 'comment'],
    ['a value where there should be none', null, { chain: 'input' }, 'chain'],
    ['a second field that is another one', { comment: 'a', chain: 'input' }, { comment: 'x' }, 'chain'],
    ['a field that no rule has', { comment: 'a', 'no-such': 'x' }, null, 'no-such'],
  ])('finds %s, and names change and field', async (_, before, after, field) => {
    const bench = table('z', 'a');
    const plan = subject(bench, [set(bench, 'z', { comment: 'z' }, { comment: 'y' }), set(bench, 'a', before, after)]);
    const thrown = await refusal(rehearse(bench.link, plan));
    expect(thrown).toMatchObject({ ...WHY, details: { change: 1, field } });
  });

  test('asks of a field only once: its second change finds it otherwise', async () => {
    const bench = table('a', 'b');
    const plan = [set(bench, 'a', { comment: 'a' }, { comment: 'x' }), set(bench, 'a', { comment: 'x' }, { comment: 'y' })];
    await rehearse(bench.link, subject(bench, plan));
    const other = set(bench, 'b', { comment: 'x' }, { comment: 'y' });
    expect((await refusal(rehearse(bench.link, subject(bench, [...plan, other])))).details).toEqual({ change: 2, field: 'comment' });
  });

  test('of a singleton names no row', async () => {
    const bench = table();
    const menu = '/system/identity';
    bench.tell(`${menu}/set name=r1`);
    const renamed = (from: string) => subject(bench, [change('set', '', { menu, before: { name: from }, after: { name: 'r2' } })]);
    await rehearse(bench.link, renamed('r1'));
    expect((await refusal(rehearse(bench.link, renamed('r9')))).details).toEqual({ change: 0, field: 'name' });
  });

  test('sees the places as the plan does, the last one too, or refuses', async () => {
    const bench = table('a', 'b', 'c');
    const [a = '', b = '', c = ''] = bench.rows(RULES).map((row) => row['.id'] ?? '');
    const move = (row: string, from: string | null) => change('move', row, { place: { from, to: null } });
    const plan = subject(bench, [move(a, b), move(c, null)]);
    await rehearse(bench.link, plan);
    bench.tell(`${RULES}/move ${c} destination=${b}`);
    expect(await refusal(rehearse(bench.link, plan))).toMatchObject(WHY);
    bench.tell(`${RULES}/remove ${c}`);
    expect((await refusal(rehearse(bench.link, plan))).details).toStrictEqual({ change: 1 });
  });
});

describe('our own value, seen again', () => {
  test.each<[string, Change, string | undefined, boolean]>([
    ['a set that the router spells as we do', change('set', '*', { before: { comment: 'x' }, after: { comment: 'a' } }), undefined, true],
    ['a set that it spells otherwise', change('set', '*', { before: { comment: 'x' }, after: { comment: 'A' } }), undefined, false],
    ['a field taken away that is gone', change('set', '*', { before: { 'dst-port': '8' }, after: { comment: 'a' } }), undefined, true],
    ['an add that it spells as we do', change('add', '#0', { after: rule('a') }), '*', true],
    ['an add that it spells otherwise', change('add', '#0', { after: rule('A') }), '*', false],
    ['an add whose id nobody knows', change('add', '#0', { after: rule('A') }), undefined, true],
    ['an add on a row that is gone', change('add', '#0', { after: rule('a') }), '*FFFF', false],
    ['a removal', change('remove', '*', { before: rule('z') }), undefined, true],
    ['a move', change('move', '*', { place: { from: null } }), undefined, true],
    ['what the script does not undo', change('set', '*', { before: { key: 'x' }, after: { key: 'y' }, secret: ['key'] }), undefined, true],
  ])('%s: %s', async (_, one, id, known) => {
    const bench = table('a');
    const real = (text: string) => (text === '*' ? bench.id('a') : text);
    const plan = subject(bench, [{ ...one, row: real(one.row) }]);
    expect(await recognises(bench.link, plan, 0, id === undefined ? undefined : real(id))).toBe(known);
  });

  test('is also the one that a later change of the plan has given it', async () => {
    const bench = table('b');
    const later = change('set', '#0', { before: { comment: 'a' }, after: { comment: 'b' } });
    const plan = subject(bench, [change('add', '#0', { after: rule('a') }), later]);
    expect(await recognises(bench.link, plan, 0, bench.id('b'))).toBe(true);
  });

  test('of a singleton, and of the change that is meant', async () => {
    const bench = table();
    const menu = '/system/identity';
    const named = (name: string) => change('set', '', { menu, before: { name: 'r0' }, after: { name } });
    bench.tell(`${menu}/set name=r2`);
    const plan = subject(bench, [named('r1'), named('r2')]);
    expect([await recognises(bench.link, plan, 0), await recognises(bench.link, plan, 1)]).toEqual([false, true]);
    expect(compileRevert(plan, { token: TOKEN }).covered).toBe(2);
  });
});
