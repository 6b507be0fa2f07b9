import { constants } from 'node:os';
import type { Operator } from '../lib/operator.ts';
import { type Argv, parseArgv } from './argv.ts';
import type { Answer, Command, Context } from './command.ts';
import { didYouMean } from './did-you-mean.ts';
import { envelope, requestId } from './envelope.ts';
import { EXIT } from './exit-codes.ts';
import { exitOf, failureOf, Interrupted, TimeIsOver } from './failure.ts';
import { findCommand } from './find-command.ts';
import { endOnBrokenPipe, type Io, openIo } from './io.ts';
import { explain, printFailure } from './print-failure.ts';
import { listenForSignals } from './signals.ts';
import { COMMANDS } from './table.ts';

/** Long enough for a clean end, short enough for somebody who pressed Ctrl-C. */
const CLOSE_WITHIN = 2_000;

interface Call {
  readonly argv: readonly string[];
  readonly id: string;
  readonly json: boolean;
  readonly verbose: boolean;
}

/** One run of the program: ends the process with the exit code that belongs to what happened. */
export async function main(argv: readonly string[]): Promise<void> {
  const flags = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
  const call: Call = {
    argv,
    id: requestId(),
    json: flags.includes('--json'),
    verbose: flags.some((word) => word === '--verbose' || /^-[A-Za-z]*v/.test(word)),
  };
  const fail = async (thrown: unknown): Promise<void> => {
    process.exitCode = thrown instanceof Interrupted ? 128 + (constants.signals[thrown.signal] ?? 0) : exitOf(thrown);
    await printThrown(thrown, call);
  };
  const crash = (thrown: unknown): void => {
    fail(thrown).finally(() => process.exit());
  };
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
  try {
    process.exitCode = await run(argv, call);
  } catch (thrown) {
    await fail(thrown);
  }
  process.exit();
}

async function run(words: readonly string[], { id }: Call): Promise<number> {
  const outlivePipe = endOnBrokenPipe();
  const argv = parseArgv(words);
  const io = openIo(argv.flags);
  const { command, args } = findCommand(argv, COMMANDS);
  const answer = await answerTo({ command, args, argv, io, outlivePipe });
  const exit = answer.exit ?? EXIT.fine;
  process.exitCode = exit;
  await print(answer, io, id);
  return exit;
}

async function answerTo(parts: {
  readonly command: Command;
  readonly args: readonly string[];
  readonly argv: Argv;
  readonly io: Io;
  readonly outlivePipe: () => void;
}): Promise<Answer> {
  const { command, args, argv, io, outlivePipe } = parts;
  const signals = listenForSignals(io.warn);
  let opening: Promise<Operator> | undefined;
  const operator = (): Promise<Operator> => {
    opening ??= import('./session.ts').then(({ openSession }) => openSession(argv.flags, { terminal: io.canAsk }));
    return opening;
  };
  const limit = timeLimit(command.mindsTimeout ? undefined : argv.flags.whole('timeout', { min: 1, max: 86_400 }));
  const { finishFirst, untilAsked } = signals;
  const signal = AbortSignal.any([signals.signal, limit.signal]);
  const takeOver = (): void => {
    signals.ignore();
    outlivePipe();
  };
  const context: Context = { args, flags: argv.flags, io, signal, operator, finishFirst, untilAsked, takeOver };
  const work = command.load().then((runCommand) => runCommand(context));
  try {
    return await Promise.race([work, signals.interrupted, limit.over]);
  } finally {
    limit.end();
    work.catch(() => {});
    await close(opening, signal.aborted);
  }
}

/** The end of --timeout: what is awaited is given up, as with Ctrl-C. */
function timeLimit(seconds: number | undefined): { readonly signal: AbortSignal; readonly over: Promise<never>; readonly end: () => void } {
  const controller = new AbortController();
  const { promise: over, reject } = Promise.withResolvers<never>();
  over.catch(() => {});
  if (seconds === undefined) return { signal: controller.signal, over, end: () => undefined };
  const timer = setTimeout(() => {
    const reason = new TimeIsOver(seconds);
    controller.abort(reason);
    reject(reason);
  }, seconds * 1_000);
  return { signal: controller.signal, over, end: () => clearTimeout(timer) };
}

/** The result is what the command said, even where closing fails; after Ctrl-C nobody waits for long. */
async function close(opening: Promise<Operator> | undefined, hurry: boolean): Promise<void> {
  const closing = opening?.then((opened) => opened.close()).catch(() => {});
  if (!closing) return;
  const enough = new Promise<void>((resolve) => {
    setTimeout(resolve, CLOSE_WITHIN).unref();
  });
  await (hurry ? Promise.race([closing, enough]) : closing);
}

async function print(answer: Answer, io: Io, id: string): Promise<void> {
  const { data, text, note, failure } = answer;
  if (io.json) {
    if (data !== undefined || failure) await io.out(envelope({ data, failure }, id));
    return;
  }
  const shown = text?.() ?? '';
  if (shown !== '') await io.out(shown);
  if (failure) printFailure(failure);
  const more = note?.() ?? '';
  if (more !== '') io.note(more);
}

async function printThrown(thrown: unknown, { argv, json, verbose, id }: Call): Promise<void> {
  if (verbose) process.stderr.write(explain(thrown));
  if (thrown instanceof Interrupted) {
    process.stderr.write(`${thrown.message}\n`);
    return;
  }
  const failure = didYouMean(failureOf(thrown), argv);
  if (!json) return printFailure(failure);
  await new Promise<void>((resolve) => process.stdout.write(`${envelope({ failure }, id)}\n`, () => resolve()));
}
