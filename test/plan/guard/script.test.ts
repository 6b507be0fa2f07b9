import { describe, expect, test } from 'vitest';
import { compileRevert, declareRow, isDeclaration, MOST_CHARACTERS } from '../../../src/lib/plan/guard/revert.ts';
import { change, NAME, RULES, rule, subject, type Table, TOKEN, table, undone } from './table.ts';

const SCRIPTS = '/system/script';
const compile = (bench: Table, ...changes: Parameters<typeof subject>[1]) => compileRevert(subject(bench, changes), { token: TOKEN });
const names = (bench: Table, menu: string): readonly string[] =>
  bench.rows(menu).flatMap((row) => (row['name']?.includes('mk-cc') ? [row['name']] : []));

describe('the undo script', () => {
  test('says what it knows of rows, and what may be said before a line is read alone', () => {
    const bench = table();
    const changes = [
      change('set', '*1', { before: { comment: 'a' }, after: { comment: 'b' } }),
      change('add', '#0', { after: rule('a') }),
      change('remove', '*2', { before: rule('b') }),
      change('remove', '#0', { before: rule('a') }),
      change('add', '#1', { after: rule('c') }),
    ];
    const twins = new Map([
      [1, ['*A', '*B']],
      [2, ['*C']],
    ]);
    const made = compileRevert(subject(bench, changes), { token: TOKEN, ids: new Map([['#1', '*1F']]), twins });
    expect(made.lines.filter(isDeclaration)).toEqual([
      ':local row1 ""',
      ':local old1 ",*A,*B,"',
      ':local row2 *2',
      ':local old2 ",*C,"',
      ':local row3 ""',
      ':local old3 ","',
      ':local row4 *1F',
      ':local old4 ","',
    ]);
    expect(made.preamble).toBe(`:local same; :local next; ${[0, 1, 2, 3, 4].map((at) => `:local row${at}; :local old${at}`).join('; ')}`);
    expect([made.source, made.covered, made.uncovered, made.problem]).toEqual([made.lines.join('\n'), 5, [], undefined]);
    expect(declareRow(7, undefined)).toBe(':local row7 ""');
  });

  test.each([
    ':local row1 [:error ""]',
    ':local row1 *1F; :put 1',
    ':put 1; :local row1 *1F',
    ':local row ""',
    ':local rowx ""',
    ':local row1 "*1F"',
    ':local old ","',
    ':local old1 "$x"',
    ':local old1 ",*A," ',
    ':local row12',
  ])('knows nothing of rows by %j', (line) => {
    expect(isDeclaration(line)).toBe(false);
  });

  test.each([':local row12 ""', ':local row12 *1F0', ':local old12 ","', ':local old12 ",*1F0,*2,"'])('does by %j', (line) => {
    expect(isDeclaration(line)).toBe(true);
  });

  test('of exactly as many characters as the editor takes is one, and of one more is none', () => {
    const bench = table();
    const long = (length: number, id: number) =>
      compile(bench, change('remove', `*${'1'.repeat(id)}`, { before: { comment: 'x'.repeat(length) } }));
    const sizes = [1, 2, 3, 4, 5, 6].flatMap((id) => {
      const least = long(2, id).source.length;
      const length = 2 + (MOST_CHARACTERS - least) / (long(3, id).source.length - least);
      return Number.isInteger(length) ? [{ id, length }] : [];
    });
    const [{ id, length } = { id: 0, length: 0 }] = sizes;
    expect(long(length, id).source).toHaveLength(MOST_CHARACTERS);
    expect([0, 1].map((more) => long(length + more, id).problem)).toEqual([undefined, 'the undo is too long for a script on the router']);
    expect(MOST_CHARACTERS).toBe(30_000);
  });

  test('takes its own triggers and lock away at its end, and nobody else’s', () => {
    const bench = table('a');
    for (const name of [NAME, `${NAME}-boot`, 'mk-cc-ffffffffff', `my-${NAME}`]) {
      bench.tell(`/system/scheduler/add name=${name} interval=1d on-event=":put 1"`);
    }
    bench.ask('PUT', SCRIPTS, { name: 'mk-cc-lock', source: '', policy: 'read', comment: `${TOKEN} job *1 since 5` });
    expect(undone(bench, subject(bench, []))).toEqual([`${NAME}: rollback`]);
    expect([names(bench, SCRIPTS), names(bench, '/system/scheduler')]).toEqual([[], ['mk-cc-ffffffffff', `my-${NAME}`]]);
    bench.ask('PUT', SCRIPTS, { name: 'mk-cc-lock', source: '', policy: 'read', comment: `ffffffffff ${TOKEN}` });
    undone(bench, subject(bench, []));
    expect(names(bench, SCRIPTS)).toEqual(['mk-cc-lock']);
  });

  test.each(['fired', 'done', 'x'])('that says %j of itself does nothing', (comment) => {
    const bench = table('a');
    const { source } = compile(bench, change('add', '#0', { after: rule('a') }));
    bench.ask('PUT', SCRIPTS, { name: NAME, source, policy: 'read,write,test', comment });
    const { error } = bench.run(`/system/script/run ${NAME}`);
    expect(error).toContain(`${NAME}: not armed`);
    expect([bench.order(), bench.rows(SCRIPTS).at(-1)?.['comment']]).toEqual([['a'], comment]);
    expect(bench.rows('/log').map((row) => row['message'])).not.toContain(`${NAME}: rollback`);
  });

  test('works first on what changed last, and on places at the end; each step can be told in the log', () => {
    const bench = table();
    const row = (at: number) => `*FF${at}`;
    const made = compile(
      bench,
      change('move', row(0), { place: { from: null } }),
      change('set', row(1), { before: { comment: 'a' }, after: { comment: 'b' } }),
      change('add', '#0', { after: rule('a') }),
      change('remove', row(2), { before: rule('b') }),
    );
    const steps = made.lines.flatMap(
      (line) => /^:do \{ .* \} on-error=\{ :log error "mk-cc-0123456789: step (\d+)" \}$/.exec(line)?.[1] ?? [],
    );
    expect(steps).toEqual(['3', '4', '3', '2', '1']);
    expect(made.lines.filter((line) => line.includes(RULES))).toHaveLength(5);
  });
});
