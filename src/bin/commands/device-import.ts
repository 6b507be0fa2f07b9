import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { ALLOWANCES, ENVIRONMENTS, ERROR_CODES, type Secret } from '../../lib/index.ts';
import {
  type HopInput,
  INVENTORY_FORMATS,
  type Inventory,
  type InventoryEntry,
  type InventoryProblem,
  type Operator,
  readInventory,
  readSshConfig,
  sshHost,
} from '../../lib/operator.ts';
import type { Flags } from '../argv.ts';
import { atOnce } from '../at-once.ts';
import type { Answer, Context, Run } from '../command.ts';
import { EXIT, EXIT_BY_KIND } from '../exit-codes.ts';
import { type Failure, UsageError } from '../failure.ts';
import { readSecret } from '../secret-input.ts';
import { table } from '../text-table.ts';
import { listed, oneOf, pairs } from '../values.ts';
import { type HopMaker, hopMaker } from '../ways/hops.ts';
import {
  type Defaults,
  lookAt,
  passwordOf,
  type Ready,
  readyEntry,
  type Sight,
  sshOf,
  type Trouble,
  troubleOf,
} from '../ways/import-entry.ts';
import { readSshFiles, type SshFiles } from '../ways/ssh-files.ts';
import { refusePassword } from './device-add.ts';

/** Routers asked at once: enough to be quick, few enough for a bastion. */
const AT_ONCE = 8;

/** What became of one router of the list. */
interface ImportRow extends Sight, Partial<Trouble> {
  readonly line: number | null;
  readonly name: string | null;
  readonly address: string | null;
  readonly result: 'added' | 'would be added' | 'exists' | 'failed' | 'refused';
}

/** Every router of a list ends in one row; none of them stops the others. */
export const deviceImport: Run = async (context) => {
  const { args, flags, operator } = context;
  refusePassword(flags);
  const defaults = defaultsOf(flags);
  const list = await readList(args[0] ?? '', flags);
  const files = await readSshFiles(flags);
  const isDry = flags.on('dry-run');
  const forAll = isDry ? undefined : await passwordForAll(context, list.entries);
  const door = await operator();
  const there = new Set((await door.fleet.devices()).map(({ name }) => name.toLowerCase()));
  const isThere = ({ name }: InventoryEntry): boolean => there.has(name.toLowerCase());
  const maker = hopMaker(context, door, files);
  const prepared: (Ready | ImportRow)[] = [];
  for (const entry of list.entries) prepared.push(isThere(entry) ? existing(entry) : await prepare(entry, defaults, maker));
  const parts: Parts = { context, door, files, forAll, isDry };
  const rows = await atOnce(prepared, AT_ONCE, async (one) => ('result' in one ? one : settle(one, parts)));
  return answerOf(
    context,
    [...list.problems.map(refusedRow), ...rows].toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)),
    isDry,
  );
};

function defaultsOf(flags: Flags): Defaults {
  const environment = flags.text('environment');
  return {
    username: flags.text('username'),
    environment: environment === undefined ? undefined : oneOf('environment', environment, ENVIRONMENTS),
    tags: pairs(flags.texts('tag'), 'tag'),
    allow: listed(flags.texts('allow')).map((word) => oneOf('allow', word, ALLOWANCES)),
    via: flags.texts('via'),
  };
}

async function readList(file: string, flags: Flags): Promise<Inventory> {
  const format = flags.text('format');
  if (file === '-' && flags.on('password-stdin'))
    throw new UsageError('The list and the password cannot both come from standard input.', 'Send the password to --password-fd N.');
  const content =
    file === '-'
      ? await text(process.stdin)
      : await readFile(file, 'utf8').catch(() => {
          throw new UsageError('The list cannot be read.', 'Check its name and whether you may read it; - is standard input.', { file });
        });
  return readInventory(content, {
    ...(format !== undefined && { format: oneOf('format', format, INVENTORY_FORMATS) }),
    readSsh: (written) => {
      const config = readSshConfig(written);
      const patterns = config.blocks.flatMap((block) => block.patterns);
      return { patterns, skipped: config.skipped, host: (name) => sshHost(config, name) };
    },
  });
}

/** Asked for where a router of the list names no variable of its own. */
async function passwordForAll(context: Context, entries: readonly InventoryEntry[]): Promise<Secret | undefined> {
  const open = entries.filter(({ password }) => password === undefined).length;
  const asks = open > 0 && context.io.canAsk;
  const question = `Password for ${open === 1 ? 'the router' : `the ${open} routers`} without one of ${open === 1 ? 'its' : 'their'} own:`;
  return readSecret(context, { stdin: 'password-stdin', fd: 'password-fd', ...(asks && { question }) });
}

const placeOf = ({ line, name, address }: InventoryEntry) => ({ line, name, address });
const existing = (entry: InventoryEntry): ImportRow => ({ ...placeOf(entry), result: 'exists' });

const refusedRow = ({ line, entry, field, problem, hint }: InventoryProblem): ImportRow => ({
  line: line ?? null,
  name: entry ?? null,
  address: null,
  result: 'refused',
  code: 'INVALID_INPUT',
  problem: field === undefined ? problem : `${field}: ${problem}`,
  hint,
});

/** Jump hosts are gone one after the other: a person may be asked about them, each once. */
async function prepare(entry: InventoryEntry, defaults: Defaults, maker: HopMaker): Promise<Ready | ImportRow> {
  try {
    // What is missing is said before anybody is asked about jump hosts.
    readyEntry(entry, defaults, []);
  } catch (thrown) {
    return { ...placeOf(entry), result: 'refused', ...troubleOf(thrown) };
  }
  try {
    // A list that names no port has 22 by now: the SSH configuration may know better.
    const via: readonly HopInput[] = await maker(entry.via?.map((hop) => hop.replace(/:22$/, '')) ?? defaults.via);
    return readyEntry(entry, defaults, via);
  } catch (thrown) {
    return { ...placeOf(entry), result: 'failed', ...troubleOf(thrown) };
  }
}

interface Parts {
  readonly context: Context;
  readonly door: Operator;
  readonly files: SshFiles;
  readonly forAll: Secret | undefined;
  readonly isDry: boolean;
}

async function settle(ready: Ready, { context, door, files, forAll, isDry }: Parts): Promise<ImportRow> {
  const place = placeOf(ready.entry);
  try {
    if (isDry) {
      const sight = await lookAt(context, door, ready, files);
      return { ...place, result: sight.code === undefined ? 'would be added' : 'failed', ...sight };
    }
    const password = passwordOf(ready.entry, forAll);
    const ssh = await sshOf(context, door, ready, files);
    await door.addDevice({ ...ready.input, password, ...(ssh && { ssh }) });
    context.io.note(`${ready.entry.name}: added`);
    return { ...place, result: 'added' };
  } catch (thrown) {
    const trouble = troubleOf(thrown);
    if (trouble.code === 'ALREADY_EXISTS') return { ...place, result: 'exists', ...trouble };
    return { ...place, result: 'failed', ...trouble };
  }
}

function answerOf({ io }: Context, rows: readonly ImportRow[], isDry: boolean): Answer {
  const broken = rows.find(({ result }) => result === 'failed' || result === 'refused');
  const count = (result: ImportRow['result']): number => rows.filter((row) => row.result === result).length;
  const counts = {
    [isDry ? 'wouldBeAdded' : 'added']: count(isDry ? 'would be added' : 'added'),
    exists: count('exists'),
    failed: count('failed'),
    refused: count('refused'),
  };
  const said = (row: ImportRow): string => [row.problem, row.hint].filter(Boolean).join(' ');
  const seen = ({ fingerprint, trusted, hostKey }: ImportRow): string =>
    [
      ...(fingerprint === undefined ? [] : [`${trusted ? 'vouched for by this system, ' : ''}fingerprint ${fingerprint}`]),
      ...(hostKey === undefined ? [] : [`host key ${hostKey}`]),
    ].join(', ');
  return {
    data: { dryRun: isDry, ...counts, rows },
    text: () =>
      table(
        { ...io, columns: undefined },
        [
          { head: 'line', value: ({ line }) => (line === null ? '' : String(line)) },
          { head: 'name', value: ({ name }) => name ?? '' },
          { head: 'result', value: ({ result }) => result, paint: (word, { code }) => (code ? io.paint('red', word) : word) },
          { head: 'code', value: ({ code }) => code ?? '' },
          ...(isDry ? [{ head: 'shows now', value: seen }] : []),
          { head: 'problem', value: ({ problem }) => problem ?? '' },
        ],
        rows,
      ),
    note: () =>
      [
        ...new Set(rows.filter(({ hint }) => hint).map((row) => `${row.name ?? `line ${row.line ?? '?'}`}: ${said(row)}`)),
        Object.entries(counts)
          .map(([word, many]) => `${many} ${word === 'wouldBeAdded' ? 'would be added' : word}`)
          .join(', '),
      ].join('\n'),
    ...(broken?.code === undefined
      ? { exit: EXIT.fine }
      : {
          exit: EXIT_BY_KIND[ERROR_CODES[broken.code]],
          failure: importFailure(broken, broken.code, counts.failed + counts.refused, isDry),
        }),
  };
}

/** The first of them stands for all: the rows have each. */
const importFailure = ({ hint = '' }: ImportRow, code: Failure['code'], many: number, isDry: boolean): Failure => ({
  code,
  message: `${many} of the list ${isDry ? 'would not be' : 'were not'} added.`,
  hint,
  retryable: ERROR_CODES[code] === 'unreachable',
  details: {},
});
