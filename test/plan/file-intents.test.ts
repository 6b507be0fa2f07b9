import { describe, expect, test } from 'vitest';
import { type Capability, defineCapability } from '../../src/lib/capability/define.ts';
import { flag, integer, text } from '../../src/lib/capability/kinds.ts';
import { InputError } from '../../src/lib/core/errors.ts';
import { intentsOf } from '../../src/lib/plan/file-intents.ts';
import type { Intent } from '../../src/lib/plan/intent.ts';
import { menuOf } from '../../src/lib/plan/menu.ts';
import type { Change } from '../../src/lib/plan/types.ts';

const rules: Capability = defineCapability({
  id: 'test-rules',
  title: 'Rules',
  about: 'An ordered menu that is not in the catalog.',
  menu: '/test/rules',
  shape: 'ordered',
  topic: 'firewall',
  key: [],
  fields: {
    srcAddress: text({ about: 'Source.' }),
    label: text({ about: 'Label, which a row always has.', required: true, fallback: 'none' }),
    limit: integer()({ about: 'Limit.' }),
    renamed: text({ about: 'Renamed on the wire.', wire: [{ from: '7.17', name: 'new-name' }, { name: 'old-name' }] }),
    disabled: flag({ about: 'Off.' }),
  },
  risk: () => 'low',
});
const MENUS = new Map([['test-rules', menuOf(rules, '7.20.8', [])]]);

const change = (verb: Change['verb'], more: Partial<Change> = {}): Change => ({
  capability: 'test-rules',
  menu: '/test/rules',
  verb,
  row: '*3',
  label: 'x',
  before: null,
  after: null,
  secret: [],
  ...more,
});
const of = { capability: 'test-rules' };
const where = { id: '*3' };

describe('the wish that a change of a file comes from', () => {
  test.each<[string, Change, Intent]>([
    [
      'a row added, under the names of fields; again, if its like is there',
      change('add', { row: '#0', after: { 'src-address': '192.0.2.1', 'new-name': 'x' } }),
      { verb: 'add', ...of, values: { srcAddress: '192.0.2.1', renamed: 'x' }, again: true },
    ],
    ['a row added that says nothing', change('add', { row: '#0' }), { verb: 'add', ...of, values: {}, again: true }],
    [
      'a row added in its place',
      change('add', { row: '#0', after: { limit: '5' }, place: { to: '*7' } }),
      { verb: 'add', ...of, values: { limit: '5' }, again: true, before: { id: '*7' } },
    ],
    ['a row added at the end', change('add', { row: '#0', place: { to: null } }), { verb: 'add', ...of, values: {}, again: true }],
    ['a row removed', change('remove', { before: { limit: '5' } }), { verb: 'remove', ...of, where }],
    ['a row removed, which goes nowhere', change('remove', { place: { from: '*7', to: '*8' } }), { verb: 'remove', ...of, where }],
    ['a row moved', change('move', { place: { from: null, to: '*7' } }), { verb: 'move', ...of, where, before: { id: '*7' } }],
    ['a row moved to the end', change('move', { place: { from: '*7', to: null } }), { verb: 'move', ...of, where }],
    [
      'a row set: what it had, what it has now, and what is new',
      change('set', { before: { limit: '5', 'src-address': 'a' }, after: { limit: '6', 'src-address': 'a', 'new-name': 'x' } }),
      { verb: 'set', ...of, where, values: { limit: '6', srcAddress: 'a', renamed: 'x' }, unset: [] },
    ],
    [
      'fields taken away',
      change('set', { before: { limit: '5', 'src-address': 'a', label: 'x' }, after: {} }),
      { verb: 'set', ...of, where, values: {}, unset: ['limit', 'srcAddress', 'label'] },
    ],
    [
      'all of it taken away',
      change('set', { before: { 'src-address': 'a' } }),
      { verb: 'set', ...of, where, values: {}, unset: ['srcAddress'] },
    ],
    [
      'a field that has the text of its absence was taken away, and is named once',
      change('set', { before: { disabled: 'yes', 'src-address': 'a' }, after: { disabled: 'no', 'src-address': '' } }),
      { verb: 'set', ...of, where, values: {}, unset: ['disabled', 'srcAddress'] },
    ],
    [
      'a field that a row always has cannot be: it was set',
      change('set', { before: { label: 'x' }, after: { label: 'none' } }),
      { verb: 'set', ...of, where, values: { label: 'none' }, unset: [] },
    ],
    ['nothing at all', change('set'), { verb: 'set', ...of, where, values: {}, unset: [] }],
    [
      'the one row of a menu, which has no id',
      change('set', { row: '', after: { limit: '6' } }),
      { verb: 'set', ...of, values: { limit: '6' }, unset: [] },
    ],
  ])('%s', (_name, one, intent) => {
    expect(intentsOf([one], MENUS)).toStrictEqual([intent]);
  });

  test('one by one, in their order', () => {
    expect(intentsOf([change('remove'), change('move')], MENUS).map(({ verb }) => verb)).toEqual(['remove', 'move']);
  });
});

test.each<[string, Change]>([
  ['of a field that nobody declared', change('add', { after: { strange: 'x' } })],
  ['of a field under the name that it had in another version', change('set', { after: { 'old-name': 'x' } })],
  ['that takes such a field away', change('set', { before: { strange: 'x' } })],
  ['of a menu that was not read', change('add', { capability: 'test-unknown', after: { limit: '5' } })],
])('a change %s is refused, and says which program knows it', (_name, one) => {
  expect(() => intentsOf([one], MENUS)).toThrow(
    new InputError('The plan of this file changes a field that this program does not know.', {
      code: 'UNKNOWN_FIELD',
      hint: 'Use the version of routeros-mcp that wrote it, or plan it here.',
    }),
  );
});
