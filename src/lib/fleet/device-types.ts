import type { ErrorCode } from '../core/errors.ts';
import type { Secret } from '../core/secret.ts';
import type { Allowance, Device, Environment, Trust } from '../device/device.ts';

/** A device as faces see it: everything but its credential and its certificate's text. */
export type DeviceView = Omit<Device, 'trust'> & { readonly trust: { readonly kind: Trust['kind']; readonly fingerprint?: string } };

/** How a box is known to be the right one. At most one of these; without any, the system's authorities must vouch for it. */
export interface TrustInput {
  /** SHA-256 of the certificate, hex with or without colons, seen and accepted by a person. */
  readonly fingerprint?: string;
  /** Certificates of authorities that vouch for this router, as PEM. */
  readonly authority?: string;
  /** Nobody is asked: HTTPS with any certificate, or plain HTTP that is readable on the way. Every screen says so. */
  readonly insecure?: boolean;
}

/** An account on an SSH server. Of key, agent and password at least one; they are tried in the order agent, key, password. */
export interface SshInput {
  /** 22 by default. */
  readonly port?: number;
  /** SHA-256 of the host key, as `SHA256:...` or in hex, seen and accepted by a person. */
  readonly hostKeys: readonly string[];
  /** A private key as OpenSSH or PEM writes it. */
  readonly key?: { readonly text: Secret; readonly passphrase?: Secret };
  /** Ask the agent behind `SSH_AUTH_SOCK` first. */
  readonly agent?: boolean;
  /** Also algorithms of the last century, for old boxes that have no others. */
  readonly legacy?: boolean;
}

/** A jump host on the way to a router. */
export interface HopInput extends SshInput {
  readonly host: string;
  readonly username: string;
  readonly password?: Secret;
}

export interface DeviceInput extends TrustInput {
  readonly name: string;
  readonly address: string;
  readonly username: string;
  readonly password: Secret;
  readonly environment: Environment;
  readonly tags?: Readonly<Record<string, string>>;
  readonly allow?: readonly Allowance[];
  /** SSH to the router itself with the same account: for exports, and for reads where REST fails. */
  readonly ssh?: SshInput;
  /** Jump hosts in order; the first is reached from here. */
  readonly via?: readonly HopInput[];
}

/** What is to be another way about a device; what is left out stays. Null takes SSH or the jump hosts away. */
export interface DeviceChange extends TrustInput {
  /** The revision this was made from: where somebody changed the device since, it is refused with `STORE_CONFLICT`. */
  readonly revision?: number;
  readonly name?: string;
  readonly address?: string;
  readonly username?: string;
  readonly password?: Secret;
  readonly environment?: Environment;
  readonly tags?: Readonly<Record<string, string>>;
  readonly allow?: readonly Allowance[];
  /** Without a key the one there was stays. */
  readonly ssh?: SshInput | null;
  readonly via?: readonly HopInput[] | null;
}

/** What a router shows before anyone logs in: nothing secret was sent. */
export interface Probe {
  readonly address: string;
  readonly tls: boolean;
  readonly fingerprint?: string;
  readonly subject?: string;
  readonly validTo?: string;
  /** The system's authorities vouch for it. */
  readonly trusted: boolean;
}

/** What an enrolled router shows now, and whether that is what a person accepted. */
export interface DeviceSight {
  readonly device: DeviceView;
  /** Missing for plain HTTP. */
  readonly certificate?: Required<Pick<Probe, 'fingerprint' | 'subject' | 'validTo' | 'trusted'>> & { readonly accepted: boolean };
  /** Missing where SSH is not set up. */
  readonly hostKey?: { readonly seen: string; readonly accepted: boolean };
}

/** Another way to look at a router than the one that is kept. */
export interface SightRequest {
  readonly address?: string;
  /** A port says that SSH is to be looked at, even where it is not set up. */
  readonly ssh?: { readonly port: number; readonly legacy?: boolean };
  readonly via?: readonly HopInput[];
}

/** Where an SSH server is, and the jump hosts on the way. */
export interface HostKeyRequest {
  readonly host: string;
  /** 22 by default. */
  readonly port?: number;
  readonly legacy?: boolean;
  readonly via?: readonly HopInput[];
}

export interface DeviceTest {
  readonly device: DeviceView;
  readonly ok: boolean;
  readonly steps: readonly {
    readonly name: string;
    readonly ok: boolean;
    readonly detail: string;
    readonly code?: ErrorCode;
    readonly hint?: string;
  }[];
  /** What the account may do, by RouterOS policy; null where it may not even ask. */
  readonly policies: readonly string[] | null;
}
