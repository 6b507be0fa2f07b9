import { spawn } from '@lydell/node-pty';
import { ENTRY, type Place } from './program.ts';

/** An answer may take something else to be done first. */
export type Answers = readonly (readonly [question: string, answer: string | (() => Promise<string>)])[];

export interface Sitting {
  readonly code: number;
  /** All that appeared on the screen. */
  readonly screen: string;
}

/** A person at a terminal: answers each question when it is there. */
export function sitAt(
  place: Pick<Place, 'dir' | 'env'>,
  args: readonly string[],
  answers: Answers,
  env: Place['env'] = {},
): Promise<Sitting> {
  const left = [...answers];
  return new Promise((resolve) => {
    const terminal = spawn(process.execPath, [ENTRY, ...args], {
      cols: 120,
      rows: 40,
      cwd: place.dir,
      env: { ...place.env, ...env, TERM: 'xterm' },
    });
    let screen = '';
    let read = 0;
    terminal.onData((text) => {
      screen += text;
      const [question, answer] = left[0] ?? [];
      const at = question === undefined ? -1 : screen.indexOf(question, read);
      if (question === undefined || answer === undefined || at < 0) return;
      read = at + question.length;
      left.shift();
      if (typeof answer === 'string') terminal.write(answer);
      else answer().then((text) => terminal.write(text));
    });
    terminal.onExit(({ exitCode }) => resolve({ code: exitCode, screen }));
  });
}
