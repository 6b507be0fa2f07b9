import process from 'node:process';
import type { ReadStream, WriteStream } from 'node:tty';
import { type Clock, systemClock } from '../lib/index.ts';
import type { Operator } from '../lib/operator.ts';
import { fleetTable } from './print.ts';
import { themeFor } from './theme.ts';

/** Where a person sits. */
export interface Terminal {
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
}

export interface TuiOptions extends Partial<Terminal> {
  /** Both doors, opened for the person at the terminal; they stay open when the screen goes. */
  readonly operator: Operator;
  /** Which fleet this is: the data directory, or `demo`. */
  readonly title?: string;
  /** Why nothing may be changed from here, as a sentence; without it everything the library allows may be. */
  readonly readOnlyNote?: string;
  /** Routers are asked this often (milliseconds); 5 s by default. */
  readonly pollEvery?: number;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly clock?: Clock;
}

const POLL_EVERY = 5000;

/**
 * Shows the fleet full screen until the person quits or the process is told to end. The terminal is then as it was found.
 * Without a terminal it prints the fleet once.
 */
export async function runTui(options: TuiOptions): Promise<void> {
  const { operator, stdin = process.stdin, stdout = process.stdout, env = process.env } = options;
  if (!stdout.isTTY || !stdin.isTTY) return printFleetOnce(operator, stdout);
  // React's development build is slower and keeps measurements for as long as it runs.
  process.env['NODE_ENV'] ??= 'production';
  const { run } = await import('./run.tsx');
  const { title = '', readOnlyNote, pollEvery = POLL_EVERY, clock = systemClock } = options;
  await run({ operator, title, readOnlyNote, pollEvery, clock, stdin, stdout, theme: themeFor(env, process.platform) });
}

/** The fleet as a plain table, asked once: for pipes, logs and terminals that cannot draw. */
export async function printFleetOnce(operator: Operator, stdout: NodeJS.WritableStream): Promise<void> {
  const text = await fleetTable(operator);
  await new Promise<void>((resolve, reject) => {
    stdout.write(text, (problem) => (problem ? reject(problem) : resolve()));
  });
}
