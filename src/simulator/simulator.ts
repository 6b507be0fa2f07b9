import type { Server } from 'node:http';
import { type Clock, systemClock } from '../lib/core/clock.ts';
import { addAccount } from './accounts.ts';
import { startControl } from './control.ts';
import { recordedRouters } from './fixtures.ts';
import { listen, shut } from './http.ts';
import { noiseText } from './noise.ts';
import { type SimulatedRouter, simulatedRouter } from './simulated-router.ts';
import { createRouter, type RouterSpec } from './state/router.ts';

export interface SimulatorOptions {
  /** How many; the recorded boards in turn. Default 1, or as many as there are `specs`. */
  readonly routers?: number;
  /** Which ones, and what is special about each. Taken in turn when `routers` asks for more. */
  readonly specs?: readonly RouterSpec[];
  /** First port; each router takes the next. Default: whatever is free. */
  readonly basePort?: number;
  /** How long every answer takes. A spec's own latency wins. */
  readonly latencyMs?: number;
  /** Starts a control server with `/__sim/fault`, `/__sim/log` and `/__sim/clock`. */
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
const BOARD_ORDER = ['rb5009', 'hap-ax3', 'chr', 'hap-ac2'];

function defaultSpecs(): readonly RouterSpec[] {
  const rank = (folder: string): number => {
    const at = BOARD_ORDER.indexOf(folder.split('_')[0] ?? '');
    return at < 0 ? BOARD_ORDER.length : at;
  };
  return [...recordedRouters()].sort((a, b) => rank(a) - rank(b)).map((recording) => ({ recording }));
}

/** Starts routers on 127.0.0.1 that behave like RouterOS. See `index.ts` for an example. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { clock = systemClock, seed = 1, username = 'admin', basePort = 0 } = options;
  const specs = options.specs ?? defaultSpecs();
  const count = options.routers ?? options.specs?.length ?? 1;
  const copies = new Map<string, number>();
  let offset = 0;
  const now = (): number => clock.now() + offset;
  const servers: Server[] = [];
  const routers: SimulatedRouter[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(servers.splice(0).map(shut));
  };
  try {
    for (let index = 0; index < count; index += 1) {
      const spec = specs[index % specs.length];
      if (!spec) throw new RangeError('no router to simulate: give at least one spec');
      const copyNumber = copies.get(spec.recording) ?? 0;
      copies.set(spec.recording, copyNumber + 1);
      const named =
        index >= specs.length && spec.name !== undefined ? { ...spec, name: `${spec.name}-${Math.floor(index / specs.length) + 1}` } : spec;
      const password = options.password ?? noiseText(PASSWORD_LETTERS, 16, seed, 'password', index);
      const state = createRouter({ spec: named, index, copyNumber, seed, now: now() });
      addAccount(state, { name: username, password, group: 'full' });
      for (const account of spec.accounts ?? []) addAccount(state, account);
      const router = simulatedRouter({
        state,
        username,
        password,
        latencyMs: spec.latencyMs ?? options.latencyMs ?? 0,
        clock,
        now,
      });
      const listening = await listen(router.exchange, basePort === 0 ? 0 : basePort + index);
      servers.push(listening.server);
      router.url = `http://127.0.0.1:${listening.port}`;
      routers.push(router);
    }
    const setClockOffset = (ms: number): void => {
      offset = ms;
    };
    const control = options.control ? await startControl({ routers, now, offset: () => offset, setClockOffset }) : undefined;
    if (control) servers.push(control.server);
    return {
      routers: Object.freeze(routers),
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
