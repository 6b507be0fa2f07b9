import type { Clock } from '../lib/core/clock.ts';
import { tick } from './console/tick.ts';
import type { FaultCount, FaultRule, Service } from './faults.ts';
import type { Outcome } from './outcome.ts';
import { behindOurBack, storedRows } from './outside.ts';
import type { SimRequest } from './request.ts';
import type { RequestEntry } from './request-log.ts';
import { type Core, coreOf } from './skins/core.ts';
import type { Doors } from './skins/doors.ts';
import { authorizeKey } from './ssh/accounts.ts';
import { type SshSkin, sshSkin } from './ssh/server.ts';
import type { RouterState } from './state/router.ts';
import type { Row } from './state/row.ts';
import type { Certificate } from './tls/certificate.ts';
import { enableTls, type TlsIdentity, tlsIdentity } from './tls/identity.ts';

export interface SimulatedRouter {
  /** Also its identity. */
  readonly name: string;
  /** The address it listens on: `127.0.0.1`, or one of its own. */
  readonly host: string;
  /** `http://127.0.0.1:port` */
  readonly url: string;
  /** `https://127.0.0.1:port`, if asked for. */
  readonly httpsUrl: string | undefined;
  /** What it shows on `www-ssl`. */
  readonly certificate: Certificate | undefined;
  /** The port for SSH, if asked for. */
  readonly sshPort: number | undefined;
  /** The fingerprint of its host key as `ssh-keygen -l` writes it: `SHA256:…` */
  readonly hostKey: string | undefined;
  readonly username: string;
  readonly password: string;
  readonly board: string;
  /** Another one after an upgrade. */
  readonly version: string;
  /** Most requests ever under way at once. */
  readonly maxInFlight: number;
  /** Connections and requests that never got there: dropped or turned away by its firewall, its routes, or for want of the address. */
  readonly lost: number;
  /** The stored rows of a menu, copied; a singleton has one. Secrets are plain, counters stand still. */
  rows(menu: string): readonly Readonly<Row>[];
  /** Lets happen what has become due since it was last asked: waiting scripts, entries of the scheduler, the end of a start. */
  tick(): void;
  /**
   * Another admin's change behind our back: unchecked, with what follows from it, and in the history under another name. `!field`
   * takes a field away; without an id a list gains a row. Read-only fields can be set too (a link goes down), and leave no trace.
   */
  edit(menu: string, id: string | undefined, values: Readonly<Record<string, string>>): void;
  /** Another admin takes a row away. */
  remove(menu: string, id: string): void;
  /** Adds a rule, in force at once. The first one that fires decides what becomes of a request. Resolves when doors it shuts are shut. */
  fault(rule: FaultRule): Promise<void>;
  /** Takes all rules back. Resolves when doors that were shut listen again. */
  clearFaults(): Promise<void>;
  /** The rules with how often each matched and decided. */
  faults(): readonly FaultCount[];
  requests(): readonly RequestEntry[];
  /** One request without a socket, faults and log included: for transports on a clock of their own. */
  exchange(request: SimRequest): Promise<Outcome>;
  /** Moves this router's own clock, on top of what the simulator's does. */
  jumpClock(ms: number): void;
  /** Gives it another certificate, as after a reset; answers it. */
  replaceCertificate(): Certificate;
  /** Gives it another host key; answers the fingerprint. */
  changeHostKey(): string;
  /** Lets an account in with an OpenSSH public key: `ssh-ed25519 AAAA… comment`. */
  authorizeKey(user: string, publicKey: string): void;
}

export interface RouterParts {
  readonly name: string;
  readonly host: string;
  readonly board: string;
  readonly version: string;
  /** Made when first asked for: most routers of a large fleet are only looked at in passing. */
  state(): RouterState;
  readonly username: string;
  readonly password: string;
  readonly latencyMs: number;
  readonly clock: Clock;
  now(): number;
  /** Which doors besides `www`. */
  readonly https: boolean;
  readonly ssh: boolean;
  /** Keys of its own instead of those all routers of the process share. */
  readonly ownKeys: boolean;
}

/** A router and what its doors need of it. */
export interface Machine {
  readonly router: SimulatedRouter;
  readonly core: Core;
  state(): RouterState;
  tls(): TlsIdentity;
  ssh(): SshSkin;
  /** A start may be over by now. */
  clockMoved(): void;
  /** Where it listens, once it does. */
  listensOn(doors: Doors): void;
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** What is behind a router, for all to see and for its doors. */
interface Inside {
  readonly parts: RouterParts;
  readonly core: Core;
  tls(): TlsIdentity;
  ssh(): SshSkin;
  doors(): Doors | undefined;
}

/** What is due has happened. */
function upToDate({ state, now }: RouterParts): RouterState {
  tick(state(), now());
  return state();
}

/** One after the other, however often it is asked for. */
function inOrder(work: () => Promise<void>): () => Promise<void> {
  let last = Promise.resolve();
  return () => {
    last = last.then(work);
    return last;
  };
}

function routerOf({ parts, core, tls, ssh, doors }: Inside): SimulatedRouter {
  const { state, now } = parts;
  const current = (): RouterState => upToDate(parts);
  const urlOf = (service: Service, scheme: string): string | undefined => {
    const port = doors()?.ports[service];
    return port === undefined ? undefined : `${scheme}://${parts.host}:${port}`;
  };
  const settle = inOrder(async () => doors()?.settle());
  return {
    name: parts.name,
    host: parts.host,
    get url() {
      return urlOf('www', 'http') ?? '';
    },
    get httpsUrl() {
      return urlOf('www-ssl', 'https');
    },
    get certificate() {
      return parts.https ? tls().certificate : undefined;
    },
    get sshPort() {
      return doors()?.ports.ssh;
    },
    get hostKey() {
      return parts.ssh ? ssh().fingerprint : undefined;
    },
    username: parts.username,
    password: parts.password,
    board: parts.board,
    get version() {
      return parts.version;
    },
    get maxInFlight() {
      return core.log.most();
    },
    get lost() {
      return core.log.lost();
    },
    rows: (menu) => storedRows(current(), menu),
    tick: () => void current(),
    edit: (menu, id, values) => behindOurBack.edit(current(), menu, id, values, now()),
    remove: (menu, id) => behindOurBack.remove(current(), menu, id, now()),
    fault: (rule) => {
      core.faults.add(rule);
      return settle();
    },
    clearFaults: () => {
      core.faults.clear();
      return settle();
    },
    faults: () => core.faults.counts(),
    requests: () => core.log.entries(),
    exchange: (request) => core.exchange(request, 'www'),
    jumpClock: (ms) => core.jumpClock(ms),
    replaceCertificate: () => tls().replace(),
    changeHostKey: () => ssh().replace(),
    authorizeKey: (user, publicKey) => authorizeKey(state(), user, publicKey),
  };
}

/** A router with its faults, its log and its waiting line. */
export function machineOf(given: RouterParts): Machine {
  let touched = false;
  const state = once(() => {
    touched = true;
    const made = given.state();
    if (given.https) enableTls(made);
    return made;
  });
  const parts: RouterParts = {
    ...given,
    state,
    get version() {
      return touched ? upToDate(parts).version : given.version;
    },
  };
  const core = coreOf(parts);
  const tls = once(() => tlsIdentity(parts));
  const ssh = once(() => sshSkin(parts, core));
  let doors: Doors | undefined;
  return {
    router: routerOf({ parts, core, tls, ssh, doors: () => doors }),
    core,
    state,
    tls,
    ssh,
    clockMoved: () => {
      if (touched) core.power.look();
    },
    listensOn: (opened) => {
      doors = opened;
      core.power.supply(opened);
    },
  };
}
