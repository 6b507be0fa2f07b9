import { describe, expect, test } from 'vitest';
import { openQueue } from '../../src/lib/client/queue.ts';
import type { Clock } from '../../src/lib/core/clock.ts';
import { gate } from './gate.ts';
import { briskClock, lineTo, readDns, refusal, setDns } from './rig.ts';
import { type Answering, httpServer, json, NOTHING } from './servers.ts';

const readOf = (menu: string) => ({ verb: 'read', menu }) as const;

/** Keeps every request waiting until it is let go, one by one. */
function keeper() {
  const gates = new Map<number, ReturnType<typeof gate>>();
  const at = (nth: number) => {
    const there = gates.get(nth) ?? gate();
    gates.set(nth, there);
    return there;
  };
  const answering: Answering = async (_asked, nth) => {
    await at(nth).passed;
    return NOTHING;
  };
  return { answering, letGo: (nth: number) => at(nth).open() };
}

const until = async (met: () => boolean): Promise<void> => {
  while (!met()) await new Promise((resolve) => setTimeout(resolve, 2));
};

describe('one router, one request at a time', () => {
  test('however many ask, over however many lines', async () => {
    await using server = await httpServer(async () => {
      await new Promise((resolve) => setTimeout(resolve, 3));
      return NOTHING;
    });
    const queue = openQueue();
    await using first = lineTo(server.url, { queue });
    await using second = lineTo(server.url, { queue });
    await Promise.all(Array.from({ length: 60 }, (_, nth) => (nth % 2 === 0 ? first : second).link.read(readDns)));
    expect(server.asked).toHaveLength(60);
    expect(server.most).toBe(1);
  });

  test('in the order in which they came, but people go before polls', async () => {
    const kept = keeper();
    await using server = await httpServer(kept.answering);
    await using line = lineTo(server.url);
    const work = [
      line.link.read(readOf('/first')),
      line.link.read(readOf('/poll/1'), { priority: 'poll' }),
      line.link.read(readOf('/poll/2'), { priority: 'poll' }),
      line.link.read(readOf('/person/1')),
      line.writer.write({ ...setDns, menu: '/write' }),
      line.link.read(readOf('/person/2'), { priority: 'person' }),
    ];
    for (let nth = 1; nth <= work.length; nth += 1) kept.letGo(nth);
    await Promise.all(work);
    expect(server.asked.map(({ url }) => url)).toEqual([
      '/rest/first',
      '/rest/person/1',
      '/rest/write/set',
      '/rest/person/2',
      '/rest/poll/1',
      '/rest/poll/2',
    ]);
  });

  test('one that fails does not hold up the next', async () => {
    await using server = await httpServer((_asked, nth) => (nth === 1 ? { status: 400, body: '{"error":400}' } : json([{ '.id': '*1' }])));
    await using line = lineTo(server.url);
    const [first, second] = await Promise.allSettled([line.link.read(readDns), line.link.read(readDns)]);
    expect(first.status).toBe('rejected');
    expect(second).toMatchObject({ status: 'fulfilled', value: [{ '.id': '*1' }] });
  });
});

describe('giving up', () => {
  test('while waiting takes one out of the line, and nobody else', async () => {
    const kept = keeper();
    await using server = await httpServer(kept.answering);
    await using line = lineTo(server.url);
    const given = new AbortController();
    const first = line.link.read(readOf('/1'));
    const second = line.link.read(readOf('/2'), { signal: given.signal });
    const third = line.link.read(readOf('/3'));
    given.abort(new Error('enough'));
    await expect(second).rejects.toThrow('enough');
    for (const nth of [1, 2]) kept.letGo(nth);
    await Promise.all([first, third]);
    expect(server.asked.map(({ url }) => url)).toEqual(['/rest/1', '/rest/3']);
  });

  test('before asking asks nothing', async () => {
    await using server = await httpServer();
    await using line = lineTo(server.url);
    await expect(line.link.read(readDns, { signal: AbortSignal.abort(new Error('never')) })).rejects.toThrow('never');
    await expect(
      line.link.run({ verb: 'run', menu: '/x', command: 'y', args: {} }, { signal: AbortSignal.abort(new Error('never')) }),
    ).rejects.toThrow('never');
    expect(server.asked).toEqual([]);
  });

  test('while being served lets the request go on: a router is never hung up on, and the next one waits for it', async () => {
    const kept = keeper();
    await using server = await httpServer(kept.answering);
    await using line = lineTo(server.url);
    const given = new AbortController();
    const first = line.link.read(readOf('/1'), { signal: given.signal });
    await until(() => server.asked.length === 1);
    given.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    const second = line.link.read(readOf('/2'));
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(server.asked).toHaveLength(1);
    expect(server.open).toBe(1);
    for (const nth of [1, 2]) kept.letGo(nth);
    expect(await second).toEqual([]);
    expect(server.most).toBe(1);
  });

  test('between two tries of a read ends it', async () => {
    await using server = await httpServer(() => ({ status: 503 }));
    const given = new AbortController();
    const clock: Clock = {
      ...briskClock,
      sleep: async (_ms, signal) => {
        given.abort(new Error('enough'));
        if (signal?.aborted) throw signal.reason;
      },
    };
    await using line = lineTo(server.url, { clock });
    await expect(line.link.read(readDns, { signal: given.signal })).rejects.toThrow('enough');
    expect(server.asked).toHaveLength(1);
  });
});

describe('a line that is too long', () => {
  test('sends newcomers away, of each kind for itself', async () => {
    const queue = openQueue(2);
    const first = gate();
    const order: string[] = [];
    const ask = (priority: 'person' | 'poll', name: string) =>
      queue.run(priority, async () => {
        order.push(name);
        await first.passed;
      });
    const served = [
      ask('poll', 'first'),
      ask('poll', 'poll 1'),
      ask('poll', 'poll 2'),
      ask('person', 'person 1'),
      ask('person', 'person 2'),
    ];
    expect(await refusal(ask('poll', 'poll 3'))).toMatchObject({ code: 'BUSY', retryable: true });
    expect(await refusal(ask('person', 'person 3'))).toMatchObject({ code: 'BUSY' });
    first.open();
    await Promise.all(served);
    expect(order).toEqual(['first', 'person 1', 'person 2', 'poll 1', 'poll 2']);
    // Room again.
    await ask('poll', 'later');
    expect(order.at(-1)).toBe('later');
  });

  test('holds a hundred', async () => {
    const kept = keeper();
    await using server = await httpServer(kept.answering);
    await using line = lineTo(server.url);
    const served = Array.from({ length: 101 }, () => line.link.read(readDns));
    expect(await refusal(line.link.read(readDns))).toMatchObject({ code: 'BUSY' });
    for (let nth = 1; nth <= 101; nth += 1) kept.letGo(nth);
    await Promise.all(served);
    expect(server.asked).toHaveLength(101);
  });
});

test('after a request that got no answer, the next one waits', async () => {
  await using server = await httpServer((_asked, nth) => (nth === 1 ? 'silent' : NOTHING));
  const events: string[] = [];
  const pause = gate();
  const clock: Clock = {
    ...briskClock,
    sleep: async (ms) => {
      events.push(`sleeps ${ms}`);
      await pause.passed;
    },
  };
  await using line = lineTo(server.url, { request: 150, clock });
  const first = line.link.read(readDns).catch(() => events.push('first fails'));
  const second = line.link.read(readDns).then(() => events.push('second is answered'));
  await until(() => events.length > 0);
  expect(server.asked).toHaveLength(1);
  pause.open();
  await Promise.all([first, second]);
  expect(events).toEqual(['sleeps 3000', 'first fails', 'second is answered']);
});
