import { describe, expect, test } from 'vitest';
import * as entries from '../../src/lib/capability/catalog/index.ts';
import { catalogOf } from '../../src/lib/capability/lookup.ts';
import { parseCheck } from '../../src/lib/insight/checks/parse.ts';
import { declaredChecks } from '../../src/lib/plan/declared.ts';
import type { Intent } from '../../src/lib/plan/intent.ts';
import { draftChanges } from '../../src/lib/plan/planner.ts';
import { menusWith, type Rows } from '../plan/helpers.ts';

const catalog = catalogOf(entries);
const PEER = { name: 'edge', 'remote.address': '192.0.2.1', 'local.role': 'ebgp', instance: 'main' };
const ROUTE = { 'dst-address': '0.0.0.0/0', gateway: '192.0.2.1', distance: '1' };

/** What a plan of these wishes would check, as it stands in the plan. */
function asked(rows: Rows, ...intents: readonly Intent[]): readonly string[] {
  const menus = menusWith(rows);
  const texts = declaredChecks(menus, draftChanges(menus, intents), { environment: 'lab', ownHost: '192.0.2.200' });
  // Whatever a capability says is a check, required only where it held.
  for (const text of texts) expect(parseCheck(text, catalog)).toMatchObject({ text, ifHeld: true });
  return texts;
}
const set = (capability: string, values: Readonly<Record<string, unknown>>): Intent => ({
  verb: 'set',
  capability,
  where: { id: '*1' },
  values,
});

describe('what a capability asks to hold on', () => {
  test('a BGP session of a connection that is in force', () => {
    const rows = { 'bgp-connection': [PEER] };
    expect(asked(rows, set('bgp-connection', { 'remote-as': '64512' }))).toEqual(['bgp 192.0.2.1 established (if it held before)']);
    expect(asked(rows, set('bgp-connection', { disabled: true }))).toEqual([]);
    expect(asked(rows, { verb: 'remove', capability: 'bgp-connection', where: { id: '*1' } })).toEqual([]);
    expect(
      asked({ 'bgp-connection': [{ ...PEER, 'remote.address': '192.0.2.1/32' }] }, set('bgp-connection', { comment: 'x' })),
    ).toHaveLength(1);
    expect(asked({ 'bgp-connection': [{ ...PEER, 'remote.address': '192.0.2.0/24' }] }, set('bgp-connection', { comment: 'x' }))).toEqual(
      [],
    );
  });

  test('a gateway that answers', () => {
    const add = (values: Readonly<Record<string, unknown>>, capability = 'ip-route'): Intent => ({ verb: 'add', capability, values });
    const rows = { 'ip-route': [ROUTE] };
    expect(asked(rows, add({ 'dst-address': '198.51.100.0/24', gateway: '192.0.2.9' }))).toEqual(['ping 192.0.2.9 (if it held before)']);
    expect(asked(rows, set('ip-route', { distance: 5 }))).toEqual(['ping 192.0.2.1 (if it held before)']);
    for (const gateway of ['ether1', '192.0.2.1%ether1', '192.0.2.1,192.0.2.2']) {
      expect(asked(rows, add({ 'dst-address': '198.51.100.0/24', gateway }))).toEqual([]);
    }
    expect(asked(rows, add({ 'dst-address': '198.51.100.0/24', blackhole: true }))).toEqual([]);
    expect(asked(rows, set('ip-route', { disabled: true }))).toEqual([]);
    const six = add({ 'dst-address': '2001:db8::/32', gateway: '2001:db8:1::1' }, 'ipv6-route');
    expect(asked({ 'ipv6-route': [] }, six)).toEqual(['ping 2001:db8:1::1 (if it held before)']);
  });

  test('names that are looked up', () => {
    const rows = { dns: [{ servers: '9.9.9.9' }] };
    expect(asked(rows, { verb: 'set', capability: 'dns', values: { servers: '192.0.2.53' } })).toEqual([
      'dns example.com (if it held before)',
    ]);
    expect(asked(rows, { verb: 'set', capability: 'dns', values: { servers: '' } })).toEqual([]);
  });

  test('each once, and a few at most', () => {
    const add = (at: number, gateway: string): Intent => ({
      verb: 'add',
      capability: 'ip-route',
      values: { 'dst-address': `198.51.${at}.0/24`, gateway },
    });
    const many = Array.from({ length: 20 }, (_, at) => at);
    expect(asked({ 'ip-route': [ROUTE] }, ...many.map((at) => add(at, '192.0.2.9')))).toHaveLength(1);
    expect(asked({ 'ip-route': [ROUTE] }, ...many.map((at) => add(at, `192.0.2.${at + 1}`)))).toHaveLength(8);
  });

  test('nothing, where a capability says nothing', () => {
    expect(asked({ wireguard: [{ name: 'wg' }] }, set('wireguard', { mtu: 1400 }))).toEqual([]);
  });
});
