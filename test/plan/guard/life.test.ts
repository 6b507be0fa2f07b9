import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { armGuard, keepGuard } from '../../../src/lib/plan/guard/arm.ts';
import { disarmGuard } from '../../../src/lib/plan/guard/disarm.ts';
import { awaitGuard, fireGuard } from '../../../src/lib/plan/guard/fire.ts';
import type { Armed } from '../../../src/lib/plan/guard/names.ts';
import { stateOfGuard } from '../../../src/lib/plan/guard/objects.ts';
import { sweepGuard } from '../../../src/lib/plan/guard/sweep.ts';
import type { Intent } from '../../../src/lib/plan/intent.ts';
import type { Target } from '../../../src/lib/plan/types.ts';
import { recordedRouters } from '../../../src/simulator/fixtures.ts';
import { GUARD, type GuardBench, guardBench, leftovers, refusal, rollbacks, TOKEN } from './bench.ts';

const SERVERS = '192.0.2.53,192.0.2.54';
const SET_DNS: Intent = { verb: 'set', capability: 'dns', values: { servers: SERVERS } };
const NAME = `mk-cc-${TOKEN}`;
const servers = (bench: GuardBench): string | undefined => bench.rows('/ip/dns')[0]?.['servers'];

interface Story extends AsyncDisposable {
  readonly bench: GuardBench;
  readonly target: Target;
  readonly before: string | undefined;
}

/** A router whose change waits for its confirmation. */
async function changed(guard: Armed = GUARD, recording?: string): Promise<Story> {
  const bench = await guardBench(recording === undefined ? undefined : { recording });
  const before = servers(bench);
  const target = await bench.plan(SET_DNS);
  await armGuard(bench.ports, target, guard);
  await bench.apply(target);
  expect(servers(bench)).toBe(SERVERS);
  return { bench, target, before, [Symbol.asyncDispose]: () => bench[Symbol.asyncDispose]() };
}

const remove = (bench: GuardBench, menu: string, name: string): void => {
  const row = bench.rows(menu).find((one) => (one['name'] ?? one['script'])?.includes(name));
  bench.router.remove(menu, row?.['.id'] ?? '');
};
const script = (bench: GuardBench) => bench.rows('/system/script').find((row) => row['name'] === NAME);

describe('an armed guard', () => {
  test('is whole: script, two entries, a job and the lock', async () => {
    await using story = await changed();
    expect(leftovers(story.bench)).toEqual(['mk-cc-lock', NAME, NAME, `${NAME}-boot`, 'job']);
    expect(await keepGuard(story.bench.ports, GUARD)).toBe(true);
    expect(await stateOfGuard(story.bench.link, GUARD)).toBe('armed');
  });

  test('fires once when nobody confirms, and leaves only its script as evidence', async () => {
    await using story = await changed();
    story.bench.pass(299);
    expect(servers(story.bench)).toBe(SERVERS);
    story.bench.pass(1);
    expect(servers(story.bench)).toBe(story.before);
    story.bench.pass(600);
    expect([rollbacks(story.bench), leftovers(story.bench)]).toEqual([1, [NAME]]);
    expect(await disarmGuard(story.bench.ports, GUARD)).toBe('already-fired');
    await sweepGuard(story.bench.ports, GUARD);
    expect(leftovers(story.bench)).toEqual([]);
  });

  test('never fires when it was confirmed, and is gone', async () => {
    await using story = await changed();
    story.bench.pass(100);
    expect(await disarmGuard(story.bench.ports, GUARD)).toBe('disarmed');
    expect(leftovers(story.bench)).toEqual([]);
    story.bench.pass(3_600);
    expect([servers(story.bench), rollbacks(story.bench)]).toEqual([SERVERS, 0]);
    expect(await stateOfGuard(story.bench.link, GUARD)).toBe('absent');
  });

  test('is not confirmed in the last third of its window: it is left to fire', async () => {
    await using story = await changed();
    story.bench.pass(199);
    story.bench.router.jumpClock(-86_400_000);
    story.bench.pass(1);
    expect(await refusal(disarmGuard(story.bench.ports, GUARD))).toMatchObject({ code: 'TIMED_OUT', retryable: false });
    expect(await keepGuard(story.bench.ports, GUARD)).toBe(true);
    story.bench.pass(100);
    expect(servers(story.bench)).toBe(story.before);
  });

  test('is confirmed one second before', async () => {
    await using story = await changed();
    story.bench.pass(199);
    expect(await disarmGuard(story.bench.ports, GUARD)).toBe('disarmed');
  });

  test.each([
    ['its script goes', (bench: GuardBench) => remove(bench, '/system/script', NAME)],
    ['its job goes', (bench: GuardBench) => remove(bench, '/system/script/job', NAME)],
    ['its lock goes', (bench: GuardBench) => remove(bench, '/system/script', 'mk-cc-lock')],
    ['it fires', (bench: GuardBench) => bench.pass(300)],
    [
      'somebody else takes the lock',
      (bench: GuardBench) =>
        bench.router.edit('/system/script', bench.rows('/system/script').find((row) => row['name'] === 'mk-cc-lock')?.['.id'], {
          comment: 'ffffffffff',
        }),
    ],
  ])('is no longer relied upon when %s', async (_, happen) => {
    await using story = await changed();
    happen(story.bench);
    expect(await keepGuard(story.bench.ports, GUARD)).toBe(false);
  });

  test('says that it has fired when its script was gone at the confirmation', async () => {
    await using story = await changed();
    remove(story.bench, '/system/script', NAME);
    expect(await disarmGuard(story.bench.ports, GUARD)).toBe('already-fired');
  });

  test('that was claimed between our look and the deletion is not called confirmed', async () => {
    await using story = await changed();
    const { bench } = story;
    bench.tamper = (call) => {
      if (call.verb === 'remove' && call.id === script(bench)?.['.id']) bench.pass(300);
      return call;
    };
    expect(await disarmGuard(bench.ports, GUARD)).toBe('already-fired');
    expect(servers(bench)).toBe(story.before);
  });

  test('is confirmed although the answer to the deletion was lost', async () => {
    await using story = await changed();
    await story.bench.router.fault({ method: 'DELETE', nth: 1, action: { kind: 'lose-reply' } });
    expect(await disarmGuard(story.bench.ports, GUARD)).toBe('disarmed');
    expect(leftovers(story.bench)).toEqual([]);
  });
});

describe('its triggers', () => {
  test('act once when two of them come at the same moment', async () => {
    await using story = await changed();
    story.bench.router.jumpClock(20_000);
    story.bench.pass(300);
    expect([servers(story.bench), rollbacks(story.bench)]).toEqual([story.before, 1]);
  });

  test('act once when we fire it twice at once', async () => {
    await using story = await changed();
    const both = await Promise.all([fireGuard(story.bench.ports, GUARD), fireGuard(story.bench.ports, GUARD)]);
    expect([both, rollbacks(story.bench), servers(story.bench)]).toEqual([['done', 'done'], 1, story.before]);
    story.bench.pass(600);
    expect(rollbacks(story.bench)).toBe(1);
  });

  test('the scheduler acts when the job is gone, twenty seconds later', async () => {
    await using story = await changed();
    remove(story.bench, '/system/script/job', NAME);
    story.bench.pass(319);
    expect(servers(story.bench)).toBe(SERVERS);
    story.bench.pass(1);
    expect(servers(story.bench)).toBe(story.before);
  });

  test('a clock that jumps forward fires early, one that jumps back does not keep the job from firing', async () => {
    await using early = await changed();
    early.bench.router.jumpClock(3_600_000);
    early.bench.pass(1);
    expect(servers(early.bench)).toBe(early.before);
    await using late = await changed();
    late.bench.router.jumpClock(-86_400_000);
    late.bench.pass(300);
    expect(servers(late.bench)).toBe(late.before);
  });

  test('a restart inside the window takes it back, and it cannot be confirmed any more', async () => {
    await using story = await changed();
    const { bench } = story;
    await bench.ports.send({ verb: 'command', menu: '/system', command: 'reboot', values: {} });
    bench.pass(30);
    expect(servers(bench)).toBe(SERVERS);
    expect(await keepGuard(bench.ports, GUARD)).toBe(false);
    expect((await refusal(disarmGuard(bench.ports, GUARD))).code).toBe('TIMED_OUT');
    bench.pass(180);
    expect(servers(bench)).toBe(story.before);
  });

  test('a restart in the middle of the rollback begins it anew', async () => {
    await using story = await changed();
    const { bench } = story;
    bench.router.edit('/system/script', script(bench)?.['.id'], { comment: 'fired' });
    await bench.ports.send({ verb: 'command', menu: '/system', command: 'reboot', values: {} });
    bench.pass(400);
    expect([servers(bench), script(bench)?.['comment']]).toEqual([story.before, 'done']);
  });

  test('fire when they should over the whole range of windows', async () => {
    await using bench = await guardBench();
    const before = servers(bench);
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 60, max: 3_600 }), fc.boolean(), async (seconds, withJob) => {
        run += 1;
        const guard: Armed = { ...GUARD, seconds, token: String(run).padStart(10, '0') };
        const target = await bench.plan(SET_DNS);
        await armGuard(bench.ports, target, guard);
        await bench.apply(target);
        if (!withJob) remove(bench, '/system/script/job', 'mk-cc-');
        bench.pass(seconds + (withJob ? 0 : 20) - 1);
        expect(servers(bench)).toBe(SERVERS);
        bench.pass(1);
        expect(servers(bench)).toBe(before);
        await sweepGuard(bench.ports, guard);
      }),
      {
        numRuns: 20,
        seed: 7,
        examples: [
          [60, true],
          [3_600, false],
        ],
      },
    );
  });
});

describe('firing and waiting', () => {
  test('a guard that is fired on purpose is waited for', async () => {
    await using story = await changed();
    expect(await fireGuard(story.bench.ports, GUARD)).toBe('done');
    expect(servers(story.bench)).toBe(story.before);
  });

  test('also when the answer to the command is lost', async () => {
    await using story = await changed();
    await story.bench.router.fault({ path: '/system/script/run', action: { kind: 'lose-reply' } });
    expect(await fireGuard(story.bench.ports, GUARD)).toBe('done');
  });

  test('a refused command is an error while the guard is armed', async () => {
    await using story = await changed();
    await story.bench.router.fault({
      path: '/system/script/run',
      action: { kind: 'answer', status: 500, detail: 'not enough permissions (9)' },
    });
    expect((await refusal(fireGuard(story.bench.ports, GUARD))).code).toBe('NOT_PERMITTED');
    expect(await keepGuard(story.bench.ports, GUARD)).toBe(true);
  });

  test('a router that we cannot reach is waited for until it is back', async () => {
    await using story = await changed();
    const start = story.bench.ports.clock.monotonic();
    await story.bench.router.fault({ method: 'GET', nth: [1, 2, 3], action: { kind: 'reset' } });
    expect(await awaitGuard(story.bench.ports, GUARD, (work) => work(story.bench.link))).toBe('done');
    expect(story.bench.ports.clock.monotonic() - start).toBeGreaterThanOrEqual(298_000);
    expect(servers(story.bench)).toBe(story.before);
  });

  test('and given up when the last trigger is long over', async () => {
    await using story = await changed();
    await story.bench.router.fault({ action: { kind: 'reset' } });
    const late = await refusal(awaitGuard(story.bench.ports, { ...GUARD, seconds: 60 }, (work) => work(story.bench.link)));
    expect(late).toMatchObject({ code: 'TIMED_OUT', details: { seconds: 60 + 20 + 60 + 120 } });
  });

  test('a guard that nobody runs is reported as armed', async () => {
    await using story = await changed({ ...GUARD, triggers: ['job'] });
    remove(story.bench, '/system/script/job', NAME);
    expect(await awaitGuard(story.bench.ports, GUARD, (work) => work(story.bench.link))).toBe('armed');
  });
});

test('the janitor takes exactly this guard', async () => {
  await using story = await changed();
  const { bench } = story;
  bench.router.edit('/system/script', undefined, { name: 'mk-cc-ffffffffff', comment: 'done', source: '' });
  bench.router.edit('/system/scheduler', undefined, { name: 'mk-cc-ffffffffff', 'on-event': '', interval: '0s' });
  const lock = bench.rows('/system/script').find((row) => row['name'] === 'mk-cc-lock');
  bench.router.edit('/system/script', lock?.['.id'], { comment: 'ffffffffff' });
  await sweepGuard(bench.ports, GUARD);
  expect(leftovers(bench)).toEqual(['mk-cc-lock', 'mk-cc-ffffffffff', 'mk-cc-ffffffffff']);
  await sweepGuard(bench.ports, GUARD);
  expect(leftovers(bench)).toHaveLength(3);
});

test.each(recordedRouters())('%s carries a guard that fires, and one that is confirmed', async (recording) => {
  const guard: Armed = recording.includes('7.22.1') ? { ...GUARD, triggers: ['job'] } : GUARD;
  await using fired = await changed(guard, recording);
  fired.bench.pass(301);
  expect(servers(fired.bench)).toBe(fired.before);
  expect(await stateOfGuard(fired.bench.link, guard)).toBe('done');
  await using kept = await changed(guard, recording);
  expect(await disarmGuard(kept.bench.ports, guard)).toBe('disarmed');
  kept.bench.pass(1_000);
  expect([servers(kept.bench), leftovers(kept.bench)]).toEqual([SERVERS, []]);
});
