import type { Allowance, Environment } from '../device.ts';

export const INVENTORY_FORMATS = ['csv', 'json', 'ssh-config'] as const;
export type InventoryFormat = (typeof INVENTORY_FORMATS)[number];

/** One router of a list, checked and in the form in which it is enrolled. */
export interface InventoryEntry {
  /** As `deviceName` has it. */
  readonly name: string;
  /** `https://192.0.2.1`, or `http://…` where the list says so. */
  readonly address: string;
  readonly username?: string;
  readonly environment?: Environment;
  readonly tags: Readonly<Record<string, string>>;
  readonly allow: readonly Allowance[];
  /** SHA-256 of the certificate: 64 hex digits without colons, in small letters. */
  readonly fingerprint?: string;
  readonly sshPort?: number;
  /** SHA-256 of SSH host keys: `SHA256:` and base64. */
  readonly hostKeys?: readonly string[];
  /** Jump hosts as `user@host:port` (`host:port` where nobody is named), the first dialled first. */
  readonly via?: readonly string[];
  /** Where the password is, never the password itself. */
  readonly password?: { readonly env: string };
  /** Where it stands in the text, from 1. */
  readonly line: number;
}

/** What is wrong with a list. Nothing in it repeats a value: a password may stand in any column by mistake. */
export interface InventoryProblem {
  readonly line?: number;
  /** Its name, where that can be one. */
  readonly entry?: string;
  readonly field?: string;
  readonly problem: string;
  /** What is allowed, with an example. */
  readonly hint: string;
}

export interface Inventory {
  /** Those with which nothing is wrong, in the order of the text. */
  readonly entries: readonly InventoryEntry[];
  readonly problems: readonly InventoryProblem[];
}

/** What a list says of one router, before anything in it is checked. */
export interface RawEntry {
  readonly line: number;
  readonly values: ReadonlyMap<Field, unknown>;
  readonly tags: readonly (readonly [name: string, value: unknown])[];
  /** Names under which a secret stands in clear; the values are already gone. */
  readonly secrets: readonly string[];
}

/** A list as its own format has it: entries to be checked, and what was wrong with the format. */
export interface RawInventory {
  readonly raw: readonly RawEntry[];
  readonly problems: readonly InventoryProblem[];
}

export const FIELDS = [
  'name',
  'address',
  'username',
  'environment',
  'tags',
  'allow',
  'fingerprint',
  'sshPort',
  'hostKeys',
  'via',
  'password',
  'passwordEnv',
] as const;
export type Field = (typeof FIELDS)[number];

/** How much of a text is looked at: nobody's fleet is larger, and nobody's mistake takes the program down. */
export const LIMITS = Object.freeze({
  /** Characters of the whole text. */
  text: 5 * 1024 * 1024,
  entries: 10_000,
  /** Characters of one cell or text. */
  cell: 4_096,
  /** Columns of a table, and keys of an object. */
  columns: 200,
  /** Characters, hosts and patterns of an SSH configuration, where each host is looked up among all that is written. */
  sshText: 256 * 1024,
  sshHosts: 1_000,
  sshPatterns: 2_000,
  /** Jump hosts one behind the other. */
  hops: 8,
  problems: 200,
});
