import { type SshConfig, sshHost } from '../../lib/operator.ts';
import { UsageError } from '../failure.ts';

/** A jump host as it was asked for, after the SSH configuration was looked up. */
export interface WantedHop {
  readonly host: string;
  readonly port: number;
  /** Undefined where nobody is named: it is the user of this machine then, as with ssh. */
  readonly user: string | undefined;
  readonly identityFiles: readonly string[];
}

/** As ssh has it: more is a mistake. */
const MOST_HOPS = 8;
/** `[user@]host[:port]`, an IPv6 address with a port in brackets. */
const HOP =
  /^(?:ssh:\/\/)?(?:([^\s@:/\\]{1,64})@)?(?:\[([0-9A-Fa-f:.]{2,45})\]|([A-Za-z0-9][A-Za-z0-9._-]{0,252})|([0-9A-Fa-f:]{2,39}))(?::(\d{1,5}))?$/;

interface Jump {
  readonly name: string;
  readonly user?: string;
  readonly port?: number;
}

/**
 * The jump hosts in the order in which they are dialled. As with ssh -J, what the first is called may have jump hosts of its own in the
 * configuration; those after it are reached through it.
 * @throws UsageError one cannot be understood, they form a ring, or there are too many
 */
export function wantedHops(texts: readonly string[], config: SshConfig): readonly WantedHop[] {
  const [first, ...rest] = texts.map(readJump);
  if (!first) return [];
  const hops = [...wayTo(first, config, []), ...rest.map((jump) => hopOf(jump, config))];
  if (hops.length > MOST_HOPS) throw new UsageError(`There are more than ${MOST_HOPS} jump hosts.`, 'Fewer do: each slows down the way.');
  return hops;
}

function readJump(text: string): Jump {
  const [found, user, bracketed, named, bare, digits] = HOP.exec(text.slice(0, 400)) ?? [];
  const name = bracketed ?? named ?? bare;
  const port = digits === undefined ? undefined : Number(digits);
  // What was written is not repeated: it may hold a password by mistake.
  if (found !== text || name === undefined || port === 0 || (port ?? 0) > 65_535)
    throw new UsageError('--via takes [user@]host[:port].', 'For example --via ops@bastion.example.net:22. It never takes a password.');
  return { name, ...(user !== undefined && { user }), ...(port !== undefined && { port }) };
}

function wayTo(jump: Jump, config: SshConfig, seen: readonly string[]): readonly WantedHop[] {
  if (seen.includes(jump.name.toLowerCase()))
    throw new UsageError('The jump hosts of the SSH configuration form a ring.', 'Give the first of them ProxyJump none.');
  if (seen.length >= MOST_HOPS)
    throw new UsageError(`There are more than ${MOST_HOPS} jump hosts.`, 'See ProxyJump in the SSH configuration.');
  const [first, ...rest] = sshHost(config, jump.name).proxyJump;
  const before = first ? wayTo(first, config, [...seen, jump.name.toLowerCase()]) : [];
  return [...before, ...rest.map((one) => hopOf(one, config)), hopOf(jump, config)];
}

function hopOf({ name, user, port }: Jump, config: SshConfig): WantedHop {
  const found = sshHost(config, name);
  return { host: found.host, port: port ?? found.port, user: user ?? found.user, identityFiles: found.identityFiles };
}
