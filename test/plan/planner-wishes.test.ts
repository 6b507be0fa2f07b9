import { expect, test } from 'vitest';
import type { Intent } from '../../src/lib/plan/intent.ts';
import { notes } from '../laws/subjects.ts';
import { changeOf, dns, draft, interfaces, on } from './helpers.ts';

const set = (values: Readonly<Record<string, unknown>>, unset: readonly string[] = []): Intent => ({
  verb: 'set',
  ...on(dns),
  values,
  unset,
});
const ROWS = { dns: [{ servers: '1.1.1.1', 'use-doh-server': 'https://x', vrf: 'mgmt' }], interface: [{ name: 'ether1' }] };
const rename = (name: string): Intent => ({ verb: 'set', ...on(interfaces), where: { id: '*1' }, values: { name } });

test('the one item of a singleton has no name, not even where a router shows an id', () => {
  expect(changeOf({ dns: [{ '.id': '*0', servers: '1.1.1.1' }] }, set({ servers: '9.9.9.9' })).row).toBe('');
});

test('a singleton lets go of what its absence has a text for', () => {
  expect(changeOf(ROWS, set({}, ['use-doh-server', 'vrf']))).toMatchObject({
    before: { 'use-doh-server': 'https://x', vrf: 'mgmt' },
    after: { 'use-doh-server': '', vrf: 'main' },
  });
});

test('a wish that is so already leaves no change behind among others', () => {
  expect(draft(ROWS, set({ servers: '1.1.1.1' }), rename('wan'), set({ vrf: 'mgmt' })).changes.map(({ capability }) => capability)).toEqual(
    ['interface'],
  );
});

test('there and back again on one menu takes nothing from another', () => {
  const wishes = [set({ servers: '9.9.9.9' }), rename('wan'), set({ servers: '1.1.1.1' })];
  expect(draft(ROWS, ...wishes).changes).toHaveLength(3);
  expect(draft(ROWS, ...wishes, rename('ether1')).changes).toEqual([]);
});

test('what cannot be taken away again is no loss on a row that the plan makes: it goes as a whole', () => {
  const age = (id: string): Intent => ({ verb: 'set', ...on(notes), where: { id }, values: { age: '1h' } });
  const add: Intent = { verb: 'add', ...on(notes), values: { topic: 'two' } };
  expect(draft({ 'test-notes': [{ topic: 'one' }] }, add, age('#0')).lost).toEqual([]);
  expect(draft({ 'test-notes': [{ topic: 'one' }] }, add, age('*1')).lost).toHaveLength(1);
});
