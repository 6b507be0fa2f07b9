import { RouterError } from '../../core/errors.ts';
import { type Armed, JOBS, nameOf, SCHEDULER, SCRIPTS } from './names.ts';
import { findGuard, jobsOn } from './objects.ts';
import type { GuardPorts } from './ports.ts';

/**
 * Takes away every leftover of exactly this guard, the script first: from then on nothing fires. The lock goes last, and only if it is ours.
 * Nothing is there? Then nothing is done.
 * @throws RouterError, UnreachableError when something could not be taken away; it may be called again
 */
export async function sweepGuard(ports: GuardPorts, guard: Armed): Promise<void> {
  const { script } = await findGuard(ports.reader, guard.token);
  if (script) await take(ports, SCRIPTS, script['.id']);
  await removeTriggers(ports, guard);
}

/** Schedulers and the job; then the lock. */
export async function removeTriggers(ports: GuardPorts, guard: Armed): Promise<void> {
  const { schedulers, lock, note } = await findGuard(ports.reader, guard.token);
  for (const entry of schedulers) await take(ports, SCHEDULER, entry['.id']);
  const ours = note?.token === guard.token;
  for (const job of await jobsOn(ports.reader)) {
    // Where the lock is gone only its words tell the job; without its script it wakes for nothing.
    const isOurs = (ours && job['.id'] === note.job) || (job['script'] ?? '').includes(`/system/script/run ${nameOf(guard.token)}`);
    if (isOurs) await take(ports, JOBS, job['.id']);
  }
  if (ours) await take(ports, SCRIPTS, lock?.['.id']);
}

/** Removes a row; one that is gone already is gone. */
async function take({ send }: GuardPorts, menu: string, id: string | undefined): Promise<void> {
  if (id === undefined) return;
  try {
    await send({ verb: 'remove', menu, id });
  } catch (thrown) {
    if (!(thrown instanceof RouterError) || thrown.code !== 'NO_SUCH_ITEM') throw thrown;
  }
}
