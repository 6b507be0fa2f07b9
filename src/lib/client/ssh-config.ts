import { matchesAny } from './known-hosts.ts';

/** What `~/.ssh/config` says of one host. */
export interface SshHost {
  /** The address to connect to; the name itself where the file says nothing. */
  readonly host: string;
  readonly port: number;
  readonly user?: string;
  /** Paths as written; a leading `~` is the home directory. */
  readonly identityFiles: readonly string[];
  /** Jump hosts in order, the first is dialled first: names to be looked up in the same file. */
  readonly proxyJump: readonly Jump[];
}

export interface Jump {
  readonly name: string;
  readonly user?: string;
  readonly port?: number;
}

/** One `Host` block, in the order of the file. */
interface Block {
  readonly patterns: readonly string[];
  readonly settings: readonly (readonly [name: string, value: string])[];
}

export interface SshConfig {
  readonly blocks: readonly Block[];
  /** Names of what is not understood here (`Match`, `Include`): what it says is not in force. */
  readonly skipped: readonly string[];
}

/**
 * Reads a client configuration of OpenSSH as far as it says where hosts are: `Host`, `HostName`, `Port`, `User`, `IdentityFile`,
 * `ProxyJump`. Takes any text and never throws.
 */
export function readSshConfig(text: string): SshConfig {
  const blocks: { patterns: readonly string[]; settings: [string, string][] }[] = [{ patterns: ['*'], settings: [] }];
  const skipped = new Set<string>();
  for (const line of text.split(/\r?\n/)) {
    const [, name = '', rest = ''] = /^\s*([A-Za-z]+)(?:\s*=\s*|\s+)(\S.*)$/.exec(line.slice(0, 4_096)) ?? [];
    if (name === '') continue;
    const keyword = name.toLowerCase();
    const values = wordsOf(rest);
    if (keyword === 'host') blocks.push({ patterns: values, settings: [] });
    else if (keyword === 'match') {
      // What stands under it holds for nobody here, rather than for everybody.
      blocks.push({ patterns: [], settings: [] });
      skipped.add('Match');
    } else if (keyword === 'include') skipped.add('Include');
    else blocks.at(-1)?.settings.push([keyword, values[0] ?? '']);
  }
  return { blocks, skipped: [...skipped] };
}

/** Words by spaces, or in double quotes; a `#` starts a comment. */
function wordsOf(text: string): readonly string[] {
  const words: string[] = [];
  for (const [, quoted, bare = ''] of text.matchAll(/"([^"]*)"|(\S+)/g)) {
    if (quoted === undefined && bare.startsWith('#')) break;
    words.push(quoted ?? bare);
  }
  return words;
}

/**
 * What the file says of a host; the first value found wins, as in OpenSSH, and identity files add up.
 * @example sshHost(readSshConfig('Host core\n  HostName 192.0.2.1\n  ProxyJump bastion'), 'core').host // '192.0.2.1'
 */
export function sshHost(config: SshConfig, name: string): SshHost {
  const settings = config.blocks.filter(({ patterns }) => matchesAny(patterns, name)).flatMap((block) => block.settings);
  const first = (keyword: string): string | undefined => settings.find(([one, value]) => one === keyword && value !== '')?.[1];
  const port = Number(first('port'));
  const user = first('user');
  const jumps = first('proxyjump');
  return {
    host: (first('hostname') ?? name).replaceAll('%h', name).replaceAll('%%', '%'),
    port: isPort(port) ? port : 22,
    ...(user !== undefined && { user }),
    identityFiles: settings.filter(([one]) => one === 'identityfile').map(([, value]) => value),
    proxyJump: jumps === undefined || jumps.toLowerCase() === 'none' ? [] : jumps.split(',').flatMap(readJump),
  };
}

const isPort = (port: number): boolean => Number.isInteger(port) && port > 0 && port < 65_536;

/** `[user@]host[:port]`, with brackets around an IPv6 address that has a port, or `ssh://...`. */
function readJump(text: string): readonly Jump[] {
  const plain = text
    .trim()
    .replace(/^ssh:\/\//, '')
    .replace(/\/$/, '');
  const at = plain.lastIndexOf('@');
  const user = plain.slice(0, Math.max(0, at));
  const place = plain.slice(at + 1);
  const [, bracketed, named, digits] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(place) ?? [];
  const name = bracketed ?? named ?? place;
  if (name === '') return [];
  const port = Number(digits);
  return [{ name, ...(user !== '' && { user }), ...(isPort(port) && { port }) }];
}
