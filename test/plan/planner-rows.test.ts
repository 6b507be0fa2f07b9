import { expect, test } from 'vitest';
import { rules, tunnels } from '../laws/subjects.ts';
import { changeOf, draft, filter, interfaces, lists, on, refusal, rule } from './helpers.ts';

const three = { 'firewall-filter': [rule('a'), rule('b'), rule('c')] };
const add = (comment: string, before?: Readonly<Record<string, unknown>>) => ({
  verb: 'add' as const,
  ...on(filter),
  values: rule(comment),
  ...(before && { before }),
});
const remove = (id: string) => ({ verb: 'remove' as const, ...on(filter), where: { id } });
const move = (id: string, before?: string) => ({
  verb: 'move' as const,
  ...on(filter),
  where: { id },
  ...(before && { before: { id: before } }),
});
const steps = (rows: typeof three, ...intents: Parameters<typeof draft>[1][]) =>
  draft(rows, ...intents).changes.map(({ verb, row, place }) => [verb, row, place?.from, place?.to]);

test('add: the whole row after, nothing before; at the end or in front of a row', () => {
  expect(changeOf(three, add('d'))).toMatchObject({
    verb: 'add',
    row: '#0',
    label: 'd',
    before: null,
    after: rule('d'),
    place: { to: null },
  });
  expect(changeOf(three, add('d', { comment: 'b' }))).toMatchObject({ place: { to: '*2' } });
  expect(
    changeOf({ 'firewall-address-list': [] }, { verb: 'add', ...on(lists), values: { list: 'x', address: '10.0.0.1/32' } }),
  ).not.toHaveProperty('place');
});

test('remove: the whole row before, with the row it stood before', () => {
  expect(changeOf(three, remove('*2'))).toMatchObject({ verb: 'remove', row: '*2', before: rule('b'), after: null, place: { from: '*3' } });
  expect(changeOf(three, remove('*3'))).toMatchObject({ place: { from: null } });
});

test('move: from where to where; to where it stands is no move', () => {
  expect(changeOf(three, move('*3', '*1'))).toMatchObject({
    verb: 'move',
    row: '*3',
    before: null,
    after: null,
    place: { from: null, to: '*1' },
  });
  expect(changeOf(three, move('*1'))).toMatchObject({ place: { from: '*2', to: null } });
  for (const nothing of [move('*1', '*2'), move('*3'), move('*2', '*2')]) expect(draft(three, nothing).changes).toEqual([]);
});

test('sequences on one menu: each sees what the ones before it did', () => {
  expect(steps(three, add('d', { comment: 'b' }), move('#0'), remove('#0'))).toEqual([]);
  expect(steps(three, add('d', { comment: 'b' }), move('#0', '*1'), remove('*1'), add('e', { id: '#0' }))).toEqual([
    ['add', '#0', undefined, '*2'],
    ['move', '#0', '*2', '*1'],
    ['remove', '*1', '*2', undefined],
    ['add', '#1', undefined, '#0'],
  ]);
  expect(steps(three, remove('*2'), remove('*1'))).toEqual([
    ['remove', '*2', '*3', undefined],
    ['remove', '*1', '*3', undefined],
  ]);
});

test('a row may be set after it was added', () => {
  const { changes } = draft(three, add('d'), { verb: 'set', ...on(filter), where: { comment: 'd' }, values: { action: 'drop' } });
  expect(changes[1]).toMatchObject({ verb: 'set', row: '#0', before: { action: 'accept' }, after: { action: 'drop' } });
});

test('dynamic rows are never an anchor, and never counted in the order', () => {
  const rows = { 'firewall-filter': [rule('dummy', { dynamic: 'true' }), rule('a'), rule('live', { dynamic: 'true' }), rule('b')] };
  expect(changeOf(rows, { ...move('*4', '*2') })).toMatchObject({ place: { from: null, to: '*2' } });
  expect(draft(rows, move('*2', '*4')).changes).toEqual([]);
  expect(refusal(rows, move('*4', '*3'))).toMatchObject({ code: 'READ_ONLY' });
});

test('an added row is there: by its key, with these values; by all its content, where there is no key', () => {
  const entry = { list: 'x', address: '10.0.0.1', comment: 'keep', 'creation-time': '2026-01-01 00:00:00' };
  const want = (values: Readonly<Record<string, unknown>>) => ({ verb: 'add' as const, ...on(lists), values });
  expect(draft({ 'firewall-address-list': [entry] }, want({ list: 'x', address: '10.0.0.1/32' })).changes).toEqual([]);
  const twin = refusal({ 'firewall-address-list': [entry] }, want({ list: 'x', address: '10.0.0.1', comment: 'other' }));
  expect(twin).toMatchObject({
    code: 'ALREADY_EXISTS',
    message: 'firewall-address-list already has a row with this list and address.',
    details: { id: '*1' },
  });
  expect(
    draft({ 'firewall-address-list': [{ ...entry, dynamic: 'true' }] }, want({ list: 'x', address: '10.0.0.1' })).changes,
  ).toHaveLength(1);
  expect(draft(three, add('a')).changes).toEqual([]);
  expect(draft({ 'firewall-filter': [rule('a', { protocol: 'tcp' })] }, add('a')).changes).toHaveLength(1);
});

test('an added row is there when its like stands anywhere before the anchor, and not when it stands behind', () => {
  expect(draft(three, add('a', { id: '*3' })).changes).toEqual([]);
  expect(draft(three, add('c', { id: '*2' })).changes).toHaveLength(1);
  const both = [add('x', { id: '*2' }), add('y', { id: '*2' })];
  const after = {
    'firewall-filter': [rule('a'), rule('x'), rule('y'), rule('b')].map((row, at) => ({ ...row, '.id': `*${[1, 9, 10, 2][at]}` })),
  };
  expect(draft(three, ...both).changes).toHaveLength(2);
  expect(draft(after, ...both).changes).toEqual([]);
});

test('a row that is not there needs no removing', () => {
  expect(draft(three, { verb: 'remove', ...on(filter), where: { comment: 'z' } })).toEqual({ changes: [], lost: [] });
});

test('refused: what the shape of the menu does not have', () => {
  const rows = { ...three, interface: [{ name: 'ether1' }], 'firewall-address-list': [{ list: 'x', address: '10.0.0.1' }], dns: [{}] };
  expect(refusal(rows, { verb: 'add', ...on(interfaces), values: { name: 'x' } })).toMatchObject({ code: 'READ_ONLY', hint: 'Use set.' });
  expect(refusal(rows, { verb: 'remove', ...on(interfaces), where: { name: 'ether1' } })).toMatchObject({ code: 'READ_ONLY' });
  expect(refusal(rows, { verb: 'move', ...on(lists), where: { id: '*1' } })).toMatchObject({ code: 'READ_ONLY' });
  expect(refusal(rows, { verb: 'add', ...on(lists), values: { list: 'x', address: '10.0.0.2' }, before: { id: '*1' } }).message).toContain(
    'has no order',
  );
  expect(refusal(rows, { verb: 'add', capability: 'dns', values: {} })).toMatchObject({ code: 'READ_ONLY' });
});

test('refused: a row without what it needs, said with an example', () => {
  const missing = refusal(three, { verb: 'add', ...on(filter), values: { chain: 'input' } });
  expect([missing.message, missing.hint]).toEqual(['action is needed to add to firewall-filter.', 'For example action=accept']);
  expect(refusal(three, { verb: 'add', ...on(filter), values: { chain: '', action: 'drop' } }).message).toBe(
    'chain is needed to add to firewall-filter.',
  );
});

test('what goes with a removed row is said: secrets, unknown fields, text that was not read exactly', () => {
  const row = { name: 'a', 'preshared-key': 'x', 'odd-thing': '1', comment: 'caf?', '.lossy': 'comment,odd-thing' };
  const { lost } = draft({ 'test-tunnels': [row] }, { verb: 'remove', ...on(tunnels), where: { name: 'a' } });
  expect(lost.map(({ why }) => why)).toEqual([
    'comment holds characters that cannot be written back exactly',
    'preshared-key is secret and would not be restored',
    'fields unknown to this program are not restored: 1',
  ]);
});

test('a field whose text was not understood goes back as it came, and is not lost', () => {
  const { changes, lost } = draft(
    { 'test-rules': [{ chain: 'one', match: 'every port' }] },
    { verb: 'remove', ...on(rules), where: { id: '*1' } },
  );
  expect([changes[0]?.before, lost]).toEqual([{ chain: 'one', match: 'every port' }, []]);
});

test('an add at the end is there when its like is, be it the last row; in front of its like it is another row', () => {
  expect(draft(three, add('c')).changes).toEqual([]);
  expect(steps(three, add('b', { id: '*2' }))).toEqual([['add', '#0', undefined, '*2']]);
});

test('a row is told by its own key, among others', () => {
  const [first, second] = ['10.0.0.1', '10.0.0.2'].map((address) => ({ list: 'x', address }));
  if (!first || !second) throw new Error('no rows');
  const want = (values: Readonly<Record<string, unknown>>) => ({ verb: 'add' as const, ...on(lists), values });
  expect(draft({ 'firewall-address-list': [first, second] }, want(second)).changes).toEqual([]);
  expect(draft({ 'firewall-address-list': [first] }, want(second)).changes).toHaveLength(1);
});

test('an added row that is to have no note is there when its twin has none, and not when it has one', () => {
  const want = { verb: 'add' as const, ...on(lists), values: { list: 'x', address: '10.0.0.1', comment: '' } };
  expect(draft({ 'firewall-address-list': [{ list: 'x', address: '10.0.0.1' }] }, want).changes).toEqual([]);
  expect(refusal({ 'firewall-address-list': [{ list: 'x', address: '10.0.0.1', comment: 'theirs' }] }, want)).toMatchObject({
    code: 'ALREADY_EXISTS',
  });
});

test('adding and moving lose nothing; a row of a list has no place to go back to', () => {
  expect(draft(three, add('d'), move('*3', '*1')).lost).toEqual([]);
  const gone = { verb: 'remove' as const, ...on(lists), where: { id: '*1' } };
  expect(changeOf({ 'firewall-address-list': [{ list: 'x', address: '10.0.0.1' }] }, gone)).not.toHaveProperty('place');
});
