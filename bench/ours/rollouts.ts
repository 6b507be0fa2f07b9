// Rollouts that go wrong, with their routers in the same process: what a router heard is known at the very moment of a commit.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Clock, person, Secret, systemClock } from '../../src/lib/index.ts';
import { loadConfig, openOperator } from '../../src/lib/operator.ts';
import { openMemoryStore } from '../../src/lib/store/memory.ts';
import type { StoreWrite } from '../../src/lib/store/store.ts';
import { startSimulator } from '../../src/simulator/index.ts';
import { serve } from '../kit/serve.ts';

const clock: Clock = { ...systemClock, sleep: (ms, signal) => systemClock.sleep(ms / 100, signal) };
const BAD = new Set(['failed', 'rolled-back', 'stuck', 'stale']);
const isBad = (write: StoreWrite): boolean => write.kind === 'target-move' && BAD.has(write.to);

export interface Stopped {
  /** Routers that heard nothing before the rule was true, and something afterwards. */
  readonly startedAfter: number;
  readonly untouched: number;
  readonly underWay: number;
}

interface Story {
  readonly routers: number;
  readonly parallel: number;
  readonly budget: number;
  readonly failing: readonly number[];
}

export const verbs = {
  rollOut: async ({ routers, parallel, budget, failing }: Story): Promise<Stopped> => {
    const home = mkdtempSync(path.join(tmpdir(), 'routeros-mcp-bench-'));
    await using simulator = await startSimulator({ routers, specs: [{ recording: 'rb5009_7.20.6', name: 'edge' }], latencyMs: 2 });
    const all = simulator.routers;
    let began: readonly number[] = [];
    let heard: readonly number[] | undefined;
    let bad = 0;
    const counts = (): readonly number[] => all.map((router) => router.requests().length);
    await using operator = await openOperator({
      config: loadConfig({ env: { HOME: home }, flags: { dataDir: path.join(home, 'data') } }).config,
      clock,
      actor: person('bench', 'library', true),
      store: async (own) => {
        const store = await openMemoryStore({ clock: own });
        const commit: typeof store.commit = (writes) => {
          if (heard === undefined) bad += writes.filter(isBad).length;
          if (bad > budget) heard ??= counts();
          return store.commit(writes);
        };
        return { ...store, commit };
      },
    });
    const allow = ['advanced-writes', 'professional-workflows'] as const;
    for (const { name, url, username, password } of all)
      await operator.addDevice({ name, address: url, username, password: new Secret(password), environment: 'lab', allow });
    const intents = [{ verb: 'set' as const, capability: 'dns', values: { servers: '192.0.2.53' } }];
    const rollout = { waves: [routers], parallel, budget };
    const { view } = await operator.fleet.planMany({ devices: all.map(({ name }) => name), intents, rollout });
    if (!view) throw new Error('nothing to change');
    await operator.approve(view.plan.id, view.approvalNeeds.typedName === null ? {} : { typedName: view.approvalNeeds.typedName });
    for (const at of failing)
      await all[at]?.fault({ method: 'write', path: '/ip/dns/set', action: { kind: 'answer', status: 400, detail: 'failure: not now' } });
    began = counts();
    const { targets } = await operator.fleet.apply({ planId: view.plan.id });
    rmSync(home, { recursive: true, force: true });
    if (targets.some(({ state }) => state === 'approved' || state === 'executing')) throw new Error('the rollout did not end');
    const then = heard ?? [];
    if (then.length === 0) throw new Error('the stop rule never held');
    const quiet = then.flatMap((count, at) => (count === began[at] ? [at] : []));
    const now = counts();
    const startedAfter = quiet.filter((at) => now[at] !== began[at]).length;
    const underWay = all.length - quiet.length - bad;
    return { startedAfter, untouched: quiet.length - startedAfter, underWay };
  },
};

serve(verbs, async () => undefined);
