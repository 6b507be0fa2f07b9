import http from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recordedRouters } from '../../src/simulator/fixtures.ts';
import { createRouter, type RouterSpec, type SimulatedRouter, type Simulator, startSimulator } from '../../src/simulator/index.ts';
import { behindOurBack, storedRows } from '../../src/simulator/outside.ts';
import { reaches } from '../../src/simulator/reach/index.ts';
import { sshLogin } from './ssh-client.ts';
import { call, START } from './support.ts';

const FILTER = '/ip/firewall/filter';
type Edit = readonly [menu: string, id: string | undefined, values: Readonly<Record<string, string>>];

/** A router after changes, and whether a new or an open connection gets to a service. */
function changed(edits: readonly Edit[], spec: Partial<RouterSpec> = {}) {
  const router = createRouter({ spec: { recording: 'rb5009_7.20.6', ...spec }, now: START, seed: 7 });
  for (const [menu, id, values] of edits) behindOurBack.edit(router, menu, id, values, START);
  return router;
}
const verdict = (edits: readonly Edit[], spec?: Partial<RouterSpec>) => reaches(changed(edits, spec), 'www', 'new');
const rule = (values: Readonly<Record<string, string>>): Edit => [FILTER, undefined, { chain: 'input', ...values }];
/** Every rule of the recording is switched off, so that only the ones under test count. */
const OFF: readonly Edit[] = ['*2', '*3', '*4', '*9', '*6'].map((id): Edit => [FILTER, id, { disabled: 'true' }]);

test.each(recordedRouters())('%s lets its own station in, on every copy', (folder) => {
  for (const index of [0, 1, 200]) {
    const router = createRouter({ spec: { recording: folder }, index, copyNumber: index, now: START, seed: 7 });
    expect(router.management.interfaceId).toBeDefined();
    expect(router.management.address).toBeDefined();
    // Somebody has looked, so that it is worked out and not taken for granted.
    expect(storedRows(router, FILTER).length).toBeGreaterThan(0);
    for (const service of ['www', 'www-ssl', 'ssh'] as const) {
      expect([service, reaches(router, service, 'new'), reaches(router, service, 'established')]).toEqual([service, 'pass', 'pass']);
    }
  }
});

describe('the first rule of input that matches decides', () => {
  test.each([
    ['drop without anything', { action: 'drop' }, 'silence'],
    ['reject', { action: 'reject' }, 'reset'],
    ['tarpit', { action: 'tarpit', protocol: 'tcp' }, 'silence'],
    ['one that is off', { action: 'drop', disabled: 'true' }, 'pass'],
    ['another chain', { chain: 'forward', action: 'drop' }, 'pass'],
    ['our address', { action: 'drop', 'src-address': '10.10.99.20' }, 'silence'],
    ['our network', { action: 'drop', 'src-address': '10.0.0.0/8' }, 'silence'],
    ['a range with us in it', { action: 'drop', 'src-address': '10.10.99.1-10.10.99.30' }, 'silence'],
    ['a range without us', { action: 'drop', 'src-address': '10.10.99.30-10.10.99.40' }, 'pass'],
    ['all but us', { action: 'drop', 'src-address': '!10.10.99.20' }, 'pass'],
    ['all but others', { action: 'drop', 'src-address': '!192.0.2.0/24' }, 'silence'],
    ['a list with us in it', { action: 'drop', 'src-address-list': 'mgmt' }, 'silence'],
    ['all that are not in it', { action: 'drop', 'src-address-list': '!mgmt' }, 'pass'],
    ['a list without us', { action: 'drop', 'src-address-list': 'ssh-blacklist' }, 'pass'],
    ['our interface', { action: 'drop', 'in-interface': 'vlan99-mgmt' }, 'silence'],
    ['another interface', { action: 'drop', 'in-interface': 'ether1' }, 'pass'],
    ['a list of interfaces', { action: 'drop', 'in-interface-list': 'LAN' }, 'silence'],
    ['not that list', { action: 'drop', 'in-interface-list': '!LAN' }, 'pass'],
    ['every interface', { action: 'drop', 'in-interface-list': 'all' }, 'silence'],
    ['tcp', { action: 'drop', protocol: 'tcp' }, 'silence'],
    ['udp', { action: 'drop', protocol: 'udp' }, 'pass'],
    ['all but tcp', { action: 'drop', protocol: '!tcp' }, 'pass'],
    ['our port', { action: 'drop', protocol: 'tcp', 'dst-port': '22,80' }, 'silence'],
    ['a range of ports', { action: 'drop', protocol: 'tcp', 'dst-port': '79-90' }, 'silence'],
    ['other ports', { action: 'drop', protocol: 'tcp', 'dst-port': '22,443' }, 'pass'],
    ['the address that is called', { action: 'drop', 'dst-address': '10.10.99.1' }, 'silence'],
    ['another address', { action: 'drop', 'dst-address': '203.0.113.10' }, 'pass'],
    ['new connections', { action: 'drop', 'connection-state': 'new' }, 'silence'],
    ['invalid ones', { action: 'drop', 'connection-state': 'invalid' }, 'pass'],
    ['what no packet of ours has', { action: 'drop', 'layer7-protocol': 'x' }, 'pass'],
    ['a rule that only counts', { action: 'passthrough' }, 'pass'],
  ])('%s', (_what, values, expected) => {
    expect(verdict([...OFF, rule(values)])).toBe(expected);
  });

  test('an accept before a drop wins, and the other way round', () => {
    const accept = rule({ action: 'accept', 'src-address': '10.10.99.0/24' });
    const drop = rule({ action: 'drop' });
    expect(verdict([...OFF, accept, drop])).toBe('pass');
    expect(verdict([...OFF, drop, accept])).toBe('silence');
  });

  test('a jump, a return from it, and a jump that never ends', () => {
    const jump = rule({ action: 'jump', 'jump-target': 'guard' });
    expect(verdict([...OFF, jump, rule({ chain: 'guard', action: 'drop' })])).toBe('silence');
    const back = rule({ chain: 'guard', action: 'return', 'src-address': '10.10.99.0/24' });
    expect(verdict([...OFF, jump, back, rule({ chain: 'guard', action: 'drop' })])).toBe('pass');
    expect(verdict([...OFF, jump, rule({ chain: 'guard', action: 'jump', 'jump-target': 'guard' })])).toBe('pass');
  });

  test('connections that are open go on where a rule lets them, and stop where none does', () => {
    const fresh = changed([rule({ action: 'drop', 'connection-state': 'new' })]);
    const all = changed([...OFF, rule({ action: 'drop' })]);
    const kept = changed([[FILTER, '*9', { disabled: 'true' }], rule({ action: 'drop' })]);
    expect([fresh, all, kept].map((router) => reaches(router, 'ssh', 'established'))).toEqual(['pass', 'silence', 'pass']);
  });

  test('raw comes first, and what it does not track is neither new nor established', () => {
    const raw = (values: Readonly<Record<string, string>>): Edit => ['/ip/firewall/raw', undefined, { chain: 'prerouting', ...values }];
    expect(verdict([raw({ action: 'drop', 'src-address': '10.10.99.20' })])).toBe('silence');
    expect(verdict([...OFF, raw({ action: 'notrack' }), rule({ action: 'drop', 'connection-state': 'new' })])).toBe('pass');
    expect(verdict([...OFF, raw({ action: 'notrack' }), rule({ action: 'drop', 'connection-state': 'untracked' })])).toBe('silence');
  });
});

describe('the way to the router', () => {
  test.each<[string, Edit, string]>([
    ['its address is off', ['/ip/address', '*3', { disabled: 'true' }], 'silence'],
    ['its address is another', ['/ip/address', '*3', { address: '10.10.98.1/24', network: '10.10.98.0' }], 'silence'],
    ['its address is on another interface', ['/ip/address', '*3', { interface: 'vlan20-iot' }], 'silence'],
    ['its interface is off', ['/interface', '*E', { disabled: 'true' }], 'silence'],
    ['the bridge below is off', ['/interface', '*A', { disabled: 'true' }], 'silence'],
    ['the bridge does not carry the VLAN any more', ['/interface/bridge/vlan', '*3', { tagged: 'sfp-sfpplus1' }], 'silence'],
    ['the VLAN is not carried at all', ['/interface/bridge/vlan', '*3', { disabled: 'true' }], 'silence'],
    ['another interface is off', ['/interface', '*1', { disabled: 'true' }], 'pass'],
    ['the interface has another name', ['/interface/vlan', '*E', { name: 'management' }], 'pass'],
    ['the service is on another port', ['/ip/service', '*2', { port: '8080' }], 'reset'],
    ['answers go elsewhere', ['/ip/route', undefined, { 'dst-address': '10.10.99.20/32', gateway: 'ether1' }], 'silence'],
  ])('%s', (_what, edit, expected) => {
    expect(verdict([edit])).toBe(expected);
  });

  test('its address is gone', () => {
    const router = changed([]);
    behindOurBack.remove(router, '/ip/address', '*3', START);
    expect(reaches(router, 'www', 'new')).toBe('silence');
  });

  test('a rename keeps the rules that name the interface', () => {
    const renamed: Edit = ['/interface/vlan', '*E', { name: 'management' }];
    expect(verdict([...OFF, renamed, rule({ action: 'drop', 'in-interface': 'management' })])).toBe('silence');
  });

  test('through a tunnel: only what a peer may send', () => {
    const branch = { recording: 'hap-ac2_7.12.1' };
    expect(verdict([['/interface/wireguard/peers', '*1', { 'allowed-address': '10.200.0.0/24' }]], branch)).toBe('silence');
    expect(verdict([['/interface/wireguard/peers', '*1', { disabled: 'true' }]], branch)).toBe('silence');
    expect(verdict([['/ip/route', '*1', { disabled: 'true' }]], branch)).toBe('silence');
    // The way back is a route to the interface, and stays; the address that is called does not.
    expect(verdict([['/ip/address', '*2', { disabled: 'true' }]], branch)).toBe('silence');
  });

  test('the station may be put elsewhere', () => {
    const management = { source: '203.0.113.200', interface: 'ether1' };
    expect(verdict([], { management })).toBe('silence');
    expect(verdict([[FILTER, '*6', { disabled: 'true' }]], { management })).toBe('pass');
    const spec = changed([], { management }).management;
    expect(spec).toMatchObject({ source: '203.0.113.200', interfaceId: '*1', address: '203.0.113.10', returns: true });
  });
});

describe('on the wire', () => {
  let simulator: Simulator;
  let edge: SimulatedRouter;
  beforeEach(async () => {
    simulator = await startSimulator({ specs: [{ recording: 'rb5009_7.20.6' }], https: true, ssh: true });
    [edge] = simulator.routers as [SimulatedRouter];
  });
  afterEach(() => simulator.close());

  const asked = (signal = AbortSignal.timeout(150)) =>
    new Promise<number>((resolve, reject) => {
      const auth = `${edge.username}:${edge.password}`;
      http.get(`${edge.url}/rest/system/identity`, { agent: false, auth, signal }, (r) => resolve(r.statusCode ?? 0)).on('error', reject);
    });
  const asSecure = () => fetch(`${edge.httpsUrl}/rest/system/identity`, { signal: AbortSignal.timeout(150) });

  test('a rule that we write ourselves shuts us out: silence, on all doors, and nothing of it reaches the router', async () => {
    const login = await sshLogin(edge);
    const { body } = await call(edge, 'PUT', FILTER, {
      chain: 'input',
      action: 'drop',
      'src-address': edge.rows('/user/active')[0]?.['address'],
      'place-before': '*2',
    });
    const before = edge.requests().length;
    await expect(asked()).rejects.toThrow('aborted');
    await expect(asSecure()).rejects.toThrow('timeout');
    await expect(sshLogin(edge, { readyTimeout: 100 })).rejects.toThrow('Timed out');
    // It stands before the rule for connections that are open, so the session falls silent as well.
    const answered = login.run(':put 1');
    // Two requests, a handshake, and that command.
    await expect.poll(() => edge.lost).toBe(4);
    expect(await Promise.race([answered, new Promise((resolve) => setTimeout(() => resolve('nothing'), 20))])).toBe('nothing');
    expect(edge.requests()).toHaveLength(before);
    edge.remove(FILTER, body['.id']);
    expect(await asked(undefined)).toBe(200);
    await login[Symbol.asyncDispose]();
  });

  test('behind the rule for open connections it leaves the session that is open alone', async () => {
    await using login = await sshLogin(edge);
    const { body } = await call(edge, 'PUT', FILTER, { chain: 'input', action: 'drop', 'place-before': '*3' });
    await expect(asked()).rejects.toThrow('aborted');
    // The way back, over the connection that is still there.
    await login.run(`/ip/firewall/filter/remove ${body['.id']}`);
    expect(await asked()).toBe(200);
  });

  test('a reject is heard at once, and so is a port that nobody listens on any more', async () => {
    const { body } = await call(edge, 'PUT', FILTER, {
      chain: 'input',
      action: 'reject',
      'reject-with': 'tcp-reset',
      'place-before': '*2',
    });
    await expect(asked()).rejects.toThrow(/ECONNRESET|hang up/);
    edge.remove(FILTER, body['.id']);
    await call(edge, 'PATCH', '/ip/service/www', { port: '8080' });
    await expect(asked()).rejects.toThrow(/ECONNRESET|hang up/);
    edge.edit('/ip/service', '*2', { port: '80' });
    expect(await asked()).toBe(200);
  });

  test('a service that takes others only ends the connection without a word', async () => {
    await call(edge, 'PATCH', '/ip/service/www', { address: '192.0.2.0/24' });
    await expect(asked()).rejects.toThrow('socket hang up');
    edge.edit('/ip/service', '*2', { address: '' });
    edge.edit('/user', edge.rows('/user').find((row) => row['name'] === edge.username)?.['.id'], { address: '192.0.2.0/24' });
    await expect(asked()).rejects.toThrow('socket hang up');
    await expect(sshLogin(edge)).rejects.toThrow('authentication');
    edge.edit('/user', edge.rows('/user').find((row) => row['name'] === edge.username)?.['.id'], { address: '' });
    expect(await asked()).toBe(200);
  });

  test('without sockets it is the same', async () => {
    edge.edit('/ip/address', '*3', { disabled: 'true' });
    expect(await edge.exchange({ method: 'GET', url: '/rest/system/identity' })).toEqual({ fate: 'hang' });
    edge.edit('/ip/address', '*3', { disabled: 'false' });
    expect((await edge.exchange({ method: 'GET', url: '/rest/system/identity' })).fate).toBe('answer');
  });

  test('the guard on the router opens the door again', async () => {
    const undo = ':delay 2s; /ip/firewall/filter/remove [find where comment="locked"]';
    await call(edge, 'POST', '/execute', { script: undo });
    await call(edge, 'PUT', FILTER, { chain: 'input', action: 'drop', comment: 'locked', 'place-before': '*2' });
    await expect(asked()).rejects.toThrow('aborted');
    simulator.setClockOffset(3_000);
    expect(await asked(undefined)).toBe(200);
    simulator.setClockOffset(0);
  });
});
