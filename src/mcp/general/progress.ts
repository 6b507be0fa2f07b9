import type { Fleet, FleetEvent, JournalRecord } from '../../lib/index.ts';
import type { ToolContext } from '../tool.ts';

/** Tells every step of a run, and every router that comes to a new state. Strictly rising, and never a reason for the run to fail. */
export async function tellProgress({ fleet, progress, log }: ToolContext, planId: string, signal: AbortSignal): Promise<void> {
  if (!progress) return;
  try {
    let names: ReadonlyMap<string, string> | undefined;
    let done = 0;
    for await (const event of fleet.watch({ signal })) {
      if ((event.type !== 'step' && event.type !== 'target-state') || event.planId !== planId) continue;
      // Only now: listening must have begun before the first step.
      names ??= await deviceNames(fleet, planId);
      done += 1;
      progress({ done, message: `${names.get(event.deviceId) ?? 'the router'}: ${happened(event)}` });
    }
  } catch (thrown) {
    if (!signal.aborted) log?.(`progress of ${planId} was lost: ${thrown instanceof Error ? thrown.name : 'unknown'}`);
  }
}

async function deviceNames(fleet: Fleet, planId: string): Promise<ReadonlyMap<string, string>> {
  const { plan } = await fleet.showPlan(planId);
  return new Map(plan.targets.map(({ deviceId, deviceName }) => [deviceId, deviceName]));
}

const happened = (event: Extract<FleetEvent, { type: 'step' | 'target-state' }>): string =>
  event.type === 'step' ? stepText(event.record, event.steps) : `now ${event.state}`;

/** Undo and the guard count on as they go: how many there will be is not known before. */
function stepText({ phase, step, stage }: Pick<JournalRecord, 'phase' | 'step' | 'stage'>, steps: number): string {
  if (phase === 'apply') return `step ${step + 1} of ${steps}: ${stage}`;
  return `${phase === 'undo' ? 'undo' : 'guard'} step ${step + 1}: ${stage}`;
}
