import {
  addAccount,
  createRouter,
  handle,
  jumpDeviceClock,
  type RouterState,
  reboot,
  type SimRequest,
  type SimResponse,
  tick,
} from '../../src/simulator/index.ts';
import { behindOurBack, storedRows } from '../../src/simulator/outside.ts';
import { START, type VirtualClock } from './virtual-clock.ts';

/** A router without a door: the pure function, its state and the one line in front of it. */
export interface Machine {
  readonly name: string;
  readonly url: string;
  readonly password: string;
  readonly version: string;
  /** Rows as the router keeps them, in order. What is due by now has happened. */
  rows(menu: string): readonly Readonly<Record<string, string>>[];
  /** Nobody reaches it, while it goes on working. */
  away(ms: number): void;
  /** Goes down and comes back. */
  reboot(ms: number): void;
  reachable(): boolean;
  /** One request after the other, as RouterOS serves them: whoever comes waits. */
  inLine<Result>(work: () => Promise<Result>): Promise<Result>;
  carryOut(request: SimRequest): SimResponse;
  jumpClock(ms: number): void;
  edit(menu: string, id: string | undefined, values: Readonly<Record<string, string>>): void;
  remove(menu: string, id: string): void;
}

export interface MachineOptions {
  readonly name: string;
  readonly index: number;
  readonly recording: string;
  readonly password: string;
  readonly clock: VirtualClock;
  /** Rows it has besides those of the recording. */
  readonly furniture: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;
}

function stateOf({ name, index, recording, password, furniture }: MachineOptions): RouterState {
  const state = createRouter({ spec: { recording, name }, index, now: START });
  addAccount(state, { name: 'admin', password, group: 'full' });
  for (const [menu, rows] of Object.entries(furniture)) for (const row of rows) behindOurBack.edit(state, menu, undefined, row, START);
  return state;
}

export function machineOf(options: MachineOptions): Machine {
  const { clock } = options;
  const state = stateOf(options);
  const now = (): number => START + Math.floor(clock.elapsed());
  let line: Promise<unknown> = Promise.resolve();
  let awayUntil = 0;
  return {
    name: options.name,
    url: `http://127.0.0.1:${8001 + options.index}`,
    password: options.password,
    version: state.version,
    rows: (menu) => {
      tick(state, now());
      return storedRows(state, menu);
    },
    away: (ms) => {
      awayUntil = clock.elapsed() + ms;
    },
    reboot: (ms) => reboot(state, now(), ms),
    reachable: () => clock.elapsed() >= awayUntil && now() >= state.power.upAt,
    inLine: (work) => {
      const turn = line.then(work);
      line = turn.catch(() => undefined);
      return turn;
    },
    carryOut: (request) => handle(state, request, now()),
    jumpClock: (ms) => jumpDeviceClock(state, ms),
    edit: (menu, id, values) => behindOurBack.edit(state, menu, id, values, now()),
    remove: (menu, id) => behindOurBack.remove(state, menu, id, now()),
  };
}
