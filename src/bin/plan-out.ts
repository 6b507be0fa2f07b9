import { chmodSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { InputError, type Plan, planFileText } from '../lib/index.ts';
import type { Answer, Context } from './command.ts';
import { UsageError } from './failure.ts';

/** Flags whose values no file may hold. */
const SECRETS = ['secret', 'secret-stdin', 'secret-fd'] as const;

/**
 * Writes a plan where --out says, once there is one.
 * @returns what makes of a plan and its answer the answer with the file in it; without --out the answer as it is
 * @throws UsageError before anything is planned: secrets do not travel, and stdout holds one document only
 */
export function outOf({ flags, io }: Pick<Context, 'flags' | 'io'>): (plan: Plan, answer: Answer) => Answer {
  const file = flags.text('out');
  if (file === undefined) return (_plan, answer) => answer;
  if (SECRETS.some((name) => flags.texts(name).length > 0))
    throw new UsageError('A plan that sets secrets cannot be written to a file: its secrets do not travel.', 'Leave --out out.');
  if (file === '-' && io.json) throw new UsageError('--out - and --json both want stdout.', 'Use one of them, or give --out a file.');
  return (plan, answer) => {
    const text = planFileText(plan);
    // The exit code stays what it is, and a person still sees the plan, beside the document.
    if (file === '-') return { ...answer, text: () => text, note: () => answer.text?.() ?? '' };
    writePrivately(file, text);
    return { ...answer, note: () => `Written to ${file}; it carries no approval.` };
  };
}

/** For its owner alone, and never half of it: whoever reads the name reads the old file or the new one. */
function writePrivately(file: string, text: string): void {
  const draft = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.tmp`);
  try {
    writeFileSync(draft, text, { mode: 0o600, flag: 'wx' });
    chmodSync(draft, 0o600);
    renameSync(draft, file);
  } catch {
    rmSync(draft, { force: true });
    throw new InputError('The plan file cannot be written.', {
      hint: 'The plan is stored all the same: routeros-mcp plan list. Give --out a file in a folder that you may write to.',
    });
  }
}
