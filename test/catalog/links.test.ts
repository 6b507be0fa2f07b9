import { describe, expect, test } from 'vitest';
import { decodeRow } from '../../src/lib/capability/codec.ts';
import { isWritable } from '../../src/lib/capability/define.ts';
import { columnsOf } from '../../src/lib/capability/present.ts';
import { allLinks, link, linksOf } from './links.ts';
import { nothingIsMissing, recordedRows, samplesAreUnderstood } from './ways.ts';

/** What holds for every file about interfaces, bridges and wireless: its fields, its rows, its columns, its secrets. */

describe.each(allLinks.map((one) => [one.id, one] as const))('%s', (_, capability) => {
  test('every field of the schema is declared', () => nothingIsMissing(capability));

  test('every recorded row is understood whole', () => {
    for (const { router, version, row } of recordedRows(capability)) {
      expect(decodeRow(capability, row, version).extra, `${router} ${row['.id'] ?? ''}`).toEqual({});
    }
  });

  test('shows four to ten columns, each in a place of its own', () => {
    const places = columnsOf(capability).map((name) => capability.fields[name]?.traits.column);
    expect(places.length).toBeGreaterThanOrEqual(4);
    expect(places.length).toBeLessThanOrEqual(10);
    expect(new Set(places).size).toBe(places.length);
  });

  test('says of every field what it is', () => {
    for (const [name, { traits }] of Object.entries(capability.fields)) expect(traits.about, name).toMatch(/^[^ ].{2,100}\.$/);
  });
});

samplesAreUnderstood('interfaces, bridges and wireless', allLinks);

test('secrets are masked, also inside other menus', () => {
  const SECRETS: readonly (readonly [string, string])[] = [
    ['vrrp', 'password'],
    ['gre', 'ipsec-secret'],
    ['eoip', 'ipsec-secret'],
    ['ipip', 'ipsec-secret'],
    ['lte', 'pin'],
    ['lte-apn', 'password'],
    ['wireless', 'nv2-preshared-key'],
    ['wireless', 'nv2-sync-secret'],
    ['wireless-security-profiles', 'wpa-pre-shared-key'],
    ['wireless-security-profiles', 'wpa2-pre-shared-key'],
    ['wireless-security-profiles', 'mschapv2-password'],
    ['wireless-security-profiles', 'static-key-0'],
    ['wireless-security-profiles', 'static-sta-private-key'],
    ['wireless-security-profiles', 'management-protection-key'],
    ['wireless-access-list', 'private-pre-shared-key'],
    ['wifi', 'security.passphrase'],
    ['wifi', 'security.eap-password'],
    ['wifi-configuration', 'security.passphrase'],
    ['wifi-security', 'passphrase'],
    ['wifi-access-list', 'passphrase'],
    ['wifiwave2', 'security.passphrase'],
    ['capsman-interface', 'security.passphrase'],
    ['capsman-configuration', 'security.passphrase'],
    ['capsman-security', 'passphrase'],
  ];
  for (const [id, wire] of SECRETS) {
    const decoded = decodeRow(link(id), { '.id': '*1', [wire]: 'hunter2' }, id === 'wifiwave2' ? '7.12.2' : '7.24');
    expect(decoded.secrets, `${id} ${wire}`).toEqual([wire]);
    expect(JSON.stringify(decoded), `${id} ${wire}`).not.toContain('hunter2');
  }
});

test('what looks like a secret and is none stays readable', () => {
  const row = {
    'authentication-types': 'wpa2-psk',
    'group-key-update': '5m',
    'ft-r0-key-lifetime': '10m',
    'multi-passphrase-group': 'staff',
  };
  expect(decodeRow(link('wifi-security'), row, '7.24')).toMatchObject({ secrets: [], extra: {}, item: { groupKeyUpdate: 300 } });
});

test('changes of a topic are fenced by its flag', () => {
  for (const one of linksOf('bridge')) expect(one.fence, one.id).toBe(isWritable(one) ? 'bridge-writes' : undefined);
  for (const one of linksOf('wireless')) expect(one.fence, one.id).toBe(isWritable(one) ? 'wireless-writes' : undefined);
  for (const one of linksOf('interface')) expect(one.fence, one.id).toBeUndefined();
});

test('a renamed field is one field', () => {
  const names = (id: string, row: Readonly<Record<string, string>>, version: string) => decodeRow(link(id), row, version).item;
  expect(names('vxlan', { vrf: 'mgmt' }, '7.16.2')).toMatchObject({ vtepVrf: 'mgmt' });
  expect(names('vxlan', { 'vtep-vrf': 'mgmt' }, '7.24')).toMatchObject({ vtepVrf: 'mgmt' });
  expect(names('bridge-mdb', { ports: 'ether2,ether3' }, '7.16.2')).toMatchObject({ interface: ['ether2', 'ether3'] });
  expect(names('bridge-mdb', { interface: 'ether2,ether3' }, '7.20.8')).toMatchObject({ interface: ['ether2', 'ether3'] });
});
