import { describe, expect, test } from 'vitest';
import { bgpOspfStatus } from '../../src/lib/view/bgp-ospf-status.ts';
import { capsmanStatus } from '../../src/lib/view/capsman-status.ts';
import { deviceReview } from '../../src/lib/view/device-review.ts';
import { dhcpStatus } from '../../src/lib/view/dhcp-status.ts';
import { interfaceStats } from '../../src/lib/view/interface-stats.ts';
import { neighboursOverview } from '../../src/lib/view/neighbours-overview.ts';
import { recentLogs } from '../../src/lib/view/recent-logs.ts';
import { routingSummary } from '../../src/lib/view/routing-summary.ts';
import { systemOverview } from '../../src/lib/view/system-overview.ts';
import { vpnStatus } from '../../src/lib/view/vpn-status.ts';
import { wirelessClients } from '../../src/lib/view/wireless-clients.ts';
import { wirelessInterfaces } from '../../src/lib/view/wireless-interfaces.ts';
import { cut, gone, part } from './rows.ts';

describe('the system overview', () => {
  test('is null where nothing is known, and never nought', () => {
    const empty = systemOverview.compose({ resource: part({}), routerboard: gone('/system/routerboard') }, {});
    expect(Object.entries(empty).filter(([, value]) => value !== null && !Array.isArray(value))).toEqual([]);
  });

  test('works out what is used, and takes no word for a measurement', () => {
    const resource = part({
      version: '7.24 (stable)',
      totalMemory: 1_000,
      freeMemory: '250',
      totalHddSpace: 0,
      freeHddSpace: 0,
      uptime: 90,
    });
    const health = part({ name: 'voltage', value: 24.2 }, { name: 'temperature', value: null }, { name: 'psu1-state', value: 'ok' });
    expect(systemOverview.compose({ resource, health }, {})).toMatchObject({
      routerosVersion: '7.24',
      channel: 'stable',
      memoryUsedBytes: 750,
      memoryUsagePercent: 75,
      diskUsagePercent: null,
      uptimeSeconds: 90,
      uptimeFormatted: '1m30s',
      voltageVolts: 24.2,
      temperatureCelsius: null,
      cpuUsagePercent: null,
    });
  });
});

describe('interface traffic', () => {
  const there = part({ name: 'ether1', running: true }, { name: 'ether2', running: false }, { name: 'a,b', running: true });

  test('is asked for all that run, or for those that are named', () => {
    const { traffic } = interfaceStats.parts;
    if (!traffic || !('run' in traffic)) throw new Error('no command');
    expect(traffic.args({}, { interfaces: there })).toEqual({ interface: 'ether1' });
    expect(traffic.args({ interfaceNames: ['ether2', 'ether9'] }, { interfaces: there })).toEqual({ interface: 'ether2' });
    expect(traffic.args({ interfaceNames: ['ether9'] }, { interfaces: there })).toBeUndefined();
  });

  test('says what was not measured and why, without a nought', () => {
    const traffic = part({ name: 'ether1', rxBitsPerSecond: 12, txBitsPerSecond: null });
    const data = interfaceStats.compose({ interfaces: there, traffic }, { interfaceNames: ['ether1', 'ether2', 'ether9', 'a,b'] });
    expect(data['stats']).toEqual([expect.objectContaining({ name: 'ether1', rxBitsPerSecond: 12, txBitsPerSecond: null })]);
    expect(data['notMeasured']).toEqual([
      { name: 'ether9', why: 'no interface of that name' },
      { name: 'a,b', why: 'a name with a comma cannot be measured' },
      { name: 'ether2', why: 'the router gave no figures' },
    ]);
  });
});

test('a routing summary holds counts of the router, and null where it did not count', () => {
  const data = routingSummary.compose({ v4All: cut(100_000), 'v4-bgp': cut(99_990), v4Defaults: part(), v6All: gone('/ipv6/route') }, {});
  expect(data).toMatchObject({
    ipv4: { total: 100_000, bgp: 99_990, static: null },
    defaultRoutes: [],
    ipv6: { total: null },
    defaultRoutesV6: null,
  });
});

describe('wireless', () => {
  test.each([
    ['-62@1Mbps', -62],
    ['-65dBm@6Mbps', -65],
    ['-71', -71],
    ['strong', null],
    [undefined, null],
  ])('a signal of %s is %s dBm', (signalStrength, dBm) => {
    const { clients } = wirelessClients.compose({ wireless: part({ interface: 'wlan1', signalStrength, bytes: '17,29' }) }, {});
    expect(clients).toEqual([expect.objectContaining({ signalDbm: dBm, bytesSent: 17, bytesReceived: 29, packetsSent: null })]);
  });

  test('an interface takes from its profile what it does not say itself', () => {
    const wifi = part(
      { name: 'wifi1', configuration: 'cfg', channelFrequency: ['5180'], disabled: false },
      { name: 'wifi2', configurationSsid: 'Own', configuration: 'cfg' },
    );
    const wifiProfiles = part({ name: 'cfg', ssid: 'Example', mode: 'ap', channelFrequency: ['2412'] });
    const data = wirelessInterfaces.compose({ wifi, wifiProfiles, wifiClients: part({ interface: 'wifi1' }, { interface: 'wifi1' }) }, {});
    expect(data).toMatchObject({
      interfaces: [
        { name: 'wifi1', ssid: 'Example', mode: 'ap', frequency: ['5180'], registeredClients: 2 },
        { name: 'wifi2', ssid: 'Own', frequency: ['2412'], registeredClients: 0 },
      ],
      hints: [],
    });
  });

  test('clients that were not all read are not counted', () => {
    const data = wirelessInterfaces.compose(
      { wireless: part({ name: 'wlan1', disabled: 'false' }), wirelessClients: cut(5_000, { interface: 'wlan1' }) },
      {},
    );
    expect(data['interfaces']).toEqual([expect.objectContaining({ registeredClients: null, disabled: false })]);
  });

  test('says when a controller is at work', () => {
    const hints = (parts: Parameters<typeof wirelessInterfaces.compose>[0]) => wirelessInterfaces.compose(parts, {})['hints'];
    expect(hints({ capsman: part({ enabled: true }) })).toHaveLength(1);
    expect(hints({ wifiCap: part({ enabled: true }) })).toHaveLength(1);
    expect(hints({ wifi: part({ name: 'wifi1', configurationManager: 'capsman-or-local' }) })).toHaveLength(1);
    expect(hints({ capsman: part({ enabled: false }), wifiCap: part({ enabled: false }) })).toEqual([]);
  });

  test('a controller that is not there is null, one without access points has none', () => {
    const data = capsmanStatus.compose(
      { legacy: gone('/caps-man/manager'), legacyCaps: gone('/caps-man/remote-cap'), wifi: part({ enabled: true }), wifiCaps: part() },
      {},
    );
    expect(data).toMatchObject({ legacy: { enabled: null, accessPoints: null }, wifi: { enabled: true, accessPoints: [] } });
  });
});

describe('DHCP', () => {
  const servers = part({ name: 'lan', addressPool: 'pool', interface: 'bridge' });
  const networks = part({ address: '10.9.0.0/16', gateway: ['10.9.0.1'] }, { address: '192.168.88.0/24', gateway: ['192.168.88.1'] });
  const pools = part({ name: 'pool', ranges: ['192.168.88.100-192.168.88.199', '192.168.88.10'] });

  test('a server has the network of its pool, and its own leases', () => {
    const leases = part({ server: 'lan', status: 'bound' }, { server: 'lan', status: 'waiting' }, { server: 'other', status: 'bound' });
    const data = dhcpStatus.compose({ servers, networks, pools, leases, used: part({ pool: 'pool' }), bound: cut(2) }, {});
    expect(data).toMatchObject({
      servers: [{ network: '192.168.88.0/24', gateway: ['192.168.88.1'], leases: 2, leasesBound: 1 }],
      leasesTotal: 3,
      leasesBound: 2,
      pools: [{ total: 101, used: 1, usedPercent: 1 }],
    });
  });

  test('what was not read whole is not counted by server', () => {
    const data = dhcpStatus.compose(
      { servers, networks, pools, leases: cut(40_000, { server: 'lan' }), used: cut(30_000), bound: cut(30_000) },
      {},
    );
    expect(data).toMatchObject({
      servers: [{ leases: null, leasesBound: null }],
      leasesTotal: 40_000,
      leasesBound: 30_000,
      pools: [{ used: null, usedPercent: null }],
    });
  });
});

describe('logs', () => {
  const lines = cut(
    3_000,
    { id: '*1', time: '2026-03-14 09:00:00', topics: ['system', 'info'], message: 'first' },
    { id: '*2', time: '2026-03-14 10:00:00', topics: ['system', 'error'], message: 'login failure for user root' },
    { id: '*3', time: '2026-03-14 11:00:00', topics: ['dhcp', 'info'], message: 'last' },
  );
  const ids = (input: Readonly<Record<string, unknown>>) => {
    const { logEntries } = recentLogs.compose({ lines }, input);
    return Array.isArray(logEntries) ? logEntries.map(({ id }) => id) : [];
  };

  test('come newest first, and are chosen before they are cut', () => {
    expect(ids({})).toEqual(['*3', '*2', '*1']);
    expect(ids({ limit: 1 })).toEqual(['*3']);
    expect(ids({ topics: ['error'], limit: 1 })).toEqual(['*2']);
    expect(ids({ message: 'LOGIN', limit: 1 })).toEqual(['*2']);
    expect(ids({ startTime: '2026-03-14 09:30:00', endTime: '2026-03-14 10:30:00' })).toEqual(['*2']);
    expect(recentLogs.compose({ lines }, { topics: ['error'] })).toMatchObject({ matching: 1, searched: 3, linesInAll: 3_000 });
  });

  test('a review counts the errors among the lines it saw', () => {
    expect(deviceReview.compose({ log: lines }, {})['logErrors']).toMatchObject({
      searched: 3,
      count: 1,
      newest: [{ message: 'login failure for user root' }],
    });
  });
});

test('a review gives facts: what is open, who may come in, which certificates end', () => {
  const data = deviceReview.compose(
    {
      services: part(
        { name: 'ssh', port: 22, disabled: false },
        { name: 'telnet', port: 23, disabled: true },
        { name: 'ssh', port: 22, disabled: false, connection: true },
      ),
      users: part({ name: 'admin', group: 'full', disabled: false }),
      filter: part({ chain: 'input', action: 'drop', disabled: false }, { chain: 'forward', action: 'accept', disabled: true }),
      certificates: part(
        { name: 'soon', expiresAfter: 86_400 },
        { name: 'later', expiresAfter: 86_400 * 90 },
        { name: 'ended', expired: true },
      ),
      nat: gone('/ip/firewall/nat'),
    },
    { certificateDays: 30 },
  );
  expect(data).toMatchObject({
    services: [{ name: 'ssh', port: 22 }],
    users: [{ name: 'admin', group: 'full' }],
    groups: null,
    firewall: { filterRules: 2, filterDisabled: 1, inputDrops: 1, natRules: null },
    certificates: { total: 3, ending: [{ name: 'soon' }, { name: 'ended' }] },
    load: { cpuUsagePercent: null },
  });
});

test('a peer that never shook hands has no handshake, and a session that is down is not established', () => {
  const vpn = vpnStatus.compose(
    {
      wireguard: part({ name: 'wg1' }),
      peers: part({ interface: 'wg1', lastHandshake: 72 }, { interface: 'wg1' }),
      ipsec: gone('/ip/ipsec'),
      ppp: part(),
    },
    {},
  );
  expect(vpn).toMatchObject({
    wireguard: [{ peers: 2 }],
    wireguardPeers: [{ lastHandshakeSeconds: 72 }, { lastHandshakeSeconds: null }],
    ipsecPeers: null,
    pppTotal: 0,
  });
  const routing = bgpOspfStatus.compose(
    { sessions: part({ name: 'a', established: true }, { name: 'b', established: false }), neighbours: part({ state: 'Full' }) },
    {},
  );
  expect(routing).toMatchObject({
    bgpSessionsTotal: 2,
    bgpSessionsEstablished: 1,
    bgpConnections: null,
    ospfByState: [{ value: 'Full', count: 1 }],
  });
});

test('neighbours are counted by platform; one that does not say its own is counted too', () => {
  const data = neighboursOverview.compose(
    { neighbours: part({ platform: 'MikroTik', interface: ['ether1'] }, { platform: '' }, { platform: 'MikroTik' }) },
    {},
  );
  expect(data).toMatchObject({
    total: 3,
    byPlatform: [
      { value: 'MikroTik', count: 2 },
      { value: null, count: 1 },
    ],
  });
});
