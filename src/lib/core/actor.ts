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
}

/** The operating-system user at a terminal, a script or a library. */
export const person = (name: string, origin: 'tui' | 'cli' | 'library', terminal: boolean): Actor =>
  Object.freeze({ id: `user:${name}`, origin, roles: ['admin', 'approver'] as const, terminal });

/** An MCP client, acting for a person. It may plan and apply what is approved; it may never approve. */
export const agent = (client: string, onBehalfOf: string, origin: 'stdio' | 'http'): Actor =>
  Object.freeze({ id: `agent:${client}`, onBehalfOf: `user:${onBehalfOf}`, origin, roles: ['ops_rw'] as const, terminal: false });

/** The person behind an actor: two agents of one person are one person. */
export const personBehind = (actor: Pick<Actor, 'id' | 'onBehalfOf'>): string => actor.onBehalfOf ?? actor.id;
