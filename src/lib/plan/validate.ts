import type { Reader } from '../client/types.ts';
import { classify, type Ids } from './classify.ts';
import type { ApplyPorts } from './ports.ts';
import { overFresh, readMenus } from './settle.ts';
import type { Change, CheckResult, Target } from './types.ts';

/**
 * Over a new connection: the planned rows, read again, and health compared with before.
 * @throws UnreachableError when no new connection can be had: that is the failure this step exists to see
 */
export function validate(
  ports: ApplyPorts,
  target: Target,
  ids: Ids,
  known: (capability: string) => ReadonlySet<string>,
): Promise<readonly CheckResult[]> {
  return overFresh(ports, async (reader) => [
    await plannedRows(reader, ports, target, ids, known),
    ...(await ports.checks.after(reader, target)),
  ]);
}

async function plannedRows(
  reader: Reader,
  ports: ApplyPorts,
  target: Target,
  ids: Ids,
  known: (capability: string) => ReadonlySet<string>,
): Promise<CheckResult> {
  const menus = await readMenus(
    reader,
    target.changes.map((change) => change.capability),
    target,
    ports,
  );
  const wrong = target.changes.filter((change, index) => {
    const menu = menus.get(change.capability);
    const lasting = lastingPart(change, target.changes.slice(index + 1));
    return lasting !== undefined && (!menu || classify(lasting, menu, ids, known(change.capability)).standing !== 'post');
  });
  const done = target.changes.length - wrong.length;
  return {
    check: 'planned rows',
    verdict: wrong.length === 0 ? 'pass' : 'fail',
    after: `${done} of ${target.changes.length} as planned`,
    ...(wrong.length > 0 && { why: 'rows are not what was planned when read again' }),
  };
}

/** What of a change must still be seen at the end: later changes may have moved or rewritten the row. */
function lastingPart(change: Change, later: readonly Change[]): Change | undefined {
  if (later.some((other) => other.capability === change.capability && other.row === change.row)) return undefined;
  if (change.place === undefined || !later.some((other) => other.capability === change.capability)) return change;
  if (change.verb === 'move') return undefined;
  const { place: _place, ...content } = change;
  return content;
}
