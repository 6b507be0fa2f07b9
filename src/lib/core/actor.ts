/** Who asks. Every call of every face carries one. */

export const ORIGINS = ['tui', 'cli', 'library', 'stdio', 'http', 'system'] as const;
/** The door through which a request came. `stdio` and `http` are machines: they never approve. */
export type Origin = (typeof ORIGINS)[number];

export const ROLES = ['read_only', 'ops_rw', 'admin', 'approver'] as const;
export type Role = (typeof ROLES)[number];

export interface Actor {
  /** Stable: `user:<name>`, `agent:<client>`, `policy:<rule>` or `system`. */
  readonly id: string;
  /** The person an agent acts for. */
  readonly onBehalfOf?: string;
  readonly origin: Origin;
  readonly roles: readonly Role[];
  /** A terminal is attached, so a person can be asked. */
  readonly terminal: boolean;
  /** Which routers: ids, names, `tag=value`, or `all`. Left out, it is all for whoever sits at this machine, and none for others. */
  readonly scope?: readonly string[];
}

/** The operating-system user at a terminal, a script or a library. */
export const person = (name: string, origin: 'tui' | 'cli' | 'library', terminal: boolean): Actor =>
  Object.freeze({ id: `user:${name}`, origin, roles: ['admin', 'approver'] as const, terminal });

/** An MCP client, acting for a person. It may plan and apply what is approved; it may never approve. */
export const agent = (client: string, onBehalfOf: string, origin: 'stdio' | 'http'): Actor =>
  Object.freeze({ id: `agent:${client}`, onBehalfOf: `user:${onBehalfOf}`, origin, roles: ['ops_rw'] as const, terminal: false });

/** The person behind an actor: two agents of one person are one person. */
export const personBehind = (actor: Pick<Actor, 'id' | 'onBehalfOf'>): string => actor.onBehalfOf ?? actor.id;

/** Is this actor a program, or a person through one? Machines never approve, whatever roles they were given. */
export const isMachine = (actor: Pick<Actor, 'origin' | 'onBehalfOf'>): boolean =>
  actor.origin === 'stdio' || actor.origin === 'http' || actor.origin === 'system' || actor.onBehalfOf !== undefined;

/**
 * Are these two ids one person? Case, compatibility forms (`ﬁ`, full-width letters), invisible characters and spaces around the name
 * do not make another one. It errs towards "the same": that refuses, and never lets somebody approve a plan of his own. What it cannot
 * know: an account that several people share, and a person with two accounts.
 */
export const samePerson = (a: string, b: string): boolean => folded(a) === folded(b);

/** Upper before lower: letters with two small forms (sigma, sharp s) come to one. Twice: a case mapping may need composing again. */
function folded(id: string): string {
  const once = (text: string): string =>
    text
      .normalize('NFKC')
      .toUpperCase()
      .toLowerCase()
      .normalize('NFKC')
      .replaceAll(/[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu, '')
      .replaceAll(/[\p{Cc}\s]+/gu, ' ')
      .replaceAll(/ *([:@]) */g, '$1')
      .trim();
  return once(once(id));
}
