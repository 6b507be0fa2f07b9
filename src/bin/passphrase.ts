import { Secret } from '../lib/index.ts';
import { UsageError } from './failure.ts';
import type { Io } from './io.ts';
import { askHidden } from './prompt.ts';

/** A passphrase is typed by a person, unseen, each time: no flag, no variable and no pipe carries it. */
export async function askPassphrase(io: Pick<Io, 'canAsk'>, question: string): Promise<Secret> {
  if (!io.canAsk)
    throw new UsageError('Nobody can be asked for a passphrase.', 'Run it in a terminal, without pipes and without --no-input.');
  const typed = await askHidden(question);
  if (typed === '') throw new UsageError('No passphrase was typed.', 'Run the command again.');
  return new Secret(typed);
}

/** A new one, typed twice: what cannot be seen is easily mistyped, and cannot be found again. */
export async function askNewPassphrase(io: Pick<Io, 'canAsk'>): Promise<Secret> {
  const first = await askPassphrase(io, 'A passphrase for the new key, 12 characters at least:');
  const second = await askPassphrase(io, 'The same again:');
  if (first.reveal() === second.reveal()) return first;
  throw new UsageError('The two passphrases differ.', 'Run the command again.');
}
