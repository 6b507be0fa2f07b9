import type { Capability } from '../capability/define.ts';
import type { WriteCall } from '../client/types.ts';
import { BugError } from '../core/errors.ts';
import { inTwo } from './one-way.ts';
import { marksOf } from './sealed.ts';
import type { Change } from './types.ts';

/**
 * Undo is not a second program: before and after change places. The list is walked backwards.
 * Secrets have no before: what was set stays, and the plan calls it lost; what was added goes with its row.
 */
export function inverse(change: Change): Change {
  const { place, sealed: _sealed, ...rest } = change;
  const swapped = { ...rest, before: change.after, after: change.before, secret: [] };
  const turned = place && {
    place: { ...(place.to !== undefined && { from: place.to }), ...(place.from !== undefined && { to: place.from }) },
  };
  const verb = change.verb === 'add' ? 'remove' : change.verb === 'remove' ? 'add' : change.verb;
  return { ...swapped, ...turned, verb };
}

/**
 * The literal requests of one change. Rows are named by router id, or by reference to a row the plan creates; marks stand for secrets.
 */
export function compile(capability: Pick<Capability, 'shape' | 'unset' | 'madeBy' | 'setBy'>, change: Change): readonly WriteCall[] {
  const { menu, row: id } = change;
  switch (change.verb) {
    case 'add': {
      const before = change.place?.to;
      return [
        {
          verb: 'add',
          menu,
          values: { ...change.after, ...marksOf(change) },
          ...(before && { placeBefore: before }),
          ...(capability.madeBy && { by: capability.madeBy }),
        },
      ];
    }
    case 'remove':
      return [{ verb: 'remove', menu, id }];
    case 'move': {
      const before = change.place?.to;
      return [{ verb: 'move', menu, id, ...(before && { before }) }];
    }
    case 'set':
      return compileSet(capability, change);
  }
}

function compileSet(capability: Pick<Capability, 'shape' | 'unset' | 'setBy'>, change: Change): readonly WriteCall[] {
  const { menu, row: id, before } = change;
  if (!before || !change.after) throw new BugError('A set has a before and an after.');
  const after = { ...change.after, ...marksOf(change) };
  const gone = Object.keys(before).filter((wire) => !(wire in after));
  if (gone.length === 0 && Object.keys(after).length === 0) return [];
  if (capability.shape === 'singleton')
    return inTwo(capability.setBy, { verb: 'set', menu, values: { ...after, ...Object.fromEntries(gone.map((wire) => [wire, ''])) } });
  if (capability.unset !== 'command')
    return [{ verb: 'set', menu, id, values: { ...after, ...Object.fromEntries(gone.map((wire) => [`!${wire}`, ''])) } }];
  const unsets = gone.map((field): WriteCall => ({ verb: 'unset', menu, id, field }));
  return Object.keys(after).length > 0 ? [{ verb: 'set', menu, id, values: after }, ...unsets] : unsets;
}
