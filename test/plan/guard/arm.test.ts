import { describe, expect, test } from 'vitest';
import { readDuration } from '../../../src/lib/capability/duration.ts';
import type { Call } from '../../../src/lib/client/types.ts';
import { BugError, RouterError } from '../../../src/lib/core/errors.ts';
import { armGuard, keepGuard } from '../../../src/lib/plan/guard/arm.ts';
import type { Armed } from '../../../src/lib/plan/guard/names.ts';
import { compileRevert } from '../../../src/lib/plan/guard/revert.ts';
import { change, GUARD, left, lost, NAME, refusal, renamed, renaming, rule, subject, type Table, TOKEN, table, writes } from './table.ts';

const SCRIPTS = '/system/script';
const SCHEDULER = '/system/scheduler';

function story() {
  const { bench, plan } = renaming();
  return { bench, plan, arm: (guard: Armed = GUARD) => armGuard(bench.ports, plan, guard) };
}
const adds = (call: Call, name: string): boolean => call.verb === 'add' && call.values['name'] === name;

describe('what stands on the router when a guard is armed', () => {
  const wall = { 'start-date': '2026-03-14', 'start-time': '09:05:20' };
  const fire = `:if ([:len [/system/script/find where name="${NAME}" and comment="armed"]] = 1) do={ /system/script/run ${NAME} }`;
  const rearm = `/system/script/set [/system/script/find where name="${NAME}" and comment="fired"] comment="armed"`;
  const once = { interval: '0s', policy: 'read,write,test' };
  const scheduler = { ...once, name: NAME, ...wall, 'on-event': fire };
  const startup = { ...once, name: `${NAME}-boot`, 'start-time': 'startup', 'on-event': `:delay 180s; ${rearm}; ${fire}` };

  test.each<[Armed['triggers'], readonly object[]]>([
    [
      ['job', 'scheduler', 'startup'],
      [scheduler, startup],
    ],
    [['job', 'startup'], [startup]],
    [['job', 'scheduler'], [scheduler]],
    [['job'], []],
  ])('with the triggers %j: lock first, then the script, entries, the job, and its id in the lock', async (triggers, entries) => {
    const { bench, plan, arm } = story();
    await arm({ ...GUARD, triggers });
    const lock = bench.kept(SCRIPTS, 'mk-cc-lock');
    const job = bench.kept('/system/script/job', NAME)['.id'];
    const uptime = readDuration((await bench.link.read({ verb: 'read', menu: '/system/resource' }))[0]?.['uptime'] ?? '');
    const { source } = compileRevert(plan, { token: TOKEN });
    expect(writes(bench)).toEqual([
      {
        verb: 'add',
        menu: SCRIPTS,
        values: { name: 'mk-cc-lock', source: '# a change waits for its confirmation', policy: 'read', comment: TOKEN },
      },
      { verb: 'add', menu: SCRIPTS, values: { name: NAME, source, policy: 'read,write,test', comment: 'armed' } },
      ...entries.map((values) => ({ verb: 'add', menu: SCHEDULER, values })),
      { verb: 'command', menu: '/', command: 'execute', values: { script: `:delay 300s; ${fire}` } },
      { verb: 'set', menu: SCRIPTS, id: lock['.id'], values: { comment: `${TOKEN} job ${job} since ${uptime}` } },
    ]);
    expect(await keepGuard(bench.ports, GUARD)).toBe(true);
    expect(bench.calls.some((call) => call.menu === '/system/clock')).toBe(triggers.includes('scheduler'));
    expect(bench.calls.filter((call) => call.menu === SCHEDULER && call.verb === 'read' && !call.fields)).toHaveLength(
      entries.length > 0 ? 1 : 0,
    );
  });

  test('every look is a person’s, and goes before polls', async () => {
    const { bench, arm } = story();
    await arm();
    await keepGuard(bench.ports, GUARD);
    expect(new Set(bench.options.map((how) => how?.priority))).toEqual(new Set(['person']));
  });

  test('rows that look like one that comes are known to the script', async () => {
    const bench = table('a');
    await armGuard(bench.ports, subject(bench, [change('add', '#0', { after: rule('a') })]), GUARD);
    expect(bench.kept(SCRIPTS, NAME)['source']).toContain(`:local old0 ",${bench.id('a')},"`);
  });

  test('a lock whose row nobody can read is written to by its name', async () => {
    const { bench, arm } = story();
    bench.before = (call) => {
      if (call.verb === 'command') bench.kept(SCRIPTS, 'mk-cc-lock')['name'] = 'gone';
      return call;
    };
    expect(await refusal(arm())).toBeInstanceOf(RouterError);
    expect(writes(bench).find((call) => call.verb === 'set')).toMatchObject({ id: 'mk-cc-lock' });
  });
});

describe('a guard that stands', () => {
  const gone = (menu: string, name: string) => (bench: Table) => {
    const rows = bench.state.tables.get(menu) ?? [];
    rows.splice(rows.indexOf(bench.kept(menu, name)), 1);
  };
  const says = (name: string, comment: string) => (bench: Table) => {
    bench.kept(SCRIPTS, name)['comment'] = comment;
  };
  test.each<[string, (bench: Table) => unknown, boolean]>([
    ['is relied upon', () => undefined, true],
    ['is not, without its script', gone(SCRIPTS, NAME), false],
    ['is not, once it was claimed', says(NAME, 'fired'), false],
    ['is not, without its lock', gone(SCRIPTS, 'mk-cc-lock'), false],
    ['is not, under the lock of another', says('mk-cc-lock', 'ffffffffff'), false],
    ['is not, where its lock names no job', says('mk-cc-lock', TOKEN), false],
    ['is not, without its job', gone('/system/script/job', NAME), false],
    [
      'is not, beside another guard',
      (bench) => bench.tell(`${SCRIPTS}/add name=mk-cc-ffffffffff comment=armed source="" policy=read`),
      false,
    ],
  ])('%s', async (_, happen, relied) => {
    const bench = await renamed();
    happen(bench);
    expect(await keepGuard(bench.ports, GUARD)).toBe(relied);
  });

  test('keeps another away: not a byte is written', async () => {
    const { bench, arm } = story();
    bench.tell(`${SCRIPTS}/add name=mk-cc-ffffffffff comment=armed source="" policy=read`);
    expect((await refusal(arm())).code).toBe('DENIED');
    expect(writes(bench)).toEqual([]);
  });
});

describe('the lock', () => {
  test('that is gone when read back is not there: nothing was put', async () => {
    const { bench, arm } = story();
    bench.after = (call) => {
      if (adds(call, 'mk-cc-lock')) bench.tell('/system/script/remove mk-cc-lock');
    };
    expect(await refusal(arm())).toMatchObject({ code: 'ROUTER_FAULT', details: { part: 'lock' } });
    expect(writes(bench)).toHaveLength(1);
  });

  test('that was refused although it is ours was put by another run: it stays', async () => {
    const { bench, arm } = story();
    bench.ask('PUT', SCRIPTS, { name: 'mk-cc-lock', source: '', policy: 'read', comment: TOKEN });
    expect(await refusal(arm())).toBeInstanceOf(RouterError);
    expect([left(bench), writes(bench).length]).toEqual([['mk-cc-lock'], 1]);
  });

  test('whose answer was lost is ours when it is there', async () => {
    const { bench, arm } = story();
    bench.after = (call) => {
      if (adds(call, 'mk-cc-lock')) throw lost();
    };
    await arm();
    expect(await keepGuard(bench.ports, GUARD)).toBe(true);
  });

  test('is somebody else’s when that is what we read back', async () => {
    const { bench, arm } = story();
    bench.after = (call) => {
      if (adds(call, 'mk-cc-lock')) bench.kept(SCRIPTS, 'mk-cc-lock')['comment'] = 'ffffffffff';
    };
    expect((await refusal(arm())).code).toBe('DENIED');
  });

  test('whose answer was lost, and that never arrived, is no lock', async () => {
    const { bench, arm } = story();
    bench.before = (call) => {
      if (adds(call, 'mk-cc-lock')) throw lost();
      return call;
    };
    expect((await refusal(arm())).message).toBe('The answer was lost.');
    expect(writes(bench)).toHaveLength(1);
  });

  test.each([
    ['refused', () => new RouterError('no', { hint: '' })],
    ['lost', lost],
  ])('that was %s while somebody else took it is theirs', async (_, error) => {
    const { bench, arm } = story();
    bench.before = (call) => {
      if (!adds(call, 'mk-cc-lock')) return call;
      bench.ask('PUT', SCRIPTS, { name: 'mk-cc-lock', source: '', policy: 'read', comment: 'ffffffffff' });
      throw error();
    };
    expect(await refusal(arm())).toMatchObject({
      code: 'DENIED',
      retryable: true,
      message: 'Somebody else is at work on this router: it carries another guard.',
      hint: 'Wait until that change is confirmed or rolled back; leftovers of a dead run are removed by the program that left them.',
    });
  });

  test('is not looked at again after a fault of our own', async () => {
    const { bench, arm } = story();
    bench.after = (call) => {
      if (adds(call, 'mk-cc-lock')) throw new BugError('ours');
    };
    await expect(arm()).rejects.toThrow('ours');
    expect(bench.calls.at(-1)).toMatchObject({ verb: 'add' });
  });
});

test('an undo that is too long is said with its length, and the lock goes again', async () => {
  const bench = table();
  const changes = Array.from({ length: 60 }, (_, at) => change('add', `#${at}`, { after: rule(`${at} ${'x'.repeat(200)}`) }));
  const plan = subject(bench, changes);
  expect(await refusal(armGuard(bench.ports, plan, GUARD))).toMatchObject({
    code: 'DENIED',
    message: 'The undo is too long for a script on the router.',
    hint: 'Split the plan.',
    details: { characters: compileRevert(plan, { token: TOKEN }).source.length },
  });
  expect(left(bench)).toEqual([]);
});

test('what cannot be taken away again is named, with its cause', async () => {
  const { bench, arm } = story();
  const cause = new RouterError('no', { hint: '' });
  bench.before = (call) => {
    if (adds(call, NAME)) throw cause;
    if (call.verb === 'remove') throw lost();
    return call;
  };
  expect(await refusal(arm())).toMatchObject({
    code: 'TIMED_OUT',
    message: 'The guard could not be put on the router, and part of it may be left there.',
    hint: 'It undoes nothing, since nothing was changed; it is removed on the next connection.',
    details: { left: NAME },
    cause,
  });
});
