import { z } from 'zod';
import { isLoopback } from './address.ts';

export const ENVIRONMENTS = ['lab', 'staging', 'prod'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

/** What a person allowed on this router. Everything is forbidden until it is named here. */
export const ALLOWANCES = [
  'advanced-writes',
  'professional-workflows',
  'firewall-writes',
  'routing-writes',
  'wireless-writes',
  'dhcp-writes',
  'bridge-writes',
  /** This router may be the far end of a bandwidth test. */
  'bandwidth-test',
] as const;
export type Allowance = (typeof ALLOWANCES)[number];

/** How we know that the box at the other end is the right one. */
export type Trust =
  /** Plain HTTP: on loopback, or where a person said so. */
  | { readonly kind: 'none' }
  /** HTTPS whose certificate nobody looks at, because a person said so. */
  | { readonly kind: 'unchecked' }
  /** The system's certificate authorities. */
  | { readonly kind: 'system' }
  /** Authorities given for this device, as PEM; `fingerprint` names the first of them. */
  | { readonly kind: 'authority'; readonly fingerprint: string; readonly pem: string }
  /** One certificate, accepted by a person at enrolment. */
  | { readonly kind: 'pinned'; readonly fingerprint: string; readonly pem: string };

/** What the router said about itself when we last asked; `when` in a capability looks here. */
export interface Facts {
  readonly version: string;
  readonly channel: string;
  readonly board: string;
  readonly architecture: string;
  /** Serial number, else software-id, else CHR system-id: another box under the same address has another one. */
  readonly hardwareId: string;
  readonly identity: string;
  readonly packages: readonly string[];
  /** Menus that were found missing, by path. */
  readonly absentMenus: readonly string[];
  readonly readAt: number;
  /** What takes many questions: asked on enrolment, after an upgrade, and once a day. */
  readonly survey?: Survey;
}

/** What a router says of itself beyond its name plate. Null is what the account may not see, or what this router has no word for. */
export interface Survey {
  readonly readAt: number;
  /** The account we log in with, and what its group lets it do: `read`, `write`, `policy` ... */
  readonly account: { readonly group: string; readonly policies: readonly string[] } | null;
  /** `mode`, and each feature with yes or no (`/system/device-mode`). */
  readonly deviceMode: Readonly<Record<string, string>> | null;
  /** `level` of a board; `level` and `deadline-at` of a CHR (`/system/license`), without its keys. */
  readonly license: Readonly<Record<string, string>> | null;
  readonly clock: { readonly timeZone: string; readonly ntp: string } | null;
}

/** An account on an SSH server; what proves it is sealed beside the router's password. */
export interface SshAccess {
  readonly port: number;
  /** SHA-256 of the host keys a person accepted, as `SHA256:...`. */
  readonly hostKeys: readonly string[];
  /** The agent of whoever runs this program is asked first. */
  readonly agent: boolean;
  /** Also algorithms of the last century. */
  readonly legacy: boolean;
}

/** A jump host on the way to a router. */
export interface Hop extends SshAccess {
  readonly host: string;
  readonly username: string;
}

export interface Device {
  readonly id: string;
  /** 0 when it is enrolled, and one more with each change: a write of an older one is refused. */
  readonly revision: number;
  /** The revision at which the way to it was settled: address, account, trust, SSH, jump hosts. Older lines are not used again. */
  readonly wayRevision: number;
  /** What people type; unique, case-insensitive. */
  readonly name: string;
  /** `http://127.0.0.1:18081` or `https://192.0.2.1`. */
  readonly address: string;
  readonly environment: Environment;
  readonly tags: Readonly<Record<string, string>>;
  readonly allow: readonly Allowance[];
  readonly trust: Trust;
  readonly username: string;
  /** SSH to the router itself, for what REST cannot do; missing where nobody set it up. */
  readonly ssh?: SshAccess;
  /** Jump hosts, the first of which we reach ourselves; for REST and SSH alike. */
  readonly via?: readonly Hop[];
  readonly facts: Facts;
  readonly enrolledAt: number;
}

/**
 * What anyone on the way could do, in a few words for every screen; undefined where nothing can be read or changed on the way.
 * @example exposureOf(device) // 'plain HTTP: readable on the way'
 */
export function exposureOf({
  address,
  trust,
}: Pick<Device, 'address'> & { readonly trust: { readonly kind: Trust['kind'] } }): string | undefined {
  if (trust.kind === 'unchecked') return 'certificate not checked';
  if (trust.kind === 'none' && !isLoopback(address)) return 'plain HTTP: readable on the way';
  return undefined;
}

export const deviceName = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/,
    'a device name is 1 to 63 letters, digits, dots, dashes or underscores, and starts with a letter or digit',
  );
