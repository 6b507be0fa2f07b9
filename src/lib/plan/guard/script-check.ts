import type { Runner } from '../../client/types.ts';
import { BugError, RouterError } from '../../core/errors.ts';
import { fieldOf, holds, printAlike } from './expressions.ts';
import { NEXT, SAME } from './functions.ts';
import { placedRows, placeNow } from './places.ts';
import { quoted } from './quoted.ts';
import type { Revert } from './revert.ts';
import { rowsOf } from './rows.ts';
import { type Subject, sortChanges } from './subject.ts';

/** Text of one request: RouterOS takes 64 kB (facts of RouterOS, `/execute`). */
const BATCH = 40_000;
/** What `:parse` cannot read at all it answers in words; an unknown field or command it marks where it stands (measured on 7.23). */
const BAD = /^(?!\(evl)|\((?:evl|<%%) bad (?:parameter|command name) /;

/**
 * Lets the router read every line without running it. `:parse` finds what is misspelled or unknown to this version, never a wrong value.
 * @throws RouterError when there is a line this router cannot read
 */
export async function checkLines(runner: Runner, { lines, preamble }: Revert): Promise<void> {
  const questions = lines.map((line, at) => `:put "mk-line-${at}"; :put [:parse ${quoted(`${preamble}; ${line}`)}]`);
  for (const batch of batches(questions)) {
    const answers = (await ask(runner, batch)).split(/^mk-line-(\d+)\r?$/m);
    for (let at = 1; at < answers.length; at += 2) {
      const said = (answers[at + 1] ?? '').trim();
      if (!BAD.test(said)) continue;
      throw new RouterError('The router cannot read the undo script: it was not put there.', {
        hint: 'Report it with the version of the router; a change of low risk can be made without a guard.',
        details: { line: Number(answers[at]) + 1 },
      });
    }
    if (answers.length !== batch.length * 2 + 1) throw unfinished();
  }
}

/**
 * Asks the router what the script will ask it, before anything is changed: does it spell the old values as we do, does it see the places as
 * we do, and which rows look like those that come and go? Reads only.
 * @returns the rows alike, by change
 * @throws RouterError when the script could not tell our value from another one on this router
 */
export async function rehearse(runner: Runner, subject: Subject): Promise<ReadonlyMap<number, readonly string[]>> {
  const { steps } = sortChanges(subject);
  const rows = rowsOf(subject, steps);
  const created = (id: string): boolean => id.startsWith('#');
  const seen = new Set<string>();
  const questions: string[] = [];
  const expected = new Map<string, string>();
  for (const one of steps) {
    const { change, index } = one;
    if (change.verb === 'add') questions.push(safely(printAlike(change.menu, rows.contents(one), `mk-alike ${index} `)));
    if (change.verb === 'remove' && !created(change.row))
      questions.push(safely(printAlike(change.menu, [change.before ?? {}], `mk-alike ${index} `)));
    if (change.verb !== 'set' || created(change.row)) continue;
    for (const wire of new Set([...Object.keys(change.before ?? {}), ...Object.keys(change.after ?? {})])) {
      const place = `${change.menu} ${change.row} ${wire}`;
      // Only the first change of a field finds it as it was.
      if (seen.has(place)) continue;
      seen.add(place);
      expected.set(`mk-field ${index} ${wire}`, 'true');
      // What RouterOS leaves out has many names; a value it shows must be the one we know.
      const value = fieldOf(change.menu, change.row, wire);
      const known = holds(change.menu, change.row, wire, change.before?.[wire] ?? '');
      questions.push(safely(`:put ("mk-field ${index} ${wire} " . (${known} or [:len [:tostr ${value}]] = 0))`));
    }
  }
  for (const { menu, id, index } of placedRows(rows, steps)) {
    expected.set(`mk-place ${index}`, rows.successor(menu, id) ?? '');
    questions.push(safely(`:put ("mk-place ${index} " . ${placeNow(menu, id)})`));
  }
  const answers: string[] = [];
  for (const batch of batches(questions)) answers.push(...(await ask(runner, [SAME, NEXT, ...batch])).split(/\r?\n/));
  compare(expected, answers);
  return alike(subject, answers);
}

const safely = (work: string): string => `:do { ${work} } on-error={ :put "mk-error" }`;

function compare(expected: ReadonlyMap<string, string>, answers: readonly string[]): void {
  for (const [question, answer] of expected) {
    if (answers.some((line) => line.trimEnd() === `${question} ${answer}`.trimEnd())) continue;
    const [, change, field] = question.split(' ');
    throw new RouterError('On this router the undo script could not tell our value from another: it was not put there.', {
      hint: 'Report it with the version of the router; a change of low risk can be made without a guard.',
      details: { change: Number(change), ...(field !== undefined && { field }) },
    });
  }
}

function alike({ changes }: Subject, answers: readonly string[]): ReadonlyMap<number, readonly string[]> {
  const found = new Map<number, readonly string[]>();
  for (const line of answers) {
    const [, index, ids] = /^mk-alike (\d+) ([,*0-9A-F]*)\s*$/.exec(line) ?? [];
    if (index === undefined || ids === undefined) continue;
    // A row that goes is no twin of itself.
    const own = changes[Number(index)]?.row;
    found.set(
      Number(index),
      ids.split(',').filter((id) => id !== '' && id !== own),
    );
  }
  return found;
}

const END = 'mk-end';

/**
 * Runs lines that only read, and answers what they print.
 * @throws RouterError when the router did not come to the end: it answers 200 to a script that failed (measured)
 */
export async function ask(runner: Runner, lines: readonly string[]): Promise<string> {
  const script = [...lines, `:put "${END}"`].join('\n');
  const [row] = await runner.run({ verb: 'run', menu: '/', command: 'execute', args: { script, 'as-string': '' } }, { priority: 'person' });
  const text = (row?.['ret'] ?? '').trimEnd();
  if (!text.endsWith(END)) throw unfinished();
  return text.slice(0, -END.length);
}

const unfinished = (): RouterError =>
  new RouterError('The router did not finish checking the undo script.', {
    code: 'ROUTER_FAULT',
    hint: 'The account needs the policies read, write and test; look at the load of the router.',
  });

function* batches(questions: readonly string[]): Generator<readonly string[]> {
  let batch: string[] = [];
  let size = 0;
  for (const question of questions) {
    if (question.length > 60_000) throw new BugError('A line of the undo script is longer than a request may be.');
    if (size + question.length > BATCH && batch.length > 0) {
      yield batch;
      batch = [];
      size = 0;
    }
    batch.push(question);
    size += question.length;
  }
  if (batch.length > 0) yield batch;
}
