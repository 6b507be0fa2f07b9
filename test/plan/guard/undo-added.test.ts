import { describe, expect, test } from 'vitest';
import { change, NAME, RULES, rule, subject, table, undone } from './table.ts';

const FINE = [`${NAME}: rollback`];

describe('a row that was added', () => {
  const add = change('add', '#0', { after: rule('new') });

  test('goes, found by its content; others stay', () => {
    const bench = table('a');
    const plan = subject(bench, [add]);
    bench.ask('PUT', RULES, rule('new'));
    expect(undone(bench, plan)).toEqual(FINE);
    expect(bench.order()).toEqual(['a']);
  });

  test('was never added: nothing goes', () => {
    const bench = table('a');
    expect(undone(bench, subject(bench, [add]))).toEqual(FINE);
    expect(bench.order()).toEqual(['a']);
  });

  test('goes by its id where that is known, whoever looks like it', () => {
    const bench = table('new');
    const plan = subject(bench, [add]);
    bench.ask('PUT', RULES, rule('new'));
    const ours = bench.rows(RULES)[1]?.['.id'] ?? '';
    const strange = bench.rows(RULES)[0]?.['.id'];
    expect(undone(bench, plan, { ids: new Map([['#0', ours]]) })).toEqual(FINE);
    expect(bench.rows(RULES).map((one) => one['.id'])).toEqual([strange]);
  });

  test('stays when somebody else has made something of it', () => {
    const bench = table();
    const plan = subject(bench, [add]);
    bench.ask('PUT', RULES, rule('theirs'));
    expect(undone(bench, plan, { ids: new Map([['#0', bench.id('theirs')]]) })).toEqual(FINE);
    expect(bench.order()).toEqual(['theirs']);
  });

  test('is told from those that looked the same before', () => {
    const bench = table('new', 'new');
    const twins = bench.rows(RULES).map((one) => one['.id'] ?? '');
    const plan = subject(bench, [add]);
    bench.ask('PUT', RULES, rule('new'));
    undone(bench, plan, { twins: new Map([[0, twins]]) });
    expect(bench.rows(RULES).map((one) => one['.id'])).toEqual(twins);
  });

  test('stays where two of its like came: nobody knows which is ours', () => {
    const bench = table();
    const plan = subject(bench, [add]);
    for (const one of ['new', 'new']) bench.ask('PUT', RULES, rule(one));
    undone(bench, plan);
    expect(bench.order()).toEqual(['new', 'new']);
  });

  test.each(['first', 'second', 'third'])('goes however far its later changes had come: %s', (comment) => {
    const bench = table();
    const later = (before: string, after: string) => change('set', '#0', { before: { comment: before }, after: { comment: after } });
    const plan = subject(bench, [{ ...add, after: rule('first') }, later('first', 'second'), later('second', 'third')]);
    bench.ask('PUT', RULES, rule(comment));
    bench.ask('PUT', RULES, rule('first of all'));
    undone(bench, plan);
    expect(bench.order()).toEqual(['first of all']);
  });

  test('goes, too, when a field of it was taken away later', () => {
    const bench = table();
    const later = change('set', '#0', { before: { log: 'yes', comment: 'new' }, after: { comment: 'newer' } });
    const plan = subject(bench, [{ ...add, after: { ...rule('new'), log: 'yes' } }, later]);
    bench.ask('PUT', RULES, rule('newer'));
    undone(bench, plan);
    expect(bench.order()).toEqual([]);
  });

  test('that the plan itself took away again is not put back', () => {
    const bench = table('a');
    const plan = subject(bench, [add, change('remove', '#0', { before: rule('new'), place: { from: null } })]);
    undone(bench, plan);
    expect(bench.order()).toEqual(['a']);
  });

  test('two rows of one plan go, each by its own variable', () => {
    const bench = table('a');
    const plan = subject(bench, [add, change('add', '#1', { after: rule('other') })]);
    for (const one of ['new', 'other']) bench.ask('PUT', RULES, rule(one));
    undone(bench, plan);
    expect(bench.order()).toEqual(['a']);
  });
});
