import type { Plan, TargetState } from '../../src/lib/index.ts';
import type { StoreWrite } from '../../src/lib/store/store.ts';
import type { Violation } from './oracle.ts';
import type { Event } from './trace.ts';
import type { World } from './world.ts';

type Move = Extract<StoreWrite, { kind: 'target-move' }> & { readonly seq: number };

const OVER: readonly TargetState[] = ['completed', 'failed', 'rolled-back', 'stuck', 'stale', 'cancelled'];
const BAD: readonly TargetState[] = ['failed', 'rolled-back', 'stuck', 'stale'];

const isStored = (event: Event): event is Extract<Event, { kind: 'commit' }> =>
  event.kind === 'commit' && (event.fate === 'stored' || event.fate === 'doubtful');

/** What rollouts promise: waves in their order, one of a group at a time, no more at once than asked for, and the end that the plan names. */
export function rollouts(world: World): readonly Violation[] {
  const commits = world.trace.events.filter(isStored);
  const plans = commits.flatMap(({ writes }) =>
    writes.flatMap((one) => (one.kind === 'plan-insert' && one.plan.rollout ? [one.plan] : [])),
  );
  return plans.flatMap((plan) => {
    const moves = commits.flatMap(({ writes, seq }) =>
      writes.flatMap((one): Move[] => (one.kind === 'target-move' && one.planId === plan.id ? [{ ...one, seq }] : [])),
    );
    if (!moves.some(({ to }) => to === 'executing')) return [];
    return [...inOrder(world, plan, moves), ...sideBySide(world, plan, moves), ...atTheEnd(world, plan, moves)];
  });
}

/** Waves one after the other, and never two of a group under way. */
function inOrder(world: World, plan: Plan, moves: readonly Move[]): readonly Violation[] {
  const states = new Map<string, TargetState>();
  const waves = plan.rollout?.waves ?? [];
  const groups = groupsOf(world);
  return moves.flatMap(({ deviceId, from, to, seq }): Violation[] => {
    states.set(deviceId, to);
    if (from !== 'approved' || to !== 'executing') return [];
    const nth = waves.findIndex((wave) => wave.includes(deviceId));
    const early = waves
      .slice(0, nth)
      .flat()
      .some((id) => !OVER.includes(states.get(id) ?? 'approved'));
    const group = groups.get(deviceId);
    const twin = [...states].some(
      ([id, state]) => id !== deviceId && group !== undefined && groups.get(id) === group && ['executing', 'rolling-back'].includes(state),
    );
    return [
      ...(early
        ? [{ law: 'I6' as const, seq, what: `a router of wave ${nth + 1} was started before the waves in front of it were over` }]
        : []),
      ...(twin ? [{ law: 'I6' as const, seq, what: `two of group ${group} were under way at once` }] : []),
    ];
  });
}

function groupsOf(world: World): ReadonlyMap<string, string> {
  const groups = new Map<string, string>();
  for (const write of world.furnished) {
    const group = write.kind === 'device-put' ? write.device.tags['group'] : undefined;
    if (write.kind === 'device-put' && group !== undefined) groups.set(write.device.id, group);
  }
  return groups;
}

/** A process asks no more routers at once than the plan says. */
function sideBySide(world: World, { rollout, id }: Plan, moves: readonly Move[]): readonly Violation[] {
  const from = moves.find(({ to }) => to === 'executing')?.seq ?? 0;
  const until = moves.at(-1)?.seq ?? 0;
  const out = new Map<number, string>();
  for (const event of world.trace.events) {
    if (event.kind === 'sent') out.set(event.request, `${event.controller} ${event.router}`);
    if (event.kind === 'heard') out.delete(event.request);
    if (event.kind === 'dead') for (const [request, line] of out) if (line.startsWith(`${event.controller} `)) out.delete(request);
    if (event.kind !== 'sent' || event.seq < from || event.seq > until) continue;
    const asked = new Set([...out.values()].filter((line) => line.startsWith(`${event.controller} `)));
    if (asked.size > (rollout?.parallel ?? 1))
      return [{ law: 'I6', seq: event.seq, what: `${id}: ${asked.size} routers were asked at once` }];
  }
  return [];
}

function atTheEnd(world: World, plan: Plan, moves: readonly Move[]): readonly Violation[] {
  const { rollout } = plan;
  const seq = moves.at(-1)?.seq ?? 0;
  const states = new Map<string, TargetState>(plan.targets.map(({ deviceId }) => [deviceId, 'approved']));
  for (const { deviceId, to } of moves) states.set(deviceId, to);
  if (!rollout) return [];
  const wrong = (law: Violation['law'], what: string): Violation[] => [{ law, seq, what: `${plan.id}: ${what}` }];
  if ([...states.values()].some((state) => !OVER.includes(state))) return wrong('live', `not over: ${[...states.values()]}`);
  const hasStopped = [...states.values()].filter((state) => BAD.includes(state)).length > rollout.budget;
  const takenBack = moves.find(({ from, to }) => from === 'completed' && to === 'rolling-back');
  if (!hasStopped || rollout.onStop === 'keep') {
    if (takenBack && rollout.onStop === 'keep') return wrong('I6', 'a router was taken back that the plan keeps');
    const mayCancel = hasStopped || wasCalledOff(world) || isLate(world, plan, moves);
    return !mayCancel && [...states.values()].includes('cancelled') ? wrong('I6', 'a router was left out for no reason') : [];
  }
  const begun = new Set(moves.flatMap(({ deviceId, to }) => (to === 'cancelled' ? [] : [deviceId])));
  const last = rollout.waves.findLast((wave) => wave.some((id) => begun.has(id))) ?? [];
  const scope = rollout.onStop === 'roll-back-all' ? rollout.waves.flat() : last;
  const kept = scope.filter((id) => states.get(id) === 'completed' && !isSaid(world, plan.id, id));
  return kept.length > 0 ? wrong('I6', `${rollout.onStop} left ${kept.length} as they were, and the ledger does not say so`) : [];
}

/** Nobody could take it back, and the ledger has that. */
const isSaid = (world: World, planId: string, deviceId: string): boolean =>
  world.trace.events
    .filter(isStored)
    .some(({ writes }) =>
      writes.some(
        (one) =>
          one.kind === 'ledger' &&
          one.record.plan === planId &&
          one.record.device === deviceId &&
          one.record.details['takenBack'] === false,
      ),
    );

const wasCalledOff = (world: World): boolean =>
  world.trace.events.some(
    (event) => isStored(event) && event.writes.some((write) => write.kind === 'run-control' && write.wanted === 'cancel'),
  );

/** Over its time, by a clock that jumped or by one that did not. */
function isLate(world: World, plan: Plan, moves: readonly Move[]): boolean {
  const at = (seq: number): number => world.trace.events[seq]?.at ?? 0;
  const begun = at(moves.find(({ to }) => to === 'executing')?.seq ?? 0);
  const jumped = world.trace.events.some((event) => event.kind === 'fault' && event.what.includes('controller-clock'));
  return jumped || moves.some(({ to, seq }) => to === 'cancelled' && at(seq) - begun > plan.executeWithin);
}
