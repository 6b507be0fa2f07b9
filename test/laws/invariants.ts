import { expect } from 'vitest';
import { StoreError } from '../../src/lib/core/errors.ts';
import type { Outcome, Plan } from '../../src/lib/plan/types.ts';
import type { Report } from './execution.ts';
import type { MemoryRouter } from './memory-router.ts';
import { afterSteps } from './world.ts';

type State = ReturnType<MemoryRouter['state']>;

/** A router as it was, as it should become, and as it is. */
export interface Stand {
  readonly plan: Plan;
  readonly start: MemoryRouter;
  readonly now: MemoryRouter;
  readonly report: Report;
}

/**
 * I3: in every terminal state the router equals its pre-state or its post-state, rows and order; otherwise it is `stuck` and says what is left.
 * @returns a word for the figures
 */
export function mustHold({ plan, start, now, report }: Stand): string {
  const { outcome, begun, writes, rollingBack } = report;
  if (!outcome) return mustBeInterrupted(report, start.state(), now.state());
  const [target] = plan.targets;
  if (!target) throw new Error('a plan without a target');
  expect(rollingBack).toBeLessThanOrEqual(1);
  switch (outcome.state) {
    case 'completed':
      expect(now.state()).toEqual(afterSteps(start, target).state());
      expect(rollingBack).toBe(0);
      break;
    case 'rolled-back':
      expect(now.state()).toEqual(start.state());
      expect(rollingBack).toBe(1);
      break;
    case 'failed':
      expect(now.state()).toEqual(start.state());
      expect(rollingBack).toBe(0);
      break;
    case 'stale':
      expect([begun, writes]).toEqual([false, []]);
      break;
    case 'stuck':
      return mustSayWhatIsLeft(outcome, start.state(), now.state(), plan);
    default:
      throw new Error(`a run cannot end ${outcome.state}`);
  }
  return outcome.state;
}

/** What is thrown after the first write comes from our own disk or lease; before it, nothing was sent. */
function mustBeInterrupted({ thrown, begun, writes }: Report, start: State, now: State): string {
  if (begun) {
    expect(thrown).toBeInstanceOf(StoreError);
    return 'interrupted';
  }
  expect(writes).toEqual([]);
  expect(now).toEqual(start);
  return 'not begun';
}

/** Every menu that differs from its start is named by a change that is left or by a difference that was found. */
function mustSayWhatIsLeft(outcome: Outcome, start: State, now: State, plan: Plan): string {
  const changes = plan.targets.flatMap((target) => target.changes);
  expect(outcome.left.length + outcome.drift.length).toBeGreaterThan(0);
  expect(changes).toEqual(expect.arrayContaining([...outcome.left]));
  const named = new Set(
    [...outcome.left, ...outcome.drift].map(({ capability }) => changes.find((one) => one.capability === capability)?.menu),
  );
  const different = Object.keys(start).filter((menu) => JSON.stringify(start[menu]) !== JSON.stringify(now[menu]));
  expect(different.filter((menu) => !named.has(menu))).toEqual([]);
  return different.length === 0 ? 'stuck, though as before' : 'stuck';
}
