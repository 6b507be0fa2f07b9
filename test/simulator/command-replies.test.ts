import { describe, expect, test } from 'vitest';
import { type Bench, bench, readJson, recordedData } from './support.ts';

const [ACCESS, EDGE, AP, CORE] = ['hex-poe_7.16.2', 'rb5009_7.20.6', 'hap-ax3_7.22.1', 'chr_7.24'] as const;
const watcher = { name: 'watcher', password: 'x', policies: ['read', 'write', 'api', 'rest-api'] };
type Reply = Record<string, string>;
const rows = (router: Bench, path: string, body: unknown): Reply[] => router.ask('POST', path, body).body as Reply[];
const CLOSED = { detail: 'Session closed', error: 400, message: 'Bad Request' };

const recorded = recordedData('synthetic/command-replies.json');
interface Recorded {
  readonly commands: Readonly<Record<string, { readonly reply: unknown }>>;
}

/** On which board each recorded command makes sense, and what the recorded reply had that ours has not, with the reason. */
const BOARDS: Readonly<Record<string, string>> = { 'ethernet/poe/monitor': ACCESS, 'lte/monitor': ACCESS, 'wifi/monitor': AP, CHR: CORE };
const DIFFERENT: readonly string[] = [
  // The recorded port had a module in it; the cages of the edge are empty, and those of the switch are tested below.
  'sfp-sfpplus1',
  // Nobody could renew a license there, and here the account is missing from the recorded request.
  '/system/license/renew',
  // A lost probe, without its request.
  'ping (lost)',
  // Without the values that were added.
  '/ip/address/add',
];

describe.skipIf(!recorded)('recorded replies', () => {
  const { commands } = recorded ? readJson<Recorded>(recorded) : { commands: {} };
  const cases = Object.entries(commands).filter(([request]) => !DIFFERENT.some((known) => request.includes(known)));

  test.each(cases)('%s', (request, { reply }) => {
    const [, path = '', body = '{}'] = /^POST \/rest(\S+) (\{.*\})/.exec(request) ?? [];
    const folder = BOARDS[Object.keys(BOARDS).find((part) => request.includes(part)) ?? ''] ?? EDGE;
    const asked = JSON.parse(
      body
        .replace('10.155.101.1', '203.0.113.1')
        .replace('"numbers":"ether1"', folder === ACCESS ? '"numbers":"ether2"' : '"numbers":"ether1"'),
    );
    const answer = bench(folder).ask('POST', path, asked);
    expect(answer.status).toBe(200);
    expect(Array.isArray(answer.body)).toBe(Array.isArray(reply));
    const last = (of: unknown): Reply => (Array.isArray(of) ? (of.at(-1) ?? {}) : (of as Reply));
    if (path === '/console/inspect') expect(Object.keys(last(answer.body)).sort()).toEqual(Object.keys(last(reply)).sort());
    else
      expect(Object.keys(last(answer.body))).toEqual(
        expect.arrayContaining(path === '/tool/traceroute' ? ['address', 'loss', 'sent'] : Object.keys(last(reply))),
      );
  });

  test('how many', () =>
    console.log(`command replies: ${cases.length} replayed, ${Object.keys(commands).length - cases.length} known to differ`));
});

describe('measurements end when they are told to', () => {
  test('a traceroute goes its rounds, and the last section has the totals', () => {
    const hops = rows(bench(), '/tool/traceroute', { address: '198.51.100.80', count: '3' });
    expect(hops.map((hop) => [hop['.section'], hop['sent']])).toEqual([
      ['0', '1'],
      ['0', '1'],
      ['1', '2'],
      ['1', '2'],
      ['2', '3'],
      ['2', '3'],
    ]);
    expect(hops.at(-1)).toMatchObject({ address: '198.51.100.80', loss: '0' });
    expect(rows(bench(), '/tool/traceroute', { address: '203.0.113.254', count: '1' }).at(-1)).toMatchObject({
      last: 'timeout',
      loss: '100',
    });
    expect(bench().ask('POST', '/tool/traceroute', { address: '203.0.113.1' }).body).toEqual(CLOSED);
  });

  test.each([
    ['/interface/monitor-traffic', { interface: 'ether1' }, 1],
    ['/interface/ethernet/monitor', { numbers: 'ether1' }, 1],
    ['/tool/torch', { interface: 'ether1' }, undefined],
    ['/tool/profile', {}, 4],
  ])('%s: a duration, an interval, and neither', (path, body, each) => {
    const router = bench();
    const sections = (more: object) => new Set(rows(router, path, { ...body, ...more }).map((row) => row['.section'])).size;
    expect([sections({ duration: '3s' }), sections({ duration: '3s', interval: '500ms' })]).toEqual([3, 6]);
    if (each) expect(rows(router, path, { ...body, once: '' })).toHaveLength(each);
    expect(router.ask('POST', path, { ...body, duration: '2m' }).body).toEqual(CLOSED);
    expect(router.ask('POST', path, body).body).toEqual(CLOSED);
  });

  test('pings that would take more than a minute are cut off', () => {
    const ping = (more: object) => bench().ask('POST', '/tool/ping', { address: '203.0.113.1', ...more });
    expect(ping({ count: '30', interval: '3s' }).body).toEqual(CLOSED);
    expect(ping({ count: '30', interval: '200ms' }).body).toHaveLength(30);
  });

  test('a bandwidth test says when it is done, or that there is nobody', () => {
    const test = (address: string) => rows(bench(), '/tool/bandwidth-test', { address, duration: '3s' });
    expect(test('203.0.113.1').map((row) => row['status'])).toEqual(['connecting', 'running', 'running', 'done testing']);
    expect(test('203.0.113.254').at(-1)).toEqual({ '.section': '1', status: 'can not connect' });
  });
});

describe('what they tell', () => {
  test('the module in a cage, and an empty one', () => {
    const [fibre] = rows(bench(ACCESS), '/interface/ethernet/monitor', { numbers: 'sfp1', once: '' });
    expect(fibre).toMatchObject({ status: 'link-ok', rate: '1Gbps', 'sfp-module-present': 'true', 'sfp-vendor-name': 'Mikrotik' });
    expect(Number(fibre?.['sfp-rx-power'])).toBeLessThan(-2);
    const [empty] = rows(bench(EDGE), '/interface/ethernet/monitor', { numbers: 'sfp-sfpplus1', once: '' });
    expect(empty).toMatchObject({ status: 'no-link', 'sfp-module-present': 'false' });
    expect(empty).not.toHaveProperty('sfp-temperature');
    expect(rows(bench(EDGE), '/interface/ethernet/monitor', { numbers: 'ether1', once: '' })[0]).not.toHaveProperty('sfp-module-present');
  });

  test('which ports feed what is plugged in', () => {
    const ports = rows(bench(ACCESS), '/interface/ethernet/poe/monitor', { numbers: 'ether2,ether3,ether5', once: '' });
    expect(ports.map((port) => port['poe-out-status'])).toEqual(['powered-on', 'waiting-for-load', 'disabled']);
    expect(bench(EDGE).ask('POST', '/interface/ethernet/poe/monitor', { numbers: 'ether1', once: '' }).status).toBe(400);
  });

  test('flows, and among them those that are asked for', () => {
    const edge = bench();
    const all = rows(edge, '/tool/torch', { interface: 'ether1', duration: '1s' });
    const [flow] = all;
    const one = rows(edge, '/tool/torch', { interface: 'ether1', duration: '1s', 'src-address': flow?.['src-address'] });
    expect(all.length).toBeGreaterThan(2);
    expect(one.slice(0, -1).every((row) => row['src-address'] === flow?.['src-address'])).toBe(true);
    expect(all.at(-1)).not.toHaveProperty('src-address');
  });

  test('a name has an address, or there is no such name', () => {
    const edge = bench();
    const [known] = edge.rows('/ip/dns/static').filter((row) => row['address'] !== undefined);
    expect(edge.ask('POST', '/resolve', { 'domain-name': known?.['name'] }).body).toEqual({ ret: known?.['address'] });
    expect(edge.ask('POST', '/resolve', { 'domain-name': 'nobody.invalid' }).body.detail).toBe('failure: dns name does not exist');
    const said = (script: string) => edge.ask('POST', '/execute', { script, 'as-string': '' }).body.ret;
    expect(said(`:put [:resolve "${known?.['name']}"]`)).toBe(known?.['address']);
    expect(said(`:put [:typeof [:resolve "${known?.['name']}"]]`)).toBe('ip');
    expect(said(':do { :resolve nobody.invalid } on-error={ :put "no such name" }')).toBe('no such name');
  });

  test('what was fetched, but never too much of it', () => {
    const edge = bench();
    expect(rows(edge, '/tool/fetch', { url: 'https://example.com/x', output: 'user' }).at(-1)).toMatchObject({ status: 'finished' });
    expect(edge.ask('POST', '/tool/fetch', { url: 'https://example.com/x', 'http-data': 'x'.repeat(65_431) }).body.detail).toBe(
      'failure: maximum message size exceeded',
    );
    expect(edge.ask('POST', '/tool/fetch', {}).body.detail).toBe('missing =url=');
  });

  test('an update: there is one, there is none, and nothing to fetch then', () => {
    const last = (folder: string, command: string) => rows(bench(folder), `/system/package/update/${command}`, {}).at(-1)?.['status'];
    expect(last(AP, 'check-for-updates')).toBe('New version is available');
    expect(last(ACCESS, 'check-for-updates')).toBe('System is already up to date');
    expect(last(AP, 'download')).toBe('Downloaded, please reboot router to upgrade it');
    expect(last(ACCESS, 'download')).toMatch(/^ERROR/);
    expect(rows(bench(CORE), '/system/license/renew', { account: 'a', password: 'b' }).at(-1)?.['status']).toBe('ERROR: Unauthorized');
    expect(bench(CORE).ask('POST', '/system/license/renew', {}).body.detail).toBe('missing =account=');
  });
});

test('who lacks `test`, or `sniff`, measures nothing', () => {
  const edge = bench(EDGE, [watcher, { ...watcher, name: 'tester', policies: [...watcher.policies, 'test'] }]);
  const address = '203.0.113.1';
  const commands: [string, object][] = [
    ['/tool/ping', { address, count: '1' }],
    ['/ping', { address, count: '1' }],
    ['/tool/traceroute', { address, count: '1' }],
    ['/tool/bandwidth-test', { address, duration: '1s' }],
    ['/tool/fetch', { url: 'https://example.com' }],
    ['/tool/profile', { once: '' }],
    ['/resolve', { 'domain-name': 'example.com' }],
  ];
  for (const [path, body] of commands) {
    expect([path, edge.ask('POST', path, body, watcher).status]).toEqual([path, 500]);
    expect([path, edge.ask('POST', path, body, { name: 'tester', password: 'x' }).status]).toEqual([path, 200]);
  }
  expect(edge.ask('POST', '/tool/torch', { interface: 'ether1', duration: '1s' }, { name: 'tester', password: 'x' }).status).toBe(500);
  expect(edge.ask('POST', '/interface/monitor-traffic', { interface: 'ether1', once: '' }, watcher).status).toBe(200);
});
