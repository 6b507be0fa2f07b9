import type { Actor, Role } from '../core/actor.ts';
import { DeniedError } from '../core/errors.ts';

/**
 * What only a person may do. A program is none, whatever roles it was given and whoever it acts for.
 * @throws DeniedError
 */
export function requirePerson(actor: Actor, role: Role, what: string): void {
  const program = actor.origin === 'stdio' || actor.origin === 'http' || actor.origin === 'system' || actor.onBehalfOf !== undefined;
  if (program) throw new DeniedError(`Only a person may ${what}, never a program.`, { hint: 'Do it in the terminal.' });
  if (!actor.roles.includes(role)) throw new DeniedError(`To ${what} needs the role ${role}.`, { hint: 'Ask somebody who has it.' });
}
