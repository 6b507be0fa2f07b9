import fc from 'fast-check';
import { fieldExists, wireName } from '../../src/lib/capability/codec.ts';
import type { Capability } from '../../src/lib/capability/define.ts';
import type { Row, WriteCall } from '../../src/lib/client/types.ts';
import { InputError } from '../../src/lib/core/errors.ts';
import type { Device } from '../../src/lib/device/device.ts';
import type { Intent, Selector } from '../../src/lib/plan/intent.ts';
import { type Menu, menuOf } from '../../src/lib/plan/menu.ts';
import { sealPlan, targetOf } from '../../src/lib/plan/plan.ts';
import { type Draft, draftChanges } from '../../src/lib/plan/planner.ts';
import type { Plan, Target } from '../../src/lib/plan/types.ts';
import { itemOf, type SpelledItem } from './arbitrary.ts';
import { type MemoryRouter, openMemoryRouter, type Start } from './memory-router.ts';
import { capabilityOf, VERSIONS, writableNames } from './subjects.ts';

/** A router with some rows, and what somebody wants of it. */
export interface World {
  readonly version: string;
  /** Ids of the capabilities in play. */
  readonly of: readonly string[];
  readonly start: Start;
  readonly intents: readonly Intent[];
}

export const device = (version: string, changes: Partial<Device> = {}): Device => ({
  id: 'd0000000-0000-4000-8000-000000000001',
  revision: 0,
  wayRevision: 0,
  name: 'edge-1',
  address: 'https://192.0.2.1',
  environment: 'lab',
  tags: {},
  allow: ['advanced-writes', 'professional-workflows', 'firewall-writes'],
  trust: { kind: 'system' },
  username: 'netops',
  facts: {
    version,
    channel: 'stable',
    board: 'RB5009',
    architecture: 'arm64',
    hardwareId: 'HW1',
    identity: 'edge-1',
    packages: ['routeros'],
    absentMenus: [],
    readAt: 0,
  },
  enrolledAt: 0,
  ...changes,
});

export const routerOf = (world: World): MemoryRouter => openMemoryRouter(world.of.map(capabilityOf), world.version, world.start);

export const menusOf = (world: Pick<World, 'of' | 'version'>, router: MemoryRouter): ReadonlyMap<string, Menu> =>
  new Map(world.of.map(capabilityOf).map((one) => [one.id, menuOf(one, world.version, router.read({ verb: 'read', menu: one.menu }))]));

/** @throws InputError where the wish cannot be */
export const draftOf = (world: World, router: MemoryRouter): Draft => draftChanges(menusOf(world, router), world.intents);

export function planOf(world: World, router: MemoryRouter, draft = draftOf(world, router)): Plan {
  return sealPlan({
    id: 'pln_0000000000000000',
    author: { id: 'user:ann', origin: 'cli' },
    summary: 'a law',
    risk: 'low',
    reasons: [],
    targets: [targetOf(device(world.version), menusOf(world, router), draft)],
    createdAt: 1_800_000_000_000,
  });
}

/** The router after every step went well, found without the executor. */
export function afterSteps(router: MemoryRouter, target: Target): MemoryRouter {
  const after = router.clone();
  const ids = new Map<string, string>();
  const real = (id: string): string => ids.get(id) ?? id;
  for (const { change, call } of target.steps) {
    const { id } = after.write(resolved(call, real));
    const row = target.changes[change]?.row;
    if (call.verb === 'add' && id !== undefined && row !== undefined) ids.set(row, id);
  }
  return after;
}

function resolved(call: WriteCall, real: (id: string) => string): WriteCall {
  if (call.verb === 'add') return call.placeBefore === undefined ? call : { ...call, placeBefore: real(call.placeBefore) };
  if (call.verb === 'move') return { ...call, id: real(call.id), ...(call.before !== undefined && { before: real(call.before) }) };
  return call.verb === 'command' || call.id === undefined ? call : ({ ...call, id: real(call.id) } as WriteCall);
}

const wireRow = (capability: Capability, item: SpelledItem, version: string): Row =>
  Object.fromEntries(
    Object.entries(item).flatMap(([name, { wire }]) => {
      const field = capability.fields[name];
      return field && fieldExists(field, version) ? [[wireName(name, field, version), wire]] : [];
    }),
  );

/** Names of what a start row may hold: the writable fields, and the key where the router owns it. */
const startNames = (capability: Capability, version: string): readonly string[] => [
  ...new Set([...writableNames(capability, version), ...capability.key]),
];

const keyText = (capability: Capability, item: SpelledItem): string => JSON.stringify(capability.key.map((name) => item[name]?.value));

function startOf(
  capability: Capability,
  version: string,
): fc.Arbitrary<{ readonly items: readonly SpelledItem[]; readonly dynamic: readonly boolean[] }> {
  const one = itemOf(capability, startNames(capability, version));
  const single = capability.shape === 'singleton';
  const size = single ? { minLength: 1, maxLength: 1 } : { minLength: capability.shape === 'fixed' ? 1 : 0, maxLength: 5 };
  const items =
    capability.key.length === 0 ? fc.array(one, size) : fc.uniqueArray(one, { ...size, selector: (item) => keyText(capability, item) });
  // One row in eight is the router's own.
  const dynamic = fc.array(single || capability.shape === 'fixed' ? fc.constant(false) : fc.nat(7).map((dice) => dice === 0), {
    minLength: 5,
    maxLength: 5,
  });
  return fc.record({ items, dynamic });
}

interface Seed {
  readonly of: number;
  readonly verb: 'add' | 'set' | 'remove' | 'move';
  readonly row: number;
  readonly before: number | null;
  readonly byKey: boolean;
  readonly typed: boolean;
  readonly items: readonly SpelledItem[];
  readonly take: readonly number[];
}

function seedOf(capabilities: readonly Capability[], version: string): fc.Arbitrary<Seed> {
  const items = fc.tuple(...capabilities.map((one) => itemOf(one, writableNames(one, version))));
  return fc.record({
    of: fc.nat(capabilities.length - 1),
    verb: fc.constantFrom('add', 'set', 'set', 'remove', 'move'),
    row: fc.nat(9),
    before: fc.option(fc.nat(9)),
    byKey: fc.boolean(),
    typed: fc.boolean(),
    items,
    take: fc.array(fc.nat(30), { maxLength: 2 }),
  });
}

/** A wish from a seed; it may be one that cannot be, which is then refused. */
function intentOf(world: Omit<World, 'intents'>, starts: readonly (readonly SpelledItem[])[], seed: Seed): Intent {
  const capability = capabilityOf(world.of[seed.of] ?? '');
  const item = seed.items[seed.of] ?? {};
  const rows = starts[seed.of] ?? [];
  const own = rows.map((_, index) => `*${(index + 1).toString(16).toUpperCase()}`);
  // Now and then a row that the plan itself creates.
  const ids = own.length === 0 || seed.row > 7 ? [...own, '#0'] : own;
  const named = (index: number): Selector => {
    const at = index % Math.max(1, ids.length);
    const there = rows[at];
    const keyed = seed.byKey && capability.key.length > 0 && there;
    return keyed ? Object.fromEntries(capability.key.map((name) => [name, there[name]?.wire])) : { id: ids[at] };
  };
  const given = (one: SpelledItem): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(one).flatMap(([name, { value, wire }]) => {
        const kind = capability.fields[name]?.kind.shape.name;
        return [[name, seed.typed ? value : kind === 'flag' ? (value === true ? 'yes' : 'no') : wire]];
      }),
    );
  const names = writableNames(capability, world.version).filter(
    (name) => !capability.fields[name]?.traits.required && !capability.key.includes(name),
  );
  const some = Object.entries(item).filter(
    ([name], index) => (index + seed.row) % 3 === 0 && (seed.row > 7 || !capability.key.includes(name)),
  );
  const unset = seed.take
    .flatMap((at) => names[at % Math.max(1, names.length)] ?? [])
    .filter((name) => !some.some(([one]) => one === name));
  const before = seed.before === null || capability.shape !== 'ordered' ? {} : { before: named(seed.before) };
  const set = { verb: 'set' as const, capability: capability.id, values: given(Object.fromEntries(some)), unset: [...new Set(unset)] };
  if (capability.shape === 'singleton') return set;
  if (capability.shape === 'fixed' || seed.verb === 'set') return { ...set, where: named(seed.row) };
  if (seed.verb === 'add') return { verb: 'add', capability: capability.id, values: given(item), ...before };
  if (seed.verb === 'move' && capability.shape === 'ordered')
    return { verb: 'move', capability: capability.id, where: named(seed.row), ...before };
  return { verb: 'remove', capability: capability.id, where: named(seed.row) };
}

/** Routers and wishes for some capabilities. */
export function worldOf(capabilities: readonly Capability[], most = 4): fc.Arbitrary<World> {
  return fc.constantFrom(...VERSIONS).chain((version) => {
    const starts = fc.tuple(...capabilities.map((one) => startOf(one, version)));
    const seeds = fc.array(seedOf(capabilities, version), { minLength: 1, maxLength: most });
    return fc.tuple(starts, seeds).map(([all, some]): World => {
      const start = Object.fromEntries(
        capabilities.map((one, at) => [
          one.menu,
          (all[at]?.items ?? []).map((item, row) => ({
            ...wireRow(one, item, version),
            ...(all[at]?.dynamic[row] && { dynamic: 'true' }),
          })),
        ]),
      );
      const world = { version, of: capabilities.map(({ id }) => id), start };
      return {
        ...world,
        intents: some.map((seed) =>
          intentOf(
            world,
            all.map(({ items }) => items),
            seed,
          ),
        ),
      };
    });
  });
}

/** The world without the wishes that cannot be; anything thrown but a refusal is a fault. */
export function feasible(world: World): World {
  const router = routerOf(world);
  const intents: Intent[] = [];
  for (const intent of world.intents) if (isPossible({ ...world, intents: [...intents, intent] }, router)) intents.push(intent);
  return { ...world, intents };
}

function isPossible(world: World, router: MemoryRouter): boolean {
  try {
    draftOf(world, router);
    return true;
  } catch (thrown) {
    if (!(thrown instanceof InputError)) throw thrown;
    return false;
  }
}
