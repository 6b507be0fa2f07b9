import { describe, expect, test } from 'vitest';
import type { ReadCall, Reader, Row } from '../../../src/lib/client/types.ts';
import { RouterError } from '../../../src/lib/core/errors.ts';
import { requireNoSafeMode, unlessMissing } from '../../../src/lib/plan/guard/foreign.ts';
import { findGuard, jobsOn, stateOf, stateOfGuard, uptimeOf } from '../../../src/lib/plan/guard/objects.ts';
import { GUARD, NAME, refusal, TOKEN } from './table.ts';

interface Asked {
  readonly call: ReadCall;
  readonly priority: string | undefined;
}

/** A router that has these rows, and what it was asked. */
const router = (menus: Readonly<Record<string, readonly Row[]>>): Reader & { readonly asked: Asked[] } => {
  const asked: Asked[] = [];
  return {
    asked,
    read: async (call, options) => {
      asked.push({ call, priority: options?.priority });
      const rows = menus[call.menu];
      if (!rows) throw new RouterError('no such menu', { code: 'NO_SUCH_MENU', hint: '' });
      return rows;
    },
  };
};
const SCRIPTS = '/system/script';
const SCHEDULER = '/system/scheduler';
const ours = { '.id': '*1', name: NAME, comment: 'armed' };
const lock = (comment: string): Row => ({ '.id': '*2', name: 'mk-cc-lock', comment });
const found = (scripts: readonly Row[], schedulers: readonly Row[] = []) =>
  findGuard(router({ [SCRIPTS]: scripts, [SCHEDULER]: schedulers }), TOKEN);

describe('what there is of guards on a router', () => {
  test('is asked for by name and comment only: texts of scripts are long', async () => {
    const reader = router({ [SCRIPTS]: [], [SCHEDULER]: [], '/system/script/job': [], '/system/resource': [{ uptime: '1s' }] });
    await findGuard(reader, TOKEN);
    await stateOfGuard(reader, GUARD);
    await jobsOn(reader);
    await uptimeOf(reader);
    expect(reader.asked).toEqual(
      [
        { verb: 'read', menu: SCRIPTS, fields: ['name', 'comment'] },
        { verb: 'read', menu: SCHEDULER, fields: ['name'] },
        { verb: 'read', menu: SCRIPTS, fields: ['name', 'comment'], where: { name: NAME } },
        { verb: 'read', menu: '/system/script/job' },
        { verb: 'read', menu: '/system/resource', fields: ['uptime'] },
      ].map((call) => ({ call, priority: 'person' })),
    );
  });

  test('is nothing on an empty one, and ours where it is', async () => {
    expect(await found([])).toEqual({ script: undefined, lock: undefined, note: undefined, schedulers: [], foreign: false });
    const entries = [{ name: NAME }, { name: `${NAME}-boot` }];
    const all = await found(
      [{ name: 'backup' }, ours, lock(`${TOKEN} job *5 since 7`)],
      [{ name: 'nightly' }, ...entries, { name: 'mk-cc-ffffffffff' }],
    );
    expect(all).toEqual({
      script: ours,
      lock: lock(`${TOKEN} job *5 since 7`),
      note: { token: TOKEN, job: '*5', since: 7 },
      schedulers: entries,
      foreign: false,
    });
  });

  test.each<[string, readonly Row[], boolean]>([
    ['somebody else’s lock', [lock('ffffffffff')], true],
    ['a lock without words', [{ name: 'mk-cc-lock' }], true],
    ['somebody else’s armed script', [{ name: 'mk-cc-ffffffffff', comment: 'armed' }], true],
    ['somebody else’s script under way', [ours, lock(TOKEN), { name: 'mk-cc-ffffffffff', comment: 'fired' }], true],
    ['somebody else’s script without a comment', [{ name: 'mk-cc-ffffffffff' }], true],
    ['somebody else’s script that is done', [{ name: 'mk-cc-ffffffffff', comment: 'done' }], false],
    ['scripts of another kind', [{ name: 'mk-cc-other', comment: 'armed' }, { comment: 'armed' }], false],
    ['ours, and our lock', [ours, lock(TOKEN)], false],
  ])('%s: is somebody else at work?', async (_, scripts, foreign) => {
    expect((await found(scripts)).foreign).toBe(foreign);
  });

  test.each([
    [undefined, 'absent'],
    [{ comment: 'armed' }, 'armed'],
    [{ comment: 'fired' }, 'fired'],
    [{ comment: 'done' }, 'done'],
    [{ comment: 'hands off' }, 'done'],
    [{}, 'done'],
  ])('a script %j is %s', (script, state) => {
    expect(stateOf(script)).toBe(state);
  });

  test('is told from what a router sends besides', async () => {
    const reader = router({ [SCRIPTS]: [{ name: 'other', comment: 'fired' }, ours] });
    expect(await stateOfGuard(reader, GUARD)).toBe('armed');
    expect(await stateOfGuard(router({ [SCRIPTS]: [{ name: 'other', comment: 'fired' }] }), GUARD)).toBe('absent');
  });
});

describe('the time a router is up', () => {
  test.each([
    ['1d2h3m4s', 93_784],
    ['59s', 59],
    ['1s500ms', 1],
  ])('%s is %i whole seconds', async (uptime, seconds) => {
    expect(await uptimeOf(router({ '/system/resource': [{ uptime }] }))).toBe(seconds);
  });

  test.each([[[]], [[{}]], [[{ uptime: 'long' }]]])('is not known from %j: it is to be read again', async (rows: readonly Row[]) => {
    expect(await refusal(uptimeOf(router({ '/system/resource': rows })))).toMatchObject({
      message: 'The router does not say how long it has been up.',
      hint: 'Read it again.',
      retryable: true,
    });
  });
});

describe('safe mode', () => {
  test.each<[string, Readonly<Record<string, readonly Row[]>>]>([
    ['a router that has none', {}],
    ['one that says nothing', { '/safe-mode': [] }],
    ['one that does not say it', { '/safe-mode': [{ user: '' }] }],
    ['one where it is off', { '/safe-mode': [{ enabled: 'false' }] }],
    ['one where it is off, in other words', { '/safe-mode': [{ enabled: 'no' }] }],
  ])('keeps nobody from %s', async (_, menus) => {
    const reader = router(menus);
    await requireNoSafeMode(reader);
    expect(reader.asked).toEqual([{ call: { verb: 'read', menu: '/safe-mode' }, priority: 'person' }]);
  });

  test.each(['true', 'yes', 'somehow'])('keeps everybody away who finds it %j', async (enabled) => {
    expect(await refusal(requireNoSafeMode(router({ '/safe-mode': [{ enabled }] })))).toMatchObject({
      code: 'DENIED',
      retryable: true,
      message: 'Somebody holds safe mode on this router.',
      hint: 'Ask them to leave it: when their session breaks, RouterOS undoes the changes of everybody.',
    });
  });
});

test('a menu that is not there is nothing; any other refusal is one', async () => {
  const missing = (code: 'NO_SUCH_MENU' | 'NO_SUCH_ITEM') => Promise.reject(new RouterError('no', { code, hint: '' }));
  expect(await unlessMissing(missing('NO_SUCH_MENU'))).toBeUndefined();
  expect(await unlessMissing(Promise.resolve(5))).toBe(5);
  await expect(unlessMissing(missing('NO_SUCH_ITEM'))).rejects.toThrow('no');
  await expect(unlessMissing(Promise.reject(Object.assign(new Error('x'), { code: 'NO_SUCH_MENU' })))).rejects.toThrow('x');
});
