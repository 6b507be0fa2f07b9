import { readCallOf } from '../../../src/lib/capability/read-call.ts';
import { linkOver, openChannel } from '../../../src/lib/client/connect.ts';
import type { Link, Row, WriteCall } from '../../../src/lib/client/types.ts';
import type { Clock } from '../../../src/lib/core/clock.ts';
import { Secret } from '../../../src/lib/core/secret.ts';
import { idKey, resolveId } from '../../../src/lib/plan/classify.ts';
import type { GuardPorts, Sent } from '../../../src/lib/plan/guard/ports.ts';
import type { Intent } from '../../../src/lib/plan/intent.ts';
import { type Menu, menuOf } from '../../../src/lib/plan/menu.ts';
import { targetOf } from '../../../src/lib/plan/plan.ts';
import { draftChanges } from '../../../src/lib/plan/planner.ts';
import type { Target } from '../../../src/lib/plan/types.ts';
import { type RouterSpec, type SimulatedRouter, startSimulator } from '../../../src/simulator/index.ts';
import { device } from '../../laws/world.ts';
import { capabilityOf } from '../helpers.ts';

export { refusal } from '../../support/refusal.ts';
export { GUARD, TOKEN } from './armed.ts';

export const EDGE = 'rb5009_7.20.6';
export const HOME = 'hap-ax3_7.22.1';

/** One simulated router over loopback HTTP; its time stands still but for what is waited and passed. */
export interface GuardBench extends AsyncDisposable {
  readonly router: SimulatedRouter;
  readonly ports: GuardPorts;
  readonly link: Link;
  readonly writes: WriteCall[];
  /** What becomes of a call on its way. */
  tamper: (call: WriteCall) => WriteCall;
  /** So many seconds go by on the router and here. */
  pass(seconds: number): void;
  rows(menu: string): readonly Row[];
  plan(...intents: readonly Intent[]): Promise<Target>;
  /** Sends the steps of a target as they stand, all of them or the first few. */
  apply(target: Target, changes?: number, added?: (change: number, id: string) => Promise<void>): Promise<void>;
}

export async function guardBench(spec: RouterSpec = { recording: EDGE }): Promise<GuardBench> {
  const start = Date.UTC(2026, 10, 22, 12, 0, 0);
  let now = start;
  const clock: Clock = {
    now: () => now,
    monotonic: () => now - start,
    sleep: async (ms) => {
      now += ms;
    },
  };
  const simulator = await startSimulator({ specs: [spec], clock });
  const [router] = simulator.routers;
  if (!router) throw new Error('no router');
  const target = {
    address: router.url,
    trust: { kind: 'none' } as const,
    username: router.username,
    password: new Secret(router.password),
  };
  const channel = openChannel(target, { connect: 5_000, request: 2_000 }, clock);
  const link = linkOver(channel);
  const writes: WriteCall[] = [];
  const send = async (call: WriteCall): Promise<Sent> => {
    writes.push(call);
    const rows = await channel.once(bench.tamper(call));
    const id = rows[0]?.['.id'];
    return { rows, ...(id !== undefined && { id }) };
  };
  const version = router.version;
  const bench: GuardBench = {
    tamper: (call) => call,
    router,
    link,
    ports: { clock, reader: link, send },
    writes,
    pass: (seconds) => {
      now += seconds * 1_000;
    },
    rows: (menu) => router.rows(menu),
    plan: async (...intents) => {
      const menus = new Map<string, Menu>();
      for (const { capability: id } of intents) {
        if (menus.has(id)) continue;
        const capability = capabilityOf(id);
        menus.set(id, menuOf(capability, version, await link.read(readCallOf(capability, version))));
      }
      return targetOf(device(version), menus, draftChanges(menus, intents));
    },
    apply: async (target, changes = target.changes.length, added = async () => undefined) => {
      const ids = new Map<string, string>();
      for (const { change: index, call } of target.steps) {
        const change = target.changes[index];
        if (!change || index >= changes) continue;
        const { id } = await send(resolved(call, (one) => resolveId(ids, change.menu, one)));
        if (change.verb !== 'add' || id === undefined) continue;
        ids.set(idKey(change.menu, change.row), id);
        await added(index, id);
      }
    },
    [Symbol.asyncDispose]: async () => {
      await link.close();
      await simulator.close();
    },
  };
  return bench;
}

function resolved(call: WriteCall, real: (id: string) => string): WriteCall {
  if (call.verb === 'add') return call.placeBefore === undefined ? call : { ...call, placeBefore: real(call.placeBefore) };
  if (call.verb === 'move') return { ...call, id: real(call.id), ...(call.before !== undefined && { before: real(call.before) }) };
  if (call.verb === 'command' || call.id === undefined) return call;
  return { ...call, id: real(call.id) };
}

const LIVE = /^(?:bytes|packets|\.id|~.*|invalid|last-seen|creation-time|age)$/;

/** Content and order, without ids and counters; what REST calls yes it also calls true, menu by menu. */
export const content = (rows: readonly Row[]): readonly Row[] =>
  rows.map((row) =>
    Object.fromEntries(Object.entries(row).flatMap(([name, value]) => (LIVE.test(name) ? [] : [[name, TRUTHS[value] ?? value]]))),
  );
const TRUTHS: Readonly<Record<string, string>> = { yes: 'true', no: 'false' };

export const staticIds = (rows: readonly Row[]): readonly string[] =>
  rows.filter((row) => row['dynamic'] !== 'true').map((row) => row['.id'] ?? '');

/** What of guards is on the router: scripts and schedulers by name, jobs that would run one. */
export const leftovers = (bench: GuardBench): readonly string[] =>
  ['/system/script', '/system/scheduler', '/system/script/job'].flatMap((menu) =>
    bench
      .rows(menu)
      .filter((row) => (row['name'] ?? row['script'] ?? '').includes('mk-cc-'))
      .map((row) => row['name'] ?? 'job'),
  );

/** How often a guard has fired. */
export const rollbacks = (bench: GuardBench): number =>
  bench.rows('/log').filter((row) => /^mk-cc-[0-9a-f]{10}: rollback$/.test(row['message'] ?? '')).length;
