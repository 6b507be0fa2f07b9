import type { Intent } from '../../src/lib/plan/intent.ts';
import { CALM, execute, type Meanwhile, type Report, type Weather } from './execution.ts';
import { mustHold } from './invariants.ts';
import type { MemoryRouter, Start } from './memory-router.ts';
import { planOf, routerOf, type World } from './world.ts';

export interface Ran extends Report {
  readonly word: string;
  readonly router: MemoryRouter;
}

/** One run by hand. Where somebody else is at work too, the end is only named, not compared. */
export async function run(
  of: readonly string[],
  start: Start,
  intents: readonly Intent[],
  sky: Partial<Weather> = {},
  meanwhile?: (router: MemoryRouter) => Meanwhile,
): Promise<Ran> {
  const world: World = { version: '7.20.8', of, start, intents };
  const router = routerOf(world);
  const plan = planOf(world, router);
  const before = router.clone();
  const report = await execute(router, plan, { ...CALM, ...sky }, meanwhile?.(router));
  return {
    ...report,
    router,
    word: meanwhile ? (report.outcome?.state ?? 'thrown') : mustHold({ plan, start: before, now: router, report }),
  };
}

export const remove = (capability: string, id: string): Intent => ({ verb: 'remove', capability, where: { id } });
export const comment = (capability: string, id: string, text: string): Intent => ({
  verb: 'set',
  capability,
  where: { id },
  values: { comment: text },
});
export const one = (text: string) => ({ chain: 'one', comment: text });
