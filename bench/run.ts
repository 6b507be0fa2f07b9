// npm run bench             the whole table
// npm run bench -- P8       one row, or several
// npm run bench -- --json   for machines
// npm run bench -- --quick  shows that it works; the figures mean little
// npm run bench -- --pairs 15
// BENCH_PROFILE=folder      each process leaves a processor profile there
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { findRows } from './kit/find-rows.ts';
import type { Row } from './kit/row.ts';
import { table } from './kit/table.ts';
import { type Line, lineOf } from './kit/verdict.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean' }, quick: { type: 'boolean' }, pairs: { type: 'string' } },
});

async function chosen(): Promise<readonly Row[]> {
  const rows = await findRows();
  const unknown = positionals.filter((id) => !rows.some((row) => row.id === id));
  if (unknown.length === 0) return positionals.length === 0 ? rows : rows.filter(({ id }) => positionals.includes(id));
  throw new Error(`no row is called ${unknown.join(', ')}; there are ${rows.map(({ id }) => id).join(', ')}`);
}

const quick = values.quick === true;
const pairs = values.pairs === undefined ? (quick ? 2 : 5) : Number(values.pairs);
if (!Number.isInteger(pairs) || pairs < 1) throw new Error('--pairs is a whole number of 1 or more');

/** Who reads the figures wants to know whether the machine had anything else to do. */
const load = (): number => Number((loadavg()[0] ?? 0).toFixed(2));
const machine = { node: process.version, cores: cpus().length, loadBefore: load() };
const lines: Line[] = [];
let broken = false;
// One after the other: a row has the machine to itself.
for (const row of await chosen()) {
  // A row takes a minute or so; whoever looks on is told.
  if (process.stderr.isTTY) console.error(`${row.id} ${row.what} ...`);
  try {
    for (const finding of await row.measure({ quick, pairs })) lines.push(lineOf(row, finding));
  } catch (thrown) {
    broken = true;
    console.error(`${row.id} has no figure:`, thrown);
  }
}
const ran = { quick, pairs, ...machine, loadAfter: load() };
if (values.json) console.log(JSON.stringify({ ...ran, lines }, undefined, 2));
else {
  console.log(table(lines));
  console.log(`node ${ran.node}, ${ran.cores} cores, load ${ran.loadBefore} before and ${ran.loadAfter} after`);
}
// A missed target is a finding, and machines are noisy: only what was not right ends with an error.
process.exitCode = broken ? 1 : 0;
