import { describe, expect, test } from 'vitest';
import type { Call } from '../../../src/lib/client/types.ts';
import { BugError, RouterError } from '../../../src/lib/core/errors.ts';
import { awaitGuard, fireGuard } from '../../../src/lib/plan/guard/fire.ts';
import { GUARD, lost, NAME, refusal, renamed, type Table, table } from './table.ts';

const isRun = (call: Call): boolean => call.verb === 'command' && call.command === 'run';
const runs = (bench: Table): number => bench.calls.filter(isRun).length;
const kept = (bench: Table) => bench.kept('/system/script', NAME);
const seconds = (bench: Table): number => bench.ports.clock.monotonic() / 1_000;

describe('a guard that is fired on purpose', () => {
  test('is run by its name, and looked at once it is done', async () => {
    const bench = await renamed();
    expect(await fireGuard(bench.ports, GUARD)).toBe('done');
    expect(bench.calls).toEqual([
      { verb: 'command', menu: '/system/script', command: 'run', values: { number: NAME } },
      { verb: 'read', menu: '/system/script', fields: ['name', 'comment'], where: { name: NAME } },
    ]);
    expect([bench.order(), bench.options, seconds(bench)]).toEqual([['a'], [{ priority: 'person' }], 0]);
  });

  test('is gone: that is said', async () => {
    const bench = await renamed();
    bench.tell(`/system/script/remove ${NAME}`);
    expect(await fireGuard(bench.ports, GUARD)).toBe('absent');
  });

  test('and whose command was refused is an error while it is armed, and none once another trigger has run it', async () => {
    const bench = await renamed();
    const refused = new RouterError('no', { hint: '' });
    bench.before = (call) => {
      if (isRun(call)) throw refused;
      return call;
    };
    expect(await refusal(fireGuard(bench.ports, GUARD))).toBe(refused);
    kept(bench)['comment'] = 'fired';
    bench.after = () => {
      if (seconds(bench) >= 6) kept(bench)['comment'] = 'done';
    };
    expect(await fireGuard(bench.ports, GUARD)).toBe('done');
    expect([runs(bench), seconds(bench)]).toEqual([2, 8]);
  });

  test('is run again when three looks in a row and one more have found it unclaimed: the command was lost', async () => {
    const bench = await renamed();
    bench.before = (call) => {
      if (isRun(call) && runs(bench) < 3) throw lost();
      return call;
    };
    expect(await fireGuard(bench.ports, GUARD)).toBe('done');
    // It is run at 0, 6 and 14 seconds, and seen at 16.
    expect([runs(bench), seconds(bench)]).toEqual([3, 16]);
  });

  test('is an error when its second command is refused', async () => {
    const bench = await renamed();
    bench.before = (call) => {
      if (isRun(call)) throw runs(bench) === 1 ? lost() : new RouterError('no', { hint: '' });
      return call;
    };
    expect((await refusal(fireGuard(bench.ports, GUARD))).message).toBe('no');
    expect([runs(bench), seconds(bench)]).toEqual([2, 8]);
  });

  test('is not run again while the router does not answer, nor while it is at work', async () => {
    const bench = await renamed();
    bench.before = (call) => {
      if (isRun(call)) throw lost();
      if (seconds(bench) % 8 >= 4) throw lost();
      return call;
    };
    bench.after = () => {
      if (seconds(bench) >= 40) kept(bench)['comment'] = 'fired';
      if (seconds(bench) >= 80) kept(bench)['comment'] = 'done';
    };
    expect(await fireGuard(bench.ports, GUARD)).toBe('done');
    expect(runs(bench)).toBe(1);
  });

  test('that does not come to its end is given up after two minutes', async () => {
    const bench = await renamed();
    bench.before = (call) => (isRun(call) ? { verb: 'read', menu: '/log' } : call);
    kept(bench)['comment'] = 'fired';
    expect(await refusal(fireGuard(bench.ports, GUARD))).toMatchObject({
      code: 'TIMED_OUT',
      retryable: false,
      message: 'The undo script was started and did not come to its end in time.',
      hint: 'Look at the router, then read its state again.',
    });
    expect(seconds(bench)).toBe(120);
  });

  test.each([
    ['a fault of our own in the command', isRun, () => new BugError('ours')],
    ['a fault of our own in the look', (call: Call) => !isRun(call), () => new BugError('ours')],
    ['a look that can never succeed', (call: Call) => !isRun(call), () => new RouterError('no', { hint: '' })],
  ])('stops at once at %s', async (_, when, error) => {
    const bench = await renamed();
    bench.before = (call) => {
      if (when(call)) throw error();
      return call;
    };
    expect((await refusal(fireGuard(bench.ports, GUARD))).message).toBe(error().message);
    expect(seconds(bench)).toBe(0);
  });

  test('stops at an error that is none of ours', async () => {
    const bench = await renamed();
    bench.before = (call) => {
      if (isRun(call)) return call;
      throw Object.assign(new Error('foreign'), { retryable: true });
    };
    await expect(fireGuard(bench.ports, GUARD)).rejects.toThrow('foreign');
    await expect(awaitGuard(bench.ports, GUARD, (work) => work(bench.link))).rejects.toThrow('foreign');
  });
});

describe('a guard that is waited for', () => {
  const over =
    (bench: Table): Parameters<typeof awaitGuard>[2] =>
    (work) =>
      work(bench.link);

  test('fires by itself, and is seen at the next look', async () => {
    const bench = await renamed({ ...GUARD, seconds: 61 });
    expect(await awaitGuard(bench.ports, { ...GUARD, seconds: 61 }, over(bench))).toBe('done');
    expect([bench.order(), seconds(bench)]).toEqual([['a'], 62]);
  });

  test('is gone already', async () => {
    const bench = table();
    expect(await awaitGuard(bench.ports, GUARD, over(bench))).toBe('absent');
    expect(seconds(bench)).toBe(0);
  });

  test.each(['armed', 'fired'])('is given up as %s when the last trigger is over by two minutes', async (comment) => {
    const bench = await renamed();
    bench.after = () => {
      kept(bench)['comment'] = comment;
    };
    bench.tell('/system/script/job/remove [find where script~"mk-cc"]');
    bench.tell('/system/scheduler/remove [find]');
    kept(bench)['comment'] = comment;
    expect(await awaitGuard(bench.ports, GUARD, over(bench))).toBe(comment);
    expect(seconds(bench)).toBe(300 + 20 + 180 + 120);
  });

  test('on a router that never answers again is an error, with the time it took', async () => {
    const bench = table();
    const never = async (): Promise<never> => {
      throw lost();
    };
    expect(await refusal(awaitGuard(bench.ports, { ...GUARD, seconds: 60 }, never))).toMatchObject({
      code: 'TIMED_OUT',
      retryable: false,
      message: 'The router did not answer again after its guard should have fired.',
      hint: 'Look at the router on site.',
      details: { seconds: 260 },
    });
    expect(seconds(bench)).toBe(260);
  });

  test('on a router that refuses us for good is not waited for', async () => {
    const bench = table();
    const refused = async (): Promise<never> => {
      throw new RouterError('no', { hint: '' });
    };
    expect((await refusal(awaitGuard(bench.ports, GUARD, refused))).message).toBe('no');
    expect(seconds(bench)).toBe(0);
  });
});
