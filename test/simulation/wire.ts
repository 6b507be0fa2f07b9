import type { Connect } from '../../src/lib/client/connect.ts';
import { networkError } from '../../src/lib/client/network-error.ts';
import type { RestLimits, RestTarget } from '../../src/lib/client/rest.ts';
import { inRestWords, understand } from '../../src/lib/client/rest-words.ts';
import type { Call, Row } from '../../src/lib/client/types.ts';
import type { SimResponse } from '../../src/simulator/index.ts';
import { type Controller, never } from './life.ts';
import type { Machine } from './machines.ts';
import type { Trace } from './trace.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** What becomes of one request. Times are milliseconds. */
export type WireFate =
  | { readonly kind: 'well' }
  /** Nothing leaves. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'reset'; readonly executed: boolean }
  /** The router is busy with it for `busy`, then does it or not; we never hear. */
  | { readonly kind: 'time-out'; readonly executed: boolean; readonly busy: number }
  | { readonly kind: 'slow'; readonly before: number; readonly after: number }
  /** It arrives twice; one of the answers comes back. */
  | { readonly kind: 'twice'; readonly heard: 'first' | 'second' }
  /** The web service of the router fails, before or after. */
  | { readonly kind: 'fault'; readonly executed: boolean }
  | { readonly kind: 'reboot'; readonly executed: boolean; readonly away: number }
  | { readonly kind: 'die'; readonly executed: boolean };

export interface WireParts {
  readonly clock: VirtualClock;
  readonly trace: Trace;
  machineAt(address: string): Machine;
  /** Asked when a request is about to leave; may do to the router what it likes. */
  fate(call: Call, machine: Machine, controller: Controller): WireFate;
  /** One way over the network. */
  latency(): number;
}

const encoder = new TextEncoder();
const bytesOf = ({ body }: SimResponse): Uint8Array => (body === undefined ? new Uint8Array() : encoder.encode(JSON.stringify(body)));

/** Wires of one world: connections are counted over all of them. */
export function openWires(parts: WireParts): (controller: Controller) => Connect {
  let connections = 0;
  let requests = 0;
  return (controller) => (target, limits) => {
    connections += 1;
    const connection = connections;
    return {
      send: (call) => {
        requests += 1;
        return exchange(parts, { controller, target, limits, connection, call, request: requests });
      },
      close: async () => undefined,
    };
  };
}

interface Exchange {
  readonly controller: Controller;
  readonly target: RestTarget;
  readonly limits: RestLimits;
  readonly connection: number;
  readonly call: Call;
  readonly request: number;
}

/** One request, there and back, or not. The controller may be dead at any point of it; the router does not mind. */
async function exchange(parts: WireParts, one: Exchange): Promise<readonly Row[]> {
  const { clock, trace } = parts;
  const { controller, call, request, connection } = one;
  if (controller.dead) return never();
  const machine = parts.machineAt(one.target.address);
  const fate = parts.fate(call, machine, controller);
  if (fate.kind === 'die' && !fate.executed) controller.die();
  if (controller.dead) return never();
  trace.add({ kind: 'sent', request, router: machine.name, controller: controller.name, connection, call });
  const heard = (text: string): void => {
    if (!controller.dead) trace.add({ kind: 'heard', request, fate: text });
  };
  try {
    await clock.sleep(parts.latency());
    const response = await travel(parts, one, machine, fate);
    await clock.sleep(parts.latency());
    if (controller.dead) return await never();
    const rows = understand(response.status, bytesOf(response), call, (text) => text.replaceAll(one.target.password.reveal(), '[secret]'));
    heard('an answer');
    return rows;
  } catch (thrown) {
    if (controller.dead) return never();
    heard(thrown instanceof Error ? thrown.message : 'nothing');
    throw thrown;
  }
}

/** @returns the router's answer; @throws UnreachableError as the client's own socket code would */
async function travel(parts: WireParts, one: Exchange, machine: Machine, fate: WireFate): Promise<SimResponse> {
  const { clock, trace } = parts;
  const { call, limits, request, controller, target } = one;
  const lost = (code: string): Error => networkError(Object.assign(new Error(code), { code }), call, { pinned: false, answered: false });
  const late = async (): Promise<never> => {
    await clock.sleep(limits.request);
    throw lost('UND_ERR_HEADERS_TIMEOUT');
  };
  const login = Buffer.from(`${target.username}:${target.password.reveal()}`, 'utf8').toString('base64');
  const { method, path, body } = inRestWords(call);
  const carryOut = (): SimResponse => {
    const response = machine.carryOut({ method, url: path, authorization: `Basic ${login}`, ...(body && { body: JSON.stringify(body) }) });
    trace.add({ kind: 'executed', request, status: response.silent ? 0 : response.status });
    return response;
  };
  /** Turned off while the request waited in line, nothing is done and nothing comes. */
  const serve = (work: () => SimResponse, before = 0): Promise<SimResponse> =>
    machine.inLine(async () => {
      if (before > 0) await clock.sleep(before);
      if (!machine.reachable()) throw lost('ECONNRESET');
      return work();
    });

  if (fate.kind === 'refused') throw lost('ECONNREFUSED');
  if (!machine.reachable()) {
    await clock.sleep(limits.connect);
    throw lost('UND_ERR_CONNECT_TIMEOUT');
  }
  switch (fate.kind) {
    case 'reset':
      if (fate.executed) await serve(carryOut);
      throw lost('ECONNRESET');
    case 'time-out':
      void serve(() => (fate.executed ? carryOut() : { status: 0 }), fate.busy).catch(() => undefined);
      return late();
    case 'slow': {
      const response = await serve(carryOut, fate.before);
      await clock.sleep(fate.after);
      return response;
    }
    case 'twice': {
      const first = await serve(carryOut);
      const second = await serve(carryOut);
      return fate.heard === 'first' ? first : second;
    }
    case 'fault':
      if (fate.executed) await serve(carryOut);
      return { status: 500 };
    case 'reboot':
      if (fate.executed) await serve(carryOut);
      machine.reboot(fate.away);
      throw lost('ECONNRESET');
    case 'die': {
      const response = await serve(carryOut);
      controller.die();
      return response;
    }
    default: {
      const response = await serve(carryOut);
      return response.silent ? late() : response;
    }
  }
}
