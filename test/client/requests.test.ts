import { describe, expect, test } from 'vitest';
import type { Call, ReadCall, RunCall, WriteCall } from '../../src/lib/client/types.ts';
import { lineTo, PASSWORD, USER } from './rig.ts';
import { httpServer, json, NOTHING } from './servers.ts';

const READS: readonly (readonly [string, ReadCall, string])[] = [
  ['a menu', { verb: 'read', menu: '/ip/firewall/filter' }, '/rest/ip/firewall/filter'],
  [
    'some fields; the id is asked for as well',
    { verb: 'read', menu: '/interface', fields: ['name', 'rx-byte'] },
    '/rest/interface?.proplist=.id,name,rx-byte',
  ],
  [
    'some rows, whatever is in the values',
    { verb: 'read', menu: '/ip/dns/static', where: { name: 'a b&c=d+e/é#?', disabled: 'false' } },
    '/rest/ip/dns/static?name=a%20b%26c%3Dd%2Be%2F%C3%A9%23%3F&disabled=false',
  ],
  [
    'some fields of some rows',
    { verb: 'read', menu: '/ip/address', where: { interface: 'ether1' }, fields: ['address'] },
    '/rest/ip/address?interface=ether1&.proplist=.id,address',
  ],
  ['a menu with a space in it', { verb: 'read', menu: '/ip/x y' }, '/rest/ip/x%20y'],
];

type Literal = readonly [method: string, url: string, body: unknown];
const WRITES: readonly (readonly [string, WriteCall, Literal])[] = [
  [
    'add',
    { verb: 'add', menu: '/ip/address', values: { address: '192.0.2.1/24', interface: 'ether1', comment: 'a "b" \\ ü' } },
    ['PUT', '/rest/ip/address', { address: '192.0.2.1/24', interface: 'ether1', comment: 'a "b" \\ ü' }],
  ],
  [
    'add before another',
    { verb: 'add', menu: '/ip/firewall/filter', values: { chain: 'input' }, placeBefore: '*6' },
    ['PUT', '/rest/ip/firewall/filter', { chain: 'input', 'place-before': '*6' }],
  ],
  [
    'set a row, and take a field away',
    { verb: 'set', menu: '/ip/address', id: '*1B', values: { disabled: 'yes', '!comment': '' } },
    ['PATCH', '/rest/ip/address/*1B', { disabled: 'yes', '!comment': '' }],
  ],
  [
    'set a singleton',
    { verb: 'set', menu: '/ip/dns', values: { servers: '192.0.2.53' } },
    ['POST', '/rest/ip/dns/set', { servers: '192.0.2.53' }],
  ],
  [
    'unset',
    { verb: 'unset', menu: '/ip/firewall/filter', id: '*3', field: 'src-address' },
    ['POST', '/rest/ip/firewall/filter/unset', { '.id': '*3', 'value-name': 'src-address' }],
  ],
  ['remove', { verb: 'remove', menu: '/ip/address', id: '*1B' }, ['DELETE', '/rest/ip/address/*1B', undefined]],
  [
    'move',
    { verb: 'move', menu: '/ip/firewall/filter', id: '*7', before: '*2' },
    ['POST', '/rest/ip/firewall/filter/move', { numbers: '*7', destination: '*2' }],
  ],
  [
    'move to the end',
    { verb: 'move', menu: '/ip/firewall/filter', id: '*7' },
    ['POST', '/rest/ip/firewall/filter/move', { numbers: '*7' }],
  ],
];

const RUN: RunCall = { verb: 'run', menu: '/ip/dns/cache', command: 'flush', args: {} };

const login = `Basic ${Buffer.from(`${USER}:${PASSWORD}`).toString('base64')}`;

describe('what a call is on the wire', () => {
  test.each(READS)('read: %s', async (_name, call, url) => {
    await using server = await httpServer();
    await using line = lineTo(server.url);
    await line.link.read(call);
    expect(server.asked).toMatchObject([{ method: 'GET', url, body: '' }]);
  });

  test.each(WRITES)('%s', async (_name, call, [method, url, body]) => {
    await using server = await httpServer();
    await using line = lineTo(server.url);
    await line.writer.write(call);
    expect(server.asked).toMatchObject([{ method, url }]);
    const sent = server.asked[0]?.body ?? '';
    expect(sent === '' ? undefined : JSON.parse(sent)).toEqual(body);
  });

  test('a harmless command', async () => {
    await using server = await httpServer();
    await using line = lineTo(server.url);
    await line.link.run(RUN);
    await line.link.run({ ...RUN, menu: '/tool', command: 'ping', args: { address: '192.0.2.1', count: '3' } });
    expect(server.asked).toMatchObject([
      { method: 'POST', url: '/rest/ip/dns/cache/flush', body: '{}' },
      { method: 'POST', url: '/rest/tool/ping', body: '{"address":"192.0.2.1","count":"3"}' },
    ]);
  });

  test('every request brings the login; the content type is bare, and only where there is content', async () => {
    await using server = await httpServer();
    await using line = lineTo(server.url);
    await line.link.read({ verb: 'read', menu: '/interface' });
    await line.writer.write({ verb: 'remove', menu: '/ip/address', id: '*1' });
    await line.writer.write({ verb: 'set', menu: '/ip/dns', values: { servers: '' } });
    expect(server.asked.map(({ headers }) => headers.authorization)).toEqual([login, login, login]);
    expect(server.asked.map(({ headers }) => headers['content-type'])).toEqual([undefined, undefined, 'application/json']);
  });
});

describe('what an answer comes to', () => {
  const answered = async (answer: Parameters<typeof json>, call: Call) => {
    await using server = await httpServer(() => json(...answer));
    await using line = lineTo(server.url);
    return await (call.verb === 'read' ? line.link.read(call) : line.writer.write(call as WriteCall));
  };
  const add: WriteCall = { verb: 'add', menu: '/ip/address', values: { address: '192.0.2.1/24' } };

  test('the id of what was added', async () => {
    expect(await answered([{ '.id': '*2C', address: '192.0.2.1/24' }, 201], add)).toMatchObject({ id: '*2C' });
    expect(await answered([{ '.id': '*2C' }, 200], add)).toEqual({ id: '*2C', rows: [{ '.id': '*2C' }] });
    expect(await answered([[], 200], add)).toEqual({ rows: [] });
    // What is answered to a set is the row, and none of it is new.
    expect(
      await answered([{ '.id': '*1' }, 200], { verb: 'set', menu: '/ip/address', id: '*1', values: { disabled: 'yes' } }),
    ).not.toHaveProperty('id');
  });

  test('a list, a singleton, nothing', async () => {
    const read = { verb: 'read', menu: '/ip/dns' } as const;
    expect(await answered([[{ '.id': '*1' }, { '.id': '*2' }]], read)).toEqual([{ '.id': '*1' }, { '.id': '*2' }]);
    expect(await answered([{ servers: '192.0.2.53' }], read)).toEqual([{ servers: '192.0.2.53' }]);
    expect(await answered([[]], read)).toEqual([]);
  });

  test('204 without a body', async () => {
    await using server = await httpServer(() => ({ status: 204 }));
    await using line = lineTo(server.url);
    expect(await line.writer.write({ verb: 'remove', menu: '/ip/address', id: '*1' })).toEqual({ rows: [] });
  });

  test('a router that keeps the connection is asked over the same one; one that closes it, over new ones', async () => {
    const read = { verb: 'read', menu: '/interface' } as const;
    await using keeps = await httpServer(() => ({ status: 200, body: '[]', headers: { connection: 'keep-alive' } }));
    await using closes = await httpServer(() => NOTHING);
    for (const [server, connections] of [[keeps, 1] as const, [closes, 3] as const]) {
      await using line = lineTo(server.url);
      for (let turn = 0; turn < 3; turn += 1) await line.link.read(read);
      expect(server.asked).toHaveLength(3);
      expect(server.connections).toBe(connections);
    }
  });
});
