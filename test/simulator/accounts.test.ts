import { expect, test } from 'vitest';
import { bench } from './support.ts';

const PASSWORD = 'another';
const watcher = { name: 'watcher', password: PASSWORD, policies: ['read', 'test', 'api', 'rest-api'] };
const halfway = { name: 'halfway', password: PASSWORD, policies: ['read', 'rest-api'] };
const writer = { name: 'writer', password: PASSWORD, policies: ['read', 'write', 'api', 'rest-api', 'sensitive'] };
const edge = bench('rb5009_7.20.6', [watcher, halfway, writer]);
const refused = { status: 500, body: { detail: 'std failure: not allowed (9)', error: 500, message: 'Internal Server Error' } };

test('without both api and rest-api every path is refused', () => {
  expect(edge.ask('GET', '/system/identity', undefined, halfway)).toEqual(refused);
  expect(edge.ask('GET', '/system/identity', undefined, watcher).status).toBe(200);
});

test('without write nothing can be written, without policy no user', () => {
  expect(edge.ask('PUT', '/ip/firewall/address-list', { list: 'l', address: '192.0.2.1' }, watcher)).toEqual(refused);
  expect(edge.ask('POST', '/system/identity/set', { name: 'x' }, watcher)).toEqual(refused);
  expect(edge.ask('DELETE', '/ip/address/*1', undefined, watcher)).toEqual(refused);
  expect(edge.ask('PUT', '/ip/firewall/address-list', { list: 'l', address: '192.0.2.1' }, writer).status).toBe(201);
  expect(edge.ask('PUT', '/user', { name: 'new', group: 'read', password: 'x' }, writer)).toEqual(refused);
});

test('without sensitive a secret reads as five stars, and so does the reply to a write', () => {
  const peer = '/interface/wireguard/peers/*3';
  expect(edge.ask('GET', peer, undefined, watcher).body['preshared-key']).toBe('*****');
  expect(edge.ask('GET', peer, undefined, writer).body['preshared-key']).toContain('SYNTHETIC');
  expect(edge.ask('GET', '/interface/wireguard/peers/*2', undefined, watcher).body['preshared-key']).toBe('');
  expect(edge.ask('GET', '/certificate/*1', undefined, watcher).body['private-key']).toBe('true');
});

test('policies read back as a full partition', () => {
  const [group] = edge.ask('GET', '/user/group?name=watcher-rights').body;
  expect(group.policy.split(',')).toHaveLength(17);
  expect(group.policy).toContain('read,test,api,rest-api,!local');
});

test('a user that is added can sign in, and a password is never shown', () => {
  const carol = { name: 'carol', password: 'first' };
  expect(edge.ask('PUT', '/user', { name: 'carol', group: 'full', password: 'first' }).body).not.toHaveProperty('password');
  expect(edge.ask('GET', '/system/identity', undefined, carol).status).toBe(200);
  edge.ask('PATCH', '/user/carol', { password: 'second', name: 'caroline' });
  expect(edge.ask('GET', '/system/identity', undefined, carol).status).toBe(401);
  const renamed = { name: 'caroline', password: 'second' };
  expect(edge.ask('GET', '/user/caroline', undefined, renamed).body).not.toHaveProperty('password');
  edge.ask('DELETE', '/user/caroline');
  expect(edge.ask('GET', '/system/identity', undefined, renamed).status).toBe(401);
});

test('sessions pile up and cannot be ended', () => {
  const mine = edge.rows('/user/active').filter((row) => row['name'] === 'writer');
  expect(mine.map((row) => row['via'])).toEqual(['rest-api', 'api']);
  expect(edge.ask('POST', '/user/active/remove', { '.id': mine[0]?.['.id'] }).body.detail).toBe('action failed (6)');
});

test('a disabled user cannot sign in; switching oneself off is taken and ignored', () => {
  edge.ask('PATCH', '/user/watcher', { disabled: 'yes' });
  expect(edge.ask('GET', '/system/identity', undefined, watcher).status).toBe(401);
  expect(edge.ask('PATCH', '/user/admin', { disabled: 'yes' })).toMatchObject({ status: 200, body: { disabled: 'false' } });
  expect(edge.ask('GET', '/system/identity').status).toBe(200);
});
