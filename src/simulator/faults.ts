/**
 * Faults are data: which requests, which of them, and what happens. Rules are tried in the order they were added; the first
 * that fires decides.
 */
export interface FaultRule {
  /** `write` stands for everything that changes configuration, `read` for the rest. Default: any. */
  readonly method?: string;
  /** The path without `/rest`, `*` for anything: `/ip/dns/static/*`. Default: any. */
  readonly path?: string;
  /** Fires on the nth request that matches, counted from 1 (or on each of several). Default: every one. */
  readonly nth?: number | readonly number[];
  readonly action: FaultAction;
}

export type FaultAction =
  /** Refused in these words before anything happens. */
  | { readonly kind: 'answer'; readonly status: number; readonly detail?: string }
  /** It happens, and the reply is lost: the connection breaks. */
  | { readonly kind: 'lose-reply' }
  /** The connection breaks before anything happens. */
  | { readonly kind: 'reset' }
  /** It happens after a while. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** No answer, ever. With `effect` it happens all the same. */
  | { readonly kind: 'hang'; readonly effect?: boolean }
  /** Something else lives on the port: bytes that are no HTTP, or a web page. Nothing happens. */
  | { readonly kind: 'speak-garbage'; readonly as?: 'bytes' | 'html' }
  /** Gone for good: this and every later connection breaks. */
  | { readonly kind: 'drop' };

const KINDS: ReadonlySet<string> = new Set(['answer', 'lose-reply', 'reset', 'delay', 'hang', 'speak-garbage', 'drop']);
const WRITING = new Set('add set remove move enable disable comment unset reset reset-counters reset-counters-all make-static'.split(' '));

/** Does this request change configuration? A POST does when its command is one that writes. */
export function isWrite(method: string, path: string): boolean {
  if (method === 'PUT' || method === 'PATCH' || method === 'DELETE') return true;
  return method === 'POST' && WRITING.has(path.slice(path.lastIndexOf('/') + 1));
}

const literal = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');

function fits(rule: FaultRule, method: string, path: string): boolean {
  const wanted = rule.method;
  if (wanted === 'write' || wanted === 'read') {
    if (isWrite(method, path) !== (wanted === 'write')) return false;
  } else if (wanted !== undefined && wanted.toUpperCase() !== method) return false;
  return rule.path === undefined || new RegExp(`^${rule.path.split('*').map(literal).join('.*')}$`).test(path);
}

/** The rules of one router, with how often each has matched. */
export interface Faults {
  add(rule: FaultRule): void;
  clear(): void;
  /** The action for a request that has just arrived. */
  next(method: string, path: string): FaultAction | undefined;
}

export function faultList(): Faults {
  const rules: { readonly rule: FaultRule; seen: number }[] = [];
  let gone = false;
  return {
    add: (rule) => {
      if (!KINDS.has(rule.action.kind)) throw new TypeError(`there is no fault called ${String(rule.action.kind)}`);
      rules.push({ rule, seen: 0 });
    },
    clear: () => {
      rules.length = 0;
      gone = false;
    },
    next: (method, path) => {
      if (gone) return { kind: 'drop' };
      let found: FaultAction | undefined;
      for (const entry of rules) {
        if (!fits(entry.rule, method, path)) continue;
        entry.seen += 1;
        const { nth } = entry.rule;
        const fires = nth === undefined || (typeof nth === 'number' ? nth === entry.seen : nth.includes(entry.seen));
        if (fires) found ??= entry.rule.action;
      }
      gone = found?.kind === 'drop';
      return found;
    },
  };
}
