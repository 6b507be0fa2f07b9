import { spawn } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { MINUTE } from '../clocks.ts';
import type { Passing } from '../front.ts';
import { guardsOn } from '../guard/routers.ts';
import { approved, outcomeOf, startRig } from '../rig.ts';
import { isOfGuard, marked, repeats, standing, storyOf } from './storm.ts';

const SERVER = '192.0.2.53';

/** Is it the moment? `write 2`: the second write of the plan; `guard 1`: the first of its guard. */
function momentOf(kind: 'write' | 'guard', nth: number): (passing: Passing) => boolean {
  let left = nth;
  return (passing) => {
    if (kind === 'write' ? passing.write === 0 : !isOfGuard(passing)) return false;
    left -= 1;
    return left === 0;
  };
}

/** A process that sleeps through its right to write, wakes up in the middle of its work, and finds that another one has ended it. */
test.each([
  ['guard', 1],
  ['guard', 3],
  ['guard', 5],
  ['write', 1],
  ['write', 2],
  ['write', 3],
  ['guard', 8],
] as const)('a process that is stopped at %s %i past its lease and goes on writes nothing any more', async (kind, nth) => {
  await using rig = await startRig({ store: 'file', fronts: true });
  const story = storyOf(rig.router);
  const { plan } = await approved(rig, marked('asleep', SERVER));
  const script = path.join(import.meta.dirname, '../children/apply.ts');
  const args = ['--disable-warning=ExperimentalWarning', script, rig.dataDir, plan.id];
  const running = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  running.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const ended = new Promise<void>((resolve) => running.once('close', () => resolve()));
  const isMoment = momentOf(kind, nth);
  const { promise: stopped, resolve: stop } = Promise.withResolvers<boolean>();
  rig.front.hooks = {
    // The request is on its way, and is answered; the process does not hear it.
    before: (passing) => {
      if (isMoment(passing)) stop(running.kill('SIGSTOP'));
    },
  };
  expect(await Promise.race([stopped, ended.then(() => 'it ended')])).toBe(true);
  await rig.router.exchange({ method: 'GET', url: '/rest/system/identity' });
  rig.clock.advance(4 * MINUTE);
  expect(await rig.fleet.recover()).toEqual([plan.id]);
  const view = await rig.fleet.showPlan(plan.id);
  const writes = rig.router.requests().filter(({ write }) => write).length;
  running.kill('SIGCONT');
  await ended;
  expect(said.trim()).toBe('STORE_BUSY');
  expect(rig.router.requests().filter(({ write }) => write)).toHaveLength(writes);
  // What the other one made of it stands.
  expect(await rig.fleet.showPlan(plan.id)).toEqual(view);
  expect(outcomeOf(view)?.left).toEqual([]);
  expect(standing(story, 'asleep', SERVER)).toBe(view.state === 'completed' ? 'post' : 'pre');
  expect(['completed', 'rolled-back', 'failed']).toContain(view.state);
  expect(repeats(story, 'asleep', SERVER)).toBeLessThanOrEqual(1);
  expect(guardsOn(rig.router)).toEqual([]);
  expect(await rig.fleet.verifyLedger()).toMatchObject({ ok: true });
});
