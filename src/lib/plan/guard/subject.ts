import type { Row, WriteCall } from '../../client/types.ts';
import type { Change, Lost, Target } from '../types.ts';
import { canBeQuoted, isFieldName, isMenuPath, isRowId } from './quoted.ts';

/** What the undo on the router is made from. */
export type Subject = Pick<Target, 'changes' | 'undo' | 'base'>;

/** One change that is undone on the router, and the words it is undone with. */
export interface Step {
  readonly index: number;
  readonly change: Change;
  readonly undo: readonly WriteCall[];
}

export interface Sorted {
  readonly steps: readonly Step[];
  /** What the router does not undo by itself, and why. */
  readonly uncovered: readonly Lost[];
}

/** What can be undone on the router without telling it a secret: anybody who may read sees the text of a script. */
export function sortChanges({ changes, undo }: Pick<Subject, 'changes' | 'undo'>): Sorted {
  const steps: Step[] = [];
  const uncovered: Lost[] = [];
  for (const [index, change] of changes.entries()) {
    const why = obstacle(change, undo[index] ?? []);
    if (why !== undefined) uncovered.push({ change: index, why });
    else {
      if (change.verb === 'set' && secretsOf(change).size > 0)
        uncovered.push({ change: index, why: 'its secret fields are not undone there' });
      const plain = withoutSecrets(change);
      steps.push({ index, change: plain, undo: (undo[index] ?? []).flatMap((call) => withoutSecretValues(call, secretsOf(change))) });
    }
  }
  return { steps, uncovered };
}

/** Why a change cannot be undone by a script at all. What goes into a line bare is looked at here: router text is never code. */
function obstacle(change: Change, undo: readonly WriteCall[]): string | undefined {
  const { before, after } = withoutSecrets(change);
  const contents = [before ?? {}, after ?? {}, ...undo.flatMap(namesAndValues)];
  const known = change.verb === 'add' ? after : before;
  if (![change.menu, ...undo.map((call) => call.menu)].every(isMenuPath)) return 'its menu cannot be named in a script';
  if (undo.some((call) => call.verb === 'command' || (call.verb === 'add' && call.by))) return 'it is undone by a command of its own';
  // A row without its secret may let everybody in: a wireless network without a passphrase.
  if (change.verb === 'remove' && secretsOf(change).size > 0) return 'it would come back without its secret fields';
  if (!contents.every((row) => Object.keys(row).every(isFieldName))) return 'a field of it cannot be named in a script';
  if (!contents.every((row) => Object.values(row).every(canBeQuoted))) return 'a value of it cannot be written into a script';
  if (change.row !== '' && !/^#\d+$/.test(change.row) && !isRowId(change.row)) return 'its row cannot be named in a script';
  if (change.verb === 'set' && Object.keys({ ...before, ...after }).length === 0) return 'only secret fields of it were changed';
  if ((change.verb === 'add' || change.verb === 'remove') && Object.keys(known ?? {}).length === 0)
    return 'nothing of it tells its row from others';
  return undefined;
}

function namesAndValues(call: WriteCall): readonly Row[] {
  if (call.verb === 'unset') return [{ [call.field]: '' }];
  if (call.verb !== 'set' && call.verb !== 'add') return [];
  return [Object.fromEntries(Object.entries(call.values).map(([wire, text]) => [wire.replace(/^!/, ''), text]))];
}

const secretsOf = (change: Change): ReadonlySet<string> => new Set([...change.secret, ...Object.keys(change.sealed ?? {})]);

function withoutSecrets(change: Change): Change {
  const secrets = secretsOf(change);
  if (secrets.size === 0) return change;
  return { ...change, before: change.before && without(change.before, secrets), after: change.after && without(change.after, secrets) };
}

const without = (row: Row, names: ReadonlySet<string>): Row =>
  Object.fromEntries(Object.entries(row).filter(([wire]) => !names.has(wire.replace(/^!/, ''))));

function withoutSecretValues(call: WriteCall, secrets: ReadonlySet<string>): readonly WriteCall[] {
  if (call.verb === 'unset') return secrets.has(call.field) ? [] : [call];
  return call.verb === 'set' || call.verb === 'add' ? [{ ...call, values: without(call.values, secrets) }] : [call];
}

/** The values a set leaves on the router; an empty text for a field that it takes away. */
export function oursOf({ before, after }: Change): Row {
  const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return Object.fromEntries([...fields].map((wire) => [wire, after?.[wire] ?? '']));
}
