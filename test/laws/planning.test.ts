import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fieldExists, wireName } from '../../src/lib/capability/codec.ts';
import { type Capability, canAdd } from '../../src/lib/capability/define.ts';
import type { Row } from '../../src/lib/client/types.ts';
import { InputError } from '../../src/lib/core/errors.ts';
import type { Intent, Selector } from '../../src/lib/plan/intent.ts';
import type { Change } from '../../src/lib/plan/types.ts';
import { execute } from './execution.ts';
import { figures } from './figures.ts';
import type { MemoryRouter } from './memory-router.ts';
import { capabilityOf, forEach, PAIRS, runs, runsOf, writableCapabilities } from './subjects.ts';
import { draftOf, feasible, planOf, routerOf, type World, worldOf } from './world.ts';

const { count } = figures('laws 2 and 3');

/** Everything the row has, as the router spells it. */
function valuesOf(capability: Capability, version: string, row: Row): Readonly<Record<string, string>> {
  const readable = Object.entries(capability.fields).flatMap(([name, field]) => {
    const text = row[wireName(name, field, version)];
    const says = text !== undefined && (text !== '' || field.kind.shape.name === 'text');
    // A switch that is present but empty is on: a person would say so.
    const spoken = text === '' && field.kind.shape.name === 'flag' ? 'yes' : text;
    return (says || spoken === 'yes') && !field.traits.readOnly && fieldExists(field, version) ? [[name, spoken]] : [];
  });
  return Object.fromEntries(readable);
}

/** Wishes for what is there already: the row set to itself, added as it is, moved to where it stands. */
function satisfied(capability: Capability, version: string, rows: readonly Row[]): readonly Intent[] {
  const own = rows.filter((row) => row['dynamic'] !== 'true');
  return own.flatMap((row, at): Intent[] => {
    const id = row['.id'];
    const values = valuesOf(capability, version, row);
    const about = { capability: capability.id };
    const set: Intent = { verb: 'set', ...about, values, ...(id !== undefined && { where: { id } }) };
    const next = own[at + 1]?.['.id'];
    const before = next === undefined || capability.shape !== 'ordered' ? {} : { before: { id: next } };
    const add: Intent[] = canAdd(capability) ? [{ verb: 'add', ...about, values, ...before }] : [];
    const move: Intent[] = capability.shape === 'ordered' ? [{ verb: 'move', ...about, where: { id }, ...before }] : [];
    return [set, ...add, ...move];
  });
}

/** The second plan. A row that was renamed or removed cannot be named as before: that is an answer too. */
function again(world: World, router: MemoryRouter): readonly Change[] {
  try {
    return draftOf(world, router).changes;
  } catch (thrown) {
    if (thrown instanceof InputError && thrown.code === 'NO_SUCH_ROW') return [];
    throw thrown;
  }
}

async function applyTwice(world: World): Promise<void> {
  const router = routerOf(world);
  const draft = draftOf(world, router);
  if (draft.changes.length === 0) return count('nothing to do');
  const { outcome } = await execute(router, planOf(world, router, draft));
  expect(outcome?.state).toBe('completed');
  count('applied');
  expect(again(world, router)).toEqual([]);
}

forEach(writableCapabilities, (capability) => {
  test('law 2: what is already so needs no change', () => {
    fc.assert(
      fc.property(worldOf([capability], 1), (world) => {
        const router = routerOf(world);
        for (const intent of satisfied(capability, world.version, router.read({ verb: 'read', menu: capability.menu }))) {
          expect(draftOf({ ...world, intents: [intent] }, router)).toEqual({ changes: [], lost: [] });
          count(`${intent.verb} of what is so`);
        }
      }),
      runsOf([capability], 30),
    );
  });

  test('law 3: after apply the same wish plans nothing', async () => {
    await fc.assert(
      fc.asyncProperty(worldOf([capability], 1), (world) => applyTwice(feasible(world))),
      runsOf([capability], 80),
    );
  });
});

/** Which row a wish is about, by id. */
function rowNamed(world: World, capability: Capability, where: Selector): string {
  if (typeof where['id'] === 'string') return where['id'];
  const rows = world.start[capability.menu] ?? [];
  const at = rows.findIndex((row) =>
    Object.entries(where).every(
      ([name, text]) => capability.fields[name] && row[wireName(name, capability.fields[name], world.version)] === text,
    ),
  );
  return `*${(at + 1).toString(16).toUpperCase()}`;
}

const intentKey = (intent: Intent, name: string): unknown => ('values' in intent ? intent.values[name] : undefined);

/** What a wish takes for itself: its row, or the one that has the key of what it adds, and the place in front of its anchor. Two wishes for one thing contradict each other. */
function claims(world: World, intent: Intent): readonly string[] {
  const capability = capabilityOf(intent.capability);
  const named = (where: Selector): string => `${capability.id} ${rowNamed(world, capability, where)}`;
  const place = capability.shape === 'ordered' && intent.verb !== 'remove' && intent.verb !== 'set';
  const own = 'where' in intent && intent.where ? [named(intent.where)] : intent.verb === 'set' ? [capability.id] : [];
  if (intent.verb === 'set' || intent.verb === 'remove') return own;
  const twin = capability.key.length > 0 ? named(Object.fromEntries(capability.key.map((name) => [name, intentKey(intent, name)]))) : '';
  const again = intent.verb === 'add' && twin !== '' && !twin.endsWith(' *0') ? [twin] : [];
  return [...own, ...again, ...(place ? [`${capability.id} before`] : []), ...(intent.before ? [named(intent.before)] : [])];
}

const renames = (intent: Intent): boolean =>
  intent.verb === 'set' && capabilityOf(intent.capability).key.some((name) => name in intent.values || intent.unset?.includes(name));

const isSatisfied = (world: World, intent: Intent): boolean => {
  const alone = feasible({ ...world, intents: [intent] });
  return draftOf(alone, routerOf(alone)).changes.length === 0;
};

/** Wishes of which none undoes, moves or renames what another one means. */
function independent(world: World): World {
  const taken = new Set<string>();
  const added = new Set<string>();
  const intents = world.intents.filter((intent) => {
    const mine = claims(world, intent);
    const add = intent.verb === 'add' ? JSON.stringify(intent) : undefined;
    // Where there is no key, a row that satisfies one wish may be the one that another wish changes.
    if (add !== undefined && capabilityOf(intent.capability).key.length === 0 && isSatisfied(world, intent)) return false;
    if (renames(intent) || mine.some((one) => taken.has(one) || one.includes('#')) || (add !== undefined && added.has(add))) return false;
    for (const one of mine) taken.add(one);
    if (add !== undefined) added.add(add);
    return true;
  });
  return { ...world, intents };
}

const several = [...writableCapabilities.map((one) => [one]), ...PAIRS];
for (const some of several) {
  test(`law 3: after apply the same wishes plan nothing: ${some.map(({ id }) => id).join(' and ')}`, async () => {
    await fc.assert(
      fc.asyncProperty(worldOf(some, 6), (world) => applyTwice(feasible(independent(world)))),
      runs(60),
    );
  });
}
