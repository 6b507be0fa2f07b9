import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fieldExists, wireName } from '../../src/lib/capability/codec.ts';
import type { Capability } from '../../src/lib/capability/define.ts';
import type { Row } from '../../src/lib/client/types.ts';
import type { Change, Plan } from '../../src/lib/plan/types.ts';
import { execute } from './execution.ts';
import { figures } from './figures.ts';
import type { MemoryRouter } from './memory-router.ts';
import { forEach, runs, runsOf, writableCapabilities } from './subjects.ts';
import { draftOf, feasible, planOf, routerOf, type World, worldOf } from './world.ts';

/** Law 5: a plan from another base is refused, before anything is sent and before the approval is used. */

const { count, of } = figures('law 5');

interface Planned {
  readonly world: World;
  readonly router: MemoryRouter;
  readonly plan: Plan;
  readonly changes: readonly Change[];
}

function planned(wild: World): Planned | undefined {
  const world = feasible(wild);
  const router = routerOf(world);
  const draft = draftOf(world, router);
  return draft.changes.length === 0 ? undefined : { world, router, plan: planOf(world, router, draft), changes: draft.changes };
}

type Disturb = (planned: Planned, capability: Capability, dice: number) => boolean;

/** @returns whether there was something to disturb, so that the plan must be stale */
async function mustBeStale(capability: Capability, what: string, disturb: Disturb, cases = 60): Promise<void> {
  await fc.assert(
    fc.asyncProperty(worldOf([capability], 3), fc.nat(99), async (wild, dice) => {
      const one = planned(wild);
      if (!one || !disturb(one, capability, dice)) return;
      const before = one.router.state();
      const { outcome, begun, writes } = await execute(one.router, one.plan);
      expect([outcome?.state, begun, writes]).toEqual(['stale', false, []]);
      expect(outcome?.drift.length).toBeGreaterThan(0);
      expect(one.router.state()).toEqual(before);
      count(what);
    }),
    runsOf([capability], cases),
  );
}

const pick = <Value>(all: readonly Value[], dice: number): Value | undefined => all[dice % Math.max(1, all.length)];
const touched = ({ changes }: Planned): readonly string[] => changes.map(({ row }) => row).filter((row) => !row.startsWith('#'));

/** A flag of the row turned round, or a text of it: something that is neither live nor read only. */
function differently(capability: Capability, version: string, row: Row): Row {
  const [name, field] =
    Object.entries(capability.fields).find(
      ([, one]) =>
        !one.traits.readOnly && !one.traits.secret && ['flag', 'text'].includes(one.kind.shape.name) && fieldExists(one, version),
    ) ?? [];
  if (name === undefined || field === undefined) throw new Error(`nothing to disturb in ${capability.id}`);
  const wire = wireName(name, field, version);
  return { ...row, [wire]: field.kind.shape.name === 'flag' ? (row[wire] === 'true' ? 'false' : 'true') : `${row[wire] ?? ''}x` };
}

forEach(writableCapabilities, (capability) => {
  test('a touched row that says something else now', () =>
    mustBeStale(capability, 'changed', (one, of, dice) => {
      const id = pick(touched(one), dice);
      one.router.meddle(of.menu, (rows) =>
        rows.map((row) => ((row['.id'] ?? '') === id ? { ...differently(of, one.world.version, row) } : row)),
      );
      return id !== undefined;
    }));

  test('a touched row that is gone', () =>
    mustBeStale(capability, 'gone', (one, of, dice) => {
      const id = pick(touched(one), dice);
      one.router.meddle(of.menu, (rows) => rows.filter((row) => (row['.id'] ?? '') !== id));
      return id !== undefined;
    }));

  test('an unrelated change elsewhere is no concern', async () => {
    await fc.assert(
      fc.asyncProperty(worldOf([capability], 3), fc.nat(99), async (wild, dice) => {
        const one = planned(wild);
        if (!one || capability.shape === 'singleton') return;
        const watched = new Set(one.plan.targets.flatMap(({ base }) => base.sections.flatMap(({ rows }) => rows.map(({ id }) => id))));
        const id = pick(
          one.router.idsOf(capability.menu).filter((other) => !watched.has(other)),
          dice,
        );
        if (id === undefined) return;
        one.router.meddle(capability.menu, (rows) =>
          rows.map((row) => (row['.id'] === id ? { ...row, 'rx-byte': '5', comment: 'busy' } : row)),
        );
        const { outcome } = await execute(one.router, one.plan);
        expect(outcome?.state).toBe('completed');
        count('unrelated');
      }),
      runs(60),
    );
  });
});

forEach([...writableCapabilities.filter(({ shape }) => shape === 'ordered')], (capability) => {
  test('a touched row that has another neighbour now', () =>
    mustBeStale(capability, 'neighbour', (one, of, dice) => {
      const id = pick(touched(one), dice);
      const own = one.router.read({ verb: 'read', menu: of.menu }).filter((row) => row['dynamic'] !== 'true');
      const at = own.findIndex((row) => row['.id'] === id);
      if (id === undefined || at < 0) return false;
      one.router.meddle(of.menu, (rows) => {
        const where = rows.findIndex((row) => row['.id'] === id);
        const stranger = { ...rows[where], '.id': `*F${dice}`, comment: 'squeezed in' };
        const before = dice % 2 === 0 ? where : where + 1;
        return [...rows.slice(0, before), stranger, ...rows.slice(before)];
      });
      return true;
    }));

  test('a row put at the end, where another row is last now', () =>
    mustBeStale(
      capability,
      'end',
      (one, of) => {
        const last = one.router
          .read({ verb: 'read', menu: of.menu })
          .filter((row) => row['dynamic'] !== 'true')
          .at(-1);
        const ends = one.changes.find(({ verb, place }) => (verb === 'add' || verb === 'move') && place?.to === null);
        if (!ends) return false;
        one.router.meddle(of.menu, (rows) => [...rows, { ...(last ?? ends.after), '.id': '*FF', dynamic: 'false' }]);
        count(last ? 'end of some' : 'end of none');
        return true;
      },
      300,
    ));
});

forEach([...writableCapabilities.filter(({ key, shape }) => key.length > 0 && shape === 'list')], (capability) => {
  test('a new row that has the key of the one to be added', () =>
    mustBeStale(capability, 'key', (one, of) => {
      const added = one.changes.find(
        ({ verb, row }) => verb === 'add' && !one.changes.some((other) => other.verb !== 'add' && other.row === row),
      );
      if (!added?.after) return false;
      one.router.write({ verb: 'add', menu: of.menu, values: added.after });
      return true;
    }));
});

test('every kind of drift was seen', () => {
  for (const what of ['changed', 'gone', 'neighbour', 'end of some', 'end of none', 'key', 'unrelated'])
    expect(of(what), what).toBeGreaterThan(0);
});
