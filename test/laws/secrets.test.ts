import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeRow } from '../../src/lib/capability/codec.ts';
import { labelOf } from '../../src/lib/capability/present.ts';
import type { Row } from '../../src/lib/client/types.ts';
import { InputError } from '../../src/lib/core/errors.ts';
import { Secret } from '../../src/lib/core/secret.ts';
import { sealerFor } from '../../src/lib/fleet/plan-secrets.ts';
import type { Intent } from '../../src/lib/plan/intent.ts';
import { judge, targetOf } from '../../src/lib/plan/plan.ts';
import { type Draft, draftChanges } from '../../src/lib/plan/planner.ts';
import { openVault } from '../../src/lib/vault/vault.ts';
import { execute } from './execution.ts';
import { figures } from './figures.ts';
import type { MemoryRouter } from './memory-router.ts';
import { rules, runs, tunnels } from './subjects.ts';
import { weather } from './weather.ts';
import { afterSteps, device, draftOf, feasible, menusOf, planOf, routerOf, type World, worldOf } from './world.ts';

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

/** The laws from which a field that cannot be read back is exempt, by number; every other law holds for it. */
const EXEMPT = {
  'law 1: what is encoded is not decoded': () => {
    const { content, item } = decodeRow(tunnels, { '.id': '*1', name: 'a', 'preshared-key': SECRET }, '7.20.8');
    expect([content['preshared-key'], item['presharedKey']]).toEqual([undefined, '(secret)']);
  },
  'laws 2 and 3: what is so, and what was just done, is a change all the same': () => {
    const world = sealing([{ name: 'a', 'preshared-key': SECRET }]);
    const router = routerOf(world);
    expect(sealedDraft(world, router).changes).toHaveLength(1);
    const after = afterSteps(router, targetOf(device(world.version), menusOf(world, router), sealedDraft(world, router)));
    expect(sealedDraft(world, after).changes).toHaveLength(1);
  },
  'law 4: undoing brings back all the rest, and the plan says what it does not': () => {
    const world = sealing([{ name: 'a', comment: 'old', 'preshared-key': SECRET }], { comment: 'new' });
    const router = routerOf(world);
    const draft = sealedDraft(world, router);
    const target = targetOf(device(world.version), menusOf(world, router), draft);
    const after = afterSteps(router, target);
    for (const calls of [...target.undo].reverse()) for (const call of calls) after.write(call);
    const rowsOf = (one: MemoryRouter) => one.read({ verb: 'read', menu: tunnels.menu }).map(({ 'preshared-key': _key, ...rest }) => rest);
    expect(rowsOf(after)).toEqual(rowsOf(router));
    expect(draft.lost).toEqual([{ change: 0, why: 'preshared-key is secret and would not be restored' }]);
  },
};

const sealing = (rows: readonly Row[], more: Record<string, unknown> = {}): World => ({
  version: '7.20.8',
  of: [tunnels.id],
  start: { [tunnels.menu]: rows },
  intents: [{ verb: 'set', capability: tunnels.id, where: { id: '*1' }, values: { presharedKey: new Secret(SECRET), ...more } }],
});

const vault = openVault({ key: randomBytes(32) });
function sealedDraft(world: World, router: MemoryRouter): Draft {
  const { seal } = sealerFor({ vault }, 'pln_0000000000000000', device(world.version).id);
  const draft = draftChanges(menusOf(world, router), world.intents, seal);
  mustBeClean('a draft with a secret of its own', draft);
  return draft;
}

test.each(Object.entries(EXEMPT))('exempt from %s', (_law, holds) => holds());

test('secrets were looked for', () => expect(of('things looked at')).toBeGreaterThan(1_000));
