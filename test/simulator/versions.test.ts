import { expect, test } from 'vitest';
import { schemaFor } from '../../src/simulator/fixtures.ts';
import { nearestVersion } from '../../src/simulator/schema.ts';
import { bench } from './support.ts';

test('a version is served by the schema of its own minor release, else by the nearest older one', () => {
  const versions = ['7.12.2', '7.16.2', '7.20.8', '7.22.2', '7.23.2', '7.24'];
  expect(['7.20.6', '7.12.1', '7.24', '7.21.5', '7.15.3', '7.9', '7.99'].map((version) => nearestVersion(version, versions))).toEqual([
    '7.20.8',
    '7.12.2',
    '7.24',
    '7.20.8',
    '7.12.2',
    '7.12.2',
    '7.24',
  ]);
  expect(schemaFor('7.20.6').version).toBe('7.20.8');
});

test('7.24 keeps the sources of a service under another name and still takes the old one', () => {
  const core = bench('chr_7.24');
  const reply = core.ask('PATCH', '/ip/service/ssh', { address: '10.0.0.1' });
  expect(reply.body['available-from']).toBe('10.0.0.1/32');
  expect(reply.body).not.toHaveProperty('address');
  expect(bench().ask('PATCH', '/ip/service/ssh', { 'available-from': '10.0.0.1' }).body.detail).toBe('unknown parameter available-from');
});

test('a POST to a bare menu is an error before 7.23 and silence from then on; it never does anything', () => {
  for (const [recording, status] of [
    ['rb5009_7.20.6', 400],
    ['hap-ax3_7.22.1', 400],
    ['chr_7.24', 200],
  ] as const) {
    const router = bench(recording);
    const before = router.rows('/ip/firewall/address-list').length;
    expect(router.ask('POST', '/ip/firewall/address-list', { list: 'l', address: '192.0.2.1' }).status).toBe(status);
    expect(router.rows('/ip/firewall/address-list')).toHaveLength(before);
  }
});

test('fields and menus come and go with the version, drivers with the package', () => {
  const branch = bench('hap-ac2_7.12.1');
  expect(
    branch.ask('PUT', '/interface/wireguard/peers', { interface: 'wg-hq', 'allowed-address': '10.0.0.0/8', name: 'x' }).body.detail,
  ).toBe('unknown parameter name');
  expect(branch.ask('GET', '/safe-mode').body.detail).toBe('no such command or directory (safe-mode)');
  expect(branch.ask('GET', '/interface/wireless').status).toBe(200);
  expect(branch.ask('GET', '/interface/wifi').body.detail).toBe('no such command or directory (wifi)');
  expect(branch.ask('GET', '/system/resource').body['build-time']).toBe('Nov/17/2023 11:38:45');
  const ap = bench('hap-ax3_7.22.1');
  expect(ap.ask('GET', '/safe-mode').body).toMatchObject({ enabled: 'false' });
  for (const driver of ['wireless', 'wifiwave2'])
    expect(ap.ask('GET', `/interface/${driver}`).body.detail).toBe(`no such command or directory (${driver})`);
  expect(ap.ask('GET', '/interface/wifi').body).toHaveLength(3);
  expect(ap.ask('GET', '/container').body.detail).toBe('no such command or directory (container)');
});

test('what is filled in is what the version knows', () => {
  const made = (recording: string) => bench(recording).ask('PUT', '/interface/bridge', {}).body;
  expect(made('rb5009_7.20.6')).toMatchObject({ name: 'bridge1', 'port-cost-mode': 'long' });
  expect(made('hap-ac2_7.12.1')).toMatchObject({ name: 'bridge1', 'vlan-filtering': 'false' });
  expect(made('hap-ac2_7.12.1')).not.toHaveProperty('port-cost-mode');
});

test('a menu of hardware this board lacks is no name of a row', () => {
  expect(bench().ask('GET', '/interface/ethernet/poe').body.detail).toBe('no such command or directory (poe)');
  expect(bench().ask('GET', '/interface/ethernet/ether99').status).toBe(404);
});

test('a virtual router has no hardware to tell of', () => {
  const core = bench('chr_7.24');
  expect(core.ask('GET', '/system/health')).toEqual({ status: 200, body: [] });
  expect(core.ask('GET', '/system/license').body).toHaveProperty('system-id');
});
