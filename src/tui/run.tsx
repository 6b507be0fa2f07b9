import { render } from 'ink';
import { type Clock, catalogEntries, catalogOf } from '../lib/index.ts';
import type { Operator } from '../lib/operator.ts';
import { type Act, createAttention, createTurns } from './act/act.ts';
import { App } from './app.tsx';
import type { Terminal } from './index.ts';
import { createMemory } from './screens/memory.ts';
import { type AppState, initialState } from './state/app.ts';
import { type Action, reduce } from './state/reduce.ts';
import { createSamples } from './state/samples.ts';
import { createStore } from './state/store.ts';
import { openScreen } from './terminal/screen.ts';
import { enterSession } from './terminal/session.ts';
import type { Theme } from './theme.ts';

export interface RunOptions extends Terminal {
  readonly operator: Operator;
  readonly title: string;
  readonly readOnlyNote: string | undefined;
  readonly pollEvery: number | undefined;
  readonly clock: Clock;
  readonly theme: Theme;
}

/** The part of an `Act` that the terminal gives. */
type Handles = Pick<Act, 'signal' | 'bell' | 'repaint' | 'quit'>;

/** Takes the terminal, runs until somebody quits or the process is told to end, and gives the terminal back. */
export async function run(options: RunOptions): Promise<void> {
  const { stdin, stdout, theme } = options;
  const stop = new AbortController();
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  const session = theme.dumb ? undefined : enterSession(stdout, stdin, { ended: () => end(), resumed: () => screen.repaint() });
  const screen = openScreen(stdout, { lines: theme.dumb });
  const act = createAct(options, { signal: stop.signal, bell: screen.bell, repaint: screen.repaint, quit: end });
  // Frames come out of Ink whole and plain; what of them is new, the screen finds out.
  const ink = render(<App act={act} theme={theme} />, {
    stdout: screen.stream,
    stdin,
    debug: true,
    interactive: false,
    exitOnCtrlC: false,
    patchConsole: false,
  });
  try {
    await Promise.race([ended, ink.waitUntilExit()]);
  } finally {
    stop.abort();
    screen.close();
    ink.unmount();
    session?.leave();
  }
}

export function createAct(
  { operator, title, readOnlyNote, pollEvery, clock, theme }: Omit<RunOptions, 'stdin' | 'stdout'>,
  handles: Handles,
): Act {
  // Where frames are lines on paper, they come when a person asks for them.
  const paused = theme.dumb;
  return {
    operator,
    fleet: operator.fleet,
    catalog: catalogOf(catalogEntries),
    clock,
    store: createStore<AppState, Action>(reduce, initialState({ now: clock.now(), paused })),
    samples: createSamples(),
    memory: createMemory(),
    attention: createAttention(),
    turns: createTurns(),
    title,
    readOnly: readOnlyNote,
    pollEvery,
    ...handles,
  };
}
