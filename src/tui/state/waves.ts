import { isBad, isOver, type PlanView, type TargetState } from '../../lib/index.ts';

/** How far one wave of a rollout is. */
export interface WaveProgress {
  readonly ids: readonly string[];
  readonly completed: number;
  /** Ended in whatever way. */
  readonly over: number;
  readonly stand: 'done' | 'under way' | 'waits' | 'ended';
}

const BEGUN: ReadonlySet<TargetState> = new Set(['executing', 'rolling-back']);

/** The waves of a plan of several routers; none for a plan of one. */
export function wavesOf({ plan: { rollout }, targets }: PlanView): readonly WaveProgress[] {
  const states = new Map(targets.map(({ deviceId, state }) => [deviceId, state]));
  return (rollout?.waves ?? []).map((ids): WaveProgress => {
    const mine = ids.flatMap((id) => states.get(id) ?? []);
    const completed = mine.filter((state) => state === 'completed').length;
    const over = mine.filter(isOver).length;
    const begun = over > 0 || mine.some((state) => BEGUN.has(state));
    const stand = completed === mine.length ? 'done' : over === mine.length ? 'ended' : begun ? 'under way' : 'waits';
    return { ids, completed, over, stand };
  });
}

/** Why a rollout starts no more routers; undefined while it goes on. */
export type Stop =
  | { readonly kind: 'called-off' | 'paused' }
  /** More routers went wrong than the plan bears. */
  | { readonly kind: 'budget'; readonly deviceIds: readonly string[] };

export function stopOf({ plan: { rollout }, targets, runs }: PlanView): Stop | undefined {
  if (!rollout) return undefined;
  const run = runs.at(-1);
  if (run === undefined) return undefined;
  if (run.wanted === 'cancel') return { kind: 'called-off' };
  const bad = targets.filter(({ state }) => isBad(state));
  if (bad.length > rollout.budget) {
    // Those that went back only because others failed are not why it stopped.
    const cause = bad.filter(({ state, outcome }) => state !== 'rolled-back' || outcome?.code !== 'DENIED');
    return { kind: 'budget', deviceIds: (cause.length > 0 ? cause : bad).map(({ deviceId }) => deviceId) };
  }
  return run.wanted === 'pause' && run.endedAt === undefined ? { kind: 'paused' } : undefined;
}
