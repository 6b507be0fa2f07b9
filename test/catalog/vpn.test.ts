import { describe, expect, test } from 'vitest';
import { ipsecActivePeers } from '../../src/lib/capability/catalog/ipsec-active-peers.ts';
import { ipsecIdentity } from '../../src/lib/capability/catalog/ipsec-identity.ts';
import { ipsecInstalledSa } from '../../src/lib/capability/catalog/ipsec-installed-sa.ts';
import { ipsecModeConfig } from '../../src/lib/capability/catalog/ipsec-mode-config.ts';
import { ipsecPeer } from '../../src/lib/capability/catalog/ipsec-peer.ts';
import { ipsecPolicy } from '../../src/lib/capability/catalog/ipsec-policy.ts';
import { ipsecProfile } from '../../src/lib/capability/catalog/ipsec-profile.ts';
import { ipsecProposal } from '../../src/lib/capability/catalog/ipsec-proposal.ts';
import { ipsecSettings } from '../../src/lib/capability/catalog/ipsec-settings.ts';
import { ipsecStatistics } from '../../src/lib/capability/catalog/ipsec-statistics.ts';
import { l2tpClient } from '../../src/lib/capability/catalog/l2tp-client.ts';
import { l2tpServer } from '../../src/lib/capability/catalog/l2tp-server.ts';
import { ovpnClient } from '../../src/lib/capability/catalog/ovpn-client.ts';
import { ovpnServer } from '../../src/lib/capability/catalog/ovpn-server.ts';
import { pppAaa } from '../../src/lib/capability/catalog/ppp-aaa.ts';
import { pppActive } from '../../src/lib/capability/catalog/ppp-active.ts';
import { pppProfile } from '../../src/lib/capability/catalog/ppp-profile.ts';
import { pppSecret } from '../../src/lib/capability/catalog/ppp-secret.ts';
import { pppoeClient } from '../../src/lib/capability/catalog/pppoe-client.ts';
import { pppoeServer } from '../../src/lib/capability/catalog/pppoe-server.ts';
import { pptpClient } from '../../src/lib/capability/catalog/pptp-client.ts';
import { sstpClient } from '../../src/lib/capability/catalog/sstp-client.ts';
import { sstpServer } from '../../src/lib/capability/catalog/sstp-server.ts';
import { wireguard } from '../../src/lib/capability/catalog/wireguard.ts';
import { wireguardPeers } from '../../src/lib/capability/catalog/wireguard-peers.ts';
import { decodeRow } from '../../src/lib/capability/codec.ts';
import type { Capability, Risk } from '../../src/lib/capability/define.ts';
import type { Row } from '../../src/lib/client/types.ts';
import {
  add,
  keyed,
  NOW,
  nothingIsMissing,
  recordedRows,
  refusalOf,
  remove,
  riskOf,
  samplesAreUnderstood,
  set,
  type Told,
} from './ways.ts';

const LINKS: readonly Capability[] = [pppoeClient, l2tpClient, sstpClient, ovpnClient];
const WRITABLE: readonly Capability[] = [
  wireguard,
  wireguardPeers,
  pppProfile,
  pppSecret,
  ...LINKS,
  pppoeServer,
  l2tpServer,
  sstpServer,
  ipsecPeer,
  ipsecProfile,
  ipsecProposal,
  ipsecIdentity,
  ipsecPolicy,
];
const SHOWN: readonly Capability[] = [
  pppActive,
  pppAaa,
  ovpnServer,
  pptpClient,
  ipsecModeConfig,
  ipsecActivePeers,
  ipsecInstalledSa,
  ipsecStatistics,
  ipsecSettings,
];
const ALL = [...WRITABLE, ...SHOWN];

describe.each(ALL.map((one) => [one.id, one] as const))('%s', (_id, capability) => {
  test('every field of the schema is declared, in every version', () => nothingIsMissing(capability));
  test('says what each field is', () => {
    for (const [name, { traits }] of Object.entries(capability.fields)) expect(traits.about, name).toMatch(/^\S.*[.…]$/);
  });
  test('every recorded row is understood', () => {
    for (const { router, version, row } of recordedRows(capability)) expect(decodeRow(capability, row, version).extra, router).toEqual({});
  });
  test(WRITABLE.includes(capability) ? 'can be written' : 'cannot be written', () => {
    expect(capability.shape === 'table').toBe(!WRITABLE.includes(capability));
  });
});

samplesAreUnderstood('vpn', ALL);

test('what is secret and what only sounds like it', () => {
  const secret = ALL.flatMap(({ id, fields }) =>
    Object.entries(fields).flatMap(([name, { traits }]) => (traits.secret ? [`${id} ${name}`] : [])),
  );
  expect(secret).toEqual([
    'wireguard privateKey',
    'wireguard-peers presharedKey',
    'wireguard-peers privateKey',
    'ppp-secret password',
    'pppoe-client password',
    'l2tp-client password',
    'l2tp-client ipsecSecret',
    'sstp-client password',
    'ovpn-client password',
    'l2tp-server ipsecSecret',
    'ipsec-peer ppkSecret',
    'ipsec-identity secret',
    'ipsec-identity password',
    'pptp-client password',
    'ipsec-installed-sa encKey',
    'ipsec-installed-sa authKey',
  ]);
  for (const capability of ALL) {
    for (const { row, version } of recordedRows(capability)) {
      const hidden = Object.entries(row).filter(
        ([wire, text]) => decodeRow(capability, row, version).secrets.includes(wire) && text.length > 4,
      );
      const shown = JSON.stringify(decodeRow(capability, row, version));
      for (const [wire, text] of hidden) expect(shown, `${capability.id} ${wire}`).not.toContain(text);
    }
  }
});

/** A row of any recorded router, by a text it holds. */
function recorded(capability: Capability, holds: string): Row {
  const found = recordedRows(capability).find(({ row }) => Object.values(row).includes(holds));
  if (!found) throw new Error(`no row of ${capability.id} with ${holds}`);
  return found.row;
}

const off = { disabled: 'true' };
const on = { disabled: 'false' };
const note = { comment: 'seen by night' };
const tunnel = recorded(wireguard, 'wg-hq');
const branch = recorded(wireguardPeers, 'branch-1');
const laptop = recorded(wireguardPeers, 'laptop (never connected)');
const stranger: Row = {
  interface: 'wg-hq',
  'public-key': 'SYNTHETICpublicKeyOfANewPeer00000000000000A=',
  'allowed-address': '10.200.0.77/32',
};
const profile = recorded(pppProfile, 'default-encryption');
const secret = recorded(pppSecret, 'branch2');
const line: Row = { ...recorded(pppoeClient, 'pppoe-backup'), ...on };
const l2tp: Row = { ...recorded(l2tpClient, 'l2tp-provider'), ...on };
const service: Row = { ...recorded(pppoeServer, 'service1'), ...on };
const closed = recordedRows(l2tpServer)[0]?.row ?? {};
const sstp = recordedRows(sstpServer)[0]?.row ?? {};
const peer = recorded(ipsecPeer, 'datacentre');
const proposed = recorded(ipsecProfile, 'ike2-profile');
const usual = recorded(ipsecProfile, 'default');
const ciphers = recorded(ipsecProposal, 'ike2-proposal');
const identity = recorded(ipsecIdentity, 'datacentre');
const policy = recorded(ipsecPolicy, 'datacentre');
const pattern = recorded(ipsecPolicy, '::/0');

const RISKS: readonly (readonly [string, Capability, Told, Risk])[] = [
  ['a tunnel', wireguard, add({ name: 'wg-new' }), 'low'],
  ['the port of a tunnel', wireguard, set(tunnel, { 'listen-port': '13999' }), 'high'],
  ['a tunnel off', wireguard, set(tunnel, off), 'high'],
  ['a tunnel gone', wireguard, remove(tunnel), 'high'],
  ['a tunnel gone that was off: its key is lost', wireguard, remove({ ...tunnel, ...off }), 'high'],
  ['the packets of a tunnel', wireguard, set(tunnel, { mtu: '1400' }), 'medium'],
  ['the note of a tunnel', wireguard, set(tunnel, note), 'low'],

  ['a peer', wireguardPeers, add(stranger), 'medium'],
  ['a peer that takes our address', wireguardPeers, add(stranger, { ownHost: '10.200.0.77' }), 'high'],
  ['a peer that is off', wireguardPeers, add({ ...stranger, ...off }), 'low'],
  ['a peer gone', wireguardPeers, remove(branch), 'high'],
  ['a peer off', wireguardPeers, set(branch, off), 'high'],
  ['where a peer is', wireguardPeers, set(branch, { 'endpoint-address': '198.51.100.8' }), 'high'],
  ['what a peer may use', wireguardPeers, set(branch, { 'allowed-address': '10.200.0.2/32' }), 'high'],
  ['how often a peer is called', wireguardPeers, set(branch, { 'persistent-keepalive': '1m' }), 'medium'],
  ['the note of a peer', wireguardPeers, set(branch, note), 'low'],

  ['a profile', pppProfile, add({ name: 'guests' }), 'low'],
  ['a profile with a script', pppProfile, add({ name: 'guests', 'on-up': '/user/add' }), 'high'],
  ['the script of a profile', pppProfile, set(profile, { 'on-down': '/beep' }), 'high'],
  ['the pool of a profile', pppProfile, set(profile, { 'remote-address': 'pool2' }), 'medium'],
  ['a profile gone', pppProfile, remove({ '.id': '*7', name: 'guests', 'on-up': '/beep' }), 'medium'],

  ['a name that may not log in', pppSecret, add({ name: 'b', ...off }), 'low'],
  ['a name let in', pppSecret, set({ ...secret, ...off }, on), 'medium'],
  ['a name shut out', pppSecret, set(secret, off), 'medium'],
  ['the note of a name', pppSecret, set(secret, note), 'low'],
  ['a name gone', pppSecret, remove(secret), 'medium'],

  ['a line', pppoeClient, add({ name: 'new', interface: 'ether1', ...on }), 'medium'],
  [
    'a line that brings the default route',
    pppoeClient,
    add({ name: 'new', interface: 'ether1', 'add-default-route': 'yes', ...on }),
    'high',
  ],
  ['a line that is off', pppoeClient, add({ name: 'new', interface: 'ether1', 'add-default-route': 'yes', ...off }), 'low'],
  ['a line off', pppoeClient, set(line, off), 'high'],
  ['a line switched on', pppoeClient, set({ ...line, ...off }, on), 'high'],
  ['a line gone', pppoeClient, remove(line), 'high'],
  ['the note of a line', pppoeClient, set(line, note), 'low'],
  ['the note of a line that brings the default route', pppoeClient, set({ ...line, 'add-default-route': 'true' }, note), 'low'],
  ['the default route of a line', pppoeClient, set(line, { 'add-default-route': 'yes' }), 'high'],
  ['where a link goes', l2tpClient, set(l2tp, { 'connect-to': '198.51.100.9' }), 'high'],
  ['the note of a link', l2tpClient, set(l2tp, note), 'low'],

  ['a service', pppoeServer, add({ interface: 'ether5', ...on }), 'medium'],
  ['a service that is off', pppoeServer, add({ interface: 'ether5', ...off }), 'low'],
  ['a service gone', pppoeServer, remove(service), 'medium'],
  ['a server opened', l2tpServer, set(closed, { enabled: 'yes' }), 'high'],
  ['a server closed', l2tpServer, set({ ...closed, enabled: 'true' }, { enabled: 'false' }), 'high'],
  ['the settings of an open server', l2tpServer, set({ ...closed, enabled: 'true' }, { 'max-mtu': '1400' }), 'medium'],
  ['the settings of a closed server', l2tpServer, set(closed, { 'max-mtu': '1400' }), 'low'],
  ['the port of a closed server', sstpServer, set(sstp, { port: '4443' }), 'low'],
  ['another server opened', sstpServer, set(sstp, { enabled: 'yes' }), 'high'],

  ['an IPsec peer', ipsecPeer, add({ name: 'new', address: '198.51.100.201' }), 'low'],
  ['where an IPsec peer is', ipsecPeer, set(peer, { address: '198.51.100.201/32' }), 'high'],
  ['an IPsec peer off', ipsecPeer, set(peer, off), 'high'],
  ['who begins', ipsecPeer, set(peer, { passive: 'yes' }), 'medium'],
  ['the note of an IPsec peer', ipsecPeer, set(peer, note), 'low'],
  ['an IPsec profile', ipsecProfile, add({ name: 'new' }), 'low'],
  ['the ciphers of an IPsec profile', ipsecProfile, set(proposed, { 'enc-algorithm': 'aes-128' }), 'medium'],
  ['an IPsec profile gone', ipsecProfile, remove(proposed), 'medium'],
  ['an IPsec proposal', ipsecProposal, add({ name: 'new' }), 'low'],
  ['the ciphers of an IPsec proposal', ipsecProposal, set(ciphers, { 'enc-algorithms': 'aes-128-cbc' }), 'medium'],
  ['an IPsec proposal that is off', ipsecProposal, set({ ...ciphers, ...off }, { lifetime: '2h' }), 'low'],
  ['an identity', ipsecIdentity, add({ peer: 'new' }), 'medium'],
  ['an identity that is off', ipsecIdentity, add({ peer: 'new', ...off }), 'low'],
  ['how an identity is proved', ipsecIdentity, set(identity, { 'auth-method': 'digital-signature' }), 'high'],
  ['an identity off', ipsecIdentity, set(identity, off), 'high'],
  ['an identity gone: its secret is lost', ipsecIdentity, remove({ ...identity, ...off }), 'high'],
  ['the chain of an identity', ipsecIdentity, set(identity, { 'notrack-chain': 'prerouting' }), 'medium'],
  ['the note of an identity', ipsecIdentity, set(identity, note), 'low'],
  ['a policy', ipsecPolicy, add({ peer: 'datacentre', 'src-address': '192.168.88.0/24', 'dst-address': '172.31.0.0/16' }), 'medium'],
  [
    'a policy for everything',
    ipsecPolicy,
    add({ peer: 'datacentre', 'src-address': '192.168.88.0/24', 'dst-address': '0.0.0.0/0' }),
    'high',
  ],
  ['a policy for our address', ipsecPolicy, set(policy, { level: 'use' }, { ownHost: '192.168.88.1' }), 'high'],
  ['a pattern for everything', ipsecPolicy, set(pattern, { proposal: 'ike2-proposal' }), 'medium'],
  ['a policy that is off', ipsecPolicy, add({ peer: 'datacentre', 'dst-address': '0.0.0.0/0', ...off }), 'low'],
  ['the note of a policy', ipsecPolicy, set(policy, note, { ownHost: '192.168.88.1' }), 'low'],
  ['a policy gone', ipsecPolicy, remove(policy), 'medium'],
];

test.each(RISKS)('%s (%o): the risk is as touched', (_what, capability, change, risk) => expect(riskOf(capability, change)).toBe(risk));

test('every dialled link is judged alike', () => {
  for (const capability of LINKS) {
    const link: Row = { name: 'x', 'connect-to': '198.51.100.9', interface: 'ether1', user: 'u', ...on };
    const seen = [add(link), add({ ...link, 'add-default-route': 'yes' }), set(link, off), set(link, note), remove({ ...link, ...off })];
    expect(
      seen.map((change) => riskOf(capability, change)),
      capability.id,
    ).toEqual(['medium', 'high', 'high', 'low', 'low']);
  }
});

const peers = [branch, laptop];
const greedy = { ...stranger, 'allowed-address': '10.200.0.77/32,10.60.0.0/16' };

const REFUSALS: readonly (readonly [string, Capability, Told, RegExp | undefined])[] = [
  [
    'a prefix that another peer has',
    wireguardPeers,
    add(greedy, { rows: peers }),
    /^10\.60\.0\.0\/16 already belongs to another peer of wg-hq/,
  ],
  ['the same on another tunnel', wireguardPeers, add({ ...greedy, interface: 'wg-lab' }, { rows: peers }), undefined],
  ['the same by a peer that is off', wireguardPeers, add({ ...greedy, ...off }, { rows: peers }), undefined],
  ['the same from a peer that is off', wireguardPeers, add(greedy, { rows: [{ ...branch, ...off }] }), undefined],
  ['a prefix of its own', wireguardPeers, add(stranger, { rows: peers }), undefined],
  ['a prefix taken over', wireguardPeers, set(laptop, { 'allowed-address': '10.60.0.0/16' }, { rows: peers }), /already belongs/],
  ['a peer as it is', wireguardPeers, set(branch, note, { rows: peers }), undefined],
  ['a peer with a new key', wireguardPeers, set(branch, { 'public-key': stranger['public-key'] ?? '' }, { rows: peers }), undefined],
  ['a peer gone', wireguardPeers, remove(branch, { rows: peers }), undefined],

  ['a name without a password', pppSecret, add({ name: 'b' }), /no password.*add it disabled/],
  ['a name without a password that may not log in', pppSecret, add({ name: 'b', ...off }), undefined],
  ['a name let in', pppSecret, set({ ...secret, ...off }, on), undefined],
  ['a profile that came with the router', pppProfile, remove(profile), /came with the router/],
  ['another profile', pppProfile, remove({ '.id': '*7', name: 'guests' }), undefined],
  ['the IPsec profile that came with the router', ipsecProfile, remove(usual), /came with the router/],
  ['another IPsec profile', ipsecProfile, remove(proposed), undefined],
  ['the IPsec proposal that came with the router', ipsecProposal, remove({ ...ciphers, default: 'true' }), /came with the router/],
  ['another IPsec proposal', ipsecProposal, remove(ciphers), undefined],
  ['the pattern that came with the router', ipsecPolicy, remove(pattern), /came with the router/],
  ['another policy gone', ipsecPolicy, remove(policy), undefined],
  ['the proposal of that pattern', ipsecPolicy, set(pattern, { proposal: 'ike2-proposal' }), undefined],
  ['a policy without a peer', ipsecPolicy, add({ 'dst-address': '172.31.0.0/16' }), /needs a peer/],
  ['a policy that drops', ipsecPolicy, add({ 'dst-address': '172.31.0.0/16', action: 'discard' }), undefined],
  ['a pattern without a peer', ipsecPolicy, add({ 'dst-address': '172.31.0.0/16', template: 'yes' }), undefined],
  ['a policy with a peer', ipsecPolicy, add({ 'dst-address': '172.31.0.0/16', peer: 'datacentre' }), undefined],
];

test.each(REFUSALS)('%s (%o): refused or not', (_what, capability, change, expected) => {
  const refusal = refusalOf(capability, change);
  if (expected === undefined) expect(refusal).toBeUndefined();
  else expect(refusal).toMatch(expected);
});

describe('keys: rows that may stand side by side differ, rows that collide do not', () => {
  const named = [
    wireguard,
    pppProfile,
    pppoeClient,
    l2tpClient,
    sstpClient,
    ovpnClient,
    pptpClient,
    ipsecPeer,
    ipsecProfile,
    ipsecProposal,
    ipsecModeConfig,
  ];
  test.each(named.map((one) => [one.id, one] as const))('%s: by name', (_id, capability) => {
    expect(keyed(capability, { name: 'a', comment: 'x' })).toBe(keyed(capability, { name: 'a', disabled: 'true' }));
    expect(keyed(capability, { name: 'a' })).not.toBe(keyed(capability, { name: 'b' }));
  });
  test('one name may log in differently by each service', () => {
    expect(keyed(pppSecret, { name: 'a', service: 'l2tp' })).not.toBe(keyed(pppSecret, { name: 'a', service: 'pppoe' }));
    expect(keyed(pppSecret, { name: 'a', service: 'any' })).toBe(keyed(pppSecret, { name: 'a', profile: 'x' }));
  });
  test('one service once on an interface, also the one without a name', () => {
    const one = { interface: 'ether5', 'service-name': 'isp' };
    expect(keyed(pppoeServer, one)).toBe(keyed(pppoeServer, { ...one, 'max-sessions': '7' }));
    expect(keyed(pppoeServer, one)).not.toBe(keyed(pppoeServer, { ...one, interface: 'ether6' }));
    expect(keyed(pppoeServer, one)).not.toBe(keyed(pppoeServer, { interface: 'ether5' }));
    expect(keyed(pppoeServer, { interface: 'ether5' })).toBe(keyed(pppoeServer, { interface: 'ether5', 'service-name': '' }));
  });
  test('a far end is known by its key on each tunnel', () => {
    expect(keyed(wireguardPeers, branch)).not.toBe(keyed(wireguardPeers, laptop));
    expect(keyed(wireguardPeers, branch)).not.toBe(keyed(wireguardPeers, { ...branch, interface: 'wg-lab' }));
    expect(keyed(wireguardPeers, branch)).toBe(keyed(wireguardPeers, { ...branch, name: 'other', 'allowed-address': '10.1.1.1/32' }));
  });
  test('an identity or a policy has no name', () => {
    expect(ALL.filter(({ key, shape }) => key.length === 0 && shape !== 'table' && shape !== 'singleton').map(({ id }) => id)).toEqual([
      'ipsec-identity',
      'ipsec-policy',
    ]);
  });
});

describe('what the versions spell differently', () => {
  test.each([
    ['7.16.2', { 'is-responder': 'true' }],
    ['7.20.8', { responder: 'true' }],
  ])('a peer that only answers, on %s', (version, row) => {
    const { item, extra } = decodeRow(wireguardPeers, row, version);
    expect([item, extra]).toEqual([expect.objectContaining({ responder: true }), {}]);
  });
  test.each([
    ['false', 'no'],
    ['true', 'yes'],
    ['required', 'required'],
  ])('IPsec on an L2TP server: %s', (wire, value) => {
    expect(decodeRow(l2tpServer, { 'use-ipsec': wire }, NOW).item).toMatchObject({ useIpsec: value });
  });
  test('one OpenVPN server before 7.17, a list of them since', () => {
    expect(decodeRow(ovpnServer, { enabled: 'no', port: '1194' }, '7.12.2')).toMatchObject({ id: '', item: { enabled: false }, extra: {} });
    expect(decodeRow(ovpnServer, { '.id': '*1', name: 'o', disabled: 'false' }, '7.20.8')).toMatchObject({
      item: { name: 'o' },
      extra: {},
    });
  });
});
