import { describe, expect, test } from 'vitest';
import { bench } from './support.ts';

const HOME = 'hap-ax3_7.22.1';
const NOT_ALLOWED = 'failure: not allowed by device-mode';
type Refused = readonly [method: string, target: string, body: Record<string, string>];

/** What a home router of today refuses, and why that is not for want of something else: with the feature it is taken. */
const FEATURES: Readonly<Record<string, Refused>> = {
  scheduler: ['PUT', '/system/scheduler', { name: 'x', 'on-event': ':log info x', interval: '1h' }],
  fetch: ['POST', '/tool/fetch', { url: 'https://example.com' }],
  sniffer: ['POST', '/tool/torch', { interface: 'ether1', duration: '1s' }],
  'bandwidth-test': ['POST', '/tool/bandwidth-test', { address: '10.10.99.1', duration: '1s' }],
  l2tp: ['PUT', '/interface/l2tp-client', { name: 'x', 'connect-to': '192.0.2.1', user: 'x' }],
  socks: ['POST', '/ip/socks/set', { enabled: 'yes' }],
  romon: ['POST', '/tool/romon/set', { enabled: 'yes' }],
};

test.each(Object.entries(FEATURES))('%s', (feature, [method, target, body]) => {
  const home = bench(HOME);
  expect(home.ask(method, target, body)).toMatchObject({ status: 400, body: { detail: NOT_ALLOWED } });
  const row = home.state.tables.get('/system/device-mode')?.[0];
  if (row) row[feature] = 'true';
  expect(home.ask(method, target, body).status).toBeLessThan(300);
});

describe('what is there', () => {
  test('may be switched off, changed while it is off, and read', () => {
    const home = bench(HOME);
    expect(home.ask('POST', '/ip/socks/set', { enabled: 'no' }).status).toBe(200);
    expect(home.ask('POST', '/ip/socks/set', { port: '1081' }).status).toBe(200);
    expect(home.ask('GET', '/ip/socks').body).toMatchObject({ enabled: 'false', port: '1081' });
  });

  test('a container is one more package away', () => {
    expect(bench('rb5009_7.20.6').ask('PUT', '/container', { file: 'x.tar', interface: 'veth1' }).body.detail).toBe(NOT_ALLOWED);
  });

  test('scripts in the background need no scheduler', () => {
    expect(bench(HOME).ask('POST', '/execute', { script: ':delay 1s' }).body.ret).toMatch(/^\*/);
  });

  test('over the console it is the same', () => {
    const said = bench(HOME).ask('POST', '/execute', { script: '/system/scheduler/add name=x', 'as-string': '' }).body.ret;
    expect(said).toContain(NOT_ALLOWED);
  });
});

test('a flagged router refuses what an intruder would want, and says why', () => {
  const edge = bench();
  edge.ask('GET', '/system/device-mode');
  const [mode] = edge.state.tables.get('/system/device-mode') ?? [];
  if (mode) mode['flagged'] = 'true';
  const words = 'failure: configuration flagged, check all router configuration for unauthorized changes and update device-mode';
  expect(edge.ask('PUT', '/system/scheduler', { name: 'x' }).body.detail).toBe(words);
  expect(edge.ask('POST', '/ip/socks/set', { enabled: 'yes' }).body.detail).toBe(words);
  expect(edge.ask('POST', '/tool/fetch', { url: 'https://example.com' }).status).toBe(200);
});

test('nobody presses the button; the print command alone fails', () => {
  const edge = bench();
  expect(edge.ask('POST', '/system/device-mode/update', { mode: 'advanced' })).toMatchObject({
    status: 400,
    body: { detail: 'update canceled' },
  });
  expect(edge.ask('GET', '/system/device-mode').body['attempt-count']).toBe('1');
  expect(edge.ask('POST', '/system/device-mode/print', {}).status).toBe(500);
});
