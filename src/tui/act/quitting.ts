import { oneLine } from '../../lib/index.ts';
import { someNames } from '../parts/alike.ts';
import { plural } from '../parts/format.ts';
import type { AppState } from '../state/app.ts';
import { ask } from '../state/prompt.ts';
import { armedGuards } from '../state/under-way.ts';
import type { Act } from './act.ts';

/** What would be left behind, as a sentence; undefined when nothing would be. */
function leftBehind(state: AppState): string | undefined {
  const doing = Object.values(state.busy).length;
  const names = armedGuards(state).map(({ deviceName }) => oneLine(deviceName, 64));
  const guards = `${names.length === 1 ? 'A guard is' : 'Guards are'} armed on ${someNames(names)}: what is not confirmed goes back by itself.`;
  if (doing > 0) return `${plural(doing, 'plan is', 'plans are')} being worked on from here.${names.length > 0 ? ` ${guards}` : ''}`;
  return names.length > 0 ? guards : undefined;
}

/** Asks once while something is under way from here or a guard is armed; the second time it goes. */
export function quit(act: Act): void {
  const state = act.store.get();
  const why = leftBehind(state);
  if (why === undefined || state.prompt?.purpose.kind === 'quit') act.quit();
  else act.store.dispatch({ type: 'ask', prompt: ask({ kind: 'quit', why }, 'Quit all the same? y and Enter:') });
}
