import { readCsvInventory } from './csv.ts';
import { checkEntry } from './entry.ts';
import { readJsonInventory } from './json.ts';
import { readSshInventory, type SshHosts } from './ssh-config.ts';
import {
  INVENTORY_FORMATS,
  type Inventory,
  type InventoryEntry,
  type InventoryFormat,
  type InventoryProblem,
  LIMITS,
  type RawInventory,
} from './types.ts';

export interface ReadInventoryOptions {
  /** Default: told from the text. */
  readonly format?: InventoryFormat | undefined;
  /** Columns and keys that become tags, besides `tag:NAME` and the usual ones (site, role, region ...). */
  readonly tagColumns?: readonly string[];
  /** Reads an SSH configuration; without it, that format is refused. */
  readonly readSsh?: (text: string) => SshHosts;
}

/**
 * Reads a list of routers from CSV, JSON or an SSH configuration. Takes any text and never throws; what is wrong is told with line,
 * field and cure, and no value of the list is repeated. Secrets are not taken: a list names an environment variable at most.
 * @param text at most 5 MB, 10,000 routers
 * @returns the routers with which nothing is wrong, and everything that is wrong with the others
 * @example
 * readInventory('name,ip,env,password_env\nedge-1,192.0.2.1,prod,EDGE1_PW').entries[0]
 * // { name: 'edge-1', address: 'https://192.0.2.1', environment: 'prod', password: { env: 'EDGE1_PW' }, tags: {}, allow: [], line: 2 }
 */
export function readInventory(text: string, options: ReadInventoryOptions = {}): Inventory {
  const plain = text.replace(/^\ufeff/, '');
  const refused = refusal(plain);
  if (refused) return { entries: [], problems: [refused] };
  const { raw, problems } = readAs(options.format ?? guessFormat(plain), plain, options);
  const found: InventoryProblem[] = [...problems];
  const entries: InventoryEntry[] = [];
  for (const one of raw.slice(0, LIMITS.entries)) {
    const checked = checkEntry(one);
    if ('entry' in checked) entries.push(checked.entry);
    else found.push(...checked.problems);
  }
  if (raw.length > LIMITS.entries) found.unshift(TOO_MANY);
  const { kept, doubles } = apart(entries);
  return { entries: kept, problems: capped([...found, ...doubles]) };
}

const TOO_MANY: InventoryProblem = {
  problem: `The list has more than ${LIMITS.entries} routers; those after them were left out.`,
  hint: 'Cut it into several files and import one after the other.',
};

function refusal(text: string): InventoryProblem | undefined {
  if (text.length > LIMITS.text) {
    return {
      problem: `The list is longer than ${LIMITS.text / 1024 / 1024} MB.`,
      hint: 'Cut it into several files and import one after the other.',
    };
  }
  if (text.includes('\u0000'))
    return { problem: 'The list is no text in UTF-8.', hint: 'Save it again as UTF-8; a spreadsheet is saved as CSV.' };
  return text.trim() === ''
    ? { line: 1, problem: 'The list is empty.', hint: 'A first line names the columns: name,address,username' }
    : undefined;
}

function readAs(format: InventoryFormat, text: string, { tagColumns = [], readSsh }: ReadInventoryOptions): RawInventory {
  if (format === 'json') return readJsonInventory(text, tagColumns);
  if (format === 'csv') return readCsvInventory(text, tagColumns);
  if (readSsh) return readSshInventory(text, readSsh);
  const hint = `Give it as one of ${INVENTORY_FORMATS.filter((one) => one !== format).join(', ')}.`;
  return { raw: [], problems: [{ problem: 'An SSH configuration cannot be read here.', hint }] };
}

/**
 * What kind of list a text is: JSON by its first bracket, an SSH configuration by a `Host` line and a setting under it or nothing
 * but it, and CSV otherwise.
 * @example guessFormat('Host edge-1\n  HostName 192.0.2.1') // 'ssh-config'
 */
export function guessFormat(text: string): InventoryFormat {
  const start = text.slice(0, 65_536);
  if (/^\s*[[{]/.test(start)) return 'json';
  const lines = start.split('\n').map((line) => line.trim());
  const first = lines.find((line) => line !== '' && !line.startsWith('#')) ?? '';
  if (/^(?:host|match|include)[ =]+[^,;\t]+$/i.test(first)) return 'ssh-config';
  const names = lines.some((line) => /^host[ \t=]+\S/i.test(line));
  return names && lines.some((line) => /^(?:hostname|port|user|proxyjump|identityfile)[ \t=]+[^\s,;]+$/i.test(line)) ? 'ssh-config' : 'csv';
}

/** Of routers with the same name, or the same address on the same way, the first is kept. Bastions may hide equal addresses. */
function apart(entries: readonly InventoryEntry[]): {
  readonly kept: readonly InventoryEntry[];
  readonly doubles: readonly InventoryProblem[];
} {
  const names = new Map<string, number>();
  const addresses = new Map<string, number>();
  const doubles: InventoryProblem[] = [];
  const kept = entries.filter(({ name, address, via = [], line }) => {
    const place = [address, ...via].join(' ').toLowerCase();
    const byName = names.get(name.toLowerCase());
    const before = byName ?? addresses.get(place);
    if (before === undefined) {
      names.set(name.toLowerCase(), line);
      addresses.set(place, line);
      return true;
    }
    const field = byName === undefined ? 'address' : 'name';
    const problem = `The ${field} is that of line ${before} as well; this line was left out.`;
    doubles.push({
      line,
      entry: name,
      field,
      problem,
      hint: `Each router has a ${field} of its own: remove one, or give it another ${field}.`,
    });
    return false;
  });
  return { kept, doubles };
}

/** In the order of the lines; a list of nothing but mistakes says so and ends. */
function capped(problems: readonly InventoryProblem[]): readonly InventoryProblem[] {
  const sorted = problems.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
  if (sorted.length <= LIMITS.problems) return sorted;
  const more = { problem: `And ${sorted.length - LIMITS.problems} more.`, hint: 'Mend these first and read the list again.' };
  return [...sorted.slice(0, LIMITS.problems), more];
}
