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
 * @param text the configuration itself, for the numbers of its lines
 * @param hosts what its reader made of it
 */
export function readSshInventory(text: string, hosts: SshHosts): RawInventory {
  const names = [...new Set(hosts.patterns.filter((pattern) => pattern !== '' && !/[*?!]/.test(pattern)))];
  const lines = linesOf(text);
  const problems: InventoryProblem[] = hosts.skipped.map((word) => ({
    problem: `What stands under ${word} was left out.`,
    hint: `Write what is needed of it into a Host block, or export the result with ssh -G.`,
  }));
  if (names.length > LIMITS.hosts) {
    const problem = `The configuration names more than ${LIMITS.hosts} hosts; those after them were left out.`;
    problems.push({ problem, hint: 'Import a larger fleet from CSV or JSON.' });
  }
  const raw = names.slice(0, LIMITS.hosts).map((name): RawEntry => entryOf(name, lines.get(name) ?? 1, hosts));
  if (names.length === 0) {
    problems.push({
      line: 1,
      problem: 'The configuration names no host.',
      hint: 'For example:\nHost edge-1\n  HostName 192.0.2.1\n  User fleet',
    });
  }
  return { raw, problems };
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

function entryOf(name: string, line: number, hosts: SshHosts): RawEntry {
  const { host, port, user } = hosts.host(name);
  const values = new Map<Field, unknown>([
    ['name', name],
    ['address', host],
    ['sshPort', port],
  ]);
  if (user !== undefined) values.set('username', user);
  const via = wayTo(name, hosts, new Set());
  if (via.length > 0) values.set('via', via);
  return { line, values, tags: [], secrets: [] };
}

/** No jump host: an entry with this among its own is refused. */
const NOWHERE = '@';

/**
 * Jump hosts in the order in which they are dialled. As with ssh, what a jump host is called is looked up in the same file, and
 * only the first of them has jump hosts of its own.
 */
function wayTo(name: string, hosts: SshHosts, seen: Set<string>): readonly string[] {
  // A way that comes back to itself has no beginning.
  if (seen.has(name) || seen.size > LIMITS.hops) return [NOWHERE];
  seen.add(name);
  const jumps = hosts.host(name).proxyJump;
  const [first] = jumps;
  const before = first ? wayTo(first.name, hosts, seen) : [];
  return [
    ...before,
    ...jumps.map((jump) => {
      const found = hosts.host(jump.name);
      return hopText({ user: jump.user ?? found.user, host: found.host, port: jump.port ?? found.port }) ?? NOWHERE;
    }),
  ];
}
