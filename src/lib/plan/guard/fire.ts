import type { Reader } from '../../client/types.ts';
import { FleetError, RouterError, UnreachableError } from '../../core/errors.ts';
import { type Armed, bootDelay, nameOf, SCHEDULER_LATER, SCRIPTS } from './names.ts';
import { type GuardState, stateOfGuard } from './objects.ts';
import type { GuardPorts } from './ports.ts';

/** Milliseconds between two looks, and how long a script may take. */
const EVERY = 2_000;
const MOST = 120_000;
/** Looks that find the script unclaimed before it is run again. */
const PATIENT = 3;
/** What a router may need (seconds) for its start, the script and the way back to us, after all triggers. */
const MARGIN = 120;

/**
 * Rolls back on purpose: runs the guard's script now and waits until it has come to its end.
 * @returns `done`, or `absent` when the script is gone
 * @throws RouterError when it was not run and is still armed; UnreachableError `TIMED_OUT` when it does not end
 */
export async function fireGuard(ports: GuardPorts, guard: Armed): Promise<'done' | 'absent'> {
  let refused = await run(ports, guard);
  let waiting = 0;
  const until = ports.clock.monotonic() + MOST;
  for (;;) {
    const state = await look(ports.reader, guard);
    if (state === 'done' || state === 'absent') return state;
    if (refused && state === 'armed') throw refused;
    if (ports.clock.monotonic() >= until) throw notDone();
    waiting = state === 'armed' ? waiting + 1 : 0;
    if (waiting > PATIENT) {
      // The request was lost before it arrived. One that is only late does no harm: the script claims itself in its first line.
      refused = await run(ports, guard);
      waiting = 0;
    }
    await ports.clock.sleep(EVERY);
  }
}

/** @returns what the router refused it with; without an answer it may run all the same */
async function run(ports: GuardPorts, guard: Armed): Promise<RouterError | undefined> {
  try {
    await ports.send({ verb: 'command', menu: SCRIPTS, command: 'run', values: { number: nameOf(guard.token) } });
  } catch (thrown) {
    if (thrown instanceof RouterError) return thrown;
    if (!(thrown instanceof UnreachableError)) throw thrown;
  }
  return undefined;
}

/** Undefined while the router does not answer: that is what undoing a change of the way to it looks like. */
async function look(reader: Reader, guard: Armed): Promise<GuardState | undefined> {
  try {
    return await stateOfGuard(reader, guard);
  } catch (thrown) {
    if (thrown instanceof FleetError && thrown.retryable) return undefined;
    throw thrown;
  }
}

/**
 * Waits for a router that we cannot reach: until its guard has fired and it answers again, or until the last trigger is over by a margin.
 * @param overFresh works over a new connection, as the executor's own reads do
 * @returns where the guard stands then; `armed` means that no trigger ran it
 * @throws UnreachableError `TIMED_OUT` when the router did not answer in all that time
 */
export async function awaitGuard(
  ports: Pick<GuardPorts, 'clock'>,
  guard: Armed,
  overFresh: <Result>(work: (reader: Reader) => Promise<Result>) => Promise<Result>,
): Promise<GuardState> {
  const most = guard.seconds + SCHEDULER_LATER + bootDelay(guard.seconds) + MARGIN;
  const until = ports.clock.monotonic() + most * 1_000;
  let last: GuardState | undefined;
  for (;;) {
    try {
      last = await overFresh((reader) => stateOfGuard(reader, guard));
    } catch (thrown) {
      if (!(thrown instanceof FleetError) || !thrown.retryable) throw thrown;
    }
    if (last === 'done' || last === 'absent') return last;
    if (ports.clock.monotonic() >= until) break;
    await ports.clock.sleep(EVERY);
  }
  if (last === undefined) throw notBack(most);
  return last;
}

const notDone = (): UnreachableError =>
  new UnreachableError('The undo script was started and did not come to its end in time.', {
    code: 'TIMED_OUT',
    retryable: false,
    hint: 'Look at the router, then read its state again.',
  });
const notBack = (seconds: number): UnreachableError =>
  new UnreachableError('The router did not answer again after its guard should have fired.', {
    code: 'TIMED_OUT',
    retryable: false,
    hint: 'Look at the router on site.',
    details: { seconds },
  });
