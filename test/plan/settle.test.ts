import { describe, expect, test } from 'vitest';
import { defineCapability } from '../../src/lib/capability/define.ts';
import { text } from '../../src/lib/capability/kinds.ts';
import type { Link, Row } from '../../src/lib/client/types.ts';
import type { Clock } from '../../src/lib/core/clock.ts';
import { InputError, RouterError, StoreError, UnreachableError } from '../../src/lib/core/errors.ts';
import type { ApplyPorts } from '../../src/lib/plan/ports.ts';
import { overFresh, readSettled } from '../../src/lib/plan/settle.ts';
import type { Target } from '../../src/lib/plan/types.ts';

const own = defineCapability({
  id: 'own',
  title: 'Own',
  about: 'A list that is not in the catalog.',
  menu: '/test/own',
  shape: 'list',
  topic: 'ip',
  key: [],
  fields: { name: text({ about: 'Name.' }), seen: text({ about: 'Seen.', readOnly: true }) },
  risk: () => 'low',
});

/** A clock on which waiting takes no time, and lines that are counted. */
function lines(read: (at: number, line: number) => readonly Row[] = () => []) {
  let time = 1_000;
  let reads = 0;
  const seen = { opened: 0, closed: 0, reads: 0, waited: (): number => time - 1_000 };
  const clock: Clock = {
    now: () => 0,
    monotonic: () => time,
    sleep: async (ms) => {
      time += ms;
    },
  };
  const fresh = async (): Promise<Link> => {
    seen.opened += 1;
    const line = seen.opened;
    return {
      run: async () => [],
      read: async () => {
        reads += 1;
        seen.reads = reads;
        return read(reads, line);
      },
      close: async () => {
        seen.closed += 1;
      },
    };
  };
  return { ports: { clock, fresh, capability: () => own } as unknown as ApplyPorts, seen };
}
const SECOND = 1_000;
const fault = new RouterError('500', { code: 'ROUTER_FAULT', retryable: true });

describe('over a new connection', () => {
  test('which is closed when the work is done, and when it fails', async () => {
    const good = lines();
    expect(await overFresh(good.ports, async () => 'done')).toBe('done');
    expect(good.seen).toMatchObject({ opened: 1, closed: 1 });
    const bad = lines();
    const refused = new InputError('no');
    await expect(overFresh(bad.ports, () => Promise.reject(refused))).rejects.toBe(refused);
    expect(bad.seen).toMatchObject({ opened: 1, closed: 1 });
  });

  test.each([
    ['no answer', new UnreachableError('no answer')],
    ['an answer that is none', fault],
  ])('%s: asked again some seconds later, over another one', async (_name, thrown) => {
    const { ports, seen } = lines((at) => {
      if (at < 3) throw thrown;
      return [{ name: 'there' }];
    });
    expect(await overFresh(ports, (link) => link.read({ verb: 'read', menu: '/test/own' }))).toEqual([{ name: 'there' }]);
    expect([seen.opened, seen.closed, seen.waited()]).toEqual([3, 3, 6 * SECOND]);
  });

  test.each([
    ['a refusal of the router', new RouterError('failure')],
    ['a router that nobody may trust', new UnreachableError('pin', { code: 'TLS_PIN_MISMATCH', retryable: false })],
    ['a trouble of ours, though it may pass', new StoreError('busy', { code: 'STORE_BUSY', retryable: true })],
    ['what is no error of ours', new TypeError('x')],
  ])('%s is not asked again', async (_name, thrown) => {
    const { ports, seen } = lines();
    await expect(overFresh(ports, () => Promise.reject(thrown))).rejects.toBe(thrown);
    expect([seen.opened, seen.waited()]).toEqual([1, 0]);
  });

  test('patience ends after a minute', async () => {
    const { ports, seen } = lines();
    const away = new UnreachableError('no answer');
    await expect(overFresh({ ...ports, fresh: () => Promise.reject(away) }, async () => 'never')).rejects.toBe(away);
    expect([seen.opened, seen.waited()]).toEqual([0, 60 * SECOND]);
  });

  test('a line that fails is asked for at 0, 3, 6 ... 60 seconds', async () => {
    const { ports, seen } = lines();
    await expect(overFresh(ports, () => Promise.reject(fault))).rejects.toBe(fault);
    expect([seen.opened, seen.closed, seen.waited()]).toEqual([21, 21, 60 * SECOND]);
  });
});

describe('a menu after a lost reply', () => {
  const named = (name: string): Row => ({ '.id': '*1', name });
  const settled = (ports: ApplyPorts) => readSettled(ports, { version: '7.20.8' } as Target, 'own');

  test('is not read at once, and believed when two reads agree', async () => {
    const { ports, seen } = lines((at) => [named(at < 3 ? `${at}` : 'still')]);
    expect((await settled(ports)).rows.map(({ item }) => item['name'])).toEqual(['still']);
    expect([seen.opened, seen.closed, seen.reads, seen.waited()]).toEqual([1, 1, 4, 12 * SECOND]);
  });

  test('even where it is empty', async () => {
    const { ports, seen } = lines();
    expect((await settled(ports)).rows).toEqual([]);
    expect(seen.reads).toBe(2);
  });

  test.each<[string, (at: number) => readonly Row[], number]>([
    ['what the router does by itself may change', (at) => [named('a'), { '.id': `*${at + 1}`, dynamic: 'true', name: `${at}` }], 2],
    ['and so may what it says of a row', (at) => [{ ...named('a'), seen: `${at}` }], 2],
    ['another row in the place of one is a change', (at) => [{ ...named('a'), '.id': at === 1 ? '*1' : '*2' }], 3],
  ])('%s', async (_name, read, reads) => {
    const { ports, seen } = lines(read);
    await settled(ports);
    expect(seen.reads).toBe(reads);
  });

  test('a line that breaks begins again with another one', async () => {
    const { ports, seen } = lines((at) => {
      if (at === 2) throw fault;
      return [named('a')];
    });
    await settled(ports);
    expect([seen.opened, seen.closed, seen.reads]).toEqual([2, 2, 4]);
  });

  test('one that never comes to rest is said to be unknown after a minute, and a person looks who is at work there', async () => {
    const { ports, seen } = lines((at) => [named(`${at}`)]);
    await expect(settled(ports)).rejects.toThrow(
      new UnreachableError('The menu did not come to rest.', {
        code: 'TIMED_OUT',
        retryable: false,
        hint: 'See who else is at work there.',
      }),
    );
    expect([seen.opened, seen.reads, seen.waited()]).toEqual([1, 20, 60 * SECOND]);
  });
});
