import { UnreachableError } from '../../lib/index.ts';
import { type KnownHost, knownKeys, plainHostKey } from '../../lib/operator.ts';
import type { Flags } from '../argv.ts';
import type { Context } from '../command.ts';
import { UsageError } from '../failure.ts';
import { confirm } from '../prompt.ts';

type KeyFlag = 'host-key' | 'via-host-key';

/** @throws UsageError one is none */
export function givenKeys(flags: Flags, flag: KeyFlag): readonly string[] {
  return flags.texts(flag).map((text) => {
    const key = plainHostKey(text);
    if (key !== undefined) return key;
    throw new UsageError(
      `--${flag} takes the SHA-256 fingerprint of a host key.`,
      'It is SHA256: and 43 characters; ssh-keygen -lf prints it.',
    );
  });
}

export interface ShownKey {
  /** In the middle of a sentence: `the jump host 192.0.2.9:22`. */
  readonly whose: string;
  readonly host: string;
  readonly port: number;
  readonly seen: string;
  readonly flag: KeyFlag;
  readonly given: readonly string[];
  /** Another key than those given is another box; otherwise the others were given for other boxes. */
  readonly strict: boolean;
  readonly known: readonly KnownHost[];
}

/**
 * A host key is taken where it was given, where known_hosts holds it, or where a person says yes. Up to then nothing was sent.
 * @throws UnreachableError `HOST_KEY_CHANGED` it was to be another one; `HOST_KEY_UNKNOWN` nobody says that it is the right one
 */
export async function requireAccepted({ io }: Pick<Context, 'io'>, shown: ShownKey): Promise<void> {
  const { whose, seen, flag, given, known, host, port } = shown;
  if (given.includes(seen)) {
    io.note(`The SSH host key of ${whose} is the one given: ${seen}`);
    return;
  }
  if (given.length > 0 && shown.strict) throw changed(shown, `--${flag}`);
  const revoked = await knownKeys(
    known.filter((one) => one.revoked).map((one) => ({ ...one, revoked: false })),
    host,
    port,
  );
  if (revoked.includes(seen)) throw changed(shown, 'known_hosts, which revokes this one');
  const before = await knownKeys(known, host, port);
  if (before.includes(seen)) {
    io.note(`The SSH host key of ${whose} is in known_hosts: ${seen}`);
    return;
  }
  if (before.length > 0) throw changed(shown, 'known_hosts');
  if (!io.canAsk) throw unknown(`Nobody has accepted the SSH host key of ${whose}; nothing was sent to it.`, shown);
  io.warn(`The SSH host key of ${whose} is not known here.`);
  io.warn(`  ${seen}`);
  io.warn('Compare it with what the box itself shows: /ip/ssh/export-host-key, or ssh-keygen -lf there.');
  if (!(await confirm('Is it the same, and do you trust this box?')))
    throw unknown(`The SSH host key of ${whose} was not accepted; nothing was sent to it.`, shown);
}

const unknown = (message: string, { seen, flag, host, port }: ShownKey): UnreachableError =>
  new UnreachableError(message, {
    code: 'HOST_KEY_UNKNOWN',
    retryable: false,
    hint: `Compare its fingerprint with what the box itself shows, then add --${flag} ${seen}`,
    details: { host, port, seen },
  });

const changed = ({ whose, seen, flag, host, port }: ShownKey, where: string): UnreachableError =>
  new UnreachableError(`The SSH host key of ${whose} is another one than in ${where}; nothing was sent to it.`, {
    code: 'HOST_KEY_CHANGED',
    retryable: false,
    hint: `Find out why: a reset or new hardware changes it, and so does an impostor. If it is right: --${flag} ${seen}`,
    details: { host, port, seen },
  });
