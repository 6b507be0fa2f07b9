import { RouterError } from '../../core/errors.ts';
import { type Armed, nameOf, SCRIPTS } from './names.ts';
import type { GuardPorts } from './ports.ts';
import { isRowId } from './quoted.ts';
import { compileRevert, declareRow, isDeclaration } from './revert.ts';
import type { Subject } from './subject.ts';

/**
 * After the answer to an add: tells the script the row's id, so that it needs not look for it. Nothing else of the script changes, and what
 * is there is compared with what was put there first.
 * @param change index of the add in `target.changes`
 * @throws RouterError when the script on the router is not ours any more, or did not take the change
 */
export async function knowRow({ reader, send }: GuardPorts, target: Subject, guard: Armed, change: number, id: string): Promise<void> {
  const name = nameOf(guard.token);
  const read = async () => (await reader.read({ verb: 'read', menu: SCRIPTS, where: { name } }, { priority: 'person' }))[0];
  const script = await read();
  const lines = (script?.['source'] ?? '').split('\n');
  const ours = compileRevert(target, { token: guard.token }).lines;
  if (!isRowId(id) || script?.['comment'] !== 'armed' || fixed(lines) !== fixed(ours)) throw notOurs();
  const unknown = lines.indexOf(declareRow(change, undefined));
  // An add that is not undone there has no line; one that is known already needs no other.
  if (unknown < 0) return;
  const source = lines.with(unknown, declareRow(change, id)).join('\n');
  await send({ verb: 'set', menu: SCRIPTS, id: script['.id'] ?? name, values: { source } });
  const now = await read();
  if (now?.['source'] !== source || now['comment'] !== 'armed' || now['invalid'] === 'true') throw notOurs();
}

/** All but the lines that say what is known of rows. */
const fixed = (lines: readonly string[]): string => lines.filter((line) => !isDeclaration(line)).join('\n');

const notOurs = (): RouterError =>
  new RouterError('The undo script on the router is not what was put there.', {
    code: 'ROUTER_FAULT',
    hint: 'Roll back now; see who else works on this router.',
  });
