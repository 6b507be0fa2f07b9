import type { DeviceSample, FleetEvent } from '../../lib/index.ts';
import { capabilityOf } from '../screens/device.ts';
import { viewOfPane } from '../screens/view-pane.ts';
import { topOf } from '../state/app.ts';
import { type Act, complain } from './act.ts';
import { createRefresher, loadDevices, loadJobs, loadPlans, loadRead } from './reading.ts';

/** Samples that arrive within this time (ms) are one change of the screen... */
const GATHER = 150;
/** ...and two such changes are at least this far apart: numbers that move faster are not read. */
const SAMPLES_APART = 1000;
/** The page of a router that is on the screen is read again this often (ms)... */
const READ_AGAIN = 5000;
/** ...but a router that takes long to answer is left alone for this many times as long. */
const REST = 10;
/** After the watch broke, it is tried again this much later (ms). */
const TRY_AGAIN = 3000;
/** Ages on the screen move on this often (ms)... */
export const TICK = 5000;
/** ...and what is left of the time of a guard this often. */
export const COUNT = 1000;

/** Follows the fleet until the screen goes: routers, the store of all processes, our own runs. */
export async function watchFleet(act: Act, paused: boolean, signal: AbortSignal): Promise<void> {
  const refresh = createRefresher(act);
  const gather = gatherer(act);
  const options = { signal, ...(act.pollEvery !== undefined && !paused && { pollEvery: act.pollEvery }) };
  while (!signal.aborted) {
    try {
      // What happened before we listened is not told: it is read.
      await Promise.all([loadDevices(act), loadPlans(act), loadJobs(act)]);
      for await (const event of act.fleet.watch(options)) take(act, event, { refresh, gather });
    } catch (thrown) {
      if (signal.aborted) return;
      complain(act, thrown);
      await act.clock.sleep(TRY_AGAIN, signal).catch(() => undefined);
    }
  }
}

interface Hands {
  readonly refresh: () => void;
  readonly gather: (sample: DeviceSample) => void;
}

function take(act: Act, event: FleetEvent, { refresh, gather }: Hands): void {
  if (event.type === 'sample') gather(event.sample);
  else if (event.type === 'step') act.store.dispatch({ type: 'step', record: event.record });
  else refresh();
}

/** Takes samples one by one and shows them together; those of routers that are not on the screen are only kept. */
function gatherer(act: Act): (sample: DeviceSample) => void {
  const { clock, samples, attention } = act;
  let waiting: DeviceSample[] = [];
  let shownAt = Number.NEGATIVE_INFINITY;
  const show = (): void => {
    const [up, down] = [samples.up, samples.down];
    const seen = waiting.some(({ deviceId }) => attention.sees(deviceId));
    samples.take(waiting);
    waiting = [];
    if (act.signal.aborted || (!seen && up === samples.up && down === samples.down)) return;
    shownAt = clock.monotonic();
    act.store.dispatch({ type: 'samples', version: samples.version });
  };
  return (sample) => {
    if (waiting.push(sample) > 1) return;
    const wait = Math.max(GATHER, shownAt + SAMPLES_APART - clock.monotonic());
    clock.sleep(wait, act.signal).then(show, () => undefined);
  };
}

/** Keeps the page of a router that is on the screen fresh; what is not on the screen is not read. */
export async function followPage(act: Act, paused: boolean, signal: AbortSignal): Promise<void> {
  const { place, pane } = topOf(act.store.get());
  if (place.kind !== 'device' || (!capabilityOf(act.catalog, pane) && !viewOfPane(pane))) return;
  while (!signal.aborted) {
    const asked = act.clock.monotonic();
    await loadRead(act, place.deviceId, pane, signal);
    if (paused || act.pollEvery === undefined) return;
    const took = act.clock.monotonic() - asked;
    await act.clock.sleep(Math.max(READ_AGAIN, took * REST), signal).catch(() => undefined);
  }
}

/** Moves the ages on the screen, and the countdowns, every so many milliseconds. */
export async function tick(act: Act, every: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    act.store.dispatch({ type: 'tick', now: act.clock.now() });
    await act.clock.sleep(every, signal).catch(() => undefined);
  }
}
