import { expect, test } from 'vitest';
import { decodeRow } from '../../src/lib/capability/codec.ts';
import type { Row } from '../../src/lib/client/types.ts';
import { firewallChainSync } from '../../src/lib/recipe/firewall-chain-sync.ts';
import { ALL, EDGE, refusal, startRig } from '../fleet/rig.ts';
import { capabilityOf } from '../laws/subjects.ts';

test.each<readonly [string, unknown, RegExp]>([
  ['no rule', [], /lets everything through/],
  ['no list', '{"action":"drop"}', /JSON list/],
  ['no JSON', 'drop', /JSON list/],
  ['a field that is none', [{ action: 'drop', colour: 'red' }], /Rule 1: firewall-filter has no field/],
  ['a value that is none', [{ action: 'drop' }, { action: 'burn' }], /Rule 2: action does not take/],
  ['a counter', [{ action: 'drop', bytes: 1 }], /Rule 1: bytes is read only/],
  ['no action', [{ protocol: 'tcp' }], /Rule 1 has no action/],
  ['another chain', [{ chain: 'forward', action: 'drop' }], /another chain/],
  ['a jump to nowhere', [{ action: 'jump' }], /jump-target/],
  ['text that hides', [{ action: 'drop', comment: 'a\u001b[2Jb' }], /Rule 1: comment/],
])('%s is refused, and nothing is written', async (_, rules, words) => {
  await using rig = await startRig();
  const asked = rig.fleet.planRecipe({ device: 'edge-1', recipe: firewallChainSync.id, input: { chain: 'input', rules } });
  expect(await refusal(asked)).toMatchObject({ kind: 'input', message: expect.stringMatching(words) });
  expect(rig.router.requests().filter(({ write }) => write)).toEqual([]);
});

/** On a router: planned, approved, applied, asked for again, undone. */
test.each<readonly [string, string, string, readonly Row[]]>([
  [
    'filter',
    'forward',
    '/ip/firewall/filter',
    [
      { action: 'accept', 'connection-state': 'established,related', comment: 'known' },
      { action: 'drop', 'connection-state': 'invalid' },
      { action: 'accept', 'in-interface-list': 'LAN', protocol: 'tcp', 'dst-port': '80,443', comment: 'web' },
      { action: 'drop', comment: 'defconf: drop all from WAN not DSTNATed' },
    ],
  ],
  [
    'nat',
    'srcnat',
    '/ip/firewall/nat',
    [
      { action: 'accept', 'dst-address': '10.0.0.0/8' },
      { action: 'masquerade', 'out-interface-list': 'WAN' },
    ],
  ],
  ['mangle', 'forward', '/ip/firewall/mangle', [{ action: 'change-mss', protocol: 'tcp', 'tcp-flags': 'syn', 'new-mss': 'clamp-to-pmtu' }]],
  [
    'raw',
    'prerouting',
    '/ip/firewall/raw',
    [
      { action: 'drop', 'src-address-list': 'bad' },
      { action: 'notrack', protocol: 'udp', 'dst-port': '53' },
    ],
  ],
  ['ipv6-filter', 'forward', '/ipv6/firewall/filter', [{ action: 'accept', 'src-address': '2001:db8::/32' }, { action: 'drop' }]],
])('%s %s on a router', async (name, chain, menu, rules) => {
  await using rig = await startRig({ specs: [{ recording: EDGE, name: 'edge-1' }], allow: ALL });
  const input = { table: name, chain, rules };
  const ask = () => rig.fleet.planRecipe({ device: 'edge-1', recipe: firewallChainSync.id, input });
  const apply = async (planId: string) => {
    await rig.operator.approve(planId, { typedName: 'edge-1' });
    return (await rig.fleet.apply({ planId })).state;
  };
  // As content: a rule that comes back has what RouterOS means anyway left out.
  const said = () =>
    rig.router
      .rows(menu)
      .map((row) => decodeRow(capabilityOf(name === 'ipv6-filter' ? 'ipv6-firewall-filter' : `firewall-${name}`), row, '7.20.6').content);
  const before = said();
  const { view } = await ask();
  expect(await apply(view?.plan.id ?? '')).toBe('completed');
  expect(
    rig.router
      .rows(menu)
      .filter((row) => row['chain'] === chain && row['dynamic'] !== 'true')
      .map(({ action, comment }) => [action, comment ?? '']),
  ).toEqual(rules.map(({ action, comment }) => [action, comment ?? '']));
  expect(await ask()).toEqual({ planned: false });
  const back = await rig.fleet.rollback(view?.plan.id ?? '');
  expect(await apply(back.view?.plan.id ?? '')).toBe('completed');
  expect(said()).toEqual(before);
});
