import { describe, expect, test } from 'vitest';
import type { Call } from '../../../src/lib/client/types.ts';
import { BugError, RouterError } from '../../../src/lib/core/errors.ts';
import { disarmGuard } from '../../../src/lib/plan/guard/disarm.ts';
import { sweepGuard } from '../../../src/lib/plan/guard/sweep.ts';
import { GUARD, left, lost, NAME, refusal, renamed, type Table, TOKEN, table } from './table.ts';

const SCRIPTS = '/system/script';

const removals = (bench: Table): readonly string[] =>
  bench.calls.flatMap((call) => (call.verb === 'remove' ? [`${call.menu} ${call.id}`] : []));
const refused = (code: 'NO_SUCH_ITEM' | 'ROUTER_FAULT' | 'ROUTER_REFUSED') => () => new RouterError('no', { code, hint: '' });
const deletesScript = (bench: Table, call: Call): boolean =>
  call.verb === 'remove' && call.menu === SCRIPTS && call.id === bench.kept(SCRIPTS, NAME)['.id'];

describe('a confirmation', () => {
  test('deletes the script, then entries and job, the lock last, and nothing else; every look is a person’s', async () => {
    const bench = await renamed();
    bench.tell(`${SCRIPTS}/add name=theirs source=":put 1" policy=read`);
    bench.tell('/system/scheduler/add name=theirs on-event=":put 1" interval=1d');
    bench.ask('POST', '/execute', { script: ':delay 900s' });
    const id = (menu: string, name: string) => `${menu} ${bench.kept(menu, name)['.id']}`;
    const order = [
      id(SCRIPTS, NAME),
      id('/system/scheduler', NAME),
      id('/system/scheduler', `${NAME}-boot`),
      id('/system/script/job', NAME),
      id(SCRIPTS, 'mk-cc-lock'),
    ];
    expect(await disarmGuard(bench.ports, GUARD)).toBe('disarmed');
    expect([removals(bench), left(bench), bench.order()]).toEqual([order, [], ['ours']]);
    expect(bench.options.length).toBeGreaterThan(5);
    expect(new Set(bench.options.map((how) => how?.priority))).toEqual(new Set(['person']));
    expect(bench.calls.find((call) => call.menu === '/log')).toEqual({
      verb: 'read',
      menu: '/log',
      fields: ['message'],
      where: { message: `${NAME}: rollback` },
    });
  });

  test('says so when the rollback was in the log by then, in its own words only', async () => {
    const bench = await renamed();
    bench.tell(`:log warning "${NAME}: rollback of something"`);
    bench.tell(`:log warning "mk-cc-ffffffffff: rollback"`);
    bench.after = (call) => {
      if (call.menu === SCRIPTS && call.verb === 'remove') bench.tell(`:log warning "${NAME}: rollback"`);
    };
    expect(await disarmGuard(bench.ports, GUARD)).toBe('already-fired');
    const other = await renamed();
    other.tell(`:log warning "${NAME}: rollback of something"`);
    other.tell(`:log warning "mk-cc-ffffffffff: rollback"`);
    expect(await disarmGuard(other.ports, GUARD)).toBe('disarmed');
  });

  test('of a router whose log answers with more than was asked reads only its own line', async () => {
    const bench = await renamed();
    const read: Table['link']['read'] = async (call, how) => (call.menu === '/log' ? [{ message: 'x' }] : bench.link.read(call, how));
    expect(await disarmGuard({ ...bench.ports, reader: { ...bench.link, read } }, GUARD)).toBe('disarmed');
  });

  test.each(['fired', 'done', 'x', ''])('of a script that says %j comes too late: nothing is written', async (comment) => {
    const bench = await renamed();
    bench.kept(SCRIPTS, NAME)['comment'] = comment;
    expect(await disarmGuard(bench.ports, GUARD)).toBe('already-fired');
    expect(removals(bench)).toEqual([]);
  });

  test('whose deletion finds nothing has come too late, and what is left stays for the janitor', async () => {
    const bench = await renamed();
    bench.before = (call) => {
      if (deletesScript(bench, call)) throw refused('NO_SUCH_ITEM')();
      return call;
    };
    expect(await disarmGuard(bench.ports, GUARD)).toBe('already-fired');
    expect(removals(bench)).toHaveLength(1);
  });

  test.each([
    ['lost', lost],
    ['a fault', refused('ROUTER_FAULT')],
  ])('whose answer was %s counts when the script is gone, and only then', async (_, error) => {
    const arrived = await renamed();
    arrived.after = (call) => {
      if (call.verb === 'remove' && call.menu === SCRIPTS && removals(arrived).length === 1) throw error();
    };
    expect(await disarmGuard(arrived.ports, GUARD)).toBe('disarmed');
    expect(left(arrived)).toEqual([]);
    const not = await renamed();
    not.before = (call) => {
      if (deletesScript(not, call)) throw error();
      return call;
    };
    expect((await refusal(disarmGuard(not.ports, GUARD))).message).toBe(error().message);
    expect(left(not)).toHaveLength(5);
  });

  test.each([
    ['a refusal', refused('ROUTER_REFUSED')],
    ['a fault of our own', () => new BugError('ours')],
  ])('that ends in %s is not looked after', async (_, error) => {
    const bench = await renamed();
    bench.after = (call) => {
      if (call.verb === 'remove') throw error();
    };
    expect((await refusal(disarmGuard(bench.ports, GUARD))).message).toBe(error().message);
  });
});

describe('a confirmation that comes too late to prove anything', () => {
  const LATE = { code: 'TIMED_OUT', retryable: false, hint: 'The router returns to where it was; wait for it, then plan again.' };
  const GONE = 'The guard has lost its lock: nobody can say how much time is left.';
  const say = (comment: string) => (bench: Table) => {
    bench.kept(SCRIPTS, 'mk-cc-lock')['comment'] = comment;
  };
  test.each<[string, (bench: Table) => void, string]>([
    ['no lock', (bench) => bench.tell(`${SCRIPTS}/remove mk-cc-lock`), GONE],
    ['a lock of somebody else', say('ffffffffff job *1 since 5'), GONE],
    ['a lock without a time', say(TOKEN), GONE],
    [
      'a router that was up for longer then',
      say(`${TOKEN} job *1 since 99999999999`),
      'The router was restarted since the guard was armed.',
    ],
    ['the last third', (bench) => bench.pass(200_000), 'It is too late to confirm: the last third of the window has begun.'],
  ])('%s', async (_, happen, message) => {
    const bench = await renamed();
    happen(bench);
    expect(await refusal(disarmGuard(bench.ports, GUARD))).toMatchObject({ ...LATE, message });
    expect(removals(bench)).toEqual([]);
  });

  test('is not one a second before, nor in the very second of the arming', async () => {
    const bench = await renamed();
    expect(bench.kept(SCRIPTS, 'mk-cc-lock')['comment']).toMatch(/ since \d+$/);
    bench.pass(199_000);
    expect(await disarmGuard(bench.ports, GUARD)).toBe('disarmed');
    expect(await disarmGuard((await renamed()).ports, GUARD)).toBe('disarmed');
  });
});

describe('the janitor', () => {
  test('does nothing where nothing is', async () => {
    const bench = table();
    await sweepGuard(bench.ports, GUARD);
    expect(removals(bench)).toEqual([]);
  });

  test('takes the job of its guard by its words where the lock is gone, and no other', async () => {
    const bench = await renamed();
    bench.ask('POST', '/execute', { script: ':delay 900s; /system/script/run mk-cc-ffffffffff' });
    bench.tell(`${SCRIPTS}/remove mk-cc-lock`);
    await sweepGuard(bench.ports, GUARD);
    expect(left(bench)).toEqual([':delay 900s; /system/script/run mk-cc-ffffffffff']);
  });

  test('takes the job that its lock names where a router does not show what it says', async () => {
    const bench = await renamed();
    const job = bench.kept('/system/script/job', NAME);
    delete job['script'];
    await sweepGuard(bench.ports, GUARD);
    expect(removals(bench)).toContain(`/system/script/job ${job['.id']}`);
    expect(bench.state.tables.get('/system/script/job')).not.toContain(job);
  });

  test('leaves a lock of somebody else, and the job that it names', async () => {
    const bench = await renamed();
    bench.ask('POST', '/execute', { script: ':delay 900s' });
    const job = bench.kept('/system/script/job', ':delay 900s');
    bench.kept(SCRIPTS, 'mk-cc-lock')['comment'] = `ffffffffff job ${job['.id']} since 1`;
    await sweepGuard(bench.ports, GUARD);
    expect(left(bench)).toEqual(['mk-cc-lock']);
    expect(bench.state.tables.get('/system/script/job')).toContain(job);
  });

  test('goes on where something is gone already, and stops at any other refusal', async () => {
    const bench = await renamed();
    bench.after = (call) => {
      if (call.verb === 'remove') throw refused('NO_SUCH_ITEM')();
    };
    await sweepGuard(bench.ports, GUARD);
    expect(left(bench)).toEqual([]);
    for (const error of [refused('ROUTER_REFUSED'), lost]) {
      const other = await renamed();
      other.after = (call) => {
        if (call.verb === 'remove') throw error();
      };
      expect((await refusal(sweepGuard(other.ports, GUARD))).message).toBe(error().message);
      expect(removals(other)).toHaveLength(1);
    }
  });
});
