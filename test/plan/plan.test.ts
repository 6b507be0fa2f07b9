import { expect, test } from 'vitest';
import { InputError } from '../../src/lib/core/errors.ts';
import type { Intent } from '../../src/lib/plan/intent.ts';
import { isIntact, judge, sealPlan } from '../../src/lib/plan/plan.ts';
import { draftChanges } from '../../src/lib/plan/planner.ts';
import type { Plan } from '../../src/lib/plan/types.ts';
import { addresses, dns, filter, interfaces, lists, menusWith, NOW, on, planFor, type Rows, rule, sealed, targetFor } from './helpers.ts';

const rows = { dns: [{ servers: '1.1.1.1' }], 'firewall-filter': [rule('a'), rule('b')], 'firewall-address-list': [] };
const intents: readonly Intent[] = [
  { verb: 'set', ...on(dns), values: { servers: '9.9.9.9' } },
  { verb: 'add', ...on(filter), values: rule('ü “new”'), before: { id: '*2' } },
  { verb: 'remove', ...on(filter), where: { id: '*1' } },
  { verb: 'add', ...on(lists), values: { list: 'x', address: '10.0.0.1' } },
];
const plan = planFor(rows, ...intents);

test('the whole document: steps forward, and for each change its way back', () => {
  expect(plan).toMatchObject({
    format: 1,
    createdAt: NOW,
    expiresAt: NOW + 24 * 3_600_000,
    executeWithin: 3_600_000,
    blastRadius: { devices: 1, changes: 4, menus: ['/ip/dns', '/ip/firewall/address-list', '/ip/firewall/filter'] },
  });
  const [target] = plan.targets;
  expect(target?.steps).toEqual([
    { change: 0, call: { verb: 'set', menu: '/ip/dns', values: { servers: '9.9.9.9' } } },
    { change: 1, call: { verb: 'add', menu: '/ip/firewall/filter', values: rule('ü “new”'), placeBefore: '*2' } },
    { change: 2, call: { verb: 'remove', menu: '/ip/firewall/filter', id: '*1' } },
    { change: 3, call: { verb: 'add', menu: '/ip/firewall/address-list', values: { list: 'x', address: '10.0.0.1' } } },
  ]);
  expect(target?.undo).toEqual([
    [{ verb: 'set', menu: '/ip/dns', values: { servers: '1.1.1.1' } }],
    [{ verb: 'remove', menu: '/ip/firewall/filter', id: '#0' }],
    [{ verb: 'add', menu: '/ip/firewall/filter', values: rule('a'), placeBefore: '#0' }],
    [{ verb: 'remove', menu: '/ip/firewall/address-list', id: '#1' }],
  ]);
});

test('frozen to the last leaf', () => {
  const thaw = (value: unknown, path: string): readonly string[] => {
    if (typeof value !== 'object' || value === null) return [];
    return [
      ...(Object.isFrozen(value) ? [] : [path]),
      ...Object.entries(value).flatMap(([name, member]) => thaw(member, `${path}.${name}`)),
    ];
  };
  expect(thaw(plan, 'plan')).toEqual([]);
});

test('every byte of the stored text turned, in each of its bits: another plan, no plan, or the very same', () => {
  const text = Buffer.from(JSON.stringify(plan), 'utf8');
  let unread = 0;
  for (let at = 0; at < text.length; at += 1) {
    for (let bit = 0; bit < 8; bit += 1) {
      const copy = Buffer.from(text);
      copy[at] = (copy[at] ?? 0) ^ (1 << bit);
      const stored = parse(copy.toString('utf8'));
      if (stored === undefined) unread += 1;
      else expect(isIntact(stored), `${at}.${bit}`).toBe(false);
    }
  }
  expect(unread).toBeGreaterThan(100);
  expect(isIntact(plan)).toBe(true);
});

const parse = (text: string): Plan | undefined => {
  try {
    return JSON.parse(text) as Plan;
  } catch {
    return undefined;
  }
};

test('a member more, a member less, another order of a list: another plan', () => {
  expect(isIntact({ ...plan, extra: 1 } as Plan)).toBe(false);
  const { risk: _risk, ...less } = plan;
  expect(isIntact(less as Plan)).toBe(false);
  expect(isIntact({ ...plan, targets: [...plan.targets, ...plan.targets] })).toBe(false);
  expect(sealed(plan.targets, { summary: 'another' }).hash).not.toBe(plan.hash);
});

test('sealing says what it was given and nothing else', () => {
  const { hash, blastRadius: _b, expiresAt: _e, executeWithin: _w, format: _f, ...parts } = plan;
  expect(sealPlan(parts).hash).toBe(hash);
});

const judged = (some: Rows, ...wishes: readonly Intent[]) => {
  const menus = menusWith(some);
  return judge(menus, draftChanges(menus, wishes), { environment: 'lab', ownHost: '192.0.2.1' });
};
const refused = (some: Rows, ...wishes: readonly Intent[]): unknown => {
  try {
    return judged(some, ...wishes);
  } catch (thrown) {
    return thrown;
  }
};

test('the worst of the changes decides, and what cannot be undone is never low', () => {
  expect(judged(rows, ...intents)).toEqual({
    risk: 'medium',
    reasons: ['add firewall-filter is medium risk', 'remove firewall-filter is medium risk', 'add firewall-address-list is medium risk'],
    asks: ['firewall-writes'],
  });
  expect(judged(rows, { verb: 'set', ...on(dns), values: { servers: '9.9.9.9' } })).toEqual({ risk: 'low', reasons: [], asks: [] });
  const lossy = { dns: [{ servers: '1.1.1.1', '.lossy': 'servers' }] };
  expect(judged(lossy, { verb: 'set', ...on(dns), values: { servers: '9.9.9.9' } })).toMatchObject({
    risk: 'medium',
    reasons: ['part of it cannot be undone'],
  });
});

test('a change is judged by what the changes before it left behind', () => {
  const add: Intent = { verb: 'add', ...on(filter), values: rule('x') };
  const toInput: Intent = { verb: 'set', ...on(filter), where: { comment: 'x' }, values: { chain: 'input' } };
  expect(judged(rows, add)).toMatchObject({ risk: 'medium' });
  expect(judged(rows, add, toInput)).toMatchObject({ risk: 'high' });
  const remove: Intent = { verb: 'remove', ...on(filter), where: { comment: 'x' } };
  expect(judged(rows, add, toInput, { verb: 'set', ...on(filter), where: { comment: 'x' }, values: { chain: 'forward' } })).toMatchObject({
    risk: 'high',
  });
  expect(judged(rows, add, remove)).toMatchObject({ risk: 'low', reasons: [] });
});

test('an address may go from one interface to another in one plan, and not be on two', () => {
  const carried = { 'ip-address': [{ address: '10.0.0.1/24', interface: 'ether1' }] };
  const away: Intent = { verb: 'remove', ...on(addresses), where: { id: '*1' } };
  const there: Intent = { verb: 'add', ...on(addresses), values: { address: '10.0.0.1/24', interface: 'bridge' } };
  expect(judged(carried, away, there)).toMatchObject({ risk: 'medium' });
  expect(refused(carried, there)).toMatchObject({
    message: expect.stringContaining('the address overlaps one that the router already has'),
  });
  expect(refused({ 'ip-address': [] }, there, { ...there, values: { address: '10.0.0.2/24', interface: 'ether3' } })).toBeInstanceOf(
    InputError,
  );
});

test('the address that carries us: taking it off its interface is a high risk, in every way', () => {
  const carried = { 'ip-address': [{ address: '192.0.2.1/24', interface: 'ether1' }] };
  const set = (values: Readonly<Record<string, unknown>>): Intent => ({ verb: 'set', ...on(addresses), where: { id: '*1' }, values });
  for (const wish of [set({ address: '192.0.2.2/24' }), set({ disabled: true }), set({ interface: 'ether2' })])
    expect(judged(carried, wish).risk).toBe('high');
  expect(judged(carried, { verb: 'remove', ...on(addresses), where: { id: '*1' } }).risk).toBe('high');
  expect(judged(carried, set({ comment: 'us' })).risk).toBe('medium');
});

test('switching an interface is a high risk, renaming it a medium one, a note a low one', () => {
  const ether = { interface: [{ name: 'ether1', disabled: 'false', type: 'ether', running: 'true' }] };
  const set = (values: Readonly<Record<string, unknown>>) =>
    judged(ether, { verb: 'set', ...on(interfaces), where: { id: '*1' }, values }).risk;
  expect([set({ disabled: 'yes' }), set({ name: 'wan' }), set({ mtu: 9000 }), set({ comment: 'x' })]).toEqual([
    'high',
    'medium',
    'medium',
    'low',
  ]);
});

test('a plan for one target is made from the menus it touches only', () => {
  const target = targetFor(rows, { verb: 'set', ...on(dns), values: { servers: '9.9.9.9' } });
  expect(target.base.sections.map(({ menu }) => menu)).toEqual(['/ip/dns']);
});
