import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  type Actor,
  type Allowance,
  agent,
  type Environment,
  type Fleet,
  type Intent,
  openFleet,
  type PlanView,
  person,
  Secret,
} from '../../src/lib/index.ts';
import { type Config, type DeviceInput, loadConfig, type Operator, openOperator } from '../../src/lib/operator.ts';
import { type RouterSpec, type SimulatedRouter, type Simulator, startSimulator } from '../../src/simulator/index.ts';
import { type TestClock, testClock } from './clocks.ts';
import { type Front, GUARD, openFront } from './front.ts';

export { refusal } from '../support/refusal.ts';

export const ANN = person('ann', 'cli', true);
export const BOB = person('bob', 'tui', true);
export const MODEL = agent('model', 'ann', 'stdio');
/** Everything a router can be allowed. */
export const ALL: readonly Allowance[] = ['advanced-writes', 'professional-workflows', 'firewall-writes', 'routing-writes'];
export const EDGE = 'rb5009_7.20.6';

/** For tests of what the controller itself undoes and records: nothing on the router helps it. */
export const UNGUARDED = { 'guard.from': 'never' };

export interface RigOptions {
  readonly store?: 'file' | 'memory';
  readonly environment?: Environment;
  readonly allow?: readonly Allowance[];
  readonly specs?: readonly RouterSpec[];
  readonly clock?: TestClock;
  /** Settings by dotted key, as flags would give them. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Do not enrol the routers. */
  readonly strangers?: boolean;
  /** Puts a door in front of each router. */
  readonly fronts?: boolean;
}

/** Simulated routers, enrolled as `edge-1`, `edge-2`, ..., a person at a terminal, and a model that acts for her. */
export interface Rig extends AsyncDisposable {
  readonly simulator: Simulator;
  /** The first router, and the door in front of it where there is one. */
  readonly router: SimulatedRouter;
  readonly front: Front;
  readonly fronts: readonly Front[];
  readonly operator: Operator;
  /** The fleet as the model has it. */
  readonly fleet: Fleet;
  readonly clock: TestClock;
  readonly dataDir: string;
  config(settings?: Readonly<Record<string, unknown>>): Config;
  /** Another opening of the same data directory. */
  open(actor?: Actor, settings?: Readonly<Record<string, unknown>>): Promise<Operator>;
  openDoor1(actor?: Actor): Promise<Fleet>;
  /** What somebody does to the database file behind our back. */
  editStore(edit: (database: DatabaseSync) => void): Promise<void>;
}

/** A private directory that is gone after the test, and settings that point there and nowhere else. */
export function scratch() {
  const folder = mkdtempSync(path.join(tmpdir(), 'routeros-mcp-fleet-'));
  const dataDir = path.join(folder, 'data');
  const env = { HOME: folder, XDG_CONFIG_HOME: folder, ROUTEROS_MCP_DATA_DIR: dataDir };
  const config = (settings: Readonly<Record<string, unknown>> = {}): Config => loadConfig({ env, flags: settings }).config;
  return { folder, dataDir, config, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export async function startRig(options: RigOptions = {}): Promise<Rig> {
  const { store = 'memory', environment = 'lab', allow = ALL, specs, clock = testClock(), settings = {} } = options;
  const place = scratch();
  const simulator = await startSimulator({ specs: specs ?? [{ recording: EDGE, name: 'edge-1' }] });
  const operator = await openOperator({ config: place.config(settings), store, actor: ANN, clock });
  const [router] = simulator.routers;
  if (!router) throw new Error('no router');
  const fronts: Front[] = [];
  if (options.fronts) for (const one of simulator.routers) fronts.push(await openFront(one.url));
  if (!options.strangers) {
    for (const [at, one] of simulator.routers.entries())
      await enrol(operator, one, { environment, allow, address: fronts[at]?.url ?? one.url });
  }
  const open: Rig['open'] = (actor = ANN, other = settings) => openOperator({ config: place.config(other), store, actor, clock });
  return {
    simulator,
    router,
    fronts,
    get front() {
      const [front] = fronts;
      if (!front) throw new Error('there is no door');
      return front;
    },
    operator,
    fleet: operator.fleet.as(MODEL),
    clock,
    dataDir: place.dataDir,
    config: (other = settings) => place.config(other),
    open,
    openDoor1: (actor = MODEL) => openFleet({ config: place.config(settings), store, actor, clock }),
    editStore: async (edit) => {
      const database = new DatabaseSync(path.join(place.dataDir, 'fleet.db'));
      try {
        edit(database);
      } finally {
        database.close();
      }
    },
    [Symbol.asyncDispose]: async () => {
      await operator.close();
      for (const front of fronts) await front[Symbol.asyncDispose]();
      await simulator.close();
      place.remove();
    },
  };
}

export const enrol = (operator: Operator, router: SimulatedRouter, more: Partial<DeviceInput> = {}) =>
  operator.addDevice({
    name: router.name,
    address: router.url,
    username: router.username,
    password: new Secret(router.password),
    environment: 'lab',
    allow: ALL,
    ...more,
  });

export const setDns = (servers = '192.0.2.53,192.0.2.54'): Intent => ({ verb: 'set', capability: 'dns', values: { servers } });
export const setNtp = (servers = '192.0.2.123'): Intent => ({ verb: 'set', capability: 'ntp-client', values: { servers } });

/** A plan of the model's, waiting for a person. */
export async function planned(rig: Rig, intents: readonly Intent[] = [setDns()], device = 'edge-1'): Promise<PlanView> {
  const { view } = await rig.fleet.plan({ device, intents });
  if (!view) throw new Error('nothing to change');
  return view;
}

/** The same, approved by Ann. */
export async function approved(rig: Rig, intents: readonly Intent[] = [setDns()], device = 'edge-1'): Promise<PlanView> {
  const { plan } = await planned(rig, intents, device);
  return (await rig.operator.approve(plan.id, { typedName: device })).view;
}

/** Planned, approved, and applied by the model. */
export async function applied(rig: Rig, intents: readonly Intent[] = [setDns()], device = 'edge-1'): Promise<PlanView> {
  const { plan } = await approved(rig, intents, device);
  return await rig.fleet.apply({ planId: plan.id });
}

export const outcomeOf = (view: PlanView) => view.targets[0]?.outcome;

/** Writes of plans that the router saw, in order; those of their guards are not among them. */
export const writesOf = (router: SimulatedRouter) => router.requests().filter(({ write, path: at }) => write && !GUARD.test(at));

/** Everything of a menu that is configuration, with ids and order: what must be the same before and after. */
export const stored = (router: SimulatedRouter, ...menus: readonly string[]) =>
  Object.fromEntries(menus.map((menu) => [menu, router.rows(menu).map((row) => ({ ...row }))]));
