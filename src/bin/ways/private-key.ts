import { Secret } from '../../lib/index.ts';
import { privateKeyState, type SshInput } from '../../lib/operator.ts';
import type { Context } from '../command.ts';
import { UsageError } from '../failure.ts';
import { readSecret } from '../secret-input.ts';
import { readNamed } from './ssh-files.ts';

/** A private key of a file; its passphrase is asked for unseen, or read from a descriptor. Both are kept sealed. */
export async function readPrivateKey(context: Context, flag: 'ssh-key' | 'via-key', file: string): Promise<NonNullable<SshInput['key']>> {
  const text = new Secret(await readNamed(flag, file));
  const state = privateKeyState(text);
  if (state === 'usable') return { text };
  if (state === 'none')
    throw new UsageError(`The file of --${flag} is no private key that can be used.`, 'It must be an OpenSSH or PEM private key.', {
      file,
    });
  const passphrase = await readSecret(context, { fd: `${flag}-passphrase-fd`, question: `Passphrase of ${file}:`, what: 'passphrase' });
  if (passphrase && privateKeyState(text, passphrase) === 'usable') return { text, passphrase };
  throw new UsageError(`The passphrase does not open the file of --${flag}.`, 'Run the command again.', { file });
}
