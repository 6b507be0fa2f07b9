import type { Situation } from '../situation.ts';
import { type Act, say } from './act.ts';
import { loadDevices, loadHistory, loadPlan, loadPlans, loadRead } from './reading.ts';

/** Routers asked at once when a person asks for all of them. */
const AT_ONCE = 8;

/** R: asks again for what is on the screen. */
export async function refresh(act: Act, { kind, deviceId, capability, view, level, plan, body }: Situation): Promise<void> {
  say(act, 'info', 'Asking again.');
  await Promise.all([loadDevices(act), loadPlans(act)]);
  if (kind === 'history') await loadHistory(act);
  if (plan) await loadPlan(act, plan.plan.id);
  if (kind === 'device' && deviceId !== undefined) {
    await Promise.all([sampleAll(act, [deviceId]), ...(capability || view ? [loadRead(act, deviceId, level.pane, act.signal)] : [])]);
  }
  if (kind === 'fleet' && body.kind === 'table') await sampleAll(act, body.ids);
  if (act.store.get().notice?.text === 'Asking again.') say(act, 'good', 'Up to date.');
}

async function sampleAll(act: Act, ids: readonly string[]): Promise<void> {
  const left = [...ids];
  const worker = async (): Promise<void> => {
    for (let id = left.shift(); id !== undefined && !act.signal.aborted; id = left.shift()) {
      act.samples.take([await act.fleet.sample(id)]);
      act.store.dispatch({ type: 'samples', version: act.samples.version });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
