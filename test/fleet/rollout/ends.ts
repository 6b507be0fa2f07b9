import { expect } from 'vitest';
import type { Rollout, TargetState } from '../../../src/lib/index.ts';
import type { FaultAction } from '../../../src/simulator/index.ts';
import { setDns } from '../rig.ts';
import { REFUSED, type Yard } from './yard.ts';

export const LONG = process.env['ROUTEROS_MCP_TEST_LONG'] === '1';
export const ENDS: readonly Rollout['onStop'][] = ['keep', 'roll-back-wave', 'roll-back-all'];
const KINDS: readonly FaultAction[] = [REFUSED, { kind: 'reset' }];
/** How a router ends that was changed, one that was not, and one on which it went wrong. */
type End = 'new' | 'taken back' | 'untouched' | 'bad';

/** Where routers must end when they are done one after the other. */
function expected(
  waves: readonly number[],
  bad: readonly number[],
  { budget, onStop }: Pick<Rollout, 'budget' | 'onStop'>,
): readonly End[] {
  const ends: End[] = [];
  let failed = 0;
  let wave: number[] = [];
  const size = waves.reduce((sum, one) => sum + one, 0);
  for (let at = 0, nth = 0; at < size && failed <= budget; nth += 1) {
    wave = Array.from({ length: waves[nth] ?? 0 }, (_, index) => at + index);
    for (const one of wave) {
      if (failed > budget) break;
      ends[one] = bad.includes(one) ? 'bad' : 'new';
      if (bad.includes(one)) failed += 1;
    }
    at += wave.length;
  }
  const back =
    failed > budget && onStop !== 'keep' ? (onStop === 'roll-back-all' ? Array.from({ length: size }, (_, at) => at) : wave) : [];
  return Array.from({ length: size }, (_, at) => {
    const end = ends[at] ?? 'untouched';
    return end === 'new' && back.includes(at) ? 'taken back' : end;
  });
}

const STATES: Readonly<Record<End, readonly TargetState[]>> = {
  new: ['completed'],
  'taken back': ['rolled-back'],
  untouched: ['cancelled'],
  bad: ['failed', 'rolled-back'],
};

let last = 9;
/** Rolls out once, some routers refusing or losing the reply, and compares every router and every target with where they must be. */
export async function rollOutAndCompare(
  yard: Yard,
  waves: readonly number[],
  bad: readonly number[],
  how: Partial<Omit<Rollout, 'waves'>>,
): Promise<void> {
  const { budget = 0, onStop = 'roll-back-wave' } = how;
  last += 1;
  const wanted = `192.0.2.${last % 250},198.51.100.${Math.floor(last / 250)}`;
  const { plan } = await yard.approved({ ...how, waves, parallel: how.parallel ?? 1 }, [setDns(wanted)]);
  const before = yard.servers();
  const seen = yard.names.map((_, at) => yard.router(at).requests().length);
  for (const at of bad) await yard.router(at).fault({ method: 'write', path: '/ip/dns/set', nth: 1, action: KINDS[at % 2] ?? REFUSED });
  const view = await yard.rig.fleet.apply({ planId: plan.id });
  await Promise.all(bad.map((at) => yard.router(at).clearFaults()));
  const states = await yard.states(plan.id);
  const about = `${waves} without ${bad}, budget ${budget}, ${onStop}: ${states}`;
  for (const [at, end] of expected(waves, bad, { budget, onStop }).entries()) {
    expect(STATES[end], about).toContain(states[at]);
    expect(yard.servers()[at], about).toBe(end === 'new' ? wanted : before[at]);
    if (end === 'untouched') expect(yard.router(at).requests().length, about).toBe(seen[at]);
  }
  expect(view.runs.every((run) => run.endedAt !== undefined)).toBe(true);
}
