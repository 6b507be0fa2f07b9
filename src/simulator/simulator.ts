import { type Clock, systemClock } from '../lib/core/clock.ts';
import { addAccount } from './accounts.ts';
import { startControl } from './control.ts';
import type { Service } from './faults.ts';
import { recordedRouters, recording } from './fixtures.ts';
import { type HttpSkin, httpSkin } from './http.ts';
import { noiseText } from './noise.ts';
import { type Machine, machineOf, type SimulatedRouter } from './simulated-router.ts';
import { type Doors, openDoors } from './skins/doors.ts';
import { createRouter, type RouterSpec } from './state/router.ts';

export interface SimulatorOptions {
  /** How many; the recorded boards in turn. Default 1, or as many as there are `specs`. */
  readonly routers?: number;
  /** Which ones, and what is special about each. Taken in turn when `routers` asks for more. */
  readonly specs?: readonly RouterSpec[];
  /** First port; each router takes the next (with `hosts` all take the same). Default: whatever is free. */
  readonly basePort?: number;
  /** `127.x`: each router on an address of its own in 127.0.0.0/8 and all on the same ports, as far as the system has them (Linux). */
  readonly hosts?: '127.0.0.1' | '127.x';
  /** Serves `www-ssl` as well, each router with its own certificate. */
  readonly https?: boolean;
  /** Serves SSH as well. */
  readonly ssh?: boolean;
  /** `own`: every router makes its own keys for certificate and host, which takes a while. Default: all share them. */
  readonly keys?: 'shared' | 'own';
  /** How long every answer takes. A spec's own latency wins. */
  readonly latencyMs?: number;
  /** Starts a control server: see `control.ts`. */
  readonly control?: boolean;
  readonly clock?: Clock;
  readonly username?: string;
  /** Default: one of its own for every router, made from the seed. */
  readonly password?: string;
  readonly seed?: number;
}

export interface Simulator extends AsyncDisposable {
  readonly routers: readonly SimulatedRouter[];
  /** Where the control server listens, if it was asked for. */
  readonly controlUrl?: string;
  /** Moves the clock of all routers by so many milliseconds, from where the real one stands. */
  setClockOffset(ms: number): void;
  close(): Promise<void>;
}

const PASSWORD_LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789';
/** The order in which boards are taken when nobody says which. */
const BOARD_ORDER = ['rb5009', 'hap-ax3', 'chr', 'hap-ac2', 'hex-poe'];

function defaultSpecs(): readonly RouterSpec[] {
  const rank = (folder: string): number => {
    const at = BOARD_ORDER.indexOf(folder.split('_')[0] ?? '');
    return at < 0 ? BOARD_ORDER.length : at;
  };
  return [...recordedRouters()].sort((a, b) => rank(a) - rank(b)).map((recording) => ({ recording }));
}

/** Two hundred and fifty to a network of 256: 127.1.0.1, 127.1.0.2, … */
function hostOf(index: number, hosts: SimulatorOptions['hosts']): string {
  if (hosts !== '127.x') return '127.0.0.1';
  const network = Math.floor(index / 250);
  return `127.${1 + Math.floor(network / 256)}.${network % 256}.${1 + (index % 250)}`;
}

/** The routers asked for, each with its name, its account and a state that is made when somebody looks. */
function machines(options: SimulatorOptions, now: () => number): readonly Machine[] {
  const { clock = systemClock, seed = 1, username = 'admin' } = options;
  const specs = options.specs ?? defaultSpecs();
  const copies = new Map<string, number>();
  const startedAt = now();
  return Array.from({ length: options.routers ?? options.specs?.length ?? 1 }, (_, index) => {
    const spec = specs[index % specs.length];
    if (!spec) throw new RangeError('no router to simulate: give at least one spec');
    const copyNumber = copies.get(spec.recording) ?? 0;
    copies.set(spec.recording, copyNumber + 1);
    const { profile } = recording(spec.recording);
    const again = index >= specs.length ? `-${Math.floor(index / specs.length) + 1}` : '';
    const name = spec.name === undefined ? `${profile.role}-${copyNumber + 1}` : `${spec.name}${again}`;
    const password = options.password ?? noiseText(PASSWORD_LETTERS, 16, seed, 'password', index);
    return machineOf({
      name,
      host: hostOf(index, options.hosts),
      board: profile.board,
      version: profile.version,
      state: () => {
        const state = createRouter({ spec: { ...spec, name }, index, copyNumber, seed, now: startedAt });
        addAccount(state, { name: username, password, group: 'full' });
        for (const account of spec.accounts ?? []) addAccount(state, account);
        return state;
      },
      username,
      password,
      latencyMs: spec.latencyMs ?? options.latencyMs ?? 0,
      clock,
      now,
      https: options.https === true,
      ssh: options.ssh === true,
      ownKeys: options.keys === 'own',
    });
  });
}

type Ports = Readonly<Partial<Record<Service, number>>>;

const services = ({ https, ssh }: SimulatorOptions): readonly Service[] => [
  'www',
  ...(https ? (['www-ssl'] as const) : []),
  ...(ssh ? (['ssh'] as const) : []),
];

/** How many doors are opened at a time: enough to keep the system busy. */
const AT_ONCE = 64;

/** Opens the doors of all routers: on ports counted up, on free ones, or on those the first of them found. */
async function openAll(all: readonly Machine[], http: HttpSkin, options: SimulatorOptions, opened: Doors[]): Promise<void> {
  const asked = services(options);
  const { basePort = 0, hosts } = options;
  const oneHost = hosts !== '127.x';
  let shared: Ports | undefined;
  const open = async (machine: Machine, index: number): Promise<void> => {
    const port = (at: number): number => (basePort === 0 ? 0 : basePort + (oneHost ? index * asked.length : 0) + at);
    const doors = await openDoors(machine, http, shared ?? Object.fromEntries(asked.map((service, at) => [service, port(at)])));
    opened.push(doors);
    machine.listensOn(doors);
    if (!oneHost) shared = doors.ports;
  };
  for (let from = 0; from < all.length; from += from === 0 ? 1 : AT_ONCE) {
    const batch = all.slice(from, from === 0 ? 1 : from + AT_ONCE);
    const failed = (await Promise.allSettled(batch.map((machine, at) => open(machine, from + at)))).find(
      ({ status }) => status === 'rejected',
    );
    if (failed?.status === 'rejected') throw failed.reason;
  }
}

const inUse = (thrown: unknown): boolean => thrown instanceof Error && 'code' in thrown && thrown.code === 'EADDRINUSE';

/** A port that is free on the first of many addresses may be taken on another: then the next one is tried. */
async function openSomewhere(all: readonly Machine[], http: HttpSkin, options: SimulatorOptions, opened: Doors[]): Promise<void> {
  for (let left = 4; ; left -= 1) {
    try {
      return await openAll(all, http, options, opened);
    } catch (thrown) {
      if (left === 0 || options.basePort !== undefined || !inUse(thrown)) throw thrown;
      await Promise.all(opened.splice(0).map((doors) => doors.close()));
    }
  }
}

/** Starts routers on 127.0.0.1 that behave like RouterOS. See `index.ts` for an example. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { clock = systemClock } = options;
  let offset = 0;
  const now = (): number => clock.now() + offset;
  let all: readonly Machine[] = [];
  const setClockOffset = (ms: number): void => {
    offset = ms;
    for (const machine of all) machine.clockMoved();
  };
  const http = httpSkin();
  const opened: Doors[] = [];
  const endings: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    await Promise.all([...opened.splice(0).map((doors) => doors.close()), ...endings.splice(0).map((end) => end())]);
    http.close();
  };
  try {
    all = machines(options, now);
    await openSomewhere(all, http, options, opened);
    const routers = Object.freeze(all.map(({ router }) => router));
    const control = options.control ? await startControl({ routers, now, offset: () => offset, setClockOffset }) : undefined;
    if (control) endings.push(control.close);
    return {
      routers,
      ...(control ? { controlUrl: control.url } : {}),
      setClockOffset,
      close,
      [Symbol.asyncDispose]: close,
    };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}
