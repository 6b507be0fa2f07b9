import process from 'node:process';
import type { ReadStream } from 'node:tty';
import type { Output } from './screen.ts';

/** Alternate screen, hidden cursor, no wrapping at the right edge, pasted text marked as such; then a clean page. */
const ENTER = '\u001b[?1049h\u001b[?25l\u001b[?7l\u001b[?2004h\u001b[H\u001b[2J';
/** All of it undone, and a synchronized update that was cut short ended. */
const LEAVE = '\u001b[?2026l\u001b[m\u001b[?2004l\u001b[?7h\u001b[?25h\u001b[?1049l';
const DEADLY = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const;

export interface Session {
  /** Puts the terminal back as it was found; the second time it does nothing. */
  leave(): void;
}

export interface SessionHooks {
  /** A signal asked the process to end, or the terminal is gone. */
  readonly ended: () => void;
  /** The process was stopped and goes on: whatever was on the screen is gone. */
  readonly resumed: () => void;
}

/** Takes the terminal over, and gives it back whatever way the process ends. */
export function enterSession(out: Output, input: Pick<ReadStream, 'isRaw' | 'setRawMode' | 'once' | 'off'>, hooks: SessionHooks): Session {
  let inside = true;
  out.write(ENTER);
  // The window was closed: nobody is there to read or to type. The listener stays, for the last words fail later.
  out.on('error', hooks.ended);
  input.once('end', hooks.ended);

  const leave = (): void => {
    if (!inside) return;
    inside = false;
    process.off('exit', leave);
    // The monitor runs before Node prints the error: on the ordinary screen, where it can be read.
    process.off('uncaughtExceptionMonitor', leave);
    process.off('SIGCONT', resumed);
    // Not within the signal itself: whoever counts listeners then would find nobody minding it, and end the process at once.
    setImmediate(() => {
      for (const signal of DEADLY) process.off(signal, ended);
    });
    input.off('end', hooks.ended);
    if (input.isRaw) input.setRawMode(false);
    out.write(LEAVE);
  };
  const ended = (): void => {
    leave();
    hooks.ended();
  };
  const resumed = (): void => {
    if (input.isRaw) {
      input.setRawMode(false);
      input.setRawMode(true);
    }
    out.write(ENTER);
    hooks.resumed();
  };

  process.once('exit', leave);
  process.once('uncaughtExceptionMonitor', leave);
  process.on('SIGCONT', resumed);
  for (const signal of DEADLY) process.on(signal, ended);
  return { leave };
}
