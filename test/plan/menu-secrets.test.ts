import { expect, test } from 'vitest';
import { defineCapability } from '../../src/lib/capability/define.ts';
import { text } from '../../src/lib/capability/kinds.ts';
import { menuOf } from '../../src/lib/plan/menu.ts';
import { tunnels } from '../laws/subjects.ts';
import { dns, VERSION } from './helpers.ts';

const cloud = defineCapability({
  id: 'test-cloud',
  title: 'Cloud',
  about: 'One item with a secret of a person and one of the router.',
  menu: '/test/cloud',
  shape: 'singleton',
  topic: 'system',
  key: [],
  fields: {
    server: text({ about: 'Server.' }),
    token: text({ about: 'What a person gave it.', secret: true }),
    proof: text({ about: 'What the router made of it.', secret: true, readOnly: true }),
  },
  risk: () => 'low',
});

const row = (id: string, key?: string) => ({ '.id': id, name: id, ...(key !== undefined && { 'preshared-key': key }) });

test('a secret that the account may read is held by its row and its field, and shown nowhere', () => {
  const menu = menuOf(tunnels, VERSION, [row('*1', 'k1'), row('*2'), row('*3', '*****'), row('*4', ''), row('*5', 'k5')]);
  expect([...(menu.held ?? [])].map(([id, some]) => [id, Object.entries(some).map(([wire, secret]) => [wire, secret.reveal()])])).toEqual([
    ['*1', [['preshared-key', 'k1']]],
    ['*5', [['preshared-key', 'k5']]],
  ]);
  expect(JSON.stringify([menu, ...(menu.held ?? [])])).not.toMatch(/k1|k5/);
});

test('where no secret can be read, none is held', () => {
  expect(menuOf(tunnels, VERSION, [row('*1'), row('*2', '*****')])).not.toHaveProperty('held');
  expect(menuOf(dns, VERSION, [{ servers: '1.1.1.1' }])).not.toHaveProperty('held');
});

test('the one item of a singleton holds what a person may set, and not what only the router writes', () => {
  const { held } = menuOf(cloud, VERSION, [{ server: 'x', token: 't', proof: 'p' }]);
  expect([...(held ?? [])].map(([id, some]) => [id, Object.keys(some)])).toEqual([['', ['token']]]);
});
