import type { Runner } from '../../client/types.ts';
import { holdsAll, holdsOne } from './expressions.ts';
import { NEXT, SAME } from './functions.ts';
import { isRowId } from './quoted.ts';
import { rowsOf } from './rows.ts';
import { ask } from './script-check.ts';
import { oursOf, type Subject, sortChanges } from './subject.ts';

/**
 * Would the script know our value again? Routers spell some values otherwise than they were given; what the script does not know it
 * leaves alone. To be asked once a change was acknowledged; without a yes it is better undone from here, while the way is open.
 * @param change index in `target.changes`
 * @param id what the router called the row, for an add
 */
export async function recognises(runner: Runner, target: Subject, change: number, id?: string): Promise<boolean> {
  const { steps } = sortChanges(target);
  const one = steps.find(({ index }) => index === change);
  // What it does not undo it need not know; and of a row that went, or moved, there is no value.
  if (!one || (one.change.verb !== 'set' && one.change.verb !== 'add')) return true;
  const { menu, row } = one.change;
  const at = id ?? row;
  if (at !== '' && !isRowId(at)) return true;
  const contents = rowsOf(target, steps).contents(one);
  const question = one.change.verb === 'add' ? holdsOne(menu, at, contents) : holdsAll(menu, at, oursOf(one.change));
  const answer = await ask(runner, [SAME, NEXT, `:do { :put (${question}) } on-error={ :put "mk-error" }`]);
  return answer.trim() === 'true';
}
