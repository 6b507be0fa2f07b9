import { describe, expect, test } from 'vitest';
import { recordedRouters, recording, schemaFor, schemaVersions } from '../../src/simulator/fixtures.ts';
import { versionNumber } from '../../src/simulator/schema.ts';
import { bench, readJson, recordedData } from './support.ts';

const [BRANCH, ACCESS, EDGE, AP, CORE] = ['hap-ac2_7.12.1', 'hex-poe_7.16.2', 'rb5009_7.20.6', 'hap-ax3_7.22.1', 'chr_7.24'] as const;

test('there is a router for every profile', () => {
  expect(recordedRouters().map((folder) => recording(folder).profile.version)).toEqual(['7.24', '7.12.1', '7.22.1', '7.16.2', '7.20.6']);
});

/** Which of the five have a menu, in the order of their versions. */
const has = (menu: string): string =>
  [BRANCH, ACCESS, EDGE, AP, CORE].map((folder) => (bench(folder).ask('GET', menu).status === 200 ? 'y' : '-')).join('');

test.each([
  ['/ip/dns/adlist', '-yyyy'],
  ['/ip/dns/forwarders', '--yyy'],
  ['/safe-mode', '--yyy'],
  ['/routing/bgp/instance', '--yyy'],
  ['/ip/service/webserver', '---yy'],
  // The drivers come with a package: bundled in 7.12, installed on the switch, and not on the edge.
  ['/interface/wireless', 'yy---'],
  ['/caps-man/manager', 'yy---'],
  // Here in the base from 7.13 on, and the switch has no radio that it could drive.
  ['/interface/wifi', '--yyy'],
  ['/interface/wifiwave2', '-----'],
  ['/interface/ethernet/poe', '-y---'],
])('%s: %s', (menu, routers) => {
  expect(has(menu)).toBe(routers);
});

/** `taken`, or the words of the refusal. */
function written(folder: string, method: string, target: string, body: Record<string, string>): string {
  const reply = bench(folder).ask(method, target, body);
  return reply.status < 300 ? 'taken' : reply.body.detail;
}

describe('fields come, go and change their names', () => {
  const peer = { interface: 'wg-hq', 'public-key': 'SYNTHETICpublicKeyOfAnotherPeer00000000000A=', 'allowed-address': '10.9.0.0/24' };
  test.each<[string, string, string, Record<string, string>, string]>([
    ['a name of a peer before 7.15', BRANCH, '/interface/wireguard/peers', { ...peer, name: 'x' }, 'unknown parameter name'],
    ['a responder', EDGE, '/interface/wireguard/peers', { ...peer, responder: 'yes' }, 'taken'],
    ['a responder before 7.17', BRANCH, '/interface/wireguard/peers', { ...peer, responder: 'yes' }, 'unknown parameter responder'],
    [
      'what it was called in 7.15 and 7.16',
      EDGE,
      '/interface/wireguard/peers',
      { ...peer, 'is-responder': 'yes' },
      'unknown parameter is-responder',
    ],
    ['`tos` from 7.21', CORE, '/ip/firewall/filter', { chain: 'forward', action: 'accept', tos: '0x10' }, 'taken'],
    ['`tos` before', EDGE, '/ip/firewall/filter', { chain: 'forward', action: 'accept', tos: '0x10' }, 'unknown parameter tos'],
    [
      '`hw-offload` up to 7.20',
      EDGE,
      '/ip/firewall/filter',
      { chain: 'forward', action: 'fasttrack-connection', 'hw-offload': 'yes' },
      'taken',
    ],
    [
      '`hw-offload` after',
      AP,
      '/ip/firewall/filter',
      { chain: 'forward', action: 'fasttrack-connection', 'hw-offload': 'yes' },
      'unknown parameter hw-offload',
    ],
    ['`days` in 7.24', CORE, '/system/scheduler', { name: 'x', days: 'mon' }, 'taken'],
    ['`days` before', EDGE, '/system/scheduler', { name: 'x', days: 'mon' }, 'unknown parameter days'],
    ['a name of a DHCP client from 7.22', AP, '/ip/dhcp-client', { interface: 'ether2', name: 'x' }, 'taken'],
    ['a name of a DHCP client before', EDGE, '/ip/dhcp-client', { interface: 'ether2', name: 'x' }, 'unknown parameter name'],
    [
      '`suppress-hw-offload` up to 7.20',
      ACCESS,
      '/ip/route',
      { 'dst-address': '192.0.2.0/24', gateway: '10.10.99.1', 'suppress-hw-offload': 'no' },
      'taken',
    ],
    [
      '`suppress-hw-offload` after',
      CORE,
      '/ip/route',
      { 'dst-address': '192.0.2.0/24', gateway: '10.10.99.1', 'suppress-hw-offload': 'no' },
      'unknown parameter suppress-hw-offload',
    ],
  ])('%s', (_what, folder, menu, body, words) => {
    expect(written(folder, 'PUT', menu, body)).toBe(words);
  });

  test('the instance of BGP is a menu from 7.20 on, and was fields of a connection before', () => {
    const connection = { name: 'x', 'remote.address': '192.0.2.1', 'local.role': 'ebgp', as: '65000' };
    expect(written(ACCESS, 'PUT', '/routing/bgp/connection', { ...connection, 'router-id': '10.0.0.1' })).toBe('taken');
    expect(written(EDGE, 'PUT', '/routing/bgp/connection', { ...connection, 'router-id': '10.0.0.1' })).toBe('unknown parameter router-id');
  });
});

/** Read-only fields drift as well; the trees of the releases do not tell, the recordings do. */
test('dates, sources of services and sessions read as each version has them', () => {
  const keys = (folder: string, menu: string): readonly string[] => Object.keys(bench(folder).rows(menu)[0] ?? {});
  expect([keys(BRANCH, '/file').includes('creation-time'), keys(EDGE, '/file').includes('creation-time')]).toEqual([true, false]);
  expect(keys(ACCESS, '/file')).toContain('last-modified');
  expect(
    [BRANCH, ACCESS, CORE].map((folder) => keys(folder, '/ip/service').filter((key) => /max-sessions|available-from|^address$/.test(key))),
  ).toEqual([['address'], ['address', 'max-sessions'], ['available-from', 'max-sessions']]);
  expect([ACCESS, EDGE].map((folder) => keys(folder, '/system/package').includes('available'))).toEqual([false, true]);
  expect([BRANCH, ACCESS].map((folder) => bench(folder).ask('GET', '/system/device-mode').body.mode)).toEqual(['enterprise', 'enterprise']);
  expect(bench(BRANCH).ask('GET', '/system/resource').body['build-time']).toMatch(/^[A-Z][a-z]{2}\//);
  expect(bench(ACCESS).ask('GET', '/system/resource').body['build-time']).toMatch(/^\d{4}-/);
});

test('the console knows `:serialize` from 7.13 on', () => {
  const said = (folder: string) =>
    bench(folder).ask('POST', '/execute', { script: ':put [:serialize to=json value={1;2}]', 'as-string': '' }).body.ret;
  expect(said(ACCESS)).toBe('[1,2]');
  expect(said(BRANCH)).toMatch(/bad command name|syntax error/);
});

const timeline = recordedData('schema/timeline.json');
interface Timeline {
  readonly _versions: readonly string[];
  readonly paths: Readonly<Record<string, readonly [kind: string, first: string, last: string]>>;
}

/** What the recorded timeline of releases says, and where our schemas are known to say something else. */
describe.skipIf(!timeline)('against the timeline of releases', () => {
  const { _versions: releases, paths } = timeline ? readJson<Timeline>(timeline) : { _versions: [], paths: {} };
  const minor = (version: string) => Math.floor(versionNumber(version) / 1000);
  /** A driver that was bundled then, and a folder of one board. */
  const KNOWN = ['7.12.2 /interface/wireless', '7.23.2 /system/resource/irq/rps'];
  /** Read-only fields of later versions, and names that are the same in `add` and in `set`. */
  const MOST_EXTRA_ARGUMENTS = 15;

  test.each(schemaVersions())('%s', (version) => {
    const release = releases.find((one) => minor(one) === minor(version)) ?? '';
    const at = releases.indexOf(release);
    expect(at).toBeGreaterThan(0);
    const schema = schemaFor(version);
    const counts = { menus: 0, missing: [] as string[], arguments: 0, extra: 0, lacking: 0 };
    for (const [path, [kind, first, last]] of Object.entries(paths)) {
      const there = releases.indexOf(first) <= at && at <= releases.indexOf(last);
      if (kind === 'dir') {
        counts.menus += 1;
        const ours = schema.hasBelow(path);
        if (!there && !KNOWN.includes(`${version} ${path}`)) expect([path, ours]).toEqual([path, false]);
        if (there && !ours) counts.missing.push(path);
      }
      const [, menu = '', field = ''] = kind === 'arg' ? (/^(.*)\/(?:add|set)\/([^/]+)$/.exec(path) ?? []) : [];
      const fields = schema.menu(menu)?.fields;
      if (field === '' || !fields) continue;
      counts.arguments += 1;
      if (!there && fields.has(field)) counts.extra += 1;
      if (there && !fields.has(field)) counts.lacking += 1;
    }
    console.log(
      `${version}: ${counts.menus} menus that come and go, ${counts.missing.length} not served (${counts.missing.join(' ')});`,
      `${counts.arguments} arguments, ${counts.extra} too many, ${counts.lacking} too few`,
    );
    expect(counts.arguments).toBeGreaterThan(500);
    expect(counts.extra).toBeLessThanOrEqual(MOST_EXTRA_ARGUMENTS);
    expect(counts.lacking).toBeLessThanOrEqual(12);
    expect(counts.missing.length).toBeLessThanOrEqual(9);
  });
});
