import { describe, expect, test } from 'vitest';
import type { WriteCall } from '../../../src/lib/client/types.ts';
import { compileRevert } from '../../../src/lib/plan/guard/revert.ts';
import type { Subject } from '../../../src/lib/plan/guard/subject.ts';
import type { Change } from '../../../src/lib/plan/types.ts';
import { change, NAME, RULES, rule, subject, type Table, TOKEN, table, undone } from './table.ts';

const FINE = [`${NAME}: rollback`];

/** A plan over the rules of the table: `from` is filled in from where they stand. */
function plan(bench: Table, ...wishes: readonly (readonly [Change['verb'], string])[]): Subject {
  const order = bench.order();
  const changes = wishes.map(([verb, comment]) => {
    const next = order[order.indexOf(comment) + 1];
    const place = { from: next === undefined ? null : bench.id(next) };
    return change(verb, bench.id(comment), { place, ...(verb === 'remove' && { before: rule(comment) }) });
  });
  return subject(bench, changes);
}

const move = (bench: Table, comment: string, before?: string): string =>
  bench.tell(`${RULES}/move ${bench.id(comment)}${before === undefined ? '' : ` destination=${bench.id(before)}`}`);
const remove = (bench: Table, comment: string): string => bench.tell(`${RULES}/remove ${bench.id(comment)}`);

describe('a row that was moved', () => {
  test.each([
    ['down', 'a', undefined],
    ['up', 'd', 'a'],
    ['up from the middle', 'c', 'a'],
    ['down from the middle', 'b', 'd'],
    ['nowhere', 'b', 'c'],
  ])('%s goes back', (_, comment, before) => {
    const bench = table('a', 'b', 'c', 'd');
    const made = plan(bench, ['move', comment]);
    move(bench, comment, before);
    expect(undone(bench, made)).toEqual(FINE);
    expect(bench.order()).toEqual(['a', 'b', 'c', 'd']);
  });

  test('goes behind its former predecessor where its successor is gone, which is said', () => {
    const bench = table('a', 'b', 'c', 'd');
    const made = plan(bench, ['move', 'b']);
    move(bench, 'b');
    remove(bench, 'c');
    expect(undone(bench, made)).toEqual([...FINE, 'mk-cc: a neighbour is gone']);
    expect(bench.order()).toEqual(['a', 'b', 'd']);
  });

  test('goes to the end where its successor is gone and its predecessor is the last', () => {
    const bench = table('a', 'b', 'c');
    const made = plan(bench, ['move', 'b']);
    move(bench, 'b', 'a');
    remove(bench, 'c');
    expect(undone(bench, made)).toEqual([...FINE, 'mk-cc: a neighbour is gone']);
    expect(bench.order()).toEqual(['a', 'b']);
  });

  test('stays where it stands right behind its predecessor already', () => {
    const bench = table('a', 'b', 'c');
    const made = plan(bench, ['move', 'b']);
    remove(bench, 'c');
    expect(undone(bench, made)).toEqual([...FINE, 'mk-cc: a neighbour is gone']);
    expect(bench.order()).toEqual(['a', 'b']);
  });

  test('stays where it is when both of its neighbours are gone', () => {
    const bench = table('a', 'b', 'c', 'd', 'e');
    const made = plan(bench, ['move', 'b']);
    move(bench, 'b', 'e');
    for (const comment of ['a', 'c']) remove(bench, comment);
    expect(undone(bench, made)).toEqual([...FINE, 'mk-cc: a neighbour is gone']);
    expect(bench.order()).toEqual(['d', 'b', 'e']);
  });

  test('that was the first stays where it is when its successor is gone', () => {
    const bench = table('a', 'b', 'c', 'd');
    const made = plan(bench, ['move', 'a']);
    move(bench, 'a', 'd');
    remove(bench, 'b');
    expect(undone(bench, made)).toEqual([...FINE, 'mk-cc: a neighbour is gone']);
    expect(bench.order()).toEqual(['c', 'a', 'd']);
  });

  test('that is gone itself is nobody’s business', () => {
    const bench = table('a', 'b', 'c');
    const made = plan(bench, ['move', 'a']);
    remove(bench, 'a');
    expect(undone(bench, made)).toEqual(FINE);
    expect(bench.order()).toEqual(['b', 'c']);
  });

  test.each([[['a', 'b', 'c', 'd', 'e']], [['e', 'd', 'c', 'b', 'a']], [['c', 'a', 'e', 'b', 'd']]])(
    'and others with it, each after the one it stood before, in whatever order the plan has them: %j',
    (wishes) => {
      const bench = table('a', 'b', 'c', 'd', 'e');
      const made = plan(bench, ...wishes.map((one) => ['move', one] as const));
      for (const one of ['c', 'a', 'e', 'b', 'd']) move(bench, one, bench.order()[0]);
      expect(bench.order()).toEqual(['d', 'b', 'e', 'a', 'c']);
      expect(undone(bench, made)).toEqual(FINE);
      expect(bench.order()).toEqual(['a', 'b', 'c', 'd', 'e']);
    },
  );
});

describe('a row that was removed', () => {
  test.each(['a', 'b', 'd'])('comes back where it stood: %s', (comment) => {
    const bench = table('a', 'b', 'c', 'd');
    const made = plan(bench, ['remove', comment]);
    remove(bench, comment);
    expect(undone(bench, made)).toEqual(FINE);
    expect(bench.order()).toEqual(['a', 'b', 'c', 'd']);
    expect(undone(bench, made)).toEqual(FINE);
    expect(bench.order()).toEqual(['a', 'b', 'c', 'd']);
  });

  test('several neighbours come back in their order', () => {
    const bench = table('a', 'b', 'c', 'd', 'e', 'f');
    const made = plan(bench, ['remove', 'b'], ['remove', 'd'], ['remove', 'c'], ['remove', 'f'], ['move', 'a']);
    for (const comment of ['b', 'd', 'c', 'f']) remove(bench, comment);
    move(bench, 'a');
    expect(undone(bench, made)).toEqual(FINE);
    expect(bench.order()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  });

  test.each([
    [1, ['a', 'c', 'd', 'e', 'f']],
    [2, ['a', 'd', 'e', 'f']],
    [3, ['a', 'e', 'f']],
    [4, ['f', 'a']],
  ])('comes back before the nearest of four rows that is still there, or at the end: %i gone', (gone, left) => {
    const bench = table('a', 'b', 'c', 'd', 'e', 'f');
    const made = plan(bench, ['remove', 'a']);
    for (const comment of ['a', 'b', 'c', 'd', 'e'].slice(0, gone + 1)) remove(bench, comment);
    undone(bench, made);
    expect(bench.order()).toEqual(left);
  });

  test('that somebody has put back is not put back again, but to its place', () => {
    const bench = table('a', 'b', 'c');
    const made = plan(bench, ['remove', 'a']);
    remove(bench, 'a');
    bench.ask('PUT', RULES, rule('a'));
    expect(undone(bench, made)).toEqual(FINE);
    expect(bench.order()).toEqual(['a', 'b', 'c']);
  });

  test('comes back although another one looks the same', () => {
    const bench = table('a', 'b', 'twin');
    const made = plan(bench, ['remove', 'a']);
    const twin = bench.id('twin');
    bench.tell(`${RULES}/set ${twin} comment=a`);
    bench.tell(`${RULES}/remove ${bench.rows(RULES)[0]?.['.id']}`);
    undone(bench, made, { twins: new Map([[0, [twin]]]) });
    expect(bench.order()).toEqual(['a', 'b', 'a']);
  });

  test('and never was, stands where somebody else has moved it', () => {
    const bench = table('a', 'b', 'c');
    const made = plan(bench, ['remove', 'a']);
    move(bench, 'a');
    expect(undone(bench, made)).toEqual(FINE);
    expect(bench.order()).toEqual(['b', 'c', 'a']);
  });

  test('but was moved before, goes back to its place', () => {
    const bench = table('a', 'b', 'c');
    const made = plan(bench, ['move', 'a'], ['remove', 'a']);
    move(bench, 'a');
    expect(undone(bench, made)).toEqual(FINE);
    expect(bench.order()).toEqual(['a', 'b', 'c']);
  });

  test('and never was, but was changed by somebody else, is not doubled', () => {
    const bench = table('a', 'b');
    const made = plan(bench, ['remove', 'a']);
    bench.tell(`${RULES}/set ${bench.id('a')} comment=theirs`);
    expect(undone(bench, made)).toEqual(FINE);
    expect(bench.order()).toEqual(['theirs', 'b']);
  });

  test('comes back at the end where its place meant nothing', () => {
    const bench = table('a', 'b');
    const made = subject(bench, [change('remove', bench.id('a'), { before: rule('a') })]);
    expect(compileRevert(made, { token: TOKEN }).source).not.toContain(':local p');
    remove(bench, 'a');
    undone(bench, made);
    expect(bench.order()).toEqual(['b', 'a']);
  });

  test('or moved has no neighbour where it had none: no line speaks of one', () => {
    const bench = table('a');
    const { source } = compileRevert(plan(bench, ['move', 'a'], ['remove', 'a']), { token: TOKEN });
    expect(source).not.toContain('null');
    expect(source).not.toContain('destination');
  });

  test('in a menu without an order comes back, and with it what was changed in it before', () => {
    const bench = table();
    const menu = '/ip/firewall/address-list';
    const values = { list: 'ours', address: '192.0.2.7' };
    const id = '*FF0';
    const set: WriteCall = { verb: 'set', menu, id, values: { address: '192.0.2.7' } };
    const changes = [
      change('set', id, { menu, before: { address: '192.0.2.7' }, after: { address: '192.0.2.8' } }),
      change('remove', id, { menu, before: { ...values, address: '192.0.2.8' } }),
    ];
    expect(undone(bench, subject(bench, changes, [[set]]))).toEqual(FINE);
    expect(bench.rows(menu).filter((row) => row['list'] === 'ours')).toMatchObject([values]);
  });
});
