import { describe, expect, test } from 'vitest';
import { armGuard } from '../../../src/lib/plan/guard/arm.ts';
import { knowRow } from '../../../src/lib/plan/guard/know-row.ts';
import { change, GUARD, isWrite, NAME, RULES, refusal, rule, subject, type Table, table } from './table.ts';

const SCRIPTS = '/system/script';
const NOT_OURS = {
  code: 'ROUTER_FAULT',
  message: 'The undo script on the router is not what was put there.',
  hint: 'Roll back now; see who else works on this router.',
};

/** A guard over a plan of one row that goes, one that comes, and one that comes with nothing but a secret. */
async function story() {
  const bench = table('a', 'twin');
  const plan = subject(bench, [
    change('remove', bench.id('a'), { before: rule('a') }),
    change('add', '#0', { after: rule('twin') }),
    change('add', '#1', { after: { key: 'x' }, secret: ['key'] }),
  ]);
  await armGuard(bench.ports, plan, GUARD);
  bench.calls.length = 0;
  bench.options.length = 0;
  return { bench, know: (index: number, id: string) => knowRow(bench.ports, plan, GUARD, index, id) };
}
const source = (bench: Table): string => bench.kept(SCRIPTS, NAME)['source'] ?? '';

describe('the id of a row that was added', () => {
  test('is told to the script, and nothing else changes in it', async () => {
    const { bench, know } = await story();
    const before = source(bench);
    const row = { '.id': bench.kept(SCRIPTS, NAME)['.id'] };
    await know(1, '*1F');
    expect(source(bench)).toBe(before.replace(':local row1 ""', ':local row1 *1F'));
    expect(bench.calls.filter(isWrite)).toEqual([{ verb: 'set', menu: SCRIPTS, id: row['.id'], values: { source: source(bench) } }]);
    expect(bench.options).toEqual([{ priority: 'person' }, { priority: 'person' }]);
  });

  test.each([
    [1, 'which it knows already', true],
    [2, 'of a row that it does not undo', false],
    [0, 'of a row that goes', false],
  ])('of change %i, %s, is no news', async (index, _, known) => {
    const { bench, know } = await story();
    if (known) await know(1, '*1F');
    const before = source(bench);
    bench.calls.length = 0;
    await know(index, '*2F');
    expect([source(bench), bench.calls.filter(isWrite)]).toEqual([before, []]);
  });

  test.each<[string, (bench: Table) => void, string]>([
    ['a script that is gone', (bench) => bench.tell(`${SCRIPTS}/remove ${NAME}`), '*1F'],
    ['a script that was claimed', (bench) => Object.assign(bench.kept(SCRIPTS, NAME), { comment: 'fired' }), '*1F'],
    ['a script with one line more', (bench) => Object.assign(bench.kept(SCRIPTS, NAME), { source: `${source(bench)}\n:put 1` }), '*1F'],
    ['a script with no text', (bench) => Object.assign(bench.kept(SCRIPTS, NAME), { source: '' }), '*1F'],
    [
      'a script whose row says more than an id',
      (bench) => Object.assign(bench.kept(SCRIPTS, NAME), { source: source(bench).replace(':local row1 ""', ':local row1 [:error ""]') }),
      '*1F',
    ],
    ['an id that is code', () => undefined, '*1F; /system/reset-configuration'],
  ])('is not told to %s', async (_, happen, id) => {
    const { bench, know } = await story();
    happen(bench);
    bench.calls.length = 0;
    expect(await refusal(know(1, id))).toMatchObject(NOT_OURS);
    expect(bench.calls.filter(isWrite)).toEqual([]);
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    ['shorter', { source: ':put 1' }],
    ['claimed', { comment: 'fired' }],
    ['not to be read', { invalid: 'true' }],
  ])('that leaves the script %s is an error', async (_, values) => {
    const { bench, know } = await story();
    bench.after = (call) => {
      if (call.verb === 'set') Object.assign(bench.kept(SCRIPTS, NAME), values);
    };
    expect(await refusal(know(1, '*1F'))).toMatchObject(NOT_OURS);
  });

  test('is good where the router says that it can read the script, and where it names no row', async () => {
    const { bench, know } = await story();
    bench.kept(SCRIPTS, NAME)['invalid'] = 'false';
    await know(1, '*1F');
    const other = await story();
    const read: Table['link']['read'] = async (call, how) => (await other.bench.link.read(call, how)).map(({ '.id': _, ...row }) => row);
    const plan = subject(other.bench, [
      change('remove', other.bench.rows(RULES)[0]?.['.id'] ?? '', { before: rule('a') }),
      change('add', '#0', { after: rule('twin') }),
    ]);
    await knowRow({ ...other.bench.ports, reader: { ...other.bench.link, read } }, plan, GUARD, 1, '*1F');
    expect(source(other.bench)).toContain(':local row1 *1F');
    expect(other.bench.calls.find(isWrite)).toMatchObject({ id: NAME });
  });

  test('keeps what is known of rows that look alike', async () => {
    const { bench, know } = await story();
    await know(1, '*1F');
    expect(source(bench)).toContain(`:local old1 ",${bench.id('twin')},"`);
  });
});
