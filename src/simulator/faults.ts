/** The doors of a router, as `/ip/service` names them. */
export type Service = 'www' | 'www-ssl' | 'ssh';

/**
 * Faults are data: which requests, which of them, and what happens. Rules are tried in the order they were added; the first
 * that fires decides. A command over SSH is a request with the method `SSH` whose path is the line as it was sent.
 */
export interface FaultRule {
  /** `write` stands for everything that changes configuration, `read` for the rest. Default: any. */
  readonly method?: string;
  /** The path without `/rest`, `*` for anything: `/ip/dns/static/*`. Default: any. */
  readonly path?: string;
  /** Through which door it comes. Default: any. */
  readonly service?: Service;
  /** Fires on the nth request that matches, counted from 1 (or on each of several). Default: every one. */
  readonly nth?: number | readonly number[];
  /** Fires only on those beyond so many that came within so many milliseconds. */
  readonly load?: { readonly requests: number; readonly withinMs: number };
  readonly action: FaultAction;
}

export type FaultAction = RequestFault | DoorFault;

/** What befalls one request. */
export type RequestFault =
  /** Refused in these words before anything happens. */
  | { readonly kind: 'answer'; readonly status: number; readonly detail?: string }
  /** It happens, and the reply is lost: the connection breaks. */
  | { readonly kind: 'lose-reply' }
  /** The connection breaks before anything happens. */
  | { readonly kind: 'reset' }
  /** It happens after a while, which is up to `jitterMs` longer: always the same for the same seed. */
  | { readonly kind: 'delay'; readonly ms: number; readonly jitterMs?: number }
  /** No answer, ever. With `effect` it happens all the same. */
  | { readonly kind: 'hang'; readonly effect?: boolean }
  /** Something else lives on the port: bytes that are no HTTP, or a web page. Nothing happens. */
  | { readonly kind: 'speak-garbage'; readonly as?: 'bytes' | 'html' }
  /** Gone for good: this and every later connection breaks. */
  | { readonly kind: 'drop' }
  /** It happens, and the answer comes in pieces of so many bytes. */
  | { readonly kind: 'slice'; readonly bytes: number; readonly everyMs?: number }
  /** It happens, and the answer comes no faster than this. */
  | { readonly kind: 'bandwidth'; readonly bytesPerSecond: number }
  /** It happens, the answer is whole, and the connection stays open for a while all the same. */
  | { readonly kind: 'slow-close'; readonly ms: number }
  /** Writes are refused for want of space; reads go on. The words are unproven: no recording has them. */
  | { readonly kind: 'disk-full'; readonly detail?: string }
  /** The answer is the body of another menu, as in the first seconds after a start. */
  | { readonly kind: 'wrong-body'; readonly of?: string }
  /** The router's idea of the time moves by so much, for good; then the request is served. */
  | { readonly kind: 'clock-jump'; readonly ms: number }
  /**
   * It starts anew: all connections break, and nobody answers for a while (default: as its hardware has it). With `effect` the request
   * happens before.
   */
  | { readonly kind: 'reboot'; readonly ms?: number; readonly effect?: boolean }
  /**
   * After a client gave up waiting, other requests fail for 1.3 to 2.4 seconds: half of them break, the others hear the answer nobody
   * waited for, or a 401 meant for somebody else.
   */
  | { readonly kind: 'abort-corruption' };

/** What is wrong with a door from when the rule is added until it is cleared; `method` and `path` mean nothing here. */
export type DoorFault =
  /** Nothing listens. */
  | { readonly kind: 'refuse' }
  /** The connection is taken, and then there is silence. `nth` counts connections. */
  | { readonly kind: 'half-open' }
  /** No more connections than this at once; more are closed without a word. */
  | { readonly kind: 'session-limit'; readonly sessions: number }
  /** Another certificate than before, or one that has run out. */
  | { readonly kind: 'wrong-certificate'; readonly expired?: boolean }
  /** Another host key than before. */
  | { readonly kind: 'changed-host-key' }
  /** Nobody gets in whose name has console parameters: `admin+cte512w`. */
  | { readonly kind: 'refuse-suffix' };

const REQUEST_KINDS: ReadonlySet<string> = new Set<RequestFault['kind']>([
  'answer',
  'lose-reply',
  'reset',
  'delay',
  'hang',
  'speak-garbage',
  'drop',
  'slice',
  'bandwidth',
  'slow-close',
  'disk-full',
  'wrong-body',
  'clock-jump',
  'reboot',
  'abort-corruption',
]);
const DOOR_KINDS: ReadonlySet<string> = new Set<DoorFault['kind']>([
  'refuse',
  'half-open',
  'session-limit',
  'wrong-certificate',
  'changed-host-key',
  'refuse-suffix',
]);
const isRequestFault = (action: FaultAction): action is RequestFault => REQUEST_KINDS.has(action.kind);
const WRITING = new Set('add set remove move enable disable comment unset reset reset-counters reset-counters-all make-static'.split(' '));

/** Commands that change no configuration and write a file all the same. */
const NEEDS_FLASH = /^\/(?:export|import|password|system\/backup\/save)$|(?:^|\s)file=|^\/system[/ ]backup[/ ]save/;

/** Does this request change configuration? A POST does when its command is one that writes, a line when one of its words is. */
export function isWrite(method: string, path: string): boolean {
  if (method === 'PUT' || method === 'PATCH' || method === 'DELETE') return true;
  if (method === 'SSH') return path.split(/[\s/;{}[\]]+/).some((word) => WRITING.has(word) || word === 'import');
  return method === 'POST' && WRITING.has(path.slice(path.lastIndexOf('/') + 1));
}

const literal = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');

/** A request as far as rules look at it. */
export interface Arrival {
  readonly method: string;
  readonly path: string;
  readonly service: Service;
  /** On a clock that never jumps. */
  readonly at: number;
  /** A client gave up a moment ago. */
  readonly troubled: boolean;
}

function fits(rule: FaultRule, { method, path, service, troubled }: Arrival): boolean {
  const { action } = rule;
  if (!isRequestFault(action) || (rule.service !== undefined && rule.service !== service)) return false;
  if (action.kind === 'abort-corruption' && !troubled) return false;
  if (action.kind === 'disk-full' && !isWrite(method, path) && !NEEDS_FLASH.test(path)) return false;
  const wanted = rule.method;
  if (wanted === 'write' || wanted === 'read') {
    if (isWrite(method, path) !== (wanted === 'write')) return false;
  } else if (wanted !== undefined && wanted.toUpperCase() !== method) return false;
  return rule.path === undefined || new RegExp(`^${rule.path.split('*').map(literal).join('.*')}$`).test(path);
}

interface Entry {
  readonly rule: FaultRule;
  seen: number;
  fired: number;
  /** When the latest matching requests came, for rules about load. */
  readonly times: number[];
}

function crowded(entry: Entry, at: number): boolean {
  const { load } = entry.rule;
  if (!load) return true;
  entry.times.push(at);
  while ((entry.times[0] ?? at) < at - load.withinMs) entry.times.shift();
  return entry.times.length > load.requests;
}

/** Counts a match and says whether the rule fires on it. */
function fires(entry: Entry, at: number): boolean {
  entry.seen += 1;
  const { nth } = entry.rule;
  const counted = nth === undefined || (typeof nth === 'number' ? nth === entry.seen : nth.includes(entry.seen));
  return crowded(entry, at) && counted;
}

/** A rule with how often it matched, and how often it decided. */
export interface FaultCount {
  readonly rule: FaultRule;
  readonly seen: number;
  readonly fired: number;
}

/** The rules of one router. */
export interface Faults {
  add(rule: FaultRule): void;
  clear(): void;
  /** The action for a request that has just arrived. */
  next(arrival: Arrival): RequestFault | undefined;
  /** Is this connection, which has just been made, to meet silence? */
  silent(service: Service): boolean;
  /** A condition of a door that holds now. */
  standing<Kind extends DoorFault['kind']>(kind: Kind, service: Service): Extract<DoorFault, { kind: Kind }> | undefined;
  /** Somebody added a rule for what happens after a client gave up. */
  readonly mindsAborts: boolean;
  counts(): readonly FaultCount[];
}

const isKind = <Kind extends FaultAction['kind']>(action: FaultAction, kind: Kind): action is Extract<FaultAction, { kind: Kind }> =>
  action.kind === kind;

export function faultList(): Faults {
  const entries: Entry[] = [];
  let gone = false;
  return {
    add: (rule) => {
      const { kind } = rule.action;
      if (!REQUEST_KINDS.has(kind) && !DOOR_KINDS.has(kind)) throw new TypeError(`there is no fault called ${String(kind)}`);
      entries.push({ rule, seen: 0, fired: 0, times: [] });
    },
    clear: () => {
      entries.length = 0;
      gone = false;
    },
    next: (arrival) => {
      if (gone) return { kind: 'drop' };
      let found: RequestFault | undefined;
      for (const entry of entries) {
        const { action } = entry.rule;
        if (!fits(entry.rule, arrival) || !fires(entry, arrival.at) || found || !isRequestFault(action)) continue;
        found = action;
        entry.fired += 1;
      }
      gone = found?.kind === 'drop';
      return found;
    },
    silent: (service) => {
      let silent = false;
      for (const entry of entries) {
        const { action, service: only } = entry.rule;
        if (action.kind !== 'half-open' || (only !== undefined && only !== service) || !fires(entry, 0)) continue;
        entry.fired += 1;
        silent = true;
      }
      return silent;
    },
    standing: <Kind extends DoorFault['kind']>(kind: Kind, service: Service) => {
      for (const { rule } of entries) {
        if (isKind(rule.action, kind) && (rule.service === undefined || rule.service === service)) return rule.action;
      }
      return undefined;
    },
    get mindsAborts() {
      return entries.some(({ rule }) => rule.action.kind === 'abort-corruption');
    },
    counts: () => entries.map(({ rule, seen, fired }) => ({ rule, seen, fired })),
  };
}
