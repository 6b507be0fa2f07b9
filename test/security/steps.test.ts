import { afterAll, beforeAll, expect, test } from 'vitest';
import { approved, setDns, startRig } from '../fleet/rig.ts';
import type { Machine } from '../simulation/machines.ts';
import { forgetKeys, type World } from '../simulation/world.ts';
import { LONG, stepsOf, told, withAside } from './at-each-step.ts';

afterAll(forgetKeys);
const timeout = LONG ? 600_000 : 60_000;

let count = 0;
beforeAll(async () => {
  ({ count } = await withAside(0, undefined));
});

// The oracle says where a router may be, whatever another admin did: his rows are his, and a plan that is done is done.
test.each([
  ['a row that the plan touches', true],
  ['a row that the plan does not touch', false],
] as const)('another admin changes %s, at each step of an apply', { timeout }, async (what, touched) => {
  const problems: string[] = [];
  const ends = new Map<string, number>();
  for (const nth of stepsOf(count, 5, touched ? 0 : 2)) {
    const ended = await withAside(nth, { kind: 'admin', touched });
    problems.push(...told(`${what}, at I/O ${nth}`, ended));
    for (const state of ended.states) ends.set(state, (ends.get(state) ?? 0) + 1);
  }
  expect(problems).toEqual([]);
  if (touched) expect(ends.get('stale') ?? 0).toBeGreaterThan(0);
});

const MENUS = ['/ip/dns', '/ip/firewall/address-list', '/ip/firewall/filter', '/system/script', '/system/scheduler'];
const rowsOf = (machine: Machine | undefined): string =>
  JSON.stringify(MENUS.map((menu) => machine?.rows(menu).map(({ bytes: _bytes, packets: _packets, ...row }) => row)));
const CHANGES = /^(?:(?:PATCH|PUT|DELETE) \/rest\/ip\/|POST \/rest\/ip\/.*\/(?:set|unset|move)$)/;

/** From the n-th request on another box of the same make answers under the address, with the same account: a VRRP pair that changed over. */
function changeOver(world: World, nth: number) {
  const [one, two] = world.machines;
  if (!one || !two) throw new Error('there are two');
  const changes: { readonly at: number; readonly line: string }[] = [];
  const before = rowsOf(two);
  const first = one.carryOut;
  const authorization = `Basic ${Buffer.from(`admin:${two.password}`).toString('base64')}`;
  let asked = 0;
  const carryOut: Machine['carryOut'] = (request) => {
    asked += 1;
    const line = `${request.method} ${request.url}`;
    if (CHANGES.test(line)) changes.push({ at: asked, line });
    return asked < nth ? first(request) : two.carryOut({ ...request, authorization });
  };
  Object.assign(one, { carryOut });
  return { changes, onOther: () => changes.filter(({ at }) => at >= nth), isAsBefore: () => rowsOf(two) === before };
}

async function withChangeOver(nth: number) {
  let over: ReturnType<typeof changeOver> | undefined;
  const { states } = await withAside(0, undefined, {
    before: (world) => {
      over = changeOver(world, nth);
    },
  });
  if (!over) throw new Error('it did not begin');
  return { over, state: states[0] ?? '' };
}

test('another box takes over the address at each step of an apply: a person hears of what stays on it, and nobody says that it is done', {
  timeout,
}, async () => {
  const problems: string[] = [];
  for (const nth of stepsOf(count, 3)) {
    const { over, state } = await withChangeOver(nth);
    const there = over.onOther().map(({ line }) => line);
    if (there.length > 2) problems.push(`at request ${nth} ${there.length} changes were sent to the other box: ${there.join(', ')}`);
    if (!over.isAsBefore() && state !== 'stuck')
      problems.push(`at request ${nth} the other box is not as it was (${state}): ${there.join(', ')}`);
    if (state === 'completed' && there.length > 0) problems.push(`at request ${nth} it is said to be completed`);
  }
  expect(problems).toEqual([]);
});

test('where a write is on its way just then, it is not undone with what the first box had, or nobody says that it was rolled back', async () => {
  const { over: inPeace } = await withChangeOver(Number.POSITIVE_INFINITY);
  const [first] = inPeace.changes;
  if (!first) throw new Error('nothing was written');
  const { over, state } = await withChangeOver(first.at);
  expect(over.isAsBefore() || state === 'stuck').toBe(true);
});

test('what another admin writes into our field between our write and the look at it is his: it is not undone', async () => {
  await using rig = await startRig({ fronts: true });
  const { plan } = await approved(rig, [setDns()]);
  rig.front.hooks = {
    after: ({ write }) => {
      if (write === 1) rig.router.edit('/ip/dns', undefined, { servers: '203.0.113.9' });
    },
  };
  await rig.fleet.apply({ planId: plan.id });
  expect(rig.router.rows('/ip/dns')[0]?.['servers']).toBe('203.0.113.9');
});
