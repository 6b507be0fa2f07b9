import type { Secret } from '../core/secret.ts';
import type { Dial } from './dial.ts';

/** How an account proves itself; what is there is tried in the order agent, key, password, keyboard-interactive. */
export interface SshLogin {
  readonly password?: Secret;
  /** A private key as OpenSSH or PEM writes it. */
  readonly key?: { readonly text: Secret; readonly passphrase?: Secret };
  /** The socket of an SSH agent. */
  readonly agent?: string;
}

export interface SshTarget {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly login: SshLogin;
  /** SHA-256 of the host keys a person accepted, as `SHA256:...` or in hex. Without one nothing is sent. */
  readonly hostKeys: readonly string[];
  /** A router: its console is asked for wide lines by a suffix of the user name, which some AAA servers refuse. */
  readonly wide?: boolean;
  /** Also algorithms of the last century: for old boxes that have no others, and only where a person said so. */
  readonly legacy?: boolean;
  /** Through a jump host; over TCP by default. */
  readonly dial?: Dial;
}

export interface SshLimits {
  /** Milliseconds to a connection, and again from there to the end of the login. */
  readonly connect: number;
  /** Milliseconds for one command; above the router's own 60 s, so that its answer arrives first. */
  readonly command: number;
  /** Bytes of an answer. */
  readonly most?: number;
}

/** What it takes to be let in when nobody said otherwise. */
export const SSH_LIMITS: SshLimits = Object.freeze({ connect: 4_000, command: 75_000 });
