import { text } from 'node:stream/consumers';
import { Secret } from '../lib/index.ts';
import { spelled } from './argv.ts';
import type { Context } from './command.ts';
import { UsageError } from './failure.ts';
import { askHidden } from './prompt.ts';
import { readDescriptor, withoutLineEnd } from './secret-input.ts';
import { pairs } from './values.ts';

/**
 * Values of secret fields, typed unseen, from stdin or from a file descriptor: none of them was on the command line.
 * @param given fields that have a value already
 * @throws UsageError a field is given twice, nothing was read, or nobody can be asked
 */
export async function secretValues(
  { flags, io }: Pick<Context, 'flags' | 'io'>,
  given: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, Secret>>> {
  const found = new Map<string, Secret>();
  const keep = (field: string, value: string): void => {
    if (value === '')
      throw new UsageError(`What was read for ${spelled(field)} is empty.`, 'Give its value; a secret is not taken away by an empty one.');
    found.set(field, new Secret(value));
  };
  const descriptors = Object.entries(pairs(flags.texts('secret-fd'), 'file descriptor of a field'));
  const asked = flags.texts('secret');
  const piped = flags.text('secret-stdin');
  const all = [...Object.keys(given), ...asked, ...descriptors.map(([field]) => field), ...(piped === undefined ? [] : [piped])];
  const twice = all.find((field, at) => all.indexOf(field) !== at);
  if (twice !== undefined) throw new UsageError(`${spelled(twice)} is given twice.`, 'Give each field once.');
  for (const [field, number] of descriptors) {
    if (!/^\d{1,5}$/.test(number))
      throw new UsageError(`--secret-fd ${spelled(field)}= takes a whole number.`, `For example --secret-fd ${spelled(field)}=3 3<FILE`);
    keep(field, withoutLineEnd(await readDescriptor(Number(number), `secret-fd ${field}=`)));
  }
  if (piped !== undefined) keep(piped, withoutLineEnd(await text(process.stdin)));
  for (const field of asked) keep(field, await typed(io, field));
  return Object.fromEntries(found);
}

/** Twice, since nobody sees what is typed, and a router that has it will not tell. */
async function typed(io: Context['io'], field: string): Promise<string> {
  if (!io.canAsk) {
    throw new UsageError(
      `There is nobody to ask for ${spelled(field)}.`,
      `Send it to --secret-stdin ${spelled(field)} or --secret-fd ${spelled(field)}=3: printf %s "$PW" | routeros-mcp ...`,
    );
  }
  const first = await askHidden(`${spelled(field)} (it is not shown):`);
  if (first !== (await askHidden(`${spelled(field)}, once more:`)))
    throw new UsageError('The two are not the same.', 'Run the command again.');
  return first;
}
