import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const plan = (verb: string, what: string, ...args: readonly string[]) =>
  world.run(['plan', verb, what, '--device', 'edge-1', ...args, '--json']);
/** Approved and applied by the program. */
async function carryOut(planId: string): Promise<string> {
  await world.run(['plan', 'approve', planId, '--yes', '--json']);
  return (await world.run(['plan', 'apply', planId, '--json'])).json.data?.state;
}

/** Every name in a value, so that a renamed or dropped member is seen. */
function namesIn(value: unknown, prefix = ''): readonly string[] {
  if (Array.isArray(value))
    return value.length === 0 ? [`${prefix}[]`] : value.slice(0, 1).flatMap((member) => namesIn(member, `${prefix}[]`));
  if (typeof value !== 'object' || value === null) return [prefix];
  return Object.entries(value).flatMap(([name, member]) => [...namesIn(member, prefix === '' ? name : `${prefix}.${name}`)]);
}

test('the shape of a plan in JSON is pinned', async () => {
  const made = await plan('add', 'firewall-address-list', 'list=mcp-pin', 'address=198.51.100.1', '--calls');
  await carryOut(made.json.data.planId);
  const shown = await world.run(['plan', 'show', made.json.data.planId, '--calls', '--json']);
  const pin = JSON.parse(readFileSync(path.join(import.meta.dirname, 'plan.pin.json'), 'utf8'));
  expect({ made: namesIn(made.json.data), done: namesIn(shown.json.data) }).toEqual(pin);
});

describe('rows', () => {
  const list = () => world.edge.rows('/ip/firewall/address-list').filter((row) => row['list'] === 'mcp-test');

  test('add, set by fields, unset by id, remove', async () => {
    const added = await plan('add', 'firewall-address-list', 'list=mcp-test', 'address=198.51.100.7', 'comment=one');
    expect(added.json.data.changes).toMatchObject([{ verb: 'add', after: { address: '198.51.100.7', comment: 'one' } }]);
    expect(await carryOut(added.json.data.planId)).toBe('completed');
    expect(list()).toMatchObject([{ address: '198.51.100.7', comment: 'one' }]);

    const where = ['--where', 'list=mcp-test', '--where', 'address=198.51.100.7'];
    const set = await plan('set', 'firewall-address-list', ...where, 'disabled=yes', 'comment=two words');
    expect(set.json.data.changes[0]).toMatchObject({
      verb: 'set',
      before: { comment: 'one' },
      after: { comment: 'two words', disabled: 'yes' },
    });
    expect(await carryOut(set.json.data.planId)).toBe('completed');
    expect(list()).toMatchObject([{ comment: 'two words', disabled: 'true' }]);

    const unset = await plan('set', 'firewall-address-list', '--id', list()[0]?.['.id'] ?? '', '--unset', 'comment');
    expect(await carryOut(unset.json.data.planId)).toBe('completed');
    expect(list()[0]?.['comment'] ?? '').toBe('');

    const removed = await plan('remove', 'firewall-address-list', ...where);
    expect(removed.json.data.changes[0]).toMatchObject({ verb: 'remove', before: { address: '198.51.100.7' }, after: null });
    expect(await carryOut(removed.json.data.planId)).toBe('completed');
    expect(list()).toEqual([]);
  });

  test('two rows that fit are one too many', async () => {
    const ambiguous = await plan('set', 'firewall-filter', '--where', 'chain=forward', 'comment=x');
    expect([ambiguous.code, ambiguous.json.error.code]).toEqual([3, 'AMBIGUOUS_ROW']);
  });

  test('add in front of a row, move, in the order of the menu', async () => {
    const comments = () =>
      world.edge
        .rows('/ip/firewall/filter')
        .filter((row) => row['dynamic'] !== 'true')
        .map((row) => row['comment'] ?? '');
    const anchor = world.edge.rows('/ip/firewall/filter').filter((row) => row['dynamic'] !== 'true' && row['chain'] === 'forward');
    const [first, second] = [anchor[0]?.['.id'] ?? '', anchor[1]?.['.id'] ?? ''];
    const content = ['chain=forward', 'action=passthrough', 'comment=mcp-here'];
    const added = await plan('add', 'firewall-filter', ...content, '--before-id', second);
    expect(added.json.data.changes[0].place).toEqual({ to: second });
    expect(await carryOut(added.json.data.planId)).toBe('completed');
    const at = comments().indexOf('mcp-here');
    expect(comments()[at + 1]).toBe(anchor[1]?.['comment'] ?? '');

    const moved = await plan('move', 'firewall-filter', '--where', 'comment=mcp-here', '--before-id', first);
    expect(moved.json.data.changes[0]).toMatchObject({ verb: 'move', place: { from: second, to: first } });
    expect(await carryOut(moved.json.data.planId)).toBe('completed');
    expect(comments().indexOf('mcp-here')).toBe(at - 1);
  });

  test('--before by field', async () => {
    const made = await plan('add', 'firewall-filter', 'chain=forward', 'action=passthrough', '--before', 'comment=mcp-here');
    const row = world.edge.rows('/ip/firewall/filter').find((one) => one['comment'] === 'mcp-here');
    expect(made.json.data.changes[0].place).toEqual({ to: row?.['.id'] });
  });
});

test('a recipe: two menus in one plan, in order', async () => {
  const made = await plan('recipe', 'dns-ntp-rollout', 'dns-servers=1.1.1.1', 'ntp-servers=192.0.2.5');
  expect(made.json.data).toMatchObject({ recipe: 'dns-ntp-rollout', summary: 'Set DNS servers and NTP servers' });
  expect(made.json.data.changes.map(({ menu }: { readonly menu: string }) => menu)).toEqual(['/ip/dns', '/system/ntp/client']);
});

test('for people: what changes, how risky it is, the exact requests, and what comes next', async () => {
  const made = await world.run(['plan', 'set', 'dns', '--device', 'edge-1', 'servers=192.0.2.1', '--summary', 'try it', '--calls']);
  expect(made.code).toBe(0);
  for (const text of [
    /^summary +try it$/m,
    /^state +review$/m,
    /^risk +low$/m,
    /^edge-1$/m,
    /^ {2}~ \/ip\/dns$/m,
    /^ {6}servers: 9\.9\.9\.9,1\.1\.1\.1 -> 192\.0\.2\.1$/m,
    /^guard +the router returns by itself after 300 s/m,
    /^reach +rest: stays reachable: /m,
    /^Next routeros-mcp plan approve pln_/m,
  ]) {
    expect(made.stdout).toMatch(text);
  }
  const requests = made.stdout.split('\n').flatMap((line) => /^ {2}edge-1 {2}(\{.*)$/.exec(line)?.[1] ?? []);
  expect(requests.map((line) => JSON.parse(line))).toEqual([
    { verb: 'set', menu: '/ip/dns', values: { servers: '192.0.2.1' } },
    { verb: 'set', menu: '/ip/dns', values: { servers: '9.9.9.9,1.1.1.1' } },
  ]);
});

test('a high-risk plan says why, and --yes alone does not pass it', async () => {
  const made = await plan('add', 'firewall-filter', 'chain=input', 'action=drop', 'src-address=198.51.100.0/24');
  expect(made.json.data).toMatchObject({ risk: 'high', approvalNeeds: { typedName: 'edge-1', terminal: true } });
  expect(made.json.data.reasons.length).toBeGreaterThan(0);
  const approved = await world.run(['plan', 'approve', made.json.data.planId, '--yes', '--json']);
  expect([approved.code, approved.json.error.code]).toEqual([4, 'DENIED']);
});

test('a rejection without a reason is none', async () => {
  const planId = await world.planDns('192.0.2.9');
  const rejected = await world.run(['plan', 'reject', planId, '--yes', '--json']);
  expect([rejected.code, rejected.json.error.message]).toEqual([3, 'A rejection needs a reason.']);
  expect((await world.run(['plan', 'show', planId, '--json'])).json.data.state).toBe('review');
});

test('plan list: newest first, by state', async () => {
  const all = (await world.run(['plan', 'list', '--json'])).json.data.plans;
  const times = all.map(({ createdAt }: { readonly createdAt: string }) => createdAt);
  expect(times).toEqual([...times].sort().reverse());
  const waiting = (await world.run(['plan', 'list', '--state', 'review', '--device', 'edge-1', '--json'])).json.data.plans;
  expect(waiting.length).toBeGreaterThan(0);
  expect(waiting.length).toBeLessThan(all.length);
  expect(new Set(waiting.map(({ state }: { readonly state: string }) => state))).toEqual(new Set(['review']));
});

test('audit list: who did what on which router', async () => {
  const { json } = await world.run(['audit', 'list', '--device', 'edge-1', '--operation', 'plan.create', '--limit', '3', '--json']);
  expect(json.data.records).toHaveLength(3);
  expect(json.data.records[0]).toMatchObject({ operation: 'plan.create', origin: 'cli', environment: 'lab' });
  const human = await world.run(['audit', 'list', '--operation', 'plan.create', '--limit', '3']);
  expect(human.stdout).toMatch(/plan\.create +ok +edge-1 +pln_/);
});
