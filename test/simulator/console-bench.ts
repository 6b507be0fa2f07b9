import { login } from '../../src/simulator/accounts.ts';
import { type ConsoleResult, runConsole } from '../../src/simulator/console/run.ts';
import { tick } from '../../src/simulator/console/tick.ts';
import type { RouterSpec } from '../../src/simulator/index.ts';
import { type Bench, bench } from './support.ts';

export interface ConsoleBench extends Bench {
  /** Runs a script and answers all it says. */
  run(script: string, user?: string, width?: number): ConsoleResult;
  /** What it prints, without the last line end. */
  say(script: string): string;
  /** So many milliseconds pass, and what is due happens. */
  pass(ms: number): void;
}

/** A console on the table; accounts have the password `pw`. */
export function consoleBench(recording = 'rb5009_7.20.6', accounts: RouterSpec['accounts'] = []): ConsoleBench {
  const base = bench(recording, accounts);
  const account = (user: string) => {
    const found = login(base.state, `Basic ${Buffer.from(`${user}:pw`).toString('base64')}`);
    if (!found) throw new Error(`nobody called ${user}`);
    return found;
  };
  const made: ConsoleBench = Object.assign(base, {
    run: (script: string, user = 'admin', width?: number) =>
      runConsole(base.state, script, { account: account(user), now: base.now, via: 'ssh', ...(width === undefined ? {} : { width }) }),
    say: (script: string) => made.run(script).output.replace(/(?:\r\n)+$/, ''),
    pass: (ms: number) => {
      base.now += ms;
      tick(base.state, base.now);
    },
  });
  return made;
}
