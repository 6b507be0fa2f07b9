import type { Operator } from '../lib/operator.ts';
import type { Flags } from './argv.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Failure } from './failure.ts';
import type { FlagName } from './flags.ts';
import type { Io } from './io.ts';
import type { Offer } from './offer.ts';

/** What a command has to say: drawn once, for a program or for a person. */
export interface Answer {
  /** The `data` of the envelope. Without it the command has already said everything. */
  readonly data?: unknown;
  /** The same for people, on stdout. */
  readonly text?: () => string;
  /** What to do next, on stderr, for people. */
  readonly note?: () => string;
  readonly exit?: ExitCode;
  /** It was done, and ended badly: the envelope has `error` beside `data`. */
  readonly failure?: Failure;
}

/** What a command gets. */
export interface Context {
  /** The values of the command's arguments, in order. */
  readonly args: readonly string[];
  readonly flags: Flags;
  readonly io: Io;
  /** Aborts when the person or the system asks us to end. */
  readonly signal: AbortSignal;
  /** Opens both doors once; they are closed when the command is over. */
  operator(): Promise<Operator>;
  /** From here on a first Ctrl-C does not end the program but prints this sentence, and does that; a second one ends it. */
  finishFirst(sentence: string, act?: () => void): void;
  /** Ends when the process is asked to end: for commands that serve until then. */
  untilAsked(): Promise<void>;
  /** The command minds signals and a broken stdout itself. */
  takeOver(): void;
}

export type Run = (context: Context) => Promise<Answer>;

export interface Arg {
  readonly name: string;
  readonly about: string;
  readonly optional?: true;
  /** What can be given here, for completion; help shows one thing of the catalog where it is named. */
  readonly offer?: Offer;
  /** Takes all that is left. */
  readonly rest?: true;
}

export interface Command {
  /** `['device', 'add']`; none is what runs without a word. */
  readonly words: readonly string[];
  readonly about: string;
  readonly args: readonly Arg[];
  /** Beside those that every command takes. */
  readonly flags: readonly FlagName[];
  /** Flags that elsewhere are given once, and here again for more. */
  readonly several?: readonly FlagName[];
  /** It minds --timeout itself; elsewhere the command ends when the time is over. */
  readonly mindsTimeout?: true;
  readonly examples: readonly string[];
  /** Longer words for `--help` and the reference page. */
  readonly notes?: readonly string[];
  /** The module is loaded when the command runs, not before. */
  load(): Promise<Run>;
}
