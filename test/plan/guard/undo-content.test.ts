import { describe, expect, test } from 'vitest';
import type { Row, WriteCall } from '../../../src/lib/client/types.ts';
import { compileRevert } from '../../../src/lib/plan/guard/revert.ts';
import { change, NAME, RULES, subject, type Table, TOKEN, table, undone } from './table.ts';

const FINE = [`${NAME}: rollback`];
const row = (bench: Table, comment: string): Row | undefined => bench.rows(RULES).find((one) => one['comment'] === comment);
const set = (id: string, values: Row): WriteCall => ({ verb: 'set', menu: RULES, id, values });
const unset = (id: string, field: string): WriteCall => ({ verb: 'unset', menu: RULES, id, field });

describe('a field that was set', () => {
  const story = () => {
    const bench = table('a', 'b');
    const id = bench.id('b');
    const plan = subject(
      bench,
      [change('set', id, { before: { comment: 'b' }, after: { comment: 'ours' } })],
      [[set(id, { comment: 'b' })]],
    );
    return { bench, id, plan };
  };

  test('gets its old value while ours is there, and no other row does', () => {
    const { bench, id, plan } = story();
    bench.tell(`${RULES}/set ${id} comment=ours`);
    bench.tell(`${RULES}/set ${bench.id('a')} comment=ours`);
    expect(undone(bench, plan)).toEqual(FINE);
    expect(bench.order()).toEqual(['ours', 'b']);
  });

  test('stays as somebody else has set it', () => {
    const { bench, id, plan } = story();
    bench.tell(`${RULES}/set ${id} comment=theirs`);
    expect(undone(bench, plan)).toEqual(FINE);
    expect(bench.order()).toEqual(['a', 'theirs']);
  });

  test('of a row that somebody took away is no harm to the steps after it, and is said', () => {
    const { bench, id, plan } = story();
    const other = bench.id('a');
    const both = subject(
      bench,
      [change('set', other, { before: { comment: 'a' }, after: { comment: 'x' } }), ...plan.changes],
      [[set(other, { comment: 'a' })], ...plan.undo],
    );
    bench.tell(`${RULES}/set ${other} comment=x`);
    bench.tell(`${RULES}/remove ${id}`);
    expect(undone(bench, both)).toEqual([...FINE, `${NAME}: step 2`]);
    expect(bench.order()).toEqual(['a']);
  });

  test('of a singleton gets its old value', () => {
    const bench = table();
    const menu = '/system/identity';
    bench.tell(`${menu}/set name=before`);
    const plan = {
      ...subject(bench, [change('set', '', { menu, before: { name: 'before' }, after: { name: 'ours' } })]),
      undo: [[{ verb: 'set' as const, menu, values: { name: 'before' } }]],
    };
    bench.tell(`${menu}/set name=ours`);
    expect(undone(bench, plan)).toEqual(FINE);
    expect(bench.rows(menu)).toMatchObject({ name: 'before' });
    bench.tell(`${menu}/set name=theirs`);
    undone(bench, plan);
    expect(bench.rows(menu)).toMatchObject({ name: 'theirs' });
  });
});

describe('several fields of a row', () => {
  const story = () => {
    const bench = table('a');
    const id = bench.id('a');
    const one = change('set', id, { before: { comment: 'a' }, after: { comment: 'ours', protocol: 'tcp', 'dst-port': '80' } });
    const plan = subject(bench, [one], [[set(id, { comment: 'a' }), unset(id, 'dst-port'), unset(id, 'protocol')]]);
    bench.tell(`${RULES}/set ${id} comment=ours protocol=tcp dst-port=80`);
    return { bench, id, plan };
  };

  test('go back together, those that were not there before too', () => {
    const { bench, plan } = story();
    expect(undone(bench, plan)).toEqual(FINE);
    expect(row(bench, 'a')).not.toHaveProperty('protocol');
    expect(row(bench, 'a')).not.toHaveProperty('dst-port');
  });

  test.each([
    ['comment', 'theirs', { comment: 'theirs' }, ['protocol', 'dst-port']],
    ['dst-port', '443', { comment: 'a', 'dst-port': '443' }, []],
  ])('but for %s, which is somebody else’s by now', (field, value, left, gone) => {
    const { bench, id, plan } = story();
    bench.tell(`${RULES}/set ${id} ${field}=${value}`);
    expect(undone(bench, plan)).toEqual(FINE);
    expect(bench.rows(RULES)).toMatchObject([left]);
    for (const name of gone) expect(bench.rows(RULES)[0]).not.toHaveProperty(name);
  });

  test('that are all somebody else’s stay', () => {
    const { bench, id, plan } = story();
    bench.tell(`${RULES}/set ${id} comment=theirs protocol=udp dst-port=53`);
    undone(bench, plan);
    expect(bench.rows(RULES)).toMatchObject([{ comment: 'theirs', protocol: 'udp', 'dst-port': '53' }]);
  });

  test('of which one is taken away by a mark, and a whole set with it', () => {
    const bench = table('a');
    const id = bench.id('a');
    const one = change('set', id, { before: { comment: 'a' }, after: { comment: 'ours', 'src-address': '192.0.2.1' } });
    const plan = subject(bench, [one], [[set(id, { comment: 'a', '!src-address': '' })]]);
    bench.tell(`${RULES}/set ${id} comment=theirs src-address=192.0.2.1`);
    expect(undone(bench, plan)).toEqual(FINE);
    expect(row(bench, 'theirs')).not.toHaveProperty('src-address');
    bench.tell(`${RULES}/set ${id} comment=ours src-address=192.0.2.9`);
    undone(bench, plan);
    expect(row(bench, 'a')).toMatchObject({ 'src-address': '192.0.2.9' });
    bench.tell(`${RULES}/set ${id} comment=ours src-address=192.0.2.1`);
    undone(bench, plan);
    expect(row(bench, 'a')).not.toHaveProperty('src-address');
  });

  test('of which one goes back in two calls', () => {
    const bench = table('a');
    const id = bench.id('a');
    const one = change('set', id, {
      before: { comment: 'a', 'dst-port': '80', protocol: 'tcp' },
      after: { comment: 'ours', 'dst-port': '81' },
    });
    const plan = subject(bench, [one], [[unset(id, 'dst-port'), set(id, { protocol: 'tcp', 'dst-port': '80', comment: 'a' })]]);
    bench.tell(`${RULES}/set ${id} comment=theirs protocol=tcp dst-port=81`);
    expect(undone(bench, plan)).toEqual(FINE);
    expect(bench.rows(RULES)).toMatchObject([{ comment: 'theirs', 'dst-port': '80' }]);
  });

  test('have a way of their own; one field needs none', () => {
    const bench = table('a');
    const ours = (after: Row) =>
      compileRevert(subject(bench, [change('set', '*1', { after })], [[set('*1', { comment: 'a' })]]), { token: TOKEN });
    expect(ours({ comment: 'b' }).source).not.toContain('} else={ :do');
    expect(ours({ comment: 'b', log: 'yes' }).source).toContain('} else={ :do');
  });

  test('changed twice go back step by step, the last change first', () => {
    const bench = table('a');
    const id = bench.id('a');
    const plan = subject(
      bench,
      [
        change('set', id, { before: { comment: 'a' }, after: { comment: 'b' } }),
        change('set', id, { before: { comment: 'b' }, after: { comment: 'c' } }),
      ],
      [[set(id, { comment: 'a' })], [set(id, { comment: 'b' })]],
    );
    bench.tell(`${RULES}/set ${id} comment=c`);
    undone(bench, plan);
    expect(bench.order()).toEqual(['a']);
  });
});
