import type { Capability, SettingCommand } from '../capability/define.ts';
import type { Row, WriteCall } from '../client/types.ts';
import { InputError } from '../core/errors.ts';
import type { Menu } from './menu.ts';
import type { ApplyPorts } from './ports.ts';
import type { RolloutOptions } from './rollout.ts';
import type { Change, Guard, Target } from './types.ts';

/** Changes from which there is no way back: a field that a command sets, with a start of the router on the way. */

/** The command that makes this change, where it has one. */
export const commandOf = (capability: Pick<Capability, 'setBy'> | undefined, { verb, after }: Change): SettingCommand | undefined =>
  capability?.setBy && verb === 'set' && after !== null && capability.setBy.field in after ? capability.setBy : undefined;

/** Does a target hold such a change? Told from its requests, so that nobody must know its capabilities. */
export const isOneWay = ({ steps }: Pick<Target, 'steps'>): boolean => steps.some(({ call }) => call.verb === 'command');

/** How long (seconds) a target's router may take over its restart; 0 where it has none. */
export const awayTime = ({ changes }: Pick<Target, 'changes'>, ports: Pick<ApplyPorts, 'capability'>): number =>
  Math.max(0, ...changes.map((change) => commandOf(ports.capability(change.capability), change)?.away ?? 0));

/** Why what this change does is lost: for whoever approves it. */
export const noWayBack = (capability: Capability, change: Change): readonly string[] => {
  const command = commandOf(capability, change);
  return command ? [command.why] : [];
};

/** The set of a singleton, and after it the command for the field that no set changes. */
export function inTwo(setBy: SettingCommand | undefined, call: Extract<WriteCall, { verb: 'set' }>): readonly WriteCall[] {
  if (!setBy || !(setBy.field in call.values)) return [call];
  const { [setBy.field]: _set, ...values } = call.values;
  const { menu, command } = setBy;
  return [...(Object.keys(values).length > 0 ? [{ ...call, values }] : []), { verb: 'command', menu, command, values: {} }];
}

/** The part of a change that has a way back: what its inverse is made of. */
export function wayBack(capability: Capability | undefined, change: Change): Change {
  const command = commandOf(capability, change);
  if (!command) return change;
  const without = (row: Row | null): Row | null =>
    row && Object.fromEntries(Object.entries(row).filter(([wire]) => wire !== command.field));
  return { ...change, before: without(change.before), after: without(change.after) };
}

/**
 * What cannot go back takes nothing with it that could: neither another change, nor the promise of an undo.
 * @throws InputError
 */
export function requireAlone(menus: ReadonlyMap<string, Menu>, changes: readonly Change[], undoes: boolean): void {
  for (const change of changes) {
    const { capability } = menus.get(change.capability) ?? {};
    const command = commandOf(capability, change);
    if (!command || !capability) continue;
    if (undoes)
      throw new InputError(`What this plan did to ${capability.id} has no way back: ${command.why}.`, {
        hint: 'Plan the change you want instead.',
      });
    if (changes.length > 1)
      throw new InputError(`A change of ${capability.id} to which there is no way back stands alone in its plan.`, {
        hint: 'Make a plan of its own for the other changes.',
      });
  }
}

/** Nothing on the router brings back what has no way back. */
export function unguarded(menus: ReadonlyMap<string, Menu>, changes: readonly Change[]): Guard | undefined {
  for (const change of changes) {
    const command = commandOf(menus.get(change.capability)?.capability, change);
    if (command) return { kind: 'none', why: command.why };
  }
  return undefined;
}

/**
 * A rollout that stops leaves the routers alone that went well: they cannot go back.
 * @throws InputError when it was asked for that they do
 */
export function keptOnStop(planned: readonly { readonly target: Pick<Target, 'steps'> }[], options: RolloutOptions = {}): RolloutOptions {
  if (!planned.some(({ target }) => isOneWay(target))) return options;
  if (options.onStop === undefined || options.onStop === 'keep') return { ...options, onStop: 'keep' };
  throw new InputError('A rollout of changes to which there is no way back cannot roll back when it stops.', { hint: 'Use on-stop keep.' });
}
