import { expect, test } from 'vitest';
import { services, tunnels } from '../laws/subjects.ts';
import { changeOf, dns, draft, filter, interfaces, lists, ntp, on, refusal, rule } from './helpers.ts';

const resolver = { dns: [{ servers: '9.9.9.9', 'allow-remote-requests': 'false', 'cache-size': '2048', 'cache-max-ttl': '1w' }] };

test('a singleton: only what differs, before and after in the router’s own words', () => {
  expect(
    changeOf(resolver, {
      verb: 'set',
      ...on(dns),
      values: { servers: '1.1.1.1, 8.8.8.8', cacheSize: 2048, 'allow-remote-requests': true },
    }),
  ).toEqual({
    capability: 'dns',
    menu: '/ip/dns',
    verb: 'set',
    row: '',
    label: 'dns',
    before: { servers: '9.9.9.9', 'allow-remote-requests': 'no' },
    after: { servers: '1.1.1.1,8.8.8.8', 'allow-remote-requests': 'yes' },
    secret: [],
  });
});

test('three ways to write a field’s name', () => {
  for (const name of ['allowRemoteRequests', 'allow-remote-requests', 'allow_remote_requests'])
    expect(changeOf(resolver, { verb: 'set', ...on(dns), values: { [name]: 'yes' } }).after).toEqual({ 'allow-remote-requests': 'yes' });
});

test('what is already so needs no change, however it is spelled', () => {
  const same = {
    servers: ['9.9.9.9'],
    allowRemoteRequests: 'no',
    cacheSize: '0x800',
    cacheMaxTtl: '7d00:00:00',
    'use-doh-server': '',
    vrf: 'main',
  };
  expect(draft(resolver, { verb: 'set', ...on(dns), values: same })).toEqual({ changes: [], lost: [] });
});

test('an empty text of a field with a standing value is that value', () => {
  expect(draft(resolver, { verb: 'set', ...on(dns), values: { vrf: '' } }).changes).toEqual([]);
  expect(changeOf({ dns: [{ vrf: 'mgmt' }] }, { verb: 'set', ...on(dns), values: { vrf: '' } })).toMatchObject({
    before: { vrf: 'mgmt' },
    after: { vrf: 'main' },
  });
});

test('a row by its id, by its key, by any fields that only it has', () => {
  const rows = {
    interface: [
      { name: 'ether1', 'default-name': 'ether1', mtu: '1500' },
      { name: 'wan', 'default-name': 'ether2', mtu: '1500' },
    ],
  };
  for (const where of [{ id: '*2' }, { name: 'wan' }, { 'default-name': 'ether2' }, { name: 'wan', mtu: 1500 }, { id: '*2', name: 'wan' }])
    expect(changeOf(rows, { verb: 'set', ...on(interfaces), where, values: { mtu: 9000 } })).toMatchObject({
      row: '*2',
      label: 'wan',
      before: { mtu: '1500' },
      after: { mtu: '9000' },
    });
});

test('a field that was not there: after only; taken away: before only', () => {
  const rows = { 'firewall-filter': [rule('a', { protocol: 'tcp', 'dst-port': '22' })] };
  const where = { id: '*1' };
  expect(changeOf(rows, { verb: 'set', ...on(filter), where, values: { 'src-port': '1024-65535' } })).toMatchObject({
    before: {},
    after: { 'src-port': '1024-65535' },
  });
  expect(changeOf(rows, { verb: 'set', ...on(filter), where, values: {}, unset: ['dst-port'] })).toMatchObject({
    before: { 'dst-port': '22' },
    after: {},
  });
});

test('a text or a switch is taken away by what its absence means', () => {
  const rows = { 'firewall-filter': [rule('a', { log: 'true' })] };
  expect(
    changeOf(rows, { verb: 'set', ...on(filter), where: { id: '*1' }, values: {}, unset: ['comment', 'log', 'in-interface'] }),
  ).toMatchObject({
    before: { comment: 'a', log: 'yes' },
    after: { comment: '', log: 'no' },
  });
});

test('nothing of a row is lost, but for what could not be read exactly', () => {
  const rows = { 'firewall-filter': [rule('caf?', { '.lossy': 'comment' })] };
  const set = (values: Readonly<Record<string, unknown>>) => draft(rows, { verb: 'set', ...on(filter), where: { id: '*1' }, values }).lost;
  expect(set({ comment: 'coffee' })).toEqual([{ change: 0, why: 'comment holds characters that cannot be written back exactly' }]);
  expect(set({ log: true })).toEqual([]);
});

test('a field that was not set before cannot be promised away again, where the menu has no unset', () => {
  const lost = (
    capability: string,
    rows: Parameters<typeof draft>[0],
    values: Readonly<Record<string, unknown>>,
    where?: Readonly<Record<string, unknown>>,
  ) => draft(rows, { verb: 'set', capability, values, ...(where && { where }) }).lost.map(({ why }) => why);
  expect(lost('ntp-client', { 'ntp-client': [{ enabled: 'yes' }] }, { mode: 'unicast' })).toEqual([
    'mode was not set before and may not be taken away again',
  ]);
  expect(lost('interface', { interface: [{ name: 'ether1' }] }, { l2mtu: 1600 }, { id: '*1' })).toEqual([
    'l2mtu was not set before and may not be taken away again',
  ]);
  expect(lost('firewall-filter', { 'firewall-filter': [rule('a')] }, { protocol: 'tcp' }, { id: '*1' })).toEqual([]);
  expect(lost('test-tunnels', { 'test-tunnels': [{ name: 'a' }] }, { mtu: 1400 }, { id: '*1' })).toEqual([]);
  expect(lost('interface', { interface: [{ name: 'ether1', comment: '' }] }, { comment: 'x' }, { id: '*1' })).toEqual([]);
});

test('on a version that has it under another name', () => {
  const set = { verb: 'set' as const, ...on(tunnels), where: { id: '*1' }, values: { renamed: 'x' } };
  expect(changeOf({ 'test-tunnels': [{ name: 'a', 'new-name': 'y' }] }, set)).toMatchObject({
    before: { 'new-name': 'y' },
    after: { 'new-name': 'x' },
  });
});

test('refused: read only, unknown, missing on this version, secret, of the wrong kind, twice, and both at once', () => {
  const rows = {
    ...resolver,
    'ntp-client': [{}],
    'firewall-filter': [rule('a')],
    'test-services': [{ name: 'ssh', port: '22' }],
    interface: [{ name: 'ether1' }],
  };
  const set = (
    capability: string,
    values: Readonly<Record<string, unknown>>,
    unset: readonly string[] = [],
    where?: Readonly<Record<string, unknown>>,
  ) => refusal(rows, { verb: 'set', capability, values, unset, ...(where && { where }) });
  const first = { id: '*1' };
  expect(set('dns', { 'cache-used': 1 })).toMatchObject({
    code: 'READ_ONLY',
    message: 'cache-used is read only: RouterOS sets it itself.',
  });
  expect(set('dns', { nameservers: '1.1.1.1' })).toMatchObject({ code: 'UNKNOWN_FIELD', details: { field: 'nameservers' } });
  expect(set('firewall-filter', { tos: 'x' }, [], first)).toMatchObject({
    code: 'UNKNOWN_FIELD',
    message: 'tos does not exist on RouterOS 7.20.8.',
  });
  expect(set('dns', { cacheSize: 1 })).toMatchObject({ code: 'INVALID_INPUT' });
  expect(set('dns', { cacheSize: 100, 'cache-size': 100 }).message).toBe('cache-size is given twice.');
  expect(set('firewall-filter', { comment: 'x' }, ['comment'], first).message).toBe('comment is set and taken away at once.');
  expect(set('dns', {}, ['cache-used'])).toMatchObject({ code: 'READ_ONLY' });
  expect(set('dns', {}, ['cache-size']).message).toBe('cache-size cannot be taken away: it always has a value.');
  expect(set('firewall-filter', {}, ['chain'], first).message).toBe('chain cannot be taken away: a row needs it.');
  expect(set('firewall-filter', {}, ['tos'], first).message).toBe('tos cannot be taken away: RouterOS 7.20.8 does not have it.');
  expect(set('test-services', { name: 'x' }, [], first)).toMatchObject({ code: 'READ_ONLY' });
  expect(set('dns', { servers: '1.1.1.1' }, [], first).message).toBe('dns has one item only: name no row.');
  expect(set('system-resource', {})).toMatchObject({ code: 'UNKNOWN_CAPABILITY', message: 'system-resource was not read.' });
});

test('a capability that can only be read is not written', () => {
  expect(refusal({ 'system-resource': [{ version: '7.20.8' }] }, { verb: 'set', capability: 'system-resource', values: {} })).toMatchObject(
    { code: 'READ_ONLY' },
  );
});

test('two menus in one plan, in the order of the wishes', () => {
  const { changes } = draft(
    { ...resolver, 'ntp-client': [{ enabled: 'false' }], 'firewall-address-list': [] },
    { verb: 'set', ...on(ntp), values: { enabled: true } },
    { verb: 'set', ...on(dns), values: { servers: '1.1.1.1' } },
    { verb: 'add', ...on(lists), values: { list: 'mcp-a', address: '192.0.2.1' } },
    { verb: 'set', ...on(ntp), values: { servers: 'ntp.example.net' } },
  );
  expect(changes.map(({ capability, verb }) => `${verb} ${capability}`)).toEqual([
    'set ntp-client',
    'set dns',
    'add firewall-address-list',
    'set ntp-client',
  ]);
});

test('later wishes see what earlier ones made of a row', () => {
  const rows = { 'test-services': [{ name: 'ssh', port: '22', disabled: 'yes' }] };
  const set = (values: Readonly<Record<string, unknown>>) => ({ verb: 'set' as const, ...on(services), where: { name: 'ssh' }, values });
  const { changes } = draft(rows, set({ port: 2222 }), set({ port: 22_222, disabled: false }));
  expect(changes.map(({ before, after }) => [before, after])).toEqual([
    [{ port: '22' }, { port: '2222' }],
    [
      { port: '2222', disabled: 'yes' },
      { port: '22222', disabled: 'no' },
    ],
  ]);
});

test('there and back again is nothing', () => {
  const set = (port: number) => ({ verb: 'set' as const, ...on(services), where: { id: '*1' }, values: { port } });
  expect(draft({ 'test-services': [{ name: 'ssh', port: '22' }] }, set(23), set(22))).toEqual({ changes: [], lost: [] });
});
