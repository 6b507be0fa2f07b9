import type { MakingCommand } from '../client/types.ts';
import { BugError } from '../core/errors.ts';
import type { Allowance, Environment } from '../device/device.ts';
import { withExamples } from './examples.ts';
import { type Fields, type Item, looksSecret } from './field.ts';

export type Shape =
  /** Rows with ids, order without meaning. */
  | 'list'
  /** Rows whose order means something (firewall). */
  | 'ordered'
  /** One item without an id. */
  | 'singleton'
  /** Rows that can be set, never added or removed. */
  | 'fixed'
  /** Read only. */
  | 'table';

export type Risk = 'low' | 'medium' | 'high';
/** Reading is fundamental; a single low or medium write is advanced; high risk or several devices are professional. */
export type Tier = 'fundamental' | 'advanced' | 'professional';
export type Topic =
  | 'system'
  | 'interface'
  | 'bridge'
  | 'wireless'
  | 'ip'
  | 'ipv6'
  | 'dhcp'
  | 'dns-ntp'
  | 'firewall'
  | 'routing'
  | 'vpn'
  | 'queue'
  | 'user'
  | 'config'
  | 'diagnostics';
export type WriteVerb = 'add' | 'set' | 'remove' | 'move';

export interface ChangeSketch<F extends Fields = Fields> {
  readonly verb: WriteVerb;
  /** The row as it is; absent for `add`. */
  readonly before?: Item<F>;
  /** The row as it will be; absent for `remove`. */
  readonly after?: Item<F>;
  /** Names of the secret fields that this change sets: they read `(new secret)` in `after`, and `(secret)` or nothing in `before`. */
  readonly secrets?: readonly string[];
}

/** What is known about the router and our way to it when a change is judged. */
/**
 * What a person may take upon themselves by its name. `dfs`: a radio that is silent while it listens for radar. `upgrade`: another
 * RouterOS, from which there is no way back.
 */
export type Consent = 'dfs' | 'upgrade';

/**
 * A field of a singleton that no `set` changes: a command makes it what it then is, the router starts anew on the way, and nothing takes
 * it back. The command takes no arguments.
 */
export interface SettingCommand {
  /** Wire name of the field. */
  readonly field: string;
  readonly menu: string;
  readonly command: string;
  /** A harmless command of the same menu, the last row of whose answer says under `field` what the command would make of it now. */
  readonly offer: { readonly command: string; readonly field: string };
  /** How long (seconds) the router may be away, and then how long it may take until it is as well as before. */
  readonly away: number;
  /** Why there is no way back, as half a sentence. */
  readonly why: string;
}

export interface ChangeContext<F extends Fields = Fields> {
  readonly environment: Environment;
  /** Host part of the address under which we reach this router. */
  readonly ownHost: string;
  /** The account we log in with. */
  readonly ownAccount?: string;
  /** What whoever asked accepts by its name. */
  readonly accepts?: readonly Consent[];
  /** All rows of the menu before the change. */
  readonly rows: readonly Item<F>[];
}

export interface Capability<F extends Fields = Fields> {
  readonly id: string;
  readonly title: string;
  /** What it is, in one sentence without jargon. */
  readonly about: string;
  readonly menu: string;
  readonly shape: Shape;
  readonly topic: Topic;
  /**
   * The fields that name an item across routers and after re-adding; empty where RouterOS has no natural key.
   * Every version has them. One may be read only where the rows are the router's own (`fixed`, `table`): it finds a row (`select.ts`) and
   * names it to people (`labelOfRow`), but it is not content, so that `keyOf` over content knows no key and nothing is taken for a twin.
   */
  readonly key: readonly (keyof F & string)[];
  readonly fields: F;
  /** MCP tools that history gave a name. `one` reads a single row by its id; `direct` runs at once where policy lets it, and waits for a person elsewhere. */
  readonly tool?: { readonly read?: string; readonly one?: string; readonly plan?: string; readonly direct?: string };
  /** May hold tens of thousands of rows: read page by page, never kept whole. */
  readonly large?: true;
  /** Where it exists. Menus and packages are facts a router states; versions are the last resort. */
  readonly when?: { readonly package?: string; readonly from?: string; readonly until?: string };
  /** The allowance a device needs for writes here, besides the one its risk asks for. */
  readonly fence?: Allowance;
  /**
   * Rows come by a command of another menu, not by `add`; they are read back and undone (by removing them) like any others. The command
   * takes the writable fields under their wire names.
   */
  readonly madeBy?: MakingCommand;
  /** One field is set by a command that cannot be undone. A change of it is alone in its plan, and nothing on the router guards it. */
  readonly setBy?: SettingCommand;
  /** Only declared fields are ever asked for: the others may hold what must not leave the router. */
  readonly declaredOnly?: true;
  /** How a field is taken away: by the menu's `unset` command, or by `!field` in a set. */
  readonly unset?: 'command' | 'bang';
  /** Judged from what is touched, never from past success. Required for everything that can be written. */
  risk?(change: ChangeSketch<F>, context: ChangeContext<F>): Risk;
  /** A sentence when this change must not be planned at all. */
  refuse?(change: ChangeSketch<F>, context: ChangeContext<F>): string | undefined;
  /** As `refuse`, for what may be planned when it was asked for by its name: then it is of high risk, and the plan says the sentence. */
  consent?(change: ChangeSketch<F>): { readonly to: Consent; readonly why: string } | undefined;
  /**
   * What should still hold after this change if it held before, as a person would declare it: `ping 192.0.2.1`. A few at most; they are
   * shown to whoever approves.
   */
  checks?(change: ChangeSketch<F>, context: ChangeContext<F>): readonly string[];
}

/** A row of an answer, typed, or what many rows come to. */
export type Measured = Readonly<Record<string, unknown>>;

/** What a command does besides answering. Anything but these is a step of a plan. */
export type Effect = 'none' | 'load' | 'cache';

/** A harmless command: it changes no configuration and runs through the `Runner`. */
export interface Action {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly menu: string;
  readonly command: string;
  readonly topic: Topic;
  readonly effect: Effect;
  readonly args: Fields;
  /** What one row of the answer means; what is not declared is kept under `extra`. */
  readonly answer: Fields;
  readonly tool?: string;
  /** How often (in a minute) it may run on one router. */
  readonly perMinute?: number;
  /**
   * Splits long work into calls that each answer soon: RouterOS answers a command when it is over and gives up after 60 s, so that
   * progress is what was measured so far. In wire words; one call with the arguments as they are by default.
   */
  calls?(args: Readonly<Record<string, string>>): readonly Readonly<Record<string, string>>[];
  /** The rows of all answers as one: numbered through, without running totals of a single call. */
  rows?(items: readonly Measured[]): readonly Measured[];
  /** An argument that names another router of the fleet, which must have this allowance; the router is told its address. */
  readonly peer?: { readonly arg: string; readonly allowance: Allowance };
  /** What all answers come to: counts and averages over measured values only. */
  summary?(items: readonly Measured[], args: Measured): Measured;
}

const WRITABLE: readonly Shape[] = ['list', 'ordered', 'singleton', 'fixed'];

/**
 * Declares one RouterOS menu. Reads follow from `menu` and `fields`, writes from `shape`; the inverse of a write is not code.
 * @throws BugError when the declaration contradicts itself
 */
export function defineCapability<const F extends Fields>(capability: Capability<F>): Capability {
  checkFields(capability.id, capability.fields);
  if (WRITABLE.includes(capability.shape) && !capability.risk)
    throw new BugError(`${capability.id}: what can be written must state its risk`);
  if (capability.setBy && capability.shape !== 'singleton')
    throw new BugError(`${capability.id}: only a singleton has a field that is set by a command`);
  if (capability.shape === 'singleton' && capability.key.length > 0) throw new BugError(`${capability.id}: a singleton has no key`);
  for (const name of capability.key) {
    if (!(name in capability.fields)) throw new BugError(`${capability.id}: key field ${name} is not declared`);
  }
  // The field types serve the author of `risk` and `refuse`; everyone else reads all capabilities alike.
  return Object.freeze({ ...capability, fields: withExamples(capability.fields) }) as unknown as Capability;
}

/** Declares a harmless command of the catalog. */
export function defineAction(action: Action): Action {
  checkFields(action.id, action.args);
  return Object.freeze({ ...action, args: withExamples(action.args) });
}

function checkFields(id: string, fields: Fields): void {
  for (const [name, { kind, traits }] of Object.entries(fields)) {
    if (looksSecret(name) && traits.secret === undefined) throw new BugError(`${id}.${name}: say whether it is secret`);
    if (traits.fallback !== undefined && kind.decode(traits.fallback) === undefined)
      throw new BugError(`${id}.${name}: what a missing one means is no value of its kind`);
    if (traits.example !== undefined && kind.decode(traits.example) === undefined)
      throw new BugError(`${id}.${name}: the example is no value of its kind`);
    if (traits.required && traits.readOnly) throw new BugError(`${id}.${name}: what must be given to add a row is not read only`);
    if (traits.live && !traits.readOnly) throw new BugError(`${id}.${name}: what changes by itself is read only`);
  }
}

export const isWritable = (capability: Capability): boolean => capability.shape !== 'table';
export const canAdd = (capability: Capability): boolean => capability.shape === 'list' || capability.shape === 'ordered';
