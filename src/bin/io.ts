import { styleText } from 'node:util';
import type { Flags } from './argv.ts';

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** The console as a command sees it: data goes out, everything else goes to the side. */
export interface Io {
  /** Data: resolves when it is written. */
  out(text: string): Promise<void>;
  /** For the person who watches; silent with --quiet. */
  note(text: string): void;
  /** Where long work stands, on one line of stderr that the next replaces, and an empty one takes away; undefined where nobody watches. */
  readonly step: ((text: string) => void) | undefined;
  /** For the person who must act; never silent. */
  warn(text: string): void;
  paint(style: Style, text: string): string;
  readonly json: boolean;
  readonly plain: boolean;
  readonly verbose: boolean;
  /** Somebody sits at a terminal and may be asked. */
  readonly canAsk: boolean;
  /** stdin and stdout are a terminal: full-screen programs may start. */
  readonly fullScreen: boolean;
  /** Columns of the terminal, or undefined where nothing limits a line. */
  readonly columns: number | undefined;
}

export function openIo(flags: Flags): Io {
  const plain = flags.on('plain');
  const colour = !plain && !flags.on('no-color') && process.env['TERM'] !== 'dumb';
  const quiet = flags.on('quiet');
  const write = (text: string): void => {
    process.stderr.write(text.endsWith('\n') ? text : `${text}\n`);
  };
  const watched = process.stderr.isTTY === true && !quiet && !plain && process.env['TERM'] !== 'dumb';
  return {
    step: watched ? (text) => process.stderr.write(`\r${text.slice(0, Math.max(1, process.stderr.columns - 1))}\u001b[K`) : undefined,
    out: (text) =>
      new Promise((resolve) => {
        // When it cannot be written, `endOnBrokenPipe` decides.
        process.stdout.write(text.endsWith('\n') ? text : `${text}\n`, (problem) => {
          if (!problem) resolve();
        });
      }),
    note: (text) => {
      if (!quiet) write(text);
    },
    warn: write,
    // With the stream named, styleText minds NO_COLOR, FORCE_COLOR and whether it is a terminal.
    paint: (style, text) => (colour ? styleText(style, text, { stream: process.stdout }) : text),
    json: flags.on('json'),
    plain,
    verbose: flags.on('verbose'),
    canAsk: process.stdin.isTTY === true && process.stderr.isTTY === true && !flags.on('no-input'),
    fullScreen: process.stdin.isTTY === true && process.stdout.isTTY === true && !flags.on('no-input'),
    columns: process.stdout.isTTY === true && !plain ? process.stdout.columns : undefined,
  };
}

/**
 * A reader that goes away (`| head`) ends us quietly; what was decided about the exit code stands.
 * @returns a call that takes this back
 */
export function endOnBrokenPipe(): () => void {
  const end = (problem: NodeJS.ErrnoException): void => {
    if (problem.code === 'EPIPE') process.exit(process.exitCode ?? 0);
    // What was to be said is lost; that it is lost is not.
    process.stderr.write(`error: the output cannot be written (${problem.code}).\n`, () => process.exit(1));
  };
  process.stdout.on('error', end);
  process.stderr.on('error', end);
  return () => {
    for (const stream of [process.stdout, process.stderr]) stream.off('error', end);
  };
}
