import { existsSync } from 'node:fs';
import { Secret } from '../../lib/index.ts';
import type { HopInput, Operator } from '../../lib/operator.ts';
import type { Context } from '../command.ts';
import { UsageError } from '../failure.ts';
import type { FlagName } from '../flags.ts';
import { askHidden } from '../prompt.ts';
import { readSecrets } from '../secret-input.ts';
import { userName } from '../session.ts';
import { givenKeys, requireAccepted } from './host-key.ts';
import { readPrivateKey } from './private-key.ts';
import { atHome, type SshFiles } from './ssh-files.ts';
import { type WantedHop, wantedHops } from './wanted-hops.ts';

const ABOUT_HOPS: readonly FlagName[] = ['via-host-key', 'via-key', 'via-key-passphrase-fd', 'via-password-fd'];

/** @throws UsageError something is said about jump hosts, and none is named */
export function requireHopsNamed({ flags }: Pick<Context, 'flags'>): void {
  const lonely = ABOUT_HOPS.find((name) => flags.texts(name).length > 0);
  if (lonely !== undefined && flags.texts('via').length === 0)
    throw new UsageError(`--${lonely} says nothing without --via.`, 'Name the jump hosts: --via ops@bastion.example.net');
}

/** What logs in to the jump hosts, as far as it was given for all of them. */
interface Given {
  readonly key: HopInput['key'];
  readonly passwords: readonly Secret[] | undefined;
}

/** Makes jump hosts of words, asking for what was not given; a way that was gone once is not asked about again. */
export type HopMaker = (texts: readonly string[]) => Promise<readonly HopInput[]>;

/** Each jump host is looked at through those before it, and its key is accepted before anything is sent to it. */
export function hopMaker(context: Context, door: Operator, files: SshFiles): HopMaker {
  let given: Promise<Given> | undefined;
  const ready = new Map<string, HopInput>();
  return async (texts) => {
    const wanted = wantedHops(texts, files.config);
    if (wanted.length > 0) given ??= readGiven(context);
    const hops: HopInput[] = [];
    for (const hop of wanted) {
      const name = JSON.stringify([...hops.map(placeOf), hop.user, hop.host, hop.port]);
      const made = ready.get(name) ?? (await enter(context, door, { hop, before: hops, total: wanted.length, files, given: await given }));
      ready.set(name, made);
      hops.push(made);
    }
    return hops;
  };
}

const placeOf = ({ host, port = 22, username }: HopInput): string => `${username}@${host}:${port}`;

async function readGiven(context: Context): Promise<Given> {
  const file = context.flags.text('via-key');
  return {
    key: file === undefined ? undefined : await readPrivateKey(context, 'via-key', file),
    passwords: await readSecrets(context, 'via-password-fd'),
  };
}

interface Entering {
  readonly hop: WantedHop;
  readonly before: readonly HopInput[];
  readonly total: number;
  readonly files: SshFiles;
  readonly given: Given | undefined;
}

async function enter(context: Context, door: Operator, { hop, before, total, files, given }: Entering): Promise<HopInput> {
  const { host, port } = hop;
  const username = hop.user ?? userName();
  const legacy = context.flags.on('legacy-ssh');
  const keys = givenKeys(context.flags, 'via-host-key');
  const seen = await door.probeHostKey({ host, port, legacy, via: before });
  const strict = keys.length >= total;
  const whose = `the jump host ${host}:${port}`;
  await requireAccepted(context, { whose, host, port, seen, flag: 'via-host-key', given: keys, strict, known: files.known });
  const place = { host, port, username, hostKeys: [seen], ...(legacy && { legacy }) };
  return { ...place, ...(await loginOf(context, hop, `${username}@${host}`, given, before.length)) };
}

/** What was given; else the agent; else the key that the SSH configuration names; else a password, asked for. */
async function loginOf(
  context: Context,
  { identityFiles }: WantedHop,
  who: string,
  given: Given | undefined,
  nth: number,
): Promise<Pick<HopInput, 'key' | 'password' | 'agent'>> {
  const { key, passwords } = given ?? {};
  const password = passwords && (passwords.length === 1 ? passwords[0] : passwords[nth]);
  if (passwords && !password) throw new UsageError('There are fewer passwords than jump hosts.', 'Send one line for all, or one for each.');
  if (key || password) return { ...(key && { key }), ...(password && { password }) };
  if (process.env['SSH_AUTH_SOCK']) return { agent: true };
  const file = identityFiles.map(atHome).find((one) => existsSync(one));
  if (file !== undefined) return { key: await readPrivateKey(context, 'via-key', file) };
  if (!context.io.canAsk)
    throw new UsageError(
      `Nothing proves us to the jump host ${who}.`,
      'Start an SSH agent, or give --via-key FILE or --via-password-fd N.',
    );
  const typed = await askHidden(`Password of ${who}:`);
  if (typed === '') throw new UsageError('No password was typed.', 'Run the command again.');
  return { password: new Secret(typed) };
}
