import { type FleetEvent, oneLine, type Plan } from '../lib/index.ts';

type Step = Extract<FleetEvent, { readonly type: 'step' }>;

/** With more routers than this single requests are told only to who asks for details. */
const FEW = 3;
const OVER: ReadonlySet<string> = new Set(['completed', 'failed', 'rolled-back', 'stuck', 'stale', 'cancelled']);

/**
 * What happens while a plan is carried out, a line for each event, or none: states, requests, and the guard on the router from its arming
 * to its end.
 * @example const line = tellerOf(plan, false)(event); if (line !== undefined) io.note(line);
 */
export function tellerOf(plan: Plan, verbose: boolean): (event: FleetEvent) => string | undefined {
  const names = new Map(plan.targets.map(({ deviceId, deviceName }) => [deviceId, oneLine(deviceName)]));
  const guards = new Map<string, GuardStage>();
  const over = new Set<string>();
  return (event) => {
    if ((event.type !== 'target-state' && event.type !== 'step') || event.planId !== plan.id) return undefined;
    const { deviceId } = event;
    const name = names.get(deviceId) ?? deviceId;
    if (event.type === 'target-state') {
      if (OVER.has(event.state)) over.add(deviceId);
      const far = plan.targets.length > 1 && OVER.has(event.state) ? ` (${over.size} of ${plan.targets.length})` : '';
      return `${name}: ${event.state}${far}`;
    }
    const guard = guardText(event, guards);
    if (guard !== undefined) return `${name}: ${guard}`;
    if (event.record.phase === 'guard' || (plan.targets.length > FEW && !verbose)) return undefined;
    return `${name}: ${stepText(event)}`;
  };
}

type GuardStage = 'arming' | 'armed' | 'confirmed' | 'fired';

/** What a record says of the guard; undefined where it says nothing new. The records of the guard itself are told as one. */
function guardText({ deviceId, record }: Step, guards: Map<string, GuardStage>): string | undefined {
  const { phase, stage, call } = record;
  const was = guards.get(deviceId);
  const become = (now: GuardStage, text: string): string => {
    guards.set(deviceId, now);
    return text;
  };
  if (phase === 'apply' && was === 'arming') return become('armed', 'guard: armed');
  if (phase !== 'guard') return undefined;
  if (was === undefined && stage === 'intent') return become('arming', 'guard: being armed');
  // Arming sends a command too: the job that waits.
  if (call.verb === 'command' && call.menu === '/system/script' && stage === 'sent' && was !== 'fired')
    return become('fired', 'guard: fired, the router goes back');
  if (was === 'armed' && call.verb === 'remove' && call.menu === '/system/script' && stage === 'ack')
    return become('confirmed', 'guard: confirmed');
  return undefined;
}

function stepText({ record, steps }: Step): string {
  const { phase, step, stage, call } = record;
  const where = phase === 'apply' ? `step ${step + 1} of ${steps}` : `undo ${step + 1}`;
  return `${where} ${stage}: ${call.verb} ${call.menu}`;
}
