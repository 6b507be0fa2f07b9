import type { AppState } from './app.ts';
import { guardOf } from './guards.ts';

/** A guard that is armed on a router now. */
export interface ArmedGuard {
  readonly planId: string;
  readonly deviceName: string;
  /** When (ms) the router goes back by itself. */
  readonly until: number;
}

const ACTIVE: ReadonlySet<string> = new Set(['executing', 'rolling-back']);
const NO_GUARDS: readonly ArmedGuard[] = [];

type Known = Pick<AppState, 'plans' | 'journals'> & { readonly answer: readonly ArmedGuard[] };
const LAST = new WeakMap<AppState['journals'], Known>();

/** The guards that are armed now, the one whose time is over first at the front. */
export function armedGuards({ plans, journals }: Pick<AppState, 'plans' | 'journals'>): readonly ArmedGuard[] {
  const known = LAST.get(journals);
  if (known && known.plans === plans) return known.answer;
  const found = (plans ?? []).flatMap(({ plan, targets }) =>
    targets.flatMap(({ deviceId, state }): readonly ArmedGuard[] => {
      if (!ACTIVE.has(state)) return [];
      const target = plan.targets.find((one) => one.deviceId === deviceId);
      const stand = target && guardOf(target, journals[plan.id] ?? [], state);
      return stand?.kind === 'armed' ? [{ planId: plan.id, deviceName: target?.deviceName ?? '', until: stand.until }] : [];
    }),
  );
  const answer = found.length === 0 ? NO_GUARDS : found.sort((a, b) => a.until - b.until);
  LAST.set(journals, { plans, journals, answer });
  return answer;
}
