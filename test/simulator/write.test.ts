import { expect, test } from 'vitest';
import { bench } from './support.ts';

const LIST = '/ip/firewall/address-list';

test('PUT adds: 201 and the whole stored row, with what the router fills in', () => {
  const edge = bench();
  const reply = edge.ask('PUT', LIST, { list: 'blocked', address: '192.0.2.7' });
  expect(reply).toEqual({
    status: 201,
    body: {
      '.id': '*4',
      address: '192.0.2.7',
      'creation-time': '2026-03-14 09:00:00',
      disabled: 'false',
      dynamic: 'false',
      list: 'blocked',
    },
  });
  expect(edge.ask('GET', `${LIST}/*4`).body).toEqual(reply.body);
});

test('POST add answers the id alone; a number is never used twice, and ids are upper-case hex', () => {
  const edge = bench();
  const add = (): string => edge.ask('POST', `${LIST}/add`, { list: 'l', address: '192.0.2.8' }).body.ret;
  const ids = Array.from({ length: 9 }, add);
  expect(ids).toEqual(['*4', '*5', '*6', '*7', '*8', '*9', '*A', '*B', '*C']);
  expect(edge.ask('DELETE', `${LIST}/*C`).status).toBe(204);
  expect(add()).toBe('*D');
});

test('PATCH changes by id or by name, answers the whole row and keeps the id', () => {
  const edge = bench();
  expect(edge.ask('PATCH', `${LIST}/*1`, { comment: 'office' })).toMatchObject({
    status: 200,
    body: { '.id': '*1', comment: 'office', address: '10.10.99.0/24' },
  });
  expect(edge.ask('PATCH', '/interface/vlan/vlan20-iot', { mtu: '1400' })).toMatchObject({
    status: 200,
    body: { '.id': '*D', mtu: '1400' },
  });
  expect(edge.ask('PATCH', `${LIST}/*77`, { comment: 'x' }).status).toBe(404);
  expect(edge.ask('PATCH', `${LIST}/*1`, { comment: null })).toMatchObject({ status: 200, body: { comment: '' } });
});

test('a singleton takes POST set and refuses PATCH', () => {
  const edge = bench();
  const refused = { status: 400, body: { detail: 'missing or invalid resource identifier', error: 400, message: 'Bad Request' } };
  expect(edge.ask('PATCH', '/system/identity', { name: 'x' })).toEqual(refused);
  expect(edge.ask('PATCH', '/ip/address', { comment: 'x' })).toEqual(refused);
  expect(edge.ask('POST', '/system/identity/set', { name: 'x' })).toEqual({ status: 200, body: [] });
  expect(edge.ask('GET', '/system/identity').body).toEqual({ name: 'x' });
});

test('POST set takes .id or numbers, several at once', () => {
  const edge = bench();
  expect(edge.ask('POST', '/ip/firewall/nat/set', { '.id': '*1', comment: 'a' })).toEqual({ status: 200, body: [] });
  expect(edge.ask('POST', '/ip/firewall/nat/set', { numbers: '*1,*2', log: 'yes' }).body).toEqual([]);
  expect(edge.rows('/ip/firewall/nat').map((row) => [row['comment'], row['log']])).toEqual([
    ['a', 'true'],
    ['https to nas', 'true'],
  ]);
  expect(edge.ask('POST', '/ip/firewall/nat/set', { numbers: '*77', log: 'yes' }).body.detail).toBe('no such item (4)');
});

test('DELETE is 204 once and 404 after, and 406 where nothing can be removed', () => {
  const edge = bench();
  expect(edge.ask('DELETE', `${LIST}/*3`)).toEqual({ status: 204, body: undefined });
  expect(edge.ask('DELETE', `${LIST}/*3`)).toEqual({ status: 404, body: { error: 404, message: 'Not Found' } });
  expect(edge.ask('DELETE', '/interface/ethernet/ether1')).toEqual({
    status: 406,
    body: { detail: 'no such command or directory (remove)', error: 406, message: 'Not Acceptable' },
  });
});

test('enable, disable and comment are commands where the menu has them', () => {
  const edge = bench();
  expect(edge.ask('POST', '/ip/firewall/nat/disable', { '.id': '*2' }).body).toEqual([]);
  expect(edge.ask('GET', '/ip/firewall/nat/*2').body.disabled).toBe('true');
  edge.ask('POST', '/ip/firewall/nat/enable', { numbers: '*2' });
  expect(edge.ask('GET', '/ip/firewall/nat/*2').body.disabled).toBe('false');
  edge.ask('POST', '/ip/firewall/nat/comment', { numbers: '*2', comment: 'said' });
  expect(edge.ask('GET', '/ip/firewall/nat/*2').body.comment).toBe('said');
  expect(edge.ask('POST', '/system/package/comment', { numbers: '*1', comment: 'x' }).body.detail).toBe('no such command');
});

test('a field is taken away by unset where the menu has it, and by !field everywhere', () => {
  const edge = bench();
  expect(edge.ask('POST', '/ip/firewall/filter/unset', { '.id': '*9', 'value-name': 'src-address-list' }).body).toEqual([]);
  expect(edge.ask('GET', '/ip/firewall/filter/*9').body).not.toHaveProperty('src-address-list');
  expect(edge.ask('POST', `${LIST}/unset`, { '.id': '*1', 'value-name': 'comment' }).body.detail).toBe('no such command');
  expect(edge.ask('PATCH', `${LIST}/*1`, { '!comment': '' }).body).not.toHaveProperty('comment');
  expect(edge.ask('PATCH', '/ip/firewall/filter/*6', { '!log-prefix': '' }).body['log-prefix']).toBe('');
});

test('unknown and read-only fields are refused by name, and nothing is stored', () => {
  const edge = bench();
  const refused = (method: string, target: string, body: object): string => edge.ask(method, target, body).body.detail;
  expect(refused('PUT', LIST, { list: 'l', address: '192.0.2.1', bogus: '1' })).toBe('unknown parameter bogus');
  expect(refused('PATCH', '/ip/address/*1', { 'actual-interface': 'ether1', comment: 'x' })).toBe('unknown parameter actual-interface');
  expect(refused('POST', '/ip/dns/set', { 'cache-used': '1' })).toBe('unknown parameter cache-used');
  expect(edge.rows(LIST)).toHaveLength(3);
  expect(edge.ask('GET', '/ip/address/*1').body.comment).toBe('users');
});

test('what is missing is named: in the words of REST, or in those of the menu', () => {
  const edge = bench();
  const refused = (menu: string, body: object): string => edge.ask('PUT', menu, body).body.detail;
  expect(refused('/ip/firewall/filter', { action: 'drop' })).toBe('missing =chain=');
  expect(refused('/interface/bridge/port', { interface: 'ether8' })).toBe('missing =bridge=');
  expect(refused('/ip/dns/static', { address: '192.0.2.1' })).toBe('failure: name or regexp required');
  expect(refused('/ip/dhcp-server/lease', { address: '192.168.88.9' })).toBe('failure: mac-address or client-id must be present');
  expect(edge.ask('PUT', '/ip/dns/static', { regexp: 'x', address: '192.0.2.1' }).status).toBe(201);
});

test('a second row with the same key is refused in the words of its menu', () => {
  const edge = bench();
  const refused = (menu: string, body: object): string => edge.ask('PUT', menu, body).body.detail;
  expect(refused('/interface/vlan', { name: 'bridge', interface: 'bridge', 'vlan-id': '7' })).toBe(
    'failure: already have interface with name bridge',
  );
  expect(refused('/user', { name: 'netops', group: 'read', password: 'x' })).toBe('failure: user with the same name already exists');
  expect(refused('/system/ntp/client/servers', { address: '192.0.2.123' })).toBe('failure: duplicate address');
  expect(edge.ask('PATCH', '/ip/pool/pool-iot', { name: 'pool-users' }).body.detail).toBe('failure: pool with such name exists');
  expect(refused('/ppp/secret', { name: 'branch2', service: 'l2tp' })).toBe('failure: secret with the same name already exists');
  expect(edge.ask('PUT', '/ppp/secret', { name: 'branch2', service: 'pptp' }).status).toBe(201);
  expect(edge.ask('PUT', '/ip/dns/static', { name: 'router.lan', address: '192.0.2.1' }).status).toBe(201);
});

test('rows the router made are not ours to change, and built-in ones stay', () => {
  const edge = bench();
  expect(edge.ask('PATCH', '/ip/address/*5', { comment: 'x' }).status).toBe(400);
  expect(edge.ask('DELETE', '/ip/route/*400A3C01').status).toBe(400);
  expect(edge.ask('DELETE', '/interface/list/all').status).toBe(400);
  expect(edge.ask('DELETE', '/ipv6/nd/*1').body.detail).toBe('can not remove default rule');
  expect(edge.ask('DELETE', '/ip/dhcp-server/lease/*6').status).toBe(204);
});

test('a menu that is not here takes no row', () => {
  const edge = bench();
  expect(edge.ask('PUT', '/caps-man/channel', { name: 'x' })).toEqual({
    status: 400,
    body: { detail: 'missing or invalid resource identifier', error: 400, message: 'Bad Request' },
  });
  expect(edge.ask('PUT', '/ip/service', { name: 'x' }).status).toBe(400);
});
