import type { Link } from '../client/types.ts';
import { UnreachableError } from '../core/errors.ts';
import { armGuard, keepGuard } from '../plan/guard/arm.ts';
import { disarmGuard } from '../plan/guard/disarm.ts';
import { awaitGuard, fireGuard } from '../plan/guard/fire.ts';
import { knowRow } from '../plan/guard/know-row.ts';
import { stateOfGuard } from '../plan/guard/objects.ts';
import { sweepGuard } from '../plan/guard/sweep.ts';
import { NO_GUARD } from '../plan/no-guard.ts';
import type { GuardSend, GuardWork } from '../plan/ports.ts';
import { overFresh } from '../plan/settle.ts';
import type { Target } from '../plan/types.ts';
import type { Context } from './context.ts';

interface Of {
  readonly context: Pick<Context, 'clock'>;
  readonly link: Link;
  readonly fresh: () => Promise<Link>;
  readonly target: Target;
}

/** The guard of one target, bound to its router. */
export function guardWork({ context: { clock }, link, fresh, target }: Of): GuardWork {
  const { guard } = target;
  if (guard.kind === 'none') return NO_GUARD;
  const ports = (send: GuardSend) => ({ clock, reader: link, send });
  const again = { clock, fresh };
  return {
    armed: true,
    arm: (send) => armGuard(ports(send), target, guard),
    keep: async () => {
      if (!(await keepGuard({ reader: link }, guard))) throw lostGuard();
    },
    know: async (send, change, id) => {
      const index = target.changes.indexOf(change);
      if (index >= 0) await knowRow(ports(send), target, guard, index, id);
    },
    disarm: (send) => disarmGuard(ports(send), guard),
    fire: async (send) => void (await fireGuard(ports(send), guard)),
    await: async () => void (await awaitGuard({ clock }, guard, (work) => overFresh(again, work))),
    sweep: (send) => sweepGuard(ports(send), guard),
    state: () => overFresh(again, (reader) => stateOfGuard(reader, guard)),
  };
}

const lostGuard = (): UnreachableError =>
  new UnreachableError('The guard on the router is gone, or its time has come: nothing more is written.', {
    code: 'TIMED_OUT',
    retryable: false,
    hint: 'The router returns to where it was; plan again.',
  });
