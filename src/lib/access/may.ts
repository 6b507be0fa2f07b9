import type { Actor, Role } from '../core/actor.ts';

/** Everything that somebody may or may not do, by what it does to routers and people. */
export const VERBS = ['read', 'load', 'plan', 'apply', 'approve', 'reject', 'enrol'] as const;
/** `read` looks and runs what only answers; `load` fills a line or a cache; `enrol` is for routers and for approver keys. */
export type Verb = (typeof VERBS)[number];

/** Deny by default: what is not named here is refused. An approver decides about plans and runs nothing. */
const ROLE_VERBS: Readonly<Record<Role, readonly Verb[]>> = {
  read_only: ['read'],
  ops_rw: ['read', 'load', 'plan', 'apply'],
  admin: ['read', 'load', 'plan', 'apply', 'enrol'],
  approver: ['approve', 'reject'],
};

/** What of a router a scope can name. */
export interface Place {
  readonly id: string;
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
}

export type Decision = { readonly allowed: true } | { readonly allowed: false; readonly reason: string };

const YES: Decision = Object.freeze({ allowed: true });
const no = (reason: string): Decision => Object.freeze({ allowed: false, reason });

/**
 * May this actor do that, there? Pure, and the only place that knows.
 * @param place the router, where one is meant
 * @example
 * may(agent('helper', 'ann', 'stdio'), 'approve'); // { allowed: false, reason: 'to approve needs the role approver' }
 */
export function may(actor: Actor, verb: Verb, place?: Place): Decision {
  const able = [...Object.entries(ROLE_VERBS)].filter(([, verbs]) => verbs.includes(verb)).map(([role]) => role);
  if (!actor.roles.some((role) => able.includes(role))) return no(`to ${verb} needs the role ${able.join(' or ')}`);
  if (place && !isInScope(actor, place)) return no('this router is not in the scope of who asks');
  return YES;
}

/** Whoever sits at this machine reaches what this machine reaches; anybody else only what is named. */
export function isInScope({ origin, scope }: Actor, { id, name, tags }: Place): boolean {
  if (scope === undefined) return origin !== 'http';
  if (!Array.isArray(scope)) return false;
  const tagged = Object.entries(tags).map(([key, value]) => `${key}=${value}`);
  return scope.some(
    (one) => typeof one === 'string' && (one === 'all' || one === id || tagged.includes(one) || one.toLowerCase() === name.toLowerCase()),
  );
}

/** Nothing has to be looked up to know the answer. */
export const isEverywhere = ({ origin, scope }: Actor): boolean =>
  scope === undefined ? origin !== 'http' : Array.isArray(scope) && scope.includes('all');
