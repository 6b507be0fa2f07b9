import { z } from 'zod';

export const ENVIRONMENTS = ['lab', 'staging', 'prod'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

/** What a person allowed on this router. Everything is forbidden until it is named here. */
export const ALLOWANCES = ['advanced-writes', 'professional-workflows', 'firewall-writes', 'routing-writes'] as const;
export type Allowance = (typeof ALLOWANCES)[number];

/** How we know that the box at the other end is the right one. */
export type Trust =
  /** Plain HTTP on loopback, or where a person said so. */
  | { readonly kind: 'none' }
  /** The system's certificate authorities. */
  | { readonly kind: 'system' }
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
}

export interface Device {
  readonly id: string;
  /** What people type; unique, case-insensitive. */
  readonly name: string;
  /** `http://127.0.0.1:18081` or `https://192.0.2.1`. */
  readonly address: string;
  readonly environment: Environment;
  readonly tags: Readonly<Record<string, string>>;
  readonly allow: readonly Allowance[];
  readonly trust: Trust;
  readonly username: string;
  readonly facts: Facts;
  readonly enrolledAt: number;
}

export const deviceName = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/,
    'a device name is 1 to 63 letters, digits, dots, dashes or underscores, and starts with a letter or digit',
  );
