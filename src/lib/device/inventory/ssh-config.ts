import { deviceName } from '../device.ts';
import { hopText } from './hop.ts';
import { type Field, type InventoryProblem, LIMITS, type RawEntry, type RawInventory } from './types.ts';

/** One host of an SSH configuration, as its reader tells it. */
export interface SshHostEntry {
  readonly host: string;
  readonly port: number;
  readonly user?: string;
  readonly proxyJump: readonly { readonly name: string; readonly user?: string; readonly port?: number }[];
}

/** An SSH configuration that was read elsewhere. */
export interface SshHosts {
  /** Patterns of its `Host` lines, in order. */
  readonly patterns: readonly string[];
  /** What of it is not in force (`Match`, `Include`). */
  readonly skipped: readonly string[];
  /** What it says of a host of this name, or of one it does not name. */
  host(name: string): SshHostEntry;
}

/**
 * Every host that an SSH configuration names without a wildcard, with the way to it. Never throws.
 * @param text the configuration itself: at most 256 KB and 1,000 hosts
 * @param read its reader
 * @example readSshInventory('Host edge-1\n  HostName 192.0.2.1', read).raw.length // 1
 */
export function readSshInventory(text: string, read: (text: string) => SshHosts): RawInventory {
  const hosts = text.length > LIMITS.sshText ? undefined : read(text);
  const names = [...new Set(hosts?.patterns.filter((pattern) => pattern !== '' && !/[*?!]/.test(pattern)))];
  if (!hosts || hosts.patterns.length > LIMITS.sshPatterns || names.length > LIMITS.sshHosts) {
    const problem = `The SSH configuration is longer than ${LIMITS.sshText / 1024} KB, or names more than ${LIMITS.sshHosts} hosts.`;
    return { raw: [], problems: [{ problem, hint: 'Cut it into several files, or import a larger fleet from CSV or JSON.' }] };
  }
  const problems: InventoryProblem[] = hosts.skipped.map((word) => ({
    problem: `What stands under ${word} was left out.`,
    hint: 'Write what is needed of it into a Host block.',
  }));
  if (names.length === 0) {
    problems.push({
      line: 1,
      problem: 'The configuration names no host.',
      hint: 'For example:\nHost edge-1\n  HostName 192.0.2.1\n  User fleet',
    });
  }
  const lines = linesOf(text);
  const host = remembered((name) => hosts.host(name));
  return { raw: names.map((name) => entryOf(name, lines.get(name) ?? 1, host)), problems };
}

/** What the file says of a host; undefined once it was asked for more of them than it has reason to name. */
type Lookup = (name: string) => SshHostEntry | undefined;

function remembered(host: (name: string) => SshHostEntry): Lookup {
  const known = new Map<string, SshHostEntry>();
  return (name) => {
    const found = known.get(name) ?? (known.size < 2 * LIMITS.sshHosts ? host(name) : undefined);
    if (found) known.set(name, found);
    return found;
  };
}

/** Where each host is first named. */
function linesOf(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  text.split('\n').forEach((line, at) => {
    const [, rest = ''] = /^\s*host(?:\s*=\s*|\s+)(\S.*)$/i.exec(line.slice(0, LIMITS.cell)) ?? [];
    for (const word of rest.replaceAll('"', ' ').split(/\s+/)) if (word !== '' && !lines.has(word)) lines.set(word, at + 1);
  });
  return lines;
}

function entryOf(name: string, line: number, lookup: Lookup): RawEntry {
  // What cannot be a name of a router is not looked up: it may be as long as a line.
  const found = deviceName.safeParse(name).success ? lookup(name) : undefined;
  const { host = name, port = 22, user } = found ?? {};
  const values = new Map<Field, unknown>([
    ['name', name],
    ['address', host],
    ['sshPort', port],
  ]);
  if (user !== undefined) values.set('username', user);
  const via = found ? wayTo(name, lookup, new Set()) : [];
  if (via.length > 0) values.set('via', via);
  return { line, values, tags: [], secrets: [] };
}

/** No jump host: an entry with this among its own is refused. */
const NOWHERE = '@';

/**
 * Jump hosts in the order in which they are dialled. As with ssh, what a jump host is called is looked up in the same file, and
 * only the first of them has jump hosts of its own.
 */
function wayTo(name: string, lookup: Lookup, seen: Set<string>): readonly string[] {
  // A way that comes back to itself has no beginning.
  if (seen.has(name) || seen.size > LIMITS.hops) return [NOWHERE];
  seen.add(name);
  const jumps = lookup(name)?.proxyJump ?? [];
  const [first] = jumps;
  const before = first ? wayTo(first.name, lookup, seen) : [];
  return [
    ...before,
    ...jumps.map((jump) => {
      const found = lookup(jump.name);
      return found ? (hopText({ user: jump.user ?? found.user, host: found.host, port: jump.port ?? found.port }) ?? NOWHERE) : NOWHERE;
    }),
  ];
}
