import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Capability } from '../../src/lib/capability/define.ts';
import { execute } from './execution.ts';
import { figures } from './figures.ts';
import { mustHold } from './invariants.ts';
import { BRIEF, capabilityOf, forEach, rules, runs, tunnels } from './subjects.ts';
import { weather } from './weather.ts';
import { draftOf, feasible, planOf, routerOf, worldOf } from './world.ts';

/** Somebody else adds a row while a plan is applied: whatever becomes of the plan, the row stays. */

const { count, of } = figures('strangers');
const STRANGER = '*F00';

const named: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [tunnels.id]: { name: 'the stranger' },
  [rules.id]: { chain: 'two', comment: 'the stranger' },
  'firewall-filter': { chain: 'stranger', action: 'drop', comment: 'the stranger' },
  'firewall-address-list': { list: 'stranger', address: '203.0.113.9' },
};

async function theRowStays(capability: Capability): Promise<void> {
  const stranger = { '.id': STRANGER, ...named[capability.id] };
  await fc.assert(
    fc.asyncProperty(worldOf([capability], 5), weather, fc.nat(5), fc.nat(5), async (wild, sky, when, where) => {
      const world = feasible(wild);
      const now = routerOf(world);
      const draft = draftOf(world, now);
      if (draft.changes.length === 0) return;
      const start = now.clone();
      const plan = planOf(world, now, draft);
      let came = false;
      const report = await execute(now, plan, sky, (write) => {
        if (write !== when) return;
        came = true;
        now.meddle(capability.menu, (rows) => [...rows.slice(0, where), stranger, ...rows.slice(where)]);
      });
      if (came) {
        const found = now.read({ verb: 'read', menu: capability.menu }).find((row) => row['.id'] === STRANGER);
        expect(found).toMatchObject(stranger);
        now.meddle(capability.menu, (rows) => rows.filter((row) => row['.id'] !== STRANGER));
      }
      const word = mustHold({ plan, start, now, report });
      if (came) count(word);
    }),
    runs(150),
  );
}

forEach([tunnels, rules, capabilityOf('firewall-filter'), capabilityOf('firewall-address-list')], (capability) => {
  test('a row that somebody else adds meanwhile stays', () => theRowStays(capability));
});

test('strangers came', () => {
  for (const end of BRIEF ? ['completed'] : ['completed', 'rolled-back', 'stuck']) expect(of(end), end).toBeGreaterThan(0);
});
