import { inspect } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeRow } from '../../src/lib/capability/codec.ts';
import { labelOf } from '../../src/lib/capability/present.ts';
import type { Row } from '../../src/lib/client/types.ts';
import { InputError } from '../../src/lib/core/errors.ts';
import type { Intent } from '../../src/lib/plan/intent.ts';
import { judge } from '../../src/lib/plan/plan.ts';
import { execute } from './execution.ts';
import { figures } from './figures.ts';
import { rules, runs, tunnels } from './subjects.ts';
import { weather } from './weather.ts';
import { draftOf, feasible, menusOf, planOf, routerOf, type World, worldOf } from './world.ts';

/** Law 6, at the level of the kit: the value of a secret field is in nothing that a face, a store or a log receives. */

const SECRET = 'hunter2-Zx81';
const { count, of } = figures('law 6');

/** The same world, with a secret in every row of the tunnels: one that is declared, and one that nobody knows. */
function withSecrets(world: World): World {
  const hide = (row: Row): Row => ({ ...row, 'preshared-key': SECRET, 'new-style-password': `${SECRET}!` });
  return { ...world, start: { ...world.start, [tunnels.menu]: (world.start[tunnels.menu] ?? []).map(hide) } };
}

const mustBeClean = (what: string, value: unknown): void => {
  expect(JSON.stringify(value) ?? '', what).not.toContain(SECRET);
  expect(inspect(value, { depth: 20 }), what).not.toContain(SECRET);
  count('things looked at');
};

test('decoded rows, labels, menus, drafts, plans, journals and outcomes hold no secret', async () => {
  await fc.assert(
    fc.asyncProperty(worldOf([tunnels, rules], 5), weather, async (wild, sky) => {
      const world = feasible(withSecrets(wild));
      const router = routerOf(world);
      for (const row of router.read({ verb: 'read', menu: tunnels.menu })) {
        const decoded = decodeRow(tunnels, row, world.version);
        mustBeClean('a row', decoded);
        mustBeClean('a label', labelOf(tunnels, decoded.content, world.version));
      }
      const menus = menusOf(world, router);
      const draft = draftOf(world, router);
      mustBeClean('a draft', draft);
      mustBeClean('a judgement', judge(menus, draft, { environment: 'lab', ownHost: '192.0.2.1' }));
      const plan = planOf(world, router, draft);
      mustBeClean('a plan', plan);
      const { outcome, journal, writes } = await execute(router, plan, sky);
      for (const [what, value] of Object.entries({ outcome, journal, writes })) mustBeClean(what, value ?? null);
    }),
    runs(200),
  );
});

const refused: Readonly<Record<string, Intent>> = {
  'added with it': { verb: 'add', capability: tunnels.id, values: { name: 'new', presharedKey: SECRET } },
  'set to it': { verb: 'set', capability: tunnels.id, where: { id: '*1' }, values: { 'preshared-key': SECRET } },
  'taken away': { verb: 'set', capability: tunnels.id, where: { id: '*1' }, values: {}, unset: ['preshared-key'] },
  'named by it': { verb: 'remove', capability: tunnels.id, where: { presharedKey: SECRET } },
  'named by what is not it': { verb: 'remove', capability: tunnels.id, where: { presharedKey: '(secret)' } },
};

for (const [how, intent] of Object.entries(refused)) {
  test(`a secret field is not planned, ${how}, and the refusal does not repeat it`, () => {
    const world: World = {
      version: '7.20.8',
      of: [tunnels.id],
      start: { [tunnels.menu]: [{ name: 'a', 'preshared-key': SECRET }] },
      intents: [intent],
    };
    let thrown: unknown;
    try {
      draftOf(world, routerOf(world));
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(InputError);
    mustBeClean('a refusal', thrown);
  });
}

test('a row that goes takes its secret with it, and the plan says so', () => {
  const intents: readonly Intent[] = [
    { verb: 'set', capability: tunnels.id, where: { id: '*1' }, values: { comment: 'x' } },
    { verb: 'remove', capability: tunnels.id, where: { id: '*1' } },
  ];
  for (const some of [intents.slice(1), intents]) {
    const world = {
      version: '7.20.8',
      of: [tunnels.id],
      start: { [tunnels.menu]: [{ name: 'a', 'preshared-key': SECRET, 'odd-thing': '1' }] },
      intents: some,
    };
    expect(draftOf(world, routerOf(world)).lost.map(({ why }) => why)).toEqual([
      'preshared-key is secret and would not be restored',
      'fields unknown to this program are not restored: 1',
    ]);
  }
});

test('secrets were looked for', () => expect(of('things looked at')).toBeGreaterThan(1_000));
