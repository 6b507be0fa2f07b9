import type { Account } from '../accounts.ts';
import { type ConsoleResult, runConsole } from '../console/run.ts';
import { tick } from '../console/tick.ts';
import { beforeRequest } from '../side-effects.ts';
import type { RouterState } from '../state/router.ts';

export const QUIT = /^\/?(?:quit|exit)$/;
export const INTERRUPTED = 'interrupted';

/** One line over SSH: what was due before it happens first, as with every request. A channel takes no more than one line. */
export function consoleLine(
  router: RouterState,
  account: Account,
  line: string,
  now: number,
  session: string,
): Pick<ConsoleResult, 'output' | 'elapsedMs'> {
  const more = line.indexOf('\n');
  if (more >= 0) return { output: `expected end of command (line 1 column ${more + 1})\r\n`, elapsedMs: 0 };
  // Recorded on 7.10 to 7.18: a channel ends with this word.
  if (QUIT.test(line.trim())) return { output: `${INTERRUPTED}\r\n`, elapsedMs: 0 };
  tick(router, now);
  beforeRequest(router, now);
  return runConsole(router, line, { account, now, via: 'ssh', session });
}
