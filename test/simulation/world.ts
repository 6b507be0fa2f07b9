import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ALLOWANCES, agent, person, Secret } from '../../src/lib/index.ts';
import { type Config, loadConfig, openOperator } from '../../src/lib/operator.ts';
import type { StoreWrite } from '../../src/lib/store/store.ts';
import { type Disk, openDisk } from './disk.ts';
import { type Faults, openFaults } from './faults.ts';
import { type Living, newController } from './life.ts';
import { type Machine, machineOf } from './machines.ts';
import { type Rng, rngOf } from './rng.ts';
import { type MenuRows, rowsOf, storyTeller } from './snapshots.ts';
import { openTrace, type Trace } from './trace.ts';
import { type VirtualClock, virtualClock } from './virtual-clock.ts';
import { openWires } from './wire.ts';

const ANN = person('ann', 'cli', true);
const MODEL = agent('model', 'ann', 'stdio');
/** Allowed to be everywhere a credential is sealed, and nowhere else. */
const CANARY = 'canary-7Qx';

const FILTER = '/ip/firewall/filter';
/** What routers have besides their recording, so that there is something to take away, to change and to move. */
const FURNITURE = {
  '/ip/firewall/address-list': ['a', 'b', 'c'].map((name, at) => ({ list: 'mcp-x', address: `198.51.100.${at + 1}`, comment: name })),
  '/ip/dns/static': ['a', 'b', 'c'].map((name, at) => ({ name: `${name}.example`, address: `203.0.113.${at + 1}`, type: 'A' })),
  [FILTER]: ['a', 'b', 'c', 'd'].map((name) => ({ chain: 'forward', action: 'accept', comment: name })),
};

/** The one who looks on from another process: nothing goes wrong with what this one stores. */
export const BYSTANDER = 'P';

/** Tags of the routers of a world, in their order. */
type Tags = readonly Readonly<Record<string, string>>[];

/** What another admin did, for the oracle: rows of these ids are his. */
export interface Stranger {
  readonly router: string;
  readonly menu: string;
  readonly id: string | undefined;
  readonly seq: number;
  /** What the row said when he found it. */
  readonly was: MenuRows[number]['content'] | undefined;
}

export interface World {
  readonly seed: number | string;
  readonly rng: Rng;
  readonly clock: VirtualClock;
  readonly trace: Trace;
  readonly faults: Faults;
  readonly machines: readonly Machine[];
  readonly disk: Disk;
  /** What was known before the run began. */
  readonly furnished: readonly StoreWrite[];
  readonly teller: ReturnType<typeof storyTeller>;
  readonly strangers: Stranger[];
  /** Rows the plan at work touches, for an admin who wants to be in the way. */
  aim: readonly { readonly menu: string; readonly id: string }[];
  /** A process of its own, on the disk that all share. */
  start(name: string): Promise<Living>;
  close(): void;
}

/** Where keys lie. One place for all runs of a process: making it anew each time would be most of a run's cost. */
let shared: { readonly folder: string; readonly config: Config } | undefined;

function settings(): Config {
  if (!shared) {
    const folder = mkdtempSync(path.join(tmpdir(), 'routeros-mcp-simulation-'));
    const env = { HOME: folder, XDG_CONFIG_HOME: folder, ROUTEROS_MCP_DATA_DIR: path.join(folder, 'data') };
    shared = { folder, config: loadConfig({ env, flags: {} }).config };
  }
  return shared.config;
}

/** The keys of all runs go when the tests of a file are over. */
export function forgetKeys(): void {
  if (shared) rmSync(shared.folder, { recursive: true, force: true });
  shared = undefined;
  enrolled.clear();
}

/** Routers, a disk and time; nobody is at work yet. */
export function openWorld(seed: number | string, recordings: readonly string[], furnished: readonly StoreWrite[] = []): World {
  const rng = rngOf(seed);
  const clock = virtualClock();
  const trace = openTrace(clock.elapsed);
  const machines = recordings.map((recording, index) =>
    machineOf({ name: `r${index + 1}`, index, recording, password: `${CANARY}${index}`, clock, furniture: FURNITURE }),
  );
  const machineAt = (address: string): Machine => {
    const machine = machines.find(({ url }) => address.startsWith(url));
    if (!machine) throw new Error(`nobody lives at ${address}`);
    return machine;
  };
  const teller = storyTeller(machineAt, () => trace.events.length);
  const strangers: Stranger[] = [];
  const admin = rng.fork('admin');
  const faults = openFaults({ trace, clock, admin: (machine, touched) => interfere(world, admin, machine, touched) });
  const latencies = rng.fork('latency');
  const wires = openWires({ clock, trace, machineAt, fate: faults.wire, latency: () => latencies.int(1, 20) });
  const disk = openDisk({
    trace,
    fate: (_, controller) => (controller.name === BYSTANDER ? 'well' : faults.commit(controller)),
    stored: teller.tell,
  });
  const world: World = {
    seed,
    rng,
    clock,
    trace,
    faults,
    machines,
    disk,
    furnished,
    teller,
    strangers,
    aim: [],
    start: async (name) => {
      const controller = newController(name, clock, trace);
      const operator = await openOperator({
        config: settings(),
        store: () => disk.open(controller),
        actor: ANN,
        clock: controller.clock,
        connect: wires(controller),
      });
      return Object.defineProperties({ operator, fleet: operator.fleet.as(MODEL) }, Object.getOwnPropertyDescriptors(controller)) as Living;
    },
    close: () => disk.close(),
  };
  return world;
}

const enrolled = new Map<string, Promise<readonly StoreWrite[]>>();

/** A world whose routers are known already. They are enrolled once for each kind of world, in one of its own. */
export async function furnishedWorld(seed: number | string, recordings: readonly string[], tags: Tags = []): Promise<World> {
  const kind = JSON.stringify([recordings, tags]);
  const writes = enrolled.get(kind) ?? enrolment(recordings, tags);
  enrolled.set(kind, writes);
  const world = openWorld(seed, recordings, await writes);
  await world.disk.furnish(world.furnished, world.clock);
  return world;
}

async function enrolment(recordings: readonly string[], tags: Tags): Promise<readonly StoreWrite[]> {
  const world = openWorld('enrolment', recordings);
  const work = async (): Promise<void> => {
    const { operator } = await world.start('C0');
    for (const [at, { name, url, password }] of world.machines.entries()) {
      const login = { username: 'admin', password: new Secret(password) };
      await operator.addDevice({ name, address: url, ...login, environment: 'lab', allow: ALLOWANCES, tags: tags[at] ?? {} });
    }
  };
  await world.clock.run(work());
  world.close();
  const commits = world.trace.events.flatMap((event) => (event.kind === 'commit' ? event.writes : []));
  return commits.filter(({ kind }) => kind === 'device-put' || kind === 'credential-put');
}

/** Another admin: changes, adds or takes away a row, and leaves a name on what is there afterwards. */
function interfere(world: World, rng: Rng, machine: Machine, touched: boolean): void {
  const { strangers, trace, aim } = world;
  const seq = trace.events.length;
  const mark = `admin-${seq}`;
  const target = touched && aim.length > 0 ? rng.pick(aim) : undefined;
  const menu = target?.menu ?? rng.pick(['/ip/firewall/address-list', '/ip/dns/static', FILTER]);
  const there = machine
    .rows(menu)
    .filter((row) => row['dynamic'] !== 'true' && !aim.some((row_) => row_.menu === menu && row_.id === row['.id']));
  const id = target ? target.id : rng.chance(0.3) ? undefined : there.length > 0 ? rng.pick(there)['.id'] : undefined;
  const note = (what: string): void => {
    const was = rowsOf(machine, menu).find((row) => row.id === id)?.content;
    strangers.push({ router: machine.name, menu, id, seq, was });
    trace.add({ kind: 'note', text: `another admin on ${machine.name}: ${what} ${menu} ${id ?? ''} ${mark}` });
  };
  if (id !== undefined && id !== '' && !machine.rows(menu).some((row) => row['.id'] === id)) return;
  if (id === undefined) {
    note('adds');
    const values =
      menu === FILTER
        ? { chain: 'forward', action: 'drop' }
        : menu === '/ip/dns/static'
          ? { name: `${mark}.example`, address: '192.0.2.1', type: 'A' }
          : { list: mark, address: '192.0.2.1' };
    machine.edit(menu, undefined, { ...values, comment: mark });
  } else if (id === '') {
    note('sets');
    machine.edit(menu, undefined, { servers: `192.0.2.${rng.int(1, 200)}` });
  } else if (rng.chance(0.3)) {
    note('removes');
    machine.remove(menu, id);
  } else {
    note('edits');
    machine.edit(menu, id, { disabled: rng.pick(['true', 'false']), comment: mark });
  }
}

/** Base64 has three ways of writing a text, by where it begins; whatever its neighbours change is cut off. */
const inBase64 = ['', 'x', 'xx'].map((before) =>
  Buffer.from(`${before}${CANARY}`)
    .toString('base64')
    .slice(before.length === 0 ? 0 : 4, 12),
);
const FORMS = [CANARY, ...inBase64, Buffer.from(CANARY).toString('hex')];

export const isCanary = (text: string): boolean => FORMS.some((form) => text.includes(form));
