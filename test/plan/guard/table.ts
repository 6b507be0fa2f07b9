import { inRestWords, understand } from '../../../src/lib/client/rest-words.ts';
import type { Call, CallOptions, Reader, Row, Runner, WriteCall } from '../../../src/lib/client/types.ts';
import { UnreachableError } from '../../../src/lib/core/errors.ts';
import { armGuard } from '../../../src/lib/plan/guard/arm.ts';
import type { Armed } from '../../../src/lib/plan/guard/names.ts';
import type { GuardPorts } from '../../../src/lib/plan/guard/ports.ts';
import { compileRevert, type RevertOptions } from '../../../src/lib/plan/guard/revert.ts';
import type { Subject } from '../../../src/lib/plan/guard/subject.ts';
import type { Change } from '../../../src/lib/plan/types.ts';
import { type ConsoleBench, consoleBench } from '../../simulator/console-bench.ts';
import { GUARD, TOKEN } from './armed.ts';

export { refusal } from '../../support/refusal.ts';
export { GUARD, TOKEN };

export const RULES = '/ip/firewall/filter';
export const NAME = `mk-cc-${TOKEN}`;

/** A rule that only its comment tells from others; as much of it as a plan would know. */
export const rule = (comment: string): Row => ({ chain: 'forward', action: 'accept', comment });

/** A router on the table, without sockets; its filter has the rules that it is given, called by their comments. */
export interface Table extends ConsoleBench {
  readonly link: Reader & Runner;
  /** The comments of the filter, from top to bottom. */
  order(): readonly string[];
  /** The id of a rule. */
  id(comment: string): string;
  /** A console line that must go well. */
  tell(line: string): string;
  /** Reads and writes as a guard makes them; waiting lets the time of the router pass. */
  readonly ports: GuardPorts;
  /** What was asked, in order, and how the reads among it were asked. */
  readonly calls: Call[];
  readonly options: (CallOptions | undefined)[];
  /** What befalls a call on its way, and its answer on the way back: either may throw. */
  before: (call: Call) => Call;
  after: (call: Call) => void;
  /** A row as it is kept, to be changed behind everybody's back. */
  kept(menu: string, name: string): Record<string, string>;
  /** One call in the words of REST. */
  send(call: Call): readonly Row[];
}

export function table(...comments: readonly string[]): Table {
  const bench = consoleBench();
  bench.state.tables.set(RULES, []);
  const start = bench.now;
  const calls: Call[] = [];
  const options: Table['options'] = [];
  const send = (asked: Call): readonly Row[] => {
    calls.push(asked);
    const call = made.before(asked);
    const { method, path, body } = inRestWords(call);
    const answer = bench.ask(method, path.slice('/rest'.length), body);
    made.after(call);
    return understand(answer.status, Buffer.from(answer.body === undefined ? '' : JSON.stringify(answer.body)), call, (text) => text);
  };
  const ask = async (call: Call, how?: CallOptions): Promise<readonly Row[]> => {
    options.push(how);
    return send(call);
  };
  const link = { read: ask, run: ask };
  const ports: GuardPorts = {
    clock: { now: () => bench.now, monotonic: () => bench.now - start, sleep: async (ms) => made.pass(ms) },
    reader: link,
    send: async (call) => {
      const rows = send(call);
      const id = rows[0]?.['.id'];
      return { rows, ...(id !== undefined && { id }) };
    },
  };
  const made: Table = Object.assign(bench, {
    calls,
    send,
    options,
    link,
    ports,
    before: (call: Call) => call,
    after: () => undefined,
    kept: (menu: string, name: string) => {
      const row = bench.state.tables.get(menu)?.find((one) => (one['name'] ?? one['script'])?.includes(name));
      if (!row) throw new Error(`no ${name} in ${menu}`);
      return row;
    },
    order: () => bench.rows(RULES).map((row) => row['comment'] ?? ''),
    id: (comment: string) => bench.rows(RULES).find((row) => row['comment'] === comment)?.['.id'] ?? '',
    tell: (line: string) => {
      const { output, error } = bench.run(line);
      if (error !== undefined) throw new Error(`${line}: ${error}`);
      return output.replace(/(?:\r\n)+$/, '');
    },
  });
  for (const comment of comments) bench.ask('PUT', RULES, rule(comment));
  return made;
}

/** A change of the filter. */
export const change = (verb: Change['verb'], row: string, more: Partial<Change> = {}): Change => ({
  capability: 'firewall-filter',
  menu: RULES,
  verb,
  row,
  label: 'a rule',
  before: null,
  after: null,
  secret: [],
  ...more,
});

/** The changes of a plan that was made from the filter as it stands on the table. */
export function subject(bench: Table, changes: readonly Change[], undo: readonly (readonly WriteCall[])[] = []): Subject {
  const rows = bench.rows(RULES).map((row, at, all) => ({
    id: row['.id'] ?? '',
    content: rule(row['comment'] ?? ''),
    before: all[at - 1]?.['.id'] ?? null,
    after: all[at + 1]?.['.id'] ?? null,
  }));
  const sections = [{ capability: 'firewall-filter', menu: RULES, rows, keys: [] }];
  return { changes, undo: changes.map((_, at) => undo[at] ?? []), base: { sections, fingerprint: '' } };
}

/** Runs the undo script of a plan on the table, as a trigger would, and answers what it wrote into the log. */
export function undone(bench: Table, plan: Subject, options: Partial<RevertOptions> = {}): readonly string[] {
  const { source, problem } = compileRevert(plan, { token: TOKEN, ...options });
  if (problem !== undefined) throw new Error(problem);
  const seen = bench.rows('/log').length;
  const values = { name: NAME, source, policy: 'read,write,test', comment: 'armed' };
  if (bench.ask('PUT', '/system/script', values).status >= 300) throw new Error('the script was not taken');
  bench.tell(`/system/script/run ${NAME}`);
  const state = bench.rows('/system/script').find((row) => row['name'] === NAME);
  if (state?.['comment'] !== 'done') throw new Error(`the script came to ${state?.['comment']}`);
  bench.tell(`/system/script/remove ${NAME}`);
  return bench
    .rows('/log')
    .slice(seen)
    .map((row) => row['message'] ?? '')
    .filter((message) => message.startsWith('mk-cc'));
}

/** A plan that gives one rule another comment. */
export function renaming(): { readonly bench: Table; readonly plan: Subject; readonly set: (comment: string) => WriteCall } {
  const bench = table('a');
  const id = bench.id('a');
  const set = (comment: string): WriteCall => ({ verb: 'set', menu: RULES, id, values: { comment } });
  const plan = subject(bench, [change('set', id, { before: { comment: 'a' }, after: { comment: 'ours' } })], [[set('a')]]);
  return { bench, plan, set };
}

/** A router on which that was done, and whose guard waits for the confirmation. */
export async function renamed(guard: Armed = GUARD): Promise<Table> {
  const { bench, plan, set } = renaming();
  await armGuard(bench.ports, plan, guard);
  bench.send(set('ours'));
  bench.calls.length = 0;
  bench.options.length = 0;
  return bench;
}

export const isWrite = (call: Call): call is WriteCall => call.verb !== 'read' && call.verb !== 'run';
export const writes = (bench: Table): readonly WriteCall[] => bench.calls.filter(isWrite);

/** What of guards is on the router: scripts and entries by name, jobs by what they say. */
export const left = (bench: Table): readonly string[] =>
  ['/system/script', '/system/scheduler', '/system/script/job'].flatMap((menu) =>
    (bench.state.tables.get(menu) ?? []).map((row) => row['name'] ?? row['script'] ?? '').filter((text) => text.includes('mk-cc')),
  );

export const lost = (): UnreachableError => new UnreachableError('The answer was lost.', { hint: '' });
