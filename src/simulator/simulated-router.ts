import type { Clock } from '../lib/core/clock.ts';
import { serviceOn, sourceAllowed } from './accounts.ts';
import { errorAnswer } from './errors.ts';
import { type FaultAction, type FaultRule, faultList } from './faults.ts';
import { handle } from './handle.ts';
import { servingLine, wait } from './line.ts';
import type { Outcome } from './outcome.ts';
import { behindOurBack, storedRows } from './outside.ts';
import type { SimRequest } from './request.ts';
import { pathOf, type RequestEntry, requestLog } from './request-log.ts';
import type { RouterState } from './state/router.ts';
import type { Row } from './state/row.ts';

export interface SimulatedRouter {
  /** Also its identity. */
  readonly name: string;
  /** `http://127.0.0.1:port` */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly board: string;
  readonly version: string;
  /** Most requests ever under way at once. */
  readonly maxInFlight: number;
  /** The stored rows of a menu, copied; a singleton has one. Secrets are plain, counters stand still. */
  rows(menu: string): readonly Readonly<Row>[];
  /**
   * Another admin's change behind our back: unchecked, with what follows from it, and in the history under another name. `!field`
   * takes a field away; without an id a list gains a row. Read-only fields can be set too (a link goes down), and leave no trace.
   */
  edit(menu: string, id: string | undefined, values: Readonly<Record<string, string>>): void;
  /** Another admin takes a row away. */
  remove(menu: string, id: string): void;
  /** Adds a rule. The first one that fires decides what becomes of a request. */
  fault(rule: FaultRule): void;
  clearFaults(): void;
  requests(): readonly RequestEntry[];
  /** One request without a socket, faults and log included: for transports on a clock of their own. */
  exchange(request: SimRequest): Promise<Outcome>;
}

export interface RouterParts {
  readonly state: RouterState;
  readonly username: string;
  readonly password: string;
  readonly latencyMs: number;
  readonly clock: Clock;
  now(): number;
}

const GARBAGE_PAGE = '<!doctype html><html><head><title>Printer</title></head><body>Ready</body></html>';
const GARBAGE_BYTES = '\u0000\u0016GARBAGE-1.0 not the port you want\r\n';

/** What becomes of a request before the router looks at it; undefined when it gets through. */
function stopped({ state }: RouterParts, fault: FaultAction | undefined, request: SimRequest): Outcome | undefined {
  if (fault?.kind === 'drop' || fault?.kind === 'reset' || !serviceOn(state)) return { fate: 'reset' };
  if (fault?.kind === 'speak-garbage') {
    return fault.as === 'html' ? { fate: 'page', text: GARBAGE_PAGE } : { fate: 'bytes', text: GARBAGE_BYTES };
  }
  return sourceAllowed(state, request.source ?? state.station, request.authorization) ? undefined : { fate: 'close' };
}

/** The router's answer, or what a fault makes of it. */
function answered({ state, now }: RouterParts, fault: FaultAction | undefined, request: SimRequest): Outcome {
  if (fault?.kind === 'answer') return { fate: 'answer', now: now(), ...errorAnswer(fault.status, fault.detail) };
  if (fault?.kind === 'hang' && fault.effect !== true) return { fate: 'hang' };
  const at = now();
  const { silent, ...answer } = handle(state, request, at);
  if (fault?.kind === 'hang' || silent) return { fate: 'hang' };
  return fault?.kind === 'lose-reply' ? { fate: 'reset' } : { fate: 'answer', now: at, ...answer };
}

/** A router with its faults, its log and its waiting line. `url` is filled in once it listens. */
export function simulatedRouter(parts: RouterParts): SimulatedRouter & { url: string } {
  const { state, clock } = parts;
  const faults = faultList();
  const line = servingLine();
  const log = requestLog(() => parts.now());

  async function exchange(request: SimRequest): Promise<Outcome> {
    const fault = faults.next(request.method, pathOf(request.url));
    const number = log.arrive(request, fault);
    const key = `${request.authorization ?? ''} ${request.source ?? state.station}`;
    const outcome =
      stopped(parts, fault, request) ??
      (await line.run(key, async () => {
        await wait(clock, parts.latencyMs + (fault?.kind === 'delay' ? fault.ms : 0));
        return answered(parts, fault, request);
      }));
    log.leave(number, outcome.fate === 'answer' ? outcome.status : undefined);
    return outcome;
  }

  return {
    name: state.name,
    url: '',
    username: parts.username,
    password: parts.password,
    board: state.board,
    version: state.version,
    get maxInFlight() {
      return log.most();
    },
    rows: (menu) => storedRows(state, menu),
    edit: (menu, id, values) => behindOurBack.edit(state, menu, id, values, parts.now()),
    remove: (menu, id) => behindOurBack.remove(state, menu, id, parts.now()),
    fault: (rule) => faults.add(rule),
    clearFaults: () => faults.clear(),
    requests: () => log.entries(),
    exchange,
  };
}
