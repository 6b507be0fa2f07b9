import type { Intent } from '../../src/lib/index.ts';
import type { SimulatedRouter } from '../../src/simulator/index.ts';

const FILTER = '/ip/firewall/filter';
const COUNTERS = new Set(['bytes', 'packets']);

/** An addition in the middle, a move, a removal, and a set that takes a field away: five writes on one ordered menu. */
export const REARRANGED: readonly Intent[] = [
  {
    verb: 'add',
    capability: 'firewall-filter',
    values: { chain: 'forward', action: 'drop', srcAddress: '192.0.2.66', comment: 'new' },
    before: { id: '*8' },
  },
  { verb: 'move', capability: 'firewall-filter', where: { id: '*7' }, before: { id: '*3' } },
  { verb: 'remove', capability: 'firewall-filter', where: { id: '*1B' } },
  {
    verb: 'set',
    capability: 'firewall-filter',
    where: { comment: 'mgmt: rest+ssh' },
    values: { dstPort: '22,443,8291' },
    unset: ['src-address-list'],
  },
];
export const WRITES = 5;

/** The rules of a router in their order. A rule that came back has another id, and its counters began again: that alone may differ. */
export function rules(router: SimulatedRouter, known: ReadonlySet<string>): readonly Readonly<Record<string, string>>[] {
  return router.rows(FILTER).map((row) => {
    const kept = Object.entries(row).filter(([name]) => !COUNTERS.has(name));
    const id = row['.id'] ?? '';
    return { ...Object.fromEntries(kept), '.id': known.has(id) ? id : 'new' };
  });
}

/** As `rules`, with the id of a rule that will be removed already forgotten. */
export function rulesBefore(router: SimulatedRouter, removed: readonly string[] = []) {
  const known = new Set(router.rows(FILTER).map((row) => row['.id'] ?? ''));
  for (const id of removed) known.delete(id);
  return { known, rows: rules(router, known) };
}

/** What the rules of the recording are once `REARRANGED` is done, by comment. */
export const COMMENTS_AFTER: readonly string[] = [
  'special dummy rule to show fasttrack counters',
  'defconf: accept established,related,untracked',
  'defconf: fasttrack',
  'defconf: drop invalid',
  'defconf: accept ICMP',
  'mgmt: rest+ssh',
  'defconf: drop all not coming from LAN',
  'new',
  'defconf: drop all from WAN not DSTNATed',
];
