import { expect, test } from 'vitest';
import { bench } from './support.ts';

test('flushing the cache of names leaves what is static', () => {
  const edge = bench();
  expect(edge.rows('/ip/dns/cache')).toHaveLength(2);
  expect(edge.ask('POST', '/ip/dns/cache/flush', {})).toEqual({ status: 200, body: [] });
  expect(edge.rows('/ip/dns/cache').map((row) => row['static'])).toEqual(['true']);
});

test('ping answers a row a probe, with running totals, under both of its paths', () => {
  const edge = bench();
  for (const target of ['/tool/ping', '/ping']) {
    const { status, body } = edge.ask('POST', target, { address: '203.0.113.1', count: '3' });
    expect(status).toBe(200);
    expect(body.map((row: { seq: string; sent: string; received: string }) => [row.seq, row.sent, row.received])).toEqual([
      ['0', '1', '1'],
      ['1', '2', '2'],
      ['2', '3', '3'],
    ]);
    expect(Object.keys(body[0])).toEqual([
      'avg-rtt',
      'host',
      'max-rtt',
      'min-rtt',
      'packet-loss',
      'received',
      'sent',
      'seq',
      'size',
      'time',
      'ttl',
    ]);
    expect(body[0].time).toMatch(/^\d+(?:ms\d+)?us$|^\d+ms$/);
  }
});

test('a lost probe has a status and no time; a place without a route says so', () => {
  const edge = bench();
  const [lost] = edge.ask('POST', '/tool/ping', { address: '192.168.88.254', count: '1' }).body;
  expect(lost).toEqual({ host: '192.168.88.254', 'packet-loss': '100', received: '0', sent: '1', seq: '0', status: 'timeout' });
  expect(edge.ask('POST', '/tool/ping', { address: '10.5.5.5', count: '1' }).body[0].status).toBe('no route to host');
});

test('a command without an end runs into the cap of a minute', () => {
  const edge = bench();
  const closed = { detail: 'Session closed', error: 400, message: 'Bad Request' };
  expect(edge.ask('POST', '/tool/ping', { address: '203.0.113.1' }).body).toEqual(closed);
  expect(edge.ask('POST', '/interface/monitor-traffic', { interface: 'ether1' }).body).toEqual(closed);
  expect(edge.ask('POST', '/tool/ping', { count: '1' }).body.detail).toBe('missing =address=');
});

test('traffic: one row without a section for once, sections for a duration', () => {
  const edge = bench();
  const [once] = edge.ask('POST', '/interface/monitor-traffic', { interface: 'ether1', once: '' }).body;
  expect(once).toMatchObject({ name: 'ether1', 'tx-errors-per-second': '0' });
  expect(Number(once['rx-bits-per-second'])).toBeGreaterThan(0);
  const rows = edge.ask('POST', '/interface/monitor-traffic', { interface: 'ether1,ether2', duration: '2s' }).body;
  expect(rows.map((row: Record<string, string>) => [row['.section'], row['name']])).toEqual([
    ['0', 'ether1'],
    ['0', 'ether2'],
    ['1', 'ether1'],
    ['1', 'ether2'],
  ]);
  expect(rows[1]['rx-bits-per-second']).toBe('0');
  expect(edge.ask('POST', '/interface/monitor-traffic', { interface: 'nope', once: '' }).body.detail).toBe(
    'input does not match any value of interface',
  );
});

test('lines can be written to the log, but for debug ones', () => {
  const edge = bench();
  for (const topic of ['info', 'warning', 'error', 'debug'])
    expect(edge.ask('POST', `/log/${topic}`, { message: `said ${topic}` }).body).toEqual([]);
  const said = edge.rows('/log').filter((row) => row['message']?.startsWith('said'));
  expect(said.map((row) => row['topics'])).toEqual(['script,info', 'script,warning', 'script,error']);
});

test('what the console does not know is no command', () => {
  const edge = bench();
  for (const target of ['/ip/address/frobnicate', '/ping/print', '/interface/monitor-traffic/print', '/nonsense']) {
    expect([target, edge.ask('POST', target, {}).status]).toEqual([target, 400]);
  }
  expect(edge.ask('POST', '/ip/address/frobnicate', {}).body.detail).toBe('no such command');
  expect(edge.ask('POST', '/ping/print', {}).body.detail).toBe('no such command');
});

test('a lease becomes ours', () => {
  const edge = bench();
  expect(edge.ask('POST', '/ip/dhcp-server/lease/make-static', { '.id': '*6' }).body).toEqual([]);
  expect(edge.ask('PATCH', '/ip/dhcp-server/lease/*6', { comment: 'phone' }).body).toMatchObject({ dynamic: 'false', comment: 'phone' });
});
