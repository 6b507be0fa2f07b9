import { type FleetError, RouterError, UnreachableError } from '../../core/errors.ts';
import { type Armed, nameOf, SCRIPTS } from './names.ts';
import { findGuard, stateOf, stateOfGuard, uptimeOf } from './objects.ts';
import type { GuardPorts } from './ports.ts';
import { removeTriggers } from './sweep.ts';

/**
 * The confirmation: the script is deleted, by one call, and with it every trigger has nothing left to run; then these, and the lock.
 * @returns `already-fired` when the router was faster: it has its base again, or soon
 * @throws UnreachableError `TIMED_OUT` in the last third of the window, and after a restart: it is left to fire; wait with `awaitGuard`
 */
export async function disarmGuard(ports: GuardPorts, guard: Armed): Promise<'disarmed' | 'already-fired'> {
  const { script } = await findGuard(ports.reader, guard.token);
  if (!script || stateOf(script) !== 'armed') return 'already-fired';
  await requireTime(ports, guard);
  if (!(await deleteScript(ports, guard, script['.id'] ?? nameOf(guard.token)))) return 'already-fired';
  // The script may have been claimed between our look and the deletion; a script that runs goes on to its end.
  const fired = await hasFired(ports, guard);
  await removeTriggers(ports, guard);
  return fired ? 'already-fired' : 'disarmed';
}

/** @returns false when it was gone before */
async function deleteScript(ports: GuardPorts, guard: Armed, id: string): Promise<boolean> {
  try {
    await ports.send({ verb: 'remove', menu: SCRIPTS, id });
    return true;
  } catch (thrown) {
    if (thrown instanceof RouterError && thrown.code === 'NO_SUCH_ITEM') return false;
    const lost = thrown instanceof UnreachableError || (thrown instanceof RouterError && thrown.code === 'ROUTER_FAULT');
    // The script never takes itself away: when it is gone, it was our deletion that arrived.
    if (lost && (await stateOfGuard(ports.reader, guard)) === 'absent') return true;
    throw thrown;
  }
}

/** The second line of the script's own: it says so in the log as soon as it is claimed. */
async function hasFired({ reader }: GuardPorts, { token }: Armed): Promise<boolean> {
  const message = `${nameOf(token)}: rollback`;
  const rows = await reader.read({ verb: 'read', menu: '/log', fields: ['message'], where: { message } }, { priority: 'person' });
  return rows.some((row) => row['message'] === message);
}

/** A confirmation that races with the timer proves nothing. Counted in the router's uptime, which no clock change touches. */
async function requireTime(ports: GuardPorts, guard: Armed): Promise<void> {
  const { note } = await findGuard(ports.reader, guard.token);
  const up = await uptimeOf(ports.reader);
  if (note?.token !== guard.token || note.since === undefined)
    throw tooLate('The guard has lost its lock: nobody can say how much time is left.');
  if (up < note.since) throw tooLate('The router was restarted since the guard was armed.');
  if (up - note.since >= (guard.seconds * 2) / 3) throw tooLate('It is too late to confirm: the last third of the window has begun.');
}

const tooLate = (why: string): FleetError =>
  new UnreachableError(why, {
    code: 'TIMED_OUT',
    retryable: false,
    hint: 'The router returns to where it was; wait for it, then plan again.',
  });
