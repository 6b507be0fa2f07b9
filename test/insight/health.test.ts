import { describe, expect, test } from 'vitest';
import { compareHealth, type HealthSnapshot, isSnapshot, measure, watched } from '../../src/lib/insight/health/health.ts';
import { NOTHING_TOUCHED, type PlannedChange, touchedBy } from '../../src/lib/insight/health/touched.ts';
import { lineTo, refusal } from '../client/rig.ts';
import { httpServer, json } from '../client/servers.ts';

const WELL = {
  'no reboot': { seconds: 1_000, version: '7.20.6 (stable)' },
  'processor load': 10,
  'free memory': { free: 500_000_000, total: 1_000_000_000 },
  temperature: [
    { name: 'cpu-temperature', celsius: 50 },
    { name: 'temperature', celsius: 40 },
  ],
  'interfaces running': ['bridge', 'ether1', 'ether2'],
  neighbours: 20,
  'BGP sessions': ['192.0.2.1', '192.0.2.9'],
  'OSPF neighbours': ['backbone 192.0.2.2'],
  'IPv4 routes': { active: 30, defaults: ['main', 'guest'] },
  'IPv6 routes': { active: 3, defaults: ['main'] },
  'DNS answers': { servers: true, answers: true },
  'NTP in sync': { enabled: true, status: 'synchronized' },
};
type Values = Partial<Record<keyof typeof WELL, unknown>>;

const snapshot = (values: Values): HealthSnapshot =>
  Object.fromEntries(Object.entries(values).flatMap(([check, value]) => (value === undefined ? [] : [[check, { value }]])));
const BEFORE = snapshot(WELL);
const compared = (after: Values, before: Values = {}, touched = NOTHING_TOUCHED) =>
  compareHealth(snapshot({ ...WELL, ...before }), snapshot({ ...WELL, ...after }), touched);
const notPassed = (...given: Parameters<typeof compared>) =>
  compared(...given).flatMap(({ check, verdict }) => (verdict === 'pass' ? [] : [[check, verdict]]));

const change = (menu: string, more: Partial<PlannedChange> = {}): PlannedChange => ({
  capability: menu.slice(1).replaceAll('/', '-'),
  menu,
  verb: 'set',
  row: '*1',
  label: '',
  before: {},
  after: {},
  ...more,
});
const touching = (...changes: readonly PlannedChange[]) => touchedBy({ changes, base: { sections: [] } });
const removal = (menu: string, before: Readonly<Record<string, string>> = {}) => change(menu, { verb: 'remove', before, after: null });

describe('a router before and after', () => {
  test('as well as before passes, in every measurement', () => {
    expect(compared({ 'no reboot': { seconds: 1_010, version: '7.20.6 (stable)' } }).map(({ check, verdict }) => [check, verdict])).toEqual(
      Object.keys(WELL).map((check) => [check, 'pass']),
    );
  });

  test.each<readonly [string, keyof typeof WELL, unknown, 'fail' | 'pass']>([
    ['it rebooted', 'no reboot', { seconds: 5, version: '7.20.6 (stable)' }, 'fail'],
    ['it runs another version', 'no reboot', { seconds: 1_010, version: '7.21 (stable)' }, 'fail'],
    ['it is overloaded', 'processor load', 95, 'fail'],
    ['it is busy', 'processor load', 94, 'pass'],
    ['memory ran out', 'free memory', { free: 29_000_000, total: 1_000_000_000 }, 'fail'],
    ['memory is short', 'free memory', { free: 31_000_000, total: 1_000_000_000 }, 'pass'],
    ['a sensor is hot', 'temperature', [WELL.temperature[1], { name: 'cpu-temperature', celsius: 90 }], 'fail'],
    ['a sensor rose by much', 'temperature', [WELL.temperature[0], { name: 'temperature', celsius: 60 }], 'fail'],
    ['it is warmer', 'temperature', WELL.temperature.map(({ name, celsius }) => ({ name, celsius: celsius + 19 })), 'pass'],
    ['a link went down', 'interfaces running', ['bridge', 'ether1'], 'fail'],
    ['a link came up', 'interfaces running', ['bridge', 'ether1', 'ether2', 'ether3'], 'pass'],
    ['a tenth of the neighbours is gone', 'neighbours', 18, 'pass'],
    ['more of them are gone', 'neighbours', 17, 'fail'],
    ['a BGP session is down, and another up', 'BGP sessions', ['192.0.2.1', '192.0.2.7'], 'fail'],
    ['an OSPF neighbour is gone', 'OSPF neighbours', [], 'fail'],
    ['a tenth of the routes is gone', 'IPv4 routes', { active: 27, defaults: ['main', 'guest'] }, 'pass'],
    ['more of them are gone', 'IPv4 routes', { active: 26, defaults: ['main', 'guest'] }, 'fail'],
    ['the default route of one table is gone', 'IPv4 routes', { active: 31, defaults: ['main'] }, 'fail'],
    ['one of three routes is gone', 'IPv6 routes', { active: 2, defaults: ['main'] }, 'pass'],
    ['two of three are', 'IPv6 routes', { active: 1, defaults: ['main'] }, 'fail'],
    ['no server answers', 'DNS answers', { servers: true, answers: false }, 'fail'],
    ['there are no servers', 'DNS answers', { servers: false, answers: false }, 'fail'],
    ['time is switched off', 'NTP in sync', { enabled: false, status: 'stopped' }, 'fail'],
  ])('%s', (_name, check, value, verdict) => {
    expect(notPassed({ [check]: value })).toEqual(verdict === 'pass' ? [] : [[check, verdict]]);
  });

  test('a router out of step may come back by itself: inconclusive, to be looked at again', () => {
    expect(notPassed({ 'NTP in sync': { enabled: true, status: 'waiting' } })).toEqual([['NTP in sync', 'inconclusive']]);
  });

  test.each(Object.keys(WELL))('%s cannot be measured any more: inconclusive', (check) => {
    expect(notPassed({ [check]: undefined })).toEqual([[check, 'inconclusive']]);
    expect(notPassed({ [check]: 'nonsense' })).toEqual([[check, 'inconclusive']]);
    expect(notPassed({}, { [check]: { what: 'nobody wrote' } })).toEqual([[check, 'inconclusive']]);
  });

  test('a sensor that falls silent is inconclusive, and one that was hot already is no failure', () => {
    expect(notPassed({ temperature: [WELL.temperature[0]] })).toEqual([['temperature', 'inconclusive']]);
    const hot = [{ name: 'cpu-temperature', celsius: 95 }];
    expect(notPassed({ temperature: hot }, { temperature: hot })).toEqual([]);
  });

  test('a sensor that was warm already fails at the bound, not before', () => {
    const at = (celsius: number) => ({ temperature: [{ name: 'cpu-temperature', celsius }] });
    expect(notPassed(at(89.5), at(85))).toEqual([]);
    expect(notPassed(at(90), at(85))).toEqual([['temperature', 'fail']]);
  });

  test('what was as bad before is not made worse', () => {
    expect(notPassed({ 'processor load': 100 }, { 'processor load': 100 })).toEqual([]);
    const out = { 'free memory': { free: 1_000, total: 1_000_000_000 } };
    expect(notPassed(out, out)).toEqual([]);
  });

  test('what was not there before is not asked for after', () => {
    expect(compareHealth(snapshot({ 'processor load': 1 }), BEFORE, NOTHING_TOUCHED).map(({ check }) => check)).toEqual(['processor load']);
  });

  test('says what it saw, and why it did not pass', () => {
    const [reboot] = compared({ 'no reboot': { seconds: 5, version: '7.20.6 (stable)' } });
    expect(reboot).toEqual({ check: 'no reboot', verdict: 'fail', before: '1000 s', after: '5 s', why: 'the router rebooted' });
  });

  test('a restart that the plan causes is none to worry about, once', () => {
    const at = (seconds: number, version: string) => snapshot({ 'no reboot': { seconds, version } });
    const [old, fresh] = [at(1_000, '7.20.6 (stable)'), at(5, '7.21.2 (stable)')];
    const plan = touching(change('/system/package/update', { row: '', after: { 'installed-version': '7.21.2' } }));
    expect(compareHealth(old, fresh, plan)).toMatchObject([{ verdict: 'pass', why: 'the plan restarts it, into another version' }]);
    expect(compareHealth(old, fresh, touching(change('/system/package/update', { after: { channel: 'testing' } })))).toMatchObject([
      { verdict: 'fail' },
    ]);
    expect(compareHealth(old, at(5, '7.20.6 (stable)'), plan)).toMatchObject([{ verdict: 'fail' }]);
    // The next look is compared with this one: a router that goes on rebooting is found.
    const seen = watched(old, fresh, plan);
    expect(compareHealth(seen, at(30, '7.21.2 (stable)'), plan)).toMatchObject([{ verdict: 'pass' }]);
    expect(compareHealth(seen, at(2, '7.21.2 (stable)'), plan)).toMatchObject([{ verdict: 'fail' }]);
  });

  test('a snapshot goes through JSON, and nothing else is taken for one', () => {
    expect(isSnapshot(JSON.parse(JSON.stringify(BEFORE)))).toBe(true);
    for (const other of [null, [], 'text', { load: 3 }, { load: { missing: 3 } }]) expect(isSnapshot(other)).toBe(false);
  });

  test('a reboot between two later looks is seen, although the router is up for longer than before the change by then', () => {
    const up = (seconds: number) => snapshot({ 'no reboot': { seconds, version: '7.20.6 (stable)' } });
    const later = watched(up(60), up(200));
    expect(compareHealth(up(60), up(100), NOTHING_TOUCHED)).toMatchObject([{ verdict: 'pass' }]);
    expect(compareHealth(later, up(100), NOTHING_TOUCHED)).toMatchObject([{ verdict: 'fail' }]);
    // What failed once does not become the new measure.
    expect(compareHealth(watched(later, up(100)), up(150), NOTHING_TOUCHED)).toMatchObject([{ verdict: 'fail' }]);
  });
});

describe('what the plan itself takes away is no failure', () => {
  const fewerRoutes = { 'IPv4 routes': { active: 26, defaults: ['main', 'guest'] } };
  const noGuestDoor = { 'IPv4 routes': { active: 29, defaults: ['main'] } };

  test('an interface it sets may go down, and no other', () => {
    const plan = touching(change('/interface/ethernet', { label: 'ether2' }));
    expect(notPassed({ 'interfaces running': ['bridge', 'ether1'] }, {}, plan)).toEqual([]);
    expect(notPassed({ 'interfaces running': ['bridge'] }, {}, plan)).toEqual([['interfaces running', 'fail']]);
  });

  test('a renamed one is known by both names', () => {
    const plan = touching(change('/interface', { label: 'x', before: { name: 'ether2' }, after: { name: 'uplink' } }));
    expect(notPassed({ 'interfaces running': ['bridge', 'ether1', 'uplink'] }, {}, plan)).toEqual([]);
  });

  test.each([
    ['neighbours', { neighbours: 3 }, '/ip/neighbor/discovery-settings'],
    ['BGP sessions', { 'BGP sessions': [] }, '/routing/bgp/connection'],
    ['OSPF neighbours', { 'OSPF neighbours': [] }, '/routing/ospf/instance'],
    ['DNS answers', { 'DNS answers': { servers: false, answers: false } }, '/ip/dns'],
    ['NTP in sync', { 'NTP in sync': { enabled: true, status: 'waiting' } }, '/system/ntp/client'],
    ['NTP in sync', { 'NTP in sync': { enabled: false, status: 'stopped' } }, '/system/ntp/client/servers'],
  ] as const)('%s, by a plan about them', (check, after, menu) => {
    expect(notPassed(after, {}, touching(change(menu)))).toEqual([]);
    expect(notPassed(after, {}, touching(change('/system/identity'))).map(([name]) => name)).toEqual([check]);
  });

  test('a menu of a like name is another menu', () => {
    const none = { 'DNS answers': { servers: false, answers: false } };
    expect(notPassed(none, {}, touching(change('/ip/dns/static')))).toEqual([]);
    expect(notPassed(none, {}, touching(change('/ip/dns-sd')))).toEqual([['DNS answers', 'fail']]);
  });

  test('servers that do not answer are a failure of a plan about DNS too', () => {
    expect(notPassed({ 'DNS answers': { servers: true, answers: false } }, {}, touching(change('/ip/dns')))).toEqual([
      ['DNS answers', 'fail'],
    ]);
  });

  test.each([
    ['an interface is switched off', change('/interface/vlan', { after: { disabled: 'yes' }, before: { disabled: 'no' } })],
    ['an interface is removed', removal('/interface/wireguard')],
    ['an address is removed', removal('/ip/address')],
    ['an address becomes another', change('/ip/address', { after: { address: '192.0.2.1/24' } })],
    ['a DHCP client is removed', removal('/ip/dhcp-client')],
  ])('what hangs on it goes as well: %s', (_name, one) => {
    const less = { neighbours: 3, 'BGP sessions': [], 'OSPF neighbours': [], ...fewerRoutes };
    expect(notPassed(less, {}, touching(one))).toEqual([]);
    expect(notPassed(less, {}, touching({ ...one, verb: 'set', after: { comment: 'x' } }))).toHaveLength(4);
    // The last way out of a table is another matter.
    expect(notPassed(noGuestDoor, {}, touching(one))).toEqual([['IPv4 routes', 'fail']]);
  });

  test('routes it removes are not counted as lost, and a default route it removes is not missed', () => {
    const four = Array.from({ length: 4 }, () => removal('/ip/route', { 'dst-address': '198.51.100.0/24' }));
    expect(notPassed(fewerRoutes, {}, touching(...four))).toEqual([]);
    expect(notPassed(fewerRoutes, {}, touching(change('/ip/route')))).toEqual([['IPv4 routes', 'fail']]);
    const door = { 'dst-address': '0.0.0.0/0', 'routing-table': 'guest' };
    expect(notPassed(noGuestDoor, {}, touching(removal('/ip/route', door)))).toEqual([]);
    expect(notPassed(noGuestDoor, {}, touching(removal('/ip/route', { ...door, 'routing-table': 'main' })))).toHaveLength(1);
    expect(notPassed(noGuestDoor, {}, touching(removal('/ipv6/route', door)))).toHaveLength(1);
  });

  test('of a route that is switched off, the base says where it leads', () => {
    const off = change('/ip/route', { capability: 'ip-route', row: '*7', before: {}, after: { disabled: 'yes' } });
    const base = (content: Readonly<Record<string, string>>) => ({ sections: [{ capability: 'ip-route', rows: [{ id: '*7', content }] }] });
    const plan = (content: Readonly<Record<string, string>>) => touchedBy({ changes: [off], base: base(content) });
    const noMainDoor = { 'IPv4 routes': { active: 29, defaults: ['guest'] } };
    expect(notPassed(noMainDoor, {}, plan({ 'dst-address': '0.0.0.0/0' }))).toEqual([]);
    expect(notPassed(noMainDoor, {}, plan({ 'dst-address': '192.0.2.0/24' }))).toEqual([['IPv4 routes', 'fail']]);
  });
});

describe('measuring', () => {
  const facts = { version: '7.20.6', absentMenus: [] };

  test('what every router has and this one does not say is not known, rather than nought, and inconclusive even when it stays so', async () => {
    await using server = await httpServer(({ url }) =>
      url.startsWith('/rest/interface') ? json([{ name: 'ether1', running: '' }, { name: 'ether2' }]) : json({}),
    );
    await using line = lineTo(server.url);
    const health = await measure(line.link, facts);
    expect(health).toEqual({
      'no reboot': { missing: 'uptime was not measured' },
      'processor load': { missing: 'load was not measured' },
      'free memory': { missing: 'memory was not measured' },
      'interfaces running': { value: ['ether1'] },
    });
    expect(compareHealth(health, health, NOTHING_TOUCHED).map(({ verdict }) => verdict)).toEqual([
      'inconclusive',
      'inconclusive',
      'inconclusive',
      'pass',
    ]);
  });

  test('what fails is told', async () => {
    await using server = await httpServer(() => ({ status: 200, body: '<html>' }));
    await using line = lineTo(server.url);
    expect(await refusal(measure(line.link, facts))).toMatchObject({ code: 'NOT_A_ROUTER' });
  });
});
