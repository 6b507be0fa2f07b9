import { expect, test } from 'vitest';
import { rngOf } from './rng.ts';
import { START, virtualClock } from './virtual-clock.ts';

test('sleepers wake by time, then in the order in which they went to sleep, and no real time passes', async () => {
  const clock = virtualClock();
  const woken: string[] = [];
  const sleeper = async (name: string, ms: number): Promise<void> => {
    await clock.sleep(ms);
    woken.push(`${name}@${clock.elapsed()}`);
  };
  await clock.run(Promise.all([sleeper('hour', 3_600_000), sleeper('b', 20), sleeper('c', 20), sleeper('a', 10), sleeper('now', 0)]));
  expect(woken).toEqual(['now@0', 'a@10', 'b@20', 'c@20', 'hour@3600000']);
});

test('an aborted sleeper is rejected at once and wakes nobody later', async () => {
  const clock = virtualClock();
  const stop = new AbortController();
  const asleep = clock.sleep(1_000, stop.signal).catch((reason: unknown) => reason);
  stop.abort('enough');
  expect(await clock.run(asleep)).toBe('enough');
  expect(clock.sleeping).toBe(0);
  await clock.run(clock.sleep(5));
  expect(clock.elapsed()).toBe(5);
});

test('the wall jumps, ages do not', async () => {
  const clock = virtualClock();
  await clock.run(clock.sleep(1_000.6));
  clock.jumpWall(-60_000);
  expect(clock.now()).toBe(START + 1_000 - 60_000);
  expect(clock.monotonic()).toBe(1_000.6);
});

test('work that waits for nothing is found out', async () => {
  await expect(virtualClock().run(new Promise(() => undefined))).rejects.toThrow('nothing moves any more');
});

test('a seed decides a stream, and a fork does not move it', () => {
  const draw = (seed: string): readonly number[] => {
    const rng = rngOf(seed);
    return Array.from({ length: 20 }, () => rng.int(1, 1_000_000));
  };
  expect(draw('a')).toEqual(draw('a'));
  expect(draw('a')).not.toEqual(draw('b'));
  const [one, two] = [rngOf(7), rngOf(7)];
  one.fork('other').next();
  expect(one.next()).toBe(two.next());
  const rng = rngOf('spread');
  const counts = new Map<number, number>();
  for (let nth = 0; nth < 6_000; nth += 1) {
    const face = rng.int(1, 6);
    counts.set(face, (counts.get(face) ?? 0) + 1);
  }
  expect([...counts.keys()].sort()).toEqual([1, 2, 3, 4, 5, 6]);
  for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(150);
});
