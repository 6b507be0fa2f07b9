import { spawn } from 'node:child_process';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Intent, PlanView } from '../../../src/lib/index.ts';
import type { SimulatedRouter } from '../../../src/simulator/index.ts';
import type { Rng } from '../../simulation/rng.ts';
import { GUARD, type Hooks, type Passing } from '../front.ts';
import { configured } from '../guard/routers.ts';
import { type Rig, writesOf } from '../rig.ts';

export const RECORDINGS = ['rb5009_7.20.6', 'chr_7.24', 'hap-ac2_7.12.1', 'hap-ax3_7.22.1', 'hex-poe_7.16.2'];
export const MENUS = ['/ip/dns', '/ip/firewall/filter', '/ip/firewall/address-list'];

/** Changes on which a second time would show: RouterOS takes the same rule twice. `mark` is on everything they make. */
export const marked = (mark: string, server: string): readonly Intent[] => [
  { verb: 'add', capability: 'firewall-address-list', values: { list: mark, address: '198.51.100.9', comment: mark } },
  { verb: 'set', capability: 'dns', values: { servers: server } },
  { verb: 'add', capability: 'firewall-filter', values: { chain: 'forward', action: 'drop', srcAddress: '198.51.100.9', comment: mark } },
];

/** The moment at which a process is killed: the nth request of a kind that arrives from now on. */
export interface Doom {
  readonly nth: number;
  /** Any request, a write of the plan or of its undo, or a write of a guard's: it is put there, fired, or taken away. */
  readonly of: 'requests' | 'writes' | 'guard';
  /** Before the router sees the request, when it has done it and nobody has heard of it, or so many milliseconds later. */
  readonly when: 'before' | 'after' | number;
}

/** How far a process comes at most; a whole rollout has some 1,500 requests, 60 writes of the plan, and 200 of the guards. */
const MOST = { requests: 300, writes: 10, guard: 50 } as const;

export function doomOf(rng: Rng): Doom {
  const of = rng.pick(['requests', 'writes', 'writes', 'guard'] as const);
  return { of, nth: rng.int(1, MOST[of]), when: rng.pick<Doom['when']>(['before', 'after', rng.int(0, 15)]) };
}

/** A write of a guard's, and not a question about it. */
export const isOfGuard = ({ method, path: at, body }: Passing): boolean =>
  GUARD.test(at) && method !== 'GET' && !/\/print$/.test(at) && !body.includes('as-string');

/** Does it count for this doom? */
const counts = ({ of }: Doom, passing: Passing): boolean => of === 'requests' || (of === 'writes' ? passing.write > 0 : isOfGuard(passing));

/** Runs a process of its own, and kills it when its moment comes. @returns what it said, or undefined when it was killed */
export async function doomed(rig: Rig, args: readonly string[], doom: Doom | undefined): Promise<string | undefined> {
  const script = path.join(import.meta.dirname, '../children/work.ts');
  const running = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, rig.dataDir, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  running.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const ended = new Promise<void>((resolve) => running.once('close', () => resolve()));
  let left = doom?.nth ?? 0;
  let late: ReturnType<typeof setTimeout> | undefined;
  let last: Passing | undefined;
  const strike = async (): Promise<void> => {
    running.kill('SIGKILL');
    await ended;
  };
  const hooks: Hooks = {
    before: async (passing) => {
      if (!doom || left === 0 || !counts(doom, passing)) return;
      left -= 1;
      if (left > 0) return;
      last = passing;
      if (typeof doom.when === 'number') late = setTimeout(() => running.kill('SIGKILL'), doom.when);
      if (doom.when !== 'before') return;
      await strike();
      throw new Error('never arrived');
    },
    after: async (passing) => {
      if (passing === last && doom?.when === 'after') await strike();
    },
  };
  for (const front of rig.fronts) front.hooks = hooks;
  await ended;
  clearTimeout(late);
  for (const front of rig.fronts) front.hooks = {};
  return running.signalCode === null ? said.trim() : undefined;
}

/** A plan for all routers, approved: side by side in small batches, and no failure stops it. */
export async function rollout(rig: Rig, intents: readonly Intent[]): Promise<PlanView> {
  const devices = rig.simulator.routers.map(({ name }) => name);
  const { view, unplanned } = await rig.fleet.planMany({
    devices,
    intents,
    rollout: { waves: [2, 6], parallel: 4, budget: devices.length, onStop: 'keep' },
  });
  if (!view || unplanned) throw new Error(`not planned: ${JSON.stringify(unplanned)}`);
  await rig.operator.approve(view.plan.id, { typedName: `${devices.length} routers` });
  return view;
}

export type Story = ReturnType<typeof storyOf>;

/** What a router was before a plan, and which requests it had seen. */
export const storyOf = (router: SimulatedRouter) => ({
  router,
  before: configured(router, MENUS),
  seen: writesOf(router).length,
});

/** What is on a router that was not there before: as it was, or all of the plan, or something nobody wants to see. */
export function standing({ router, before }: Story, mark: string, server: string): 'pre' | 'post' | 'other' {
  const now = configured(router, MENUS);
  if (JSON.stringify(now) === JSON.stringify(before)) return 'pre';
  const rest = now.map(({ menu, rows }) => ({ menu, rows: rows.filter((row) => !row.includes(`comment=${mark}`)) }));
  const servers = (text: string): string => text.replace(/ servers=\S*/g, '');
  const marks = now.flatMap(({ rows }) => rows).filter((row) => row.includes(`comment=${mark}`)).length;
  const same = servers(JSON.stringify(rest)) === servers(JSON.stringify(before));
  return same && marks === 2 && router.rows('/ip/dns')[0]?.['servers'] === server ? 'post' : 'other';
}

/** Of every forward write of a plan how often a router saw it: nobody may do it twice. */
export function repeats({ router, seen }: Story, mark: string, server: string): number {
  const writes = writesOf(router).slice(seen);
  const adds = (menu: string): number =>
    writes.filter(({ method, path: at, body }) => method === 'PUT' && at === menu && body.includes(mark)).length;
  const sets = writes.filter(({ path: at, body }) => at.startsWith('/ip/dns') && body.includes(`"${server}"`)).length;
  return Math.max(adds('/ip/firewall/filter'), adds('/ip/firewall/address-list'), sets);
}

/** Takes away what a plan left, so that the next one begins where this one began. */
export function tidy(router: SimulatedRouter, mark: string): void {
  for (const menu of MENUS.slice(1))
    for (const row of router.rows(menu)) if (row['comment'] === mark) router.remove(menu, row['.id'] ?? '');
}

/** Intents of a plan that have no entry in the ledger, and writes routers saw of which the journal knows nothing: nothing may be lost. */
export function lostRecords(rig: Rig, planId: string, stories: readonly Story[]): readonly string[] {
  const database = new DatabaseSync(path.join(rig.dataDir, 'fleet.db'), { readOnly: true });
  try {
    const count = (query: string): number => Number(database.prepare(query).get(planId)?.['n']);
    const intents = count("select count(*) as n from journal where plan_id = ? and stage = 'intent'");
    const started = count("select count(*) as n from ledger where plan = ? and operation = 'router.write' and result = 'started'");
    const sent = count("select count(*) as n from journal where plan_id = ? and stage = 'sent' and phase != 'guard'");
    const seen = stories.reduce((sum, { router, seen: before }) => sum + writesOf(router).length - before, 0);
    return [
      ...(intents === started ? [] : [`${intents} intents, ${started} in the ledger`]),
      ...(seen <= sent ? [] : [`${seen} writes seen, ${sent} in the journal`]),
    ];
  } finally {
    database.close();
  }
}
