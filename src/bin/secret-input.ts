import { createReadStream } from 'node:fs';
import { text } from 'node:stream/consumers';
import { Secret } from '../lib/index.ts';
import type { Context } from './command.ts';
import { UsageError } from './failure.ts';
import { askHidden } from './prompt.ts';

/** The end of the line that `echo` adds is not part of a secret. */
export const withoutLineEnd = (given: string): string => given.replace(/\r?\n$/, '');

/** A secret from stdin, from a file descriptor, or typed unseen. It never comes from the command line. */
export async function readSecret({ flags, io }: Pick<Context, 'flags' | 'io'>, from: SecretFrom): Promise<Secret | undefined> {
  const { stdin, fd, question, what = 'password' } = from;
  const number = flags.whole(fd, { min: 0, max: 65_535 });
  const isPiped = stdin !== undefined && flags.on(stdin);
  if (isPiped && number !== undefined) throw new UsageError(`--${stdin} and --${fd} are both given.`, 'Use one of them.');
  const given = isPiped ? await text(process.stdin) : number === undefined ? undefined : await readDescriptor(number, fd);
  if (given !== undefined) {
    const secret = withoutLineEnd(given);
    if (secret === '')
      throw new UsageError('What was read is empty.', `Send the text to --${stdin ?? fd}, for example with printf %s "$PW" |`);
    return new Secret(secret);
  }
  if (question === undefined) return undefined;
  if (!io.canAsk) {
    const how =
      stdin === undefined ? `Send it to --${fd} N, N<FILE.` : `Send it to --${stdin} or --${fd}: printf %s "$PW" | routeros-mcp ...`;
    throw new UsageError(`There is no ${what}, and nobody to ask for it.`, how);
  }
  const typed = await askHidden(question);
  if (typed === '') throw new UsageError(`No ${what} was typed.`, 'Run the command again.');
  return new Secret(typed);
}

interface SecretFrom {
  readonly stdin?: 'password-stdin' | 'token-stdin';
  readonly fd: 'password-fd' | 'token-fd' | 'ssh-key-passphrase-fd' | 'via-key-passphrase-fd';
  /** Without one nobody is asked. */
  readonly question?: string;
  readonly what?: 'password' | 'passphrase';
}

/** Secrets one a line; undefined where the flag was not given. */
export async function readSecrets({ flags }: Pick<Context, 'flags'>, fd: 'via-password-fd'): Promise<readonly Secret[] | undefined> {
  const number = flags.whole(fd, { min: 0, max: 65_535 });
  if (number === undefined) return undefined;
  const lines = withoutLineEnd(await readDescriptor(number, fd)).split(/\r?\n/);
  if (lines.includes('')) throw new UsageError(`What was read from --${fd} has an empty line.`, 'Send one line for all, or one for each.');
  return lines.map((line) => new Secret(line));
}

/** What a file descriptor holds. @param flag the flag that names it, for the refusal */
export async function readDescriptor(fd: number, flag: string): Promise<string> {
  try {
    return await text(createReadStream('', { fd, autoClose: false }));
  } catch {
    throw new UsageError(`File descriptor ${fd} cannot be read.`, `Open it for reading: routeros-mcp ... --${flag} 3 3<FILE`);
  }
}
