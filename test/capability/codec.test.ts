import { expect, test } from 'vitest';
import { missingBecause } from '../../src/lib/capability/availability.ts';
import { decodeRow, encodeItem, fieldExists, keyOf, wireMap, wireName } from '../../src/lib/capability/codec.ts';
import { defineAction, defineCapability } from '../../src/lib/capability/define.ts';
import type { Field } from '../../src/lib/capability/field.ts';
import { duration, text } from '../../src/lib/capability/kinds.ts';
import { catalogOf } from '../../src/lib/capability/lookup.ts';
import { columnsOf, labelOf, labelOfRow, writableFields } from '../../src/lib/capability/present.ts';
import { BugError, InputError } from '../../src/lib/core/errors.ts';
import { capabilityOf, catalog, everyCapability, services, tunnels, VERSIONS } from '../laws/subjects.ts';
import { device } from '../laws/world.ts';

const filter = capabilityOf('firewall-filter');

test('one row: what is known, what is not, what lives, and what is ours', () => {
  const row = {
    '.id': '*1B',
    '.about': 'hm',
    '.nextid': '*2',
    chain: 'input',
    action: 'drop',
    disabled: '',
    bytes: '18446744073709551615',
    dynamic: 'false',
    'new-thing': 'x',
    'src-port': 'odd',
  };
  expect(decodeRow(filter, row, '7.20.8')).toMatchObject({
    id: '*1B',
    item: { chain: 'input', action: 'drop', disabled: true, log: false, invalid: false, bytes: '18446744073709551615' },
    extra: { 'new-thing': 'x', 'src-port': 'odd' },
    dynamic: false,
    lossy: [],
    secrets: [],
    content: { chain: 'input', action: 'drop', disabled: 'yes', 'src-port': 'odd' },
  });
});

test('a switch that holds a word is no switch: neither on nor off', () => {
  const { item, extra, content } = decodeRow(filter, { chain: 'a', action: 'drop', disabled: 'auto' }, '7.20.8');
  expect([item['disabled'], extra, content['disabled']]).toEqual([undefined, { disabled: 'auto' }, 'auto']);
});

test('an empty text of a typed field is not set; of a text it is the text', () => {
  const decoded = decodeRow(filter, { chain: 'a', action: 'drop', 'in-interface': '', comment: '', 'log-prefix': '' }, '7.20.8');
  expect(decoded.item).toMatchObject({ comment: '' });
  expect(decoded.item).not.toHaveProperty('inInterface');
  expect([decoded.extra, decoded.content]).toEqual([{}, { chain: 'a', action: 'drop' }]);
});

test('dynamic in three spellings, and names of fields that were cleaned', () => {
  for (const dynamic of ['true', 'yes', '']) expect(decodeRow(filter, { dynamic }, '7.20.8').dynamic).toBe(true);
  for (const row of [{}, { dynamic: 'false' }, { dynamic: 'no' }]) expect(decodeRow(filter, row, '7.20.8').dynamic).toBe(false);
  expect(decodeRow(filter, { '.lossy': 'comment,src-address' }, '7.20.8').lossy).toEqual(['comment', 'src-address']);
});

test('content leaves out what RouterOS means by absence, live and read-only fields and secrets', () => {
  const row = {
    vrf: 'main',
    servers: '',
    'allow-remote-requests': 'no',
    'cache-used': '5',
    'dynamic-servers': '1.1.1.1',
    'cache-size': '2048',
  };
  expect(decodeRow(capabilityOf('dns'), row, '7.20.8').content).toEqual({ 'cache-size': '2048' });
  const secret = decodeRow(tunnels, { name: 'a', 'preshared-key': 'x' }, '7.20.8');
  expect([secret.content, secret.secrets, secret.item['presharedKey']]).toEqual([{ name: 'a' }, ['preshared-key'], '(secret)']);
  const empty = decodeRow(tunnels, { name: 'a', 'preshared-key': '' }, '7.20.8');
  expect([empty.secrets, empty.item['presharedKey'] ?? null]).toEqual([[], null]);
});

test('encoding leaves out what is read only, unknown or undefined', () => {
  expect(encodeItem(services, { name: 'ssh', port: 22, extra: undefined, nonsense: 1 } as never, '7.20.8')).toEqual({ port: '22' });
});

test('names on the wire by version', () => {
  const renamed = (versions: readonly string[]) =>
    versions.map((version) => [...wireMap(tunnels, version).keys()].filter((name) => name.endsWith('-name')).join());
  expect(renamed(['7.12', '7.16.2', '7.17rc1', '7.17', '7.20.8', ''])).toEqual([
    'old-name',
    'old-name',
    'old-name',
    'new-name',
    'new-name',
    'old-name',
  ]);
  const named = text({ about: 'x', wire: 'Odd_Name' });
  expect(wireName('whatever', named, '7.1')).toBe('Odd_Name');
  expect(wireName('perConnectionClassifier', text({ about: 'x' }), '7.1')).toBe('per-connection-classifier');
});

test('fields come and go with versions', () => {
  const field = (traits: Partial<Field['traits']>): Field => text({ about: 'x', ...traits });
  const table: readonly (readonly [Partial<Field['traits']>, string, boolean])[] = [
    [{}, '7.1', true],
    [{ from: '7.16' }, '7.15.3', false],
    [{ from: '7.16' }, '7.16beta2', false],
    [{ from: '7.16' }, '7.16', true],
    [{ from: '7.9' }, '7.16', true],
    [{ until: '7.21' }, '7.20.8', true],
    [{ until: '7.21' }, '7.21', false],
    [{ from: '7.10', until: '7.12' }, '7.11.2', true],
  ];
  for (const [traits, version, there] of table)
    expect(fieldExists(field(traits), version), `${JSON.stringify(traits)} ${version}`).toBe(there);
});

test('where a capability does not exist, it says why', () => {
  const facts = (changes: object) => ({ ...device('7.15').facts, ...changes });
  const when = (some: object) => missingBecause({ menu: '/x', when: some }, facts({}));
  expect(missingBecause({ menu: '/x' }, facts({}))).toBeUndefined();
  expect(missingBecause({ menu: '/x' }, facts({ absentMenus: ['/x'] }))).toBe('not on this router: it has no menu /x');
  expect(when({ package: 'wifi' })).toBe('not on this router: package wifi missing');
  expect(when({ package: 'routeros' })).toBeUndefined();
  expect(when({ from: '7.16' })).toBe('not on this router: needs RouterOS 7.16');
  expect(when({ from: '7.15' })).toBeUndefined();
  expect(when({ until: '7.15' })).toBe('not on this router: gone since RouterOS 7.15');
  expect(when({ until: '7.16' })).toBeUndefined();
});

test('the key of a row, from its own words; none where a part is missing', () => {
  const list = capabilityOf('firewall-address-list');
  expect(keyOf(list, { list: 'a', address: '10.0.0.1' }, '7.20.8')).toBe('["a","10.0.0.1"]');
  expect(keyOf(list, { list: 'a' }, '7.20.8')).toBeUndefined();
  expect(keyOf(filter, { chain: 'a' }, '7.20.8')).toBeUndefined();
});

test('what a person calls a row', () => {
  const label = (id: string, content: Readonly<Record<string, string>>) => labelOf(capabilityOf(id), content, '7.20.8');
  expect(label('dns', { servers: '1.1.1.1' })).toBe('dns');
  expect(label('ip-address', { address: '10.0.0.1/24', interface: 'ether1', comment: 'x' })).toBe('10.0.0.1/24 ether1');
  expect(label('firewall-filter', { chain: 'input', comment: 'ours' })).toBe('ours');
  expect(label('firewall-filter', { chain: 'input', action: 'drop', protocol: 'tcp', 'dst-port': '22', disabled: 'yes' })).toBe(
    'input drop tcp 22',
  );
});

test('columns in their order; fields that a caller may write', () => {
  expect(columnsOf(capabilityOf('firewall-address-list'))).toEqual(['list', 'address', 'comment', 'timeout', 'disabled']);
  expect(writableFields(services)).toEqual(['port', 'extra', 'disabled']);
  expect(writableFields(tunnels)).not.toContain('presharedKey');
});

const bare = { id: 'x', title: 'X', about: 'An x.', menu: '/x', topic: 'system' } as const;
const low = { risk: () => 'low' as const };

test('a declaration that contradicts itself does not load', () => {
  const name = text({ about: 'Name.' });
  expect(() => defineCapability({ ...bare, shape: 'list', key: [], fields: { name } })).toThrow(BugError);
  expect(() => defineCapability({ ...bare, shape: 'table', key: [], fields: { name } })).not.toThrow();
  expect(() => defineCapability({ ...bare, ...low, shape: 'singleton', key: ['name'], fields: { name } })).toThrow(/singleton has no key/);
  expect(() => defineCapability({ ...bare, ...low, shape: 'list', key: ['nam' as 'name'], fields: { name } })).toThrow(/not declared/);
  expect(() =>
    defineCapability({ ...bare, ...low, shape: 'list', key: [], fields: { uptime: duration()({ about: 'x', live: true }) } }),
  ).toThrow(/read only/);
  for (const secretive of ['apiKey', 'password', 'sharedSecret', 'passphrase', 'token', 'community']) {
    expect(() => defineCapability({ ...bare, ...low, shape: 'list', key: [], fields: { [secretive]: name } }), secretive).toThrow(
      /say whether it is secret/,
    );
    expect(() =>
      defineCapability({ ...bare, ...low, shape: 'list', key: [], fields: { [secretive]: text({ about: 'x', secret: false }) } }),
    ).not.toThrow();
    expect(() => defineAction({ ...bare, command: 'go', effect: 'none', args: { [secretive]: name }, answer: {} }), secretive).toThrow(
      /say whether it is secret/,
    );
  }
});

test('the catalog finds what is declared, and names what there is', () => {
  expect(catalog.capability('dns').menu).toBe('/ip/dns');
  expect(catalog.action('dns-flush').command).toBe('flush');
  for (const find of [() => catalog.capability('nothing'), () => catalog.action('dns')]) expect(find).toThrow(InputError);
  expect(() => catalog.capability('dsn')).toThrow(expect.objectContaining({ code: 'UNKNOWN_CAPABILITY', hint: 'Use one of: dns.' }));
  const like = expect.objectContaining({ hint: expect.stringMatching(/^Use one of: firewall-address-list, /) });
  expect(() => catalog.capability('firewall-adress-lists')).toThrow(like);
  expect(() => catalog.capability('qqqqqqqqqqqq')).toThrow(
    expect.objectContaining({ hint: expect.stringContaining('search_capabilities') }),
  );
  expect(catalogOf({}).capabilities).toEqual([]);
});

test('in the whole catalog: one id, one tool name, one wire name for one thing; every key is there on every version', () => {
  const ids = [...catalog.capabilities, ...catalog.actions].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const tools = [
    ...catalog.capabilities.flatMap(({ tool }) => Object.values(tool ?? {})),
    ...catalog.actions.flatMap(({ tool }) => tool ?? []),
  ];
  expect(new Set(tools).size).toBe(tools.length);
  for (const capability of everyCapability) {
    for (const version of VERSIONS) {
      const there = Object.values(capability.fields).filter((field) => fieldExists(field, version));
      expect(wireMap(capability, version).size, `${capability.id} ${version}`).toBe(there.length);
      for (const key of capability.key) expect(there, `${capability.id}.${key}`).toContain(capability.fields[key]);
    }
    const columns = Object.values(capability.fields).flatMap(({ traits }) => traits.column ?? []);
    expect(new Set(columns).size, capability.id).toBe(columns.length);
    if (catalog.capabilities.includes(capability)) expect(columns.length, capability.id).toBeGreaterThan(0);
  }
});

test('a row is called by its key, even where only the router writes it', () => {
  const ssh = decodeRow(catalog.capability('ip-service'), { '.id': '*4', name: 'ssh', port: '22', disabled: 'false' }, '7.20.8');
  expect(labelOfRow(catalog.capability('ip-service'), ssh, '7.20.8')).toBe('ssh');
  const dns = decodeRow(catalog.capability('dns'), { servers: '9.9.9.9' }, '7.20.8');
  expect(labelOfRow(catalog.capability('dns'), dns, '7.20.8')).toBe('dns');
});
