import { render } from 'ink-testing-library';
import { afterEach } from 'vitest';
import { App } from '../../src/tui/app.tsx';
import { createAct } from '../../src/tui/run.tsx';
import { createTheme, type Theme } from '../../src/tui/theme.ts';
import { type Fixture, fixture, stillClock } from './fixture.ts';

export const PLAIN: Theme = createTheme({ colour: false, attributes: false, unicode: true });

export interface Frames {
  readonly data: Fixture;
  readonly clock: ReturnType<typeof stillClock>;
  /** The frame that is shown, without blanks at the ends of its lines. */
  frame(): string;
  lines(): readonly string[];
  /** Keys as they are typed. */
  press(...keys: readonly string[]): void;
  paste(text: string): void;
  resize(columns: number, rows: number): void;
  /** Resolves with the frame in which it is seen. */
  until(what: string | RegExp | ((frame: string) => boolean)): Promise<string>;
  readonly bells: () => number;
  readonly quits: () => number;
  end(): void;
}

export interface FramesOptions {
  readonly data?: Fixture;
  readonly columns?: number;
  readonly rows?: number;
  readonly theme?: Theme;
  readonly title?: string;
  readonly readOnly?: string;
}

/** The whole UI on a screen of a given size, without a terminal. */
export function openFrames(options: FramesOptions = {}): Frames {
  const { data = fixture(), columns = 80, rows = 24, theme = PLAIN, title = 'demo' } = options;
  const clock = stillClock();
  const stop = new AbortController();
  let bells = 0;
  let quits = 0;
  const bell = (): void => {
    bells += 1;
  };
  const quit = (): void => {
    quits += 1;
  };
  const act = createAct(
    { operator: data.operator, title, readOnlyNote: options.readOnly, pollEvery: 5000, clock, theme },
    { signal: stop.signal, bell, repaint: () => undefined, quit },
  );
  const ink = render(<App act={act} theme={theme} />);
  const size = { columns, rows };
  Object.defineProperties(ink.stdout, { columns: { get: () => size.columns }, rows: { get: () => size.rows } });
  const watchers = new Set<() => void>();
  const write = ink.stdout.write;
  ink.stdout.write = (frame: string) => {
    write(frame);
    for (const watcher of [...watchers]) watcher();
  };
  ink.stdout.emit('resize');
  const frame = (): string =>
    (ink.lastFrame() ?? '')
      .split('\n')
      .map((line) => line.trimEnd())
      .join('\n');
  return {
    data,
    clock,
    frame,
    lines: () => frame().split('\n'),
    press: (...keys) => {
      for (const key of keys) ink.stdin.write(key);
    },
    paste: (text) => ink.stdin.write(`\u001b[200~${text}\u001b[201~`),
    resize: (wide, high) => {
      Object.assign(size, { columns: wide, rows: high });
      ink.stdout.emit('resize');
    },
    until: (what) => until(what, frame, watchers),
    bells: () => bells,
    quits: () => quits,
    end: () => {
      stop.abort();
      ink.unmount();
    },
  };
}

/** Ten seconds without the frame that is waited for is a failure with a picture. */
const GIVE_UP = 10_000;

function until(what: string | RegExp | ((frame: string) => boolean), frame: () => string, watchers: Set<() => void>): Promise<string> {
  const seen = (): boolean =>
    typeof what === 'function' ? what(frame()) : typeof what === 'string' ? frame().includes(what) : what.test(frame());
  return new Promise((resolve, reject) => {
    const look = (): void => {
      if (!seen()) return;
      clearTimeout(timer);
      watchers.delete(look);
      resolve(frame());
    };
    const timer = setTimeout(() => {
      watchers.delete(look);
      reject(new Error(`Never seen: ${String(what)}. The frame:\n${frame()}`));
    }, GIVE_UP);
    watchers.add(look);
    look();
  });
}

/** Screens of one file: each ends with its test. @param seen what must be on a screen before it counts as started */
export function framesOfEach(...seen: readonly ((data: Fixture) => string | undefined)[]): (options?: FramesOptions) => Promise<Frames> {
  const open: Frames[] = [];
  afterEach(() => {
    for (const frames of open.splice(0)) frames.end();
  });
  return async (options = {}) => {
    const frames = openFrames(options);
    open.push(frames);
    for (const what of seen) {
      const mark = what(frames.data);
      if (mark !== undefined) await frames.until(mark);
    }
    return frames;
  };
}
