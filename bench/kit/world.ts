import type { SimulatorOptions } from '../../src/simulator/index.ts';
import type { verbs as barePoll } from '../bare/poll.ts';
import type { verbs as fleet } from '../ours/fleet.ts';
import type { Seen, verbs as simulator, Target } from '../simulator.ts';
import { type Child, startChild } from './child.ts';
import { EVERYBODY, type Measured } from './looks.ts';

/** Routers in one process, our fleet in another, the bare loop in a third. */
export interface PollWorld extends AsyncDisposable {
  readonly simulator: Child<typeof simulator>;
  readonly ours: Child<typeof fleet>;
  readonly bare: Child<typeof barePoll>;
  readonly targets: readonly Target[];
  /**
   * Runs one side while nobody else asks the routers anything, and compares what it says with what they saw.
   * @param looks at least so many; who is stopped in the middle of a round may have begun more
   * @throws Error requests that failed, or that were more or fewer than two for every look
   */
  checked(side: () => Promise<Measured>, looks: number): Promise<Checked>;
}

export interface Checked extends Measured {
  /** As the routers counted them. */
  readonly requests: number;
  /** Microseconds of processor time of theirs meanwhile. */
  readonly simulator: number;
}

export async function startSimulatorChild(
  options: SimulatorOptions,
): Promise<{ readonly child: Child<typeof simulator>; readonly targets: readonly Target[] }> {
  const child = startChild<typeof simulator>('simulator.ts');
  try {
    return { child, targets: await child.call('start', options) };
  } catch (thrown) {
    await child[Symbol.asyncDispose]();
    throw thrown;
  }
}

/** Starts all three, enrols the routers, and lets both sides look around once: connections, compilers and caches are warm. */
export async function startPollWorld(options: SimulatorOptions): Promise<PollWorld> {
  const { child, targets } = await startSimulatorChild(options);
  const ours = startChild<typeof fleet>('ours/fleet.ts');
  const bare = startChild<typeof barePoll>('bare/poll.ts');
  const close = async (): Promise<void> => {
    await Promise.all([ours[Symbol.asyncDispose](), bare[Symbol.asyncDispose]()]);
    await child[Symbol.asyncDispose]();
  };
  try {
    await bare.call('know', targets);
    await ours.call('enrol', targets);
    await ours.call('once', EVERYBODY);
    await bare.call('once', EVERYBODY);
  } catch (thrown) {
    await close();
    throw thrown;
  }
  const checked: PollWorld['checked'] = async (side, looks) => {
    const before = await settled(child);
    const busy = await child.call('processorTime', undefined);
    const measured = await side();
    const simulator = (await child.call('processorTime', undefined)) - busy;
    const after = await settled(child);
    const requests = after.requests - before.requests;
    // Menus that a board lacks were refused when it was enrolled: only what is new counts.
    const failed = after.failed + after.open - before.failed - before.open;
    if (failed > 0) throw new Error(`${failed} requests failed`);
    if (measured.looks < looks) throw new Error(`${measured.looks} looks instead of ${looks}`);
    const begun = requests - measured.looks * 2;
    if (begun < 0 || begun > targets.length * 2) throw new Error(`${requests} requests for ${measured.looks} looks`);
    return { ...measured, requests, simulator };
  };
  return { simulator: child, ours, bare, targets, checked, [Symbol.asyncDispose]: close };
}

/** What the routers saw, once nothing is under way any more. */
async function settled(child: Child<typeof simulator>): Promise<Seen> {
  for (let tries = 0; ; tries += 1) {
    const seen = await child.call('seen', undefined);
    if (seen.open === 0 || tries === 20) return seen;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** @throws Error the two did not see the same */
export function requireSame(ours: Measured, bare: Measured): void {
  if (ours.digest !== bare.digest) throw new Error('what we saw is not what the bare loop saw');
}
