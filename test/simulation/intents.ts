import type { Intent } from '../../src/lib/index.ts';
import type { Machine } from './machines.ts';
import type { Rng } from './rng.ts';

type Maker = (rng: Rng, machine: Machine, mark: string) => Intent | undefined;

/** A row we may name: one of our own furniture or of a plan, so that routers keep working. */
function someRow(rng: Rng, machine: Machine, menu: string, ours: (row: Readonly<Record<string, string>>) => boolean): string | undefined {
  const rows = machine.rows(menu).filter((row) => row['dynamic'] !== 'true' && ours(row));
  return rows.length > 0 ? rng.pick(rows)['.id'] : undefined;
}

const LISTS = { capability: 'firewall-address-list', menu: '/ip/firewall/address-list' } as const;
const NAMES = { capability: 'dns-static', menu: '/ip/dns/static' } as const;
const RULES = { capability: 'firewall-filter', menu: '/ip/firewall/filter' } as const;

const ours = {
  [LISTS.menu]: (row: Readonly<Record<string, string>>) => row['list']?.startsWith('mcp-') === true,
  [NAMES.menu]: () => true,
  [RULES.menu]: (row: Readonly<Record<string, string>>) => row['chain'] === 'forward',
};

const fresh = {
  [LISTS.capability]: (rng: Rng, mark: string) => ({
    list: 'mcp-x',
    address: `198.18.${rng.int(0, 200)}.${rng.int(1, 250)}`,
    comment: mark,
  }),
  [NAMES.capability]: (rng: Rng, mark: string) => ({ name: `${mark}.example`, address: `203.0.113.${rng.int(1, 250)}` }),
  [RULES.capability]: (rng: Rng, mark: string) => ({ chain: 'forward', action: rng.pick(['accept', 'drop']), comment: mark }),
};

const onRow =
  (
    { capability, menu }: typeof LISTS | typeof NAMES | typeof RULES,
    make: (rng: Rng, id: string, mark: string, machine: Machine) => Intent | undefined,
  ): Maker =>
  (rng, machine, mark) => {
    const id = someRow(rng, machine, menu, ours[menu]);
    return id === undefined ? undefined : ({ ...make(rng, id, mark, machine), capability } as Intent);
  };

const anchor = (rng: Rng, machine: Machine, menu: keyof typeof ours, not: string) => {
  const before = rng.chance(0.7) ? someRow(rng, machine, menu, (row) => ours[menu](row) && row['.id'] !== not) : undefined;
  return before === undefined ? {} : { before: { id: before } };
};

const add =
  (of: typeof LISTS | typeof NAMES | typeof RULES): Maker =>
  (rng, machine, mark) => ({
    verb: 'add',
    capability: of.capability,
    values: fresh[of.capability](rng, mark),
    ...(of === LISTS ? {} : anchor(rng, machine, of.menu, '')),
  });
const remove = (of: typeof LISTS | typeof NAMES | typeof RULES): Maker =>
  onRow(of, (_, id) => ({ verb: 'remove', capability: of.capability, where: { id } }));
const move = (of: typeof NAMES | typeof RULES): Maker =>
  onRow(of, (rng, id, _, machine) => ({ verb: 'move', capability: of.capability, where: { id }, ...anchor(rng, machine, of.menu, id) }));
const set = (of: typeof LISTS | typeof NAMES | typeof RULES): Maker =>
  onRow(of, (rng, id, mark) => ({
    verb: 'set',
    capability: of.capability,
    where: { id },
    values: rng.pick([{ comment: mark }, { disabled: true }, { comment: mark, disabled: rng.chance(0.5) }]),
  }));

const MAKERS: readonly Maker[] = [
  add(LISTS),
  remove(LISTS),
  set(LISTS),
  add(NAMES),
  remove(NAMES),
  set(NAMES),
  move(NAMES),
  add(RULES),
  add(RULES),
  remove(RULES),
  set(RULES),
  move(RULES),
  (rng) => ({ verb: 'set', capability: 'dns', values: { servers: `192.0.2.${rng.int(1, 250)},192.0.2.53` } }),
  (rng) => ({ verb: 'set', capability: 'dns', values: { cacheSize: rng.int(2048, 8192) } }),
  (rng) => ({ verb: 'set', capability: 'ntp-client', values: { servers: `192.0.2.${rng.int(1, 250)}` } }),
];

/** One to six wishes over several menus; no row twice, so that the planner has nothing to refuse for. */
export function wishes(rng: Rng, machine: Machine, mark: string): readonly Intent[] {
  const named = new Set<string>();
  const intents: Intent[] = [];
  for (let nth = rng.int(1, 6); nth > 0; nth -= 1) {
    const intent = rng.pick(MAKERS)(rng, machine, `${mark}-${nth}`);
    if (!intent) continue;
    const rows = [
      ...('where' in intent && intent.where ? [intent.where] : []),
      ...('before' in intent && intent.before ? [intent.before] : []),
    ];
    const names =
      rows.length > 0 ? rows.map((row) => `${intent.capability} ${String(row['id'])}`) : intent.verb === 'set' ? [intent.capability] : [];
    if (names.some((name) => named.has(name))) continue;
    for (const name of names) named.add(name);
    intents.push(intent);
  }
  return intents;
}

/** Twelve changes over five menus: every verb, in lists, in ordered menus and in singletons. */
export const TWELVE: readonly Intent[] = [
  { verb: 'set', capability: 'dns', values: { servers: '192.0.2.53,192.0.2.54', cacheSize: 4096 } },
  { verb: 'set', capability: 'ntp-client', values: { servers: '192.0.2.123' } },
  { verb: 'add', capability: LISTS.capability, values: { list: 'mcp-x', address: '198.18.0.1', comment: 'new' } },
  { verb: 'set', capability: LISTS.capability, where: { comment: 'a' }, values: { disabled: true } },
  { verb: 'remove', capability: LISTS.capability, where: { comment: 'b' } },
  { verb: 'add', capability: NAMES.capability, values: { name: 'new.example', address: '203.0.113.9' } },
  { verb: 'set', capability: NAMES.capability, where: { name: 'a.example' }, values: { comment: 'new' } },
  { verb: 'remove', capability: NAMES.capability, where: { name: 'b.example' } },
  { verb: 'add', capability: RULES.capability, values: { chain: 'forward', action: 'drop', comment: 'new' }, before: { comment: 'b' } },
  { verb: 'set', capability: RULES.capability, where: { comment: 'a' }, values: { disabled: true } },
  { verb: 'remove', capability: RULES.capability, where: { comment: 'c' } },
  { verb: 'move', capability: RULES.capability, where: { comment: 'd' }, before: { comment: 'a' } },
];
