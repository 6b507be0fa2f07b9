import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { fieldExists, wireName } from '../../src/lib/capability/codec.ts';
import type { Risk } from '../../src/lib/capability/define.ts';
import type { Row } from '../../src/lib/client/types.ts';
import { Secret } from '../../src/lib/core/secret.ts';
import { sealerFor } from '../../src/lib/fleet/plan-secrets.ts';
import { menuOf } from '../../src/lib/plan/menu.ts';
import { judge } from '../../src/lib/plan/plan.ts';
import { draftChanges } from '../../src/lib/plan/planner.ts';
import { openVault } from '../../src/lib/vault/vault.ts';
import { capabilityOf, catalog } from '../laws/subjects.ts';

/** How grave it is to set a secret of a row that is in force: what it carries stops where the two ends no longer agree. */
const RISKS: Readonly<Record<string, Risk>> = {
  'bgp-connection': 'high',
  eoip: 'high',
  gre: 'high',
  'ipsec-identity': 'high',
  'ipsec-peer': 'high',
  'l2tp-client': 'high',
  'l2tp-server': 'medium',
  'lte-apn': 'high',
  'ospf-interface-template': 'high',
  'ovpn-client': 'high',
  'ppp-secret': 'medium',
  'pppoe-client': 'high',
  snmp: 'medium',
  'snmp-community': 'medium',
  'sstp-client': 'high',
  user: 'high',
  vrrp: 'high',
  wifi: 'high',
  'wifi-configuration': 'high',
  'wifi-security': 'high',
  wireguard: 'high',
  'wireguard-peers': 'high',
  wireless: 'high',
  'wireless-security-profiles': 'high',
};
/** Kept for the far end only: the tunnel does not need it. */
const LESS: Readonly<Record<string, Risk>> = { 'wireguard-peers private-key': 'medium' };

const subjects = catalog.capabilities.flatMap((capability) => {
  const version = capability.when?.until === undefined ? '7.24' : '7.12.1';
  const secrets = Object.entries(capability.fields).filter(
    ([, field]) => field.traits.secret && !field.traits.readOnly && fieldExists(field, version),
  );
  if (capability.shape === 'table' || capability.id === 'netwatch') return [];
  return secrets.map(([name, field]) => ({ id: capability.id, name, wire: wireName(name, field, version), version }));
});

test('every capability with a secret that can be written is judged', () => {
  expect([...new Set(subjects.map(({ id }) => id))].toSorted()).toEqual(Object.keys(RISKS).toSorted());
});

test.each(subjects)('$id $wire', ({ id, name, wire, version }) => {
  const capability = capabilityOf(id);
  const row: Row = { '.id': '*1', name: 'a', disabled: 'false', [wire]: 'old' };
  const menus = new Map([[id, menuOf(capability, version, [row])]]);
  const where = capability.shape === 'singleton' ? {} : { where: { id: '*1' } };
  const { seal } = sealerFor({ vault: openVault({ key: randomBytes(32) }) }, 'pln_0000000000000000', 'd');
  const draft = draftChanges(menus, [{ verb: 'set', capability: id, ...where, values: { [name]: new Secret('new') } }], seal);
  const { risk, reasons } = judge(menus, draft, { environment: 'lab', ownHost: '192.0.2.1' });
  expect(risk).toBe(LESS[`${id} ${wire}`] ?? RISKS[id]);
  expect(reasons).toContain(`set ${id} sets a secret`);
});
