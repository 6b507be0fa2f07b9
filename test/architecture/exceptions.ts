import type { Rule } from './check.ts';

/** A rule that does not hold for one file, and why. One that is not needed any more is reported too. */
export interface Exception {
  readonly rule: Rule;
  readonly file: string;
  readonly why: string;
}

export const EXCEPTIONS: readonly Exception[] = [
  {
    rule: 'quiet',
    file: 'src/lib/fleet/context.ts',
    why: 'a library opened without a configuration takes the one of its process, as the command line does',
  },
  {
    rule: 'quiet',
    file: 'src/lib/fleet/holder.ts',
    why: 'a lease names the process that holds it, so that one that is gone is told from one that is slow',
  },
];
