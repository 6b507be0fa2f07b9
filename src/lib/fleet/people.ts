import { type Actor, isMachine, type Role } from '../core/actor.ts';
import { DeniedError } from '../core/errors.ts';

/**
 * What only a person may do. A program is none, whatever roles it was given and whoever it acts for.
 * @param role the role it takes; one of them, where there are several
 * @throws DeniedError
 */
export function requirePerson(actor: Actor, role: Role | readonly Role[], what: string): void {
  if (isMachine(actor)) throw new DeniedError(`Only a person may ${what}, never a program.`, { hint: 'Do it in the terminal.' });
  const roles: readonly Role[] = typeof role === 'string' ? [role] : role;
  if (!roles.some((one) => actor.roles.includes(one)))
    throw new DeniedError(`To ${what} needs the role ${roles.join(' or ')}.`, { hint: 'Ask somebody who has it.' });
}

/**
 * The same, with a terminal: somebody sits there.
 * @throws DeniedError
 */
export function requirePersonAtTerminal(actor: Actor, role: readonly Role[], what: string): void {
  requirePerson(actor, role, what);
  if (!actor.terminal) throw new DeniedError(`To ${what} takes a person at a terminal.`, { hint: 'Run it in a terminal, without pipes.' });
}
