import { expect, test } from 'vitest';
import type { Intent } from '../../../src/lib/plan/intent.ts';
import { comment, one } from '../../laws/run.ts';
import { capabilityOf, rules } from '../../laws/subjects.ts';
import { apply, bench, lost, refused } from './bench.ts';

/** Rows of the plan whose answer was lost: found again, and told from one another. */

const start = { [rules.menu]: [one('x')] };
const add = (more: Readonly<Record<string, unknown>> = {}): Intent => ({
  verb: 'add',
  capability: rules.id,
  values: { ...one('n'), ...more },
});

test('a row that was found goes by its id from then on', async () => {
  const it = bench({ of: [rules.id], start, intents: [add(), comment(rules.id, '#0', 'm')], on: { 'done 0': lost } });
  expect(await apply(it)).toMatchObject({ state: 'completed' });
  expect(it.writes.at(-1)).toMatchObject({ verb: 'set', id: '*2' });
});

test('another row of the plan that would fit as well is known, and not taken for it', async () => {
  const it = bench({ of: [rules.id], start, intents: [add({ match: '80' }), add()], on: { 'done 1': lost } });
  expect(await apply(it)).toMatchObject({ state: 'completed' });
  expect(it.journal.at(-1)).toMatchObject({ stage: 'verified', rowId: '*3' });
});

test('a change of two requests that cannot be undone is left once', async () => {
  const filter = capabilityOf('firewall-filter');
  const intents: readonly Intent[] = [
    { verb: 'set', capability: filter.id, where: { id: '*1' }, values: { log: true }, unset: ['dst-port'] },
  ];
  const rule = { chain: 'forward', action: 'drop', 'dst-port': '22' };
  const on = { 'write 2': refused, 'write 3': refused };
  const it = bench({ of: [filter.id], start: { [filter.menu]: [rule] }, intents, health: ['fail'], on });
  const outcome = await apply(it);
  expect([outcome.state, outcome.left.length]).toEqual(['stuck', 1]);
});
