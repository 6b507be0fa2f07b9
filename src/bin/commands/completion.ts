import { spelled } from '../argv.ts';
import type { Run } from '../command.ts';
import { UsageError } from '../failure.ts';
import { SCRIPTS, SHELLS } from '../shells.ts';

/** The script knows nothing itself: it asks this program for candidates. */
export const completion: Run = async ({ args }) => {
  const shell = SHELLS.find((one) => one === args[0]);
  if (!shell)
    throw new UsageError(`There is no completion for ${spelled(args[0] ?? '')}.`, `Use one of: ${SHELLS.join(', ')}.`, { allowed: SHELLS });
  const script = SCRIPTS[shell];
  return { data: { shell, script }, text: () => script };
};
