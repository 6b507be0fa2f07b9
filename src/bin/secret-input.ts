import { createReadStream } from 'node:fs';
import { text } from 'node:stream/consumers';
import { Secret } from '../lib/index.ts';
import type { Context } from './command.ts';
import { UsageError } from './failure.ts';
import { askHidden } from './prompt.ts';

/** The end of the line that `echo` adds is not part of a secret. */
const withoutLineEnd = (given: string): string => given.replace(/\r?\n$/, '');

/** A secret from stdin, from a file descriptor, or typed unseen. It never comes from the command line. */
export async function readSecret(
  { flags, io }: Pick<Context, 'flags' | 'io'>,
  from: { readonly stdin: 'password-stdin' | 'token-stdin'; readonly fd: 'password-fd' | 'token-fd'; readonly question?: string },
): Promise<Secret | undefined> {
  const number = flags.whole(from.fd, { min: 0, max: 65_535 });
  if (flags.on(from.stdin) && number !== undefined)
    throw new UsageError(`--${from.stdin} and --${from.fd} are both given.`, 'Use one of them.');
  const given = flags.on(from.stdin) ? await text(process.stdin) : number === undefined ? undefined : await readDescriptor(number, from.fd);
  if (given !== undefined) {
    const secret = withoutLineEnd(given);
    if (secret === '')
      throw new UsageError('What was read is empty.', `Send the text to --${from.stdin}, for example with printf %s "$PW" |`);
    return new Secret(secret);
  }
  if (from.question === undefined) return undefined;
  if (!io.canAsk) {
    throw new UsageError(
      'There is no password, and nobody to ask for it.',
      `Send it to --${from.stdin} or --${from.fd}: printf %s "$PW" | routeros-mcp ...`,
    );
  }
  const typed = await askHidden(from.question);
  if (typed === '') throw new UsageError('No password was typed.', 'Run the command again.');
  return new Secret(typed);
}

async function readDescriptor(fd: number, flag: string): Promise<string> {
  try {
    return await text(createReadStream('', { fd, autoClose: false }));
  } catch {
    throw new UsageError(`File descriptor ${fd} cannot be read.`, `Open it for reading: routeros-mcp ... --${flag} 3 3<FILE`);
  }
}
