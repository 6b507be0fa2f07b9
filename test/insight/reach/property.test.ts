import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { Row } from '../../../src/lib/client/types.ts';
import { reachAfter } from '../../../src/lib/insight/reach/after.ts';
import { predictReach, type Reach } from '../../../src/lib/insight/reach/predict.ts';
import type { ReachWorld } from '../../../src/lib/insight/reach/world.ts';
import { type SimulatedRouter, startSimulator } from '../../../src/simulator/index.ts';
import { connects, isLetIn, menusOf, worldOf } from './rig.ts';

const RUNS = process.env['ROUTEROS_MCP_TEST_LONG'] ? 3_000 : 120;
const FILTER = '/ip/firewall/filter';

type Edit = readonly [menu: string, id: string | undefined, values: Row];

const oneOf = (...values: readonly string[]) => fc.constantFrom(...values);
const maybe = (name: string, ...values: readonly string[]) =>
  oneOf('', '', '', ...values).map((value) => (value === '' ? {} : { [name]: value }));

/** Rules made of what the prediction says it can judge: some that fit the station, some that do not, some turned round. */
const matchers = fc
  .tuple(
    maybe('src-address', '10.10.99.20', '!10.10.99.20', '10.10.99.0/24', '10.10.98.0/24', '10.10.99.1-10.10.99.30', '!192.0.2.0/24'),
    maybe('dst-address', '10.10.99.1', '!10.10.99.1', '10.10.99.0/24', '203.0.113.0/24'),
    maybe('src-address-list', 'mgmt', '!mgmt', 'ssh-blacklist'),
    maybe('in-interface', 'vlan99-mgmt', '!vlan99-mgmt', 'ether1'),
    maybe('in-interface-list', 'LAN', '!LAN', 'WAN', 'all'),
    maybe('protocol', 'tcp', 'udp', '!tcp'),
    maybe('dst-port', '80', '22,80', '!80', '70-90', '443'),
    maybe('connection-state', 'new', 'established,related', 'invalid', '!new', 'new,untracked'),
    maybe('src-address-type', 'unicast', 'local', '!local'),
    maybe('dst-address-type', 'local', '!local', 'broadcast'),
  )
  // Few at a time, or no rule ever fits.
  .chain((parts) => fc.subarray(parts, { maxLength: 3 }))
  .map((parts): Row => Object.assign({}, ...parts));

const rule = (chains: readonly string[], actions: readonly string[]) =>
  fc.tuple(matchers, oneOf(...chains), oneOf(...actions), fc.boolean(), fc.boolean()).map(
    ([values, chain, action, off, rare]): Row => ({
      chain,
      action,
      ...(action === 'jump' && { 'jump-target': 'mine' }),
      ...(off && rare && { disabled: 'true' }),
      ...values,
    }),
  );

const inputRule = rule(
  ['input', 'input', 'input', 'mine'],
  ['accept', 'drop', 'reject', 'jump', 'return', 'log', 'passthrough', 'drop'],
).map((values): Edit => [FILTER, undefined, values]);
const rawRule = rule(['prerouting'], ['accept', 'drop', 'notrack', 'passthrough']).map(
  ({ 'connection-state': _, ...values }): Edit => ['/ip/firewall/raw', undefined, values],
);

/** Changes besides rules, of the recorded edge router. */
const other = fc.constantFrom<Edit>(
  ['/ip/service', '*2', { disabled: 'true' }],
  ['/ip/service', '*2', { port: '8080' }],
  ['/ip/service', '*2', { address: '192.0.2.0/24' }],
  ['/ip/service', '*2', { address: '192.0.2.0/24,10.10.99.20/32' }],
  ['/ip/service', '*3', { disabled: 'true' }],
  ['/ip/address', '*3', { disabled: 'true' }],
  ['/ip/address', '*3', { address: '10.10.99.9/24' }],
  ['/ip/address', '*3', { interface: 'vlan20-iot' }],
  ['/ip/address', '*2', { disabled: 'true' }],
  ['/ip/route', undefined, { 'dst-address': '10.10.99.20/32', gateway: 'ether1' }],
  ['/interface', '*E', { disabled: 'true' }],
  ['/interface', '*A', { disabled: 'true' }],
  ['/interface', '*1', { disabled: 'true' }],
  ['/interface/vlan', '*E', { disabled: 'true' }],
  ['/interface/bridge/vlan', '*3', { tagged: 'sfp-sfpplus1' }],
  ['/interface/bridge/vlan', '*3', { disabled: 'true' }],
  ['/interface/bridge/vlan', '*1', { disabled: 'true' }],
  ['/interface/list/member', '*3', { disabled: 'true' }],
  ['/interface/list/member', undefined, { list: 'WAN', interface: 'vlan99-mgmt' }],
  ['/ip/firewall/address-list', '*1', { disabled: 'true' }],
  ['/ip/firewall/address-list', undefined, { list: 'ssh-blacklist', address: '10.10.99.20' }],
);

const MENUS = ['ip-service', 'ip-address', 'ip-route', 'interface', 'vlan', 'bridge-vlan', 'interface-list-member'];
const GATES = ['firewall-filter', 'firewall-raw', 'firewall-address-list'];

const OFF: readonly Edit[] = ['*2', '*3', '*4', '*9', '*6'].map((id): Edit => [FILTER, id, { disabled: 'true' }]);

const edge = () => startSimulator({ specs: [{ recording: 'rb5009_7.20.6' }] });
let known: Promise<ReachWorld> | undefined;
/** Every copy is like the first, so that the world is read once. */
const world = (): Promise<ReachWorld> => {
  known ??= (async () => {
    await using simulator = await edge();
    return await worldOf(only(simulator.routers));
  })();
  return known;
};

const only = (routers: readonly SimulatedRouter[]): SimulatedRouter => {
  const [router] = routers;
  if (!router) throw new Error('no router');
  return router;
};

const counts: Record<string, Record<Reach['verdict'], number>> = {};
afterAll(() => console.log('verdicts', counts));

async function checkOne(what: string, edits: readonly Edit[], menus: readonly string[]): Promise<void> {
  await using simulator = await edge();
  const router = only(simulator.routers);
  for (const edit of edits) router.edit(...edit);
  const { verdict, why, rule: by } = predictReach(reachAfter(await world(), menusOf(router, ...menus)), 'rest');
  const count = counts[what] ?? { yes: 0, no: 0, unknown: 0 };
  counts[what] = { ...count, [verdict]: count[verdict] + 1 };
  const seen = { why, by, edits };
  if (verdict === 'yes') expect({ ...seen, connects: await connects(router, 5_000) }).toEqual({ ...seen, connects: true });
  if (verdict === 'no') expect({ ...seen, connects: await isLetIn(router) }).toEqual({ ...seen, connects: false });
}

const shareUnknown = (what: string): number => {
  const { yes = 0, no = 0, unknown = 0 } = counts[what] ?? {};
  return unknown / (yes + no + unknown);
};

test('rules: yes always connects, no never does, and most can be told', { timeout: 600_000 }, async () => {
  const rules = fc.tuple(fc.boolean(), fc.array(inputRule, { maxLength: 6 }), fc.array(rawRule, { maxLength: 2 }));
  await fc.assert(
    fc.asyncProperty(rules, ([clean, input, raw]) => checkOne('rules', [...(clean ? OFF : []), ...input, ...raw], GATES)),
    { numRuns: RUNS },
  );
  expect(shareUnknown('rules')).toBeLessThan(0.4);
  expect(Math.min(counts['rules']?.['yes'] ?? 0, counts['rules']?.['no'] ?? 0)).toBeGreaterThan(RUNS / 10);
});

test('services, addresses, interfaces and lists, with rules and without', { timeout: 600_000 }, async () => {
  const changes = fc.tuple(fc.boolean(), fc.array(inputRule, { maxLength: 2 }), fc.array(other, { minLength: 1, maxLength: 3 }));
  await fc.assert(
    fc.asyncProperty(changes, ([clean, input, others]) =>
      checkOne('everything', [...(clean ? OFF : []), ...input, ...others], [...MENUS, ...GATES]),
    ),
    { numRuns: RUNS },
  );
  expect(shareUnknown('everything')).toBeLessThan(0.4);
});
