import { type Allowance, asFleetError, type Environment, type ErrorCode, InputError, Secret, UnreachableError } from '../../lib/index.ts';
import { type DeviceInput, type HopInput, hostOf, type InventoryEntry, type Operator } from '../../lib/operator.ts';
import type { Context } from '../command.ts';
import { UsageError } from '../failure.ts';
import { requireAccepted } from './host-key.ts';
import type { SshFiles } from './ssh-files.ts';

/** What the list does not say of each router. */
export interface Defaults {
  readonly username: string | undefined;
  readonly environment: Environment | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly allow: readonly Allowance[];
  readonly via: readonly string[];
}

/** One router of a list with everything that is needed but whom to trust and the password. */
export interface Ready {
  readonly entry: InventoryEntry;
  readonly input: Omit<DeviceInput, 'password' | 'ssh'>;
}

/** @throws InputError what the list leaves open is not said by a flag either */
export function readyEntry(entry: InventoryEntry, defaults: Defaults, via: readonly HopInput[]): Ready {
  const { name, address, fingerprint } = entry;
  const username = entry.username ?? defaults.username;
  const environment = entry.environment ?? defaults.environment;
  if (username === undefined)
    throw new InputError('The user name is missing.', { hint: 'Name it in the list, or for all: --username fleet' });
  if (environment === undefined)
    throw new InputError('The environment is missing.', { hint: 'Name it in the list, or for all: --environment prod' });
  const allow = [...new Set([...entry.allow, ...defaults.allow])];
  const about = { name, address, username, environment, tags: { ...defaults.tags, ...entry.tags }, allow };
  return { entry, input: { ...about, via, ...(fingerprint !== undefined && { fingerprint }) } };
}

/** The password that the list refers to, else the one for all. */
export function passwordOf({ password }: InventoryEntry, forAll: Secret | undefined): Secret {
  if (!password) {
    if (forAll) return forAll;
    throw new UsageError(
      'There is no password for it.',
      'Send one for all to --password-stdin, or name a variable in the list: password_env.',
    );
  }
  const text = process.env[password.env];
  if (text === undefined || text === '')
    throw new UsageError(`The environment variable ${password.env} is not set.`, 'Set it for this command, or give one password for all.');
  return new Secret(text);
}

const wantsSsh = ({ sshPort, hostKeys }: InventoryEntry): boolean => sshPort !== undefined || hostKeys !== undefined;

const via = ({ input }: Ready): readonly HopInput[] => input.via ?? [];

const seeHostKey = (door: Operator, ready: Ready): Promise<string> =>
  door.probeHostKey({ host: hostOf(ready.entry.address), port: ready.entry.sshPort ?? 22, via: via(ready) });

/** The host key of a router is never asked about here: the list or known_hosts must have it. */
async function requireListed({ io }: Pick<Context, 'io'>, { entry }: Ready, seen: string, files: SshFiles): Promise<void> {
  const host = hostOf(entry.address);
  const { sshPort: port = 22, hostKeys: given = [], name } = entry;
  const shown = {
    whose: `${name} (${host}:${port})`,
    host,
    port,
    seen,
    flag: 'host-key',
    given,
    strict: true,
    known: files.known,
  } as const;
  await requireAccepted({ io: { ...io, canAsk: false, note: () => undefined } }, shown);
}

export async function sshOf(context: Pick<Context, 'io'>, door: Operator, ready: Ready, files: SshFiles): Promise<DeviceInput['ssh']> {
  const { sshPort: port = 22, hostKeys: given = [] } = ready.entry;
  if (!wantsSsh(ready.entry)) return undefined;
  const seen = await seeHostKey(door, ready);
  await requireListed(context, ready, seen, files);
  return { port, hostKeys: given.length > 0 ? given : [seen] };
}

/** What a router shows now, for a person to compare and to put into the list; and why it would not be added like this. */
export interface Sight {
  readonly fingerprint?: string;
  readonly trusted?: boolean;
  readonly hostKey?: string;
}

export async function lookAt(
  context: Pick<Context, 'io'>,
  door: Operator,
  ready: Ready,
  files: SshFiles,
): Promise<Sight & Partial<Trouble>> {
  const { address } = ready.entry;
  const { fingerprint, trusted, tls } = await door.probe(address, { via: via(ready) });
  const hostKey = wantsSsh(ready.entry) ? await seeHostKey(door, ready) : undefined;
  const sight = { ...(fingerprint !== undefined && { fingerprint, trusted }), ...(hostKey !== undefined && { hostKey }) };
  try {
    requireTrust(ready.entry, { tls, trusted, fingerprint });
    if (hostKey !== undefined) await requireListed(context, ready, hostKey, files);
    return sight;
  } catch (thrown) {
    return { ...sight, ...troubleOf(thrown) };
  }
}

/** As enrolment will see it. */
function requireTrust(
  { fingerprint: listed }: InventoryEntry,
  { tls, trusted, fingerprint }: { readonly tls: boolean; readonly trusted: boolean; readonly fingerprint: string | undefined },
): void {
  if (!tls && !trusted)
    throw new InputError('Plain HTTP would send the password readable by anyone on the way.', { hint: 'Write https:// in the list.' });
  if (listed !== undefined && listed !== fingerprint)
    throw new UnreachableError('The router shows another certificate than the list has.', {
      code: 'TLS_PIN_MISMATCH',
      retryable: false,
      hint: 'Compare it on the router: /certificate print detail.',
    });
  if (listed === undefined && tls && !trusted)
    throw new UnreachableError("Nobody vouches for the router's certificate.", {
      code: 'TLS_UNTRUSTED',
      retryable: false,
      hint: 'Compare the fingerprint with the router, then put it into the list: a column fingerprint.',
    });
}

export interface Trouble {
  readonly code: ErrorCode;
  readonly problem: string;
  readonly hint: string;
}

/** Whatever was thrown, as the code, the sentence and the hint of a row. */
export function troubleOf(thrown: unknown): Trouble {
  const { code, message, hint } = thrown instanceof UsageError ? thrown : asFleetError(thrown);
  return { code, problem: message, hint };
}
