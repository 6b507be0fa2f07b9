import { describe, expect, test } from 'vitest';
import type { Reader, Row } from '../../../src/lib/client/types.ts';
import { routerClock, startOf } from '../../../src/lib/plan/guard/clock.ts';
import { bootDelay, bootNameOf, isGuardName, lockNote, nameOf, newToken, readLockNote } from '../../../src/lib/plan/guard/names.ts';
import { policiesFor } from '../../../src/lib/plan/guard/policies.ts';
import { isFieldName, isMenuPath, isRowId, quoted } from '../../../src/lib/plan/guard/quoted.ts';
import type { Change } from '../../../src/lib/plan/types.ts';

const TOKEN = '0123456789';
const NAME = nameOf(TOKEN);
const EVIL = ' ; /system/reset-configuration';

describe('the names of a guard', () => {
  test('are its own, and known as such', () => {
    const token = newToken();
    expect(token).toMatch(/^[0-9a-f]{10}$/);
    expect(newToken()).not.toBe(token);
    expect([nameOf(token), bootNameOf(token)].map(isGuardName)).toEqual([true, true]);
  });

  test.each([
    'mk-cc-lock',
    'mk-cc-012345678',
    'mk-cc-01234567890',
    'mk-cc-012345678g',
    'mk-cc-ABCDEF0123',
    `my-${NAME}`,
    `${NAME}-boots`,
    `${NAME}-`,
    `${NAME}-boot-boot`,
    `${NAME} `,
  ])('are not %j', (name) => {
    expect(isGuardName(name)).toBe(false);
  });
});

describe('the words of the lock', () => {
  test.each([[{ token: TOKEN }], [{ token: TOKEN, job: '*B546', since: 0 }], [{ token: TOKEN, job: '*1F', since: 1_234_567 }]])(
    '%j are read as they were written',
    (note) => {
      expect(readLockNote(lockNote(note))).toStrictEqual(note);
    },
  );

  test('say nothing of a job whose beginning is not known', () => {
    expect([lockNote({ token: TOKEN, job: '*1' }), lockNote({ token: TOKEN, since: 5 })]).toEqual([TOKEN, TOKEN]);
    expect(lockNote({ token: TOKEN, job: '*1', since: 5 })).toBe(`${TOKEN} job *1 since 5`);
  });

  test.each([
    '',
    'hands off',
    '012345678',
    `a ${TOKEN}`,
    `${TOKEN} `,
    `${TOKEN}a`,
    `${TOKEN} job`,
    `${TOKEN} job *1`,
    `${TOKEN} job * since 5`,
    `${TOKEN} job 1 since 5`,
    `${TOKEN} job *1G since 5`,
    `${TOKEN} job *1 since`,
    `${TOKEN} job *1 since x`,
    `${TOKEN} job *1 since 5 `,
    `${TOKEN} job *1 since 5x`,
    `${TOKEN} job *1 since -5`,
  ])('are not %j: that is somebody else’s', (text) => {
    expect(readLockNote(text)).toBeUndefined();
  });
});

test('after a restart a guard waits for three minutes at most', () => {
  expect([60, 179, 180, 181, 3_600].map(bootDelay)).toEqual([60, 179, 180, 180, 180]);
});

describe('what may stand bare in a line', () => {
  test.each([
    [isMenuPath, ['/ip/dns', '/interface/wireguard/peers', '/ip/dhcp-server', '/6to4', '/user']],
    [isFieldName, ['name', 'place-before', 'l2mtu', '802.1x', 'a', '6to4-relay']],
    [isRowId, ['*1', '*B546', '*FFFFFFFF']],
  ])('%o', (is, texts) => {
    expect(texts.map(is)).toEqual(texts.map(() => true));
  });

  test.each([
    [
      isMenuPath,
      ['', '/', 'ip', '/ip/', '/IP/dns', '/ip dns', '//ip', '/-ip', '/ip/-dns', `/ip${EVIL}`, `${EVIL}/ip`, '/ip/dns\n', '/ip/['],
    ],
    [isFieldName, ['', '!name', '-name', '.id', 'Name', 'na me', `name${EVIL}`, `${EVIL}name`, 'name=', '$name', 'a\n']],
    [isRowId, ['', '*', '1', '#1', '*1g', '*1a', `*1${EVIL}`, `${EVIL}*1`, '**1', '*1\n']],
  ])('nothing else: %o', (is, texts) => {
    expect(texts.map(is)).toEqual(texts.map(() => false));
  });

  test('every sign that is not plain is written byte by byte, in two digits', () => {
    expect(quoted('\t\n\u007f é€🦆 ~')).toBe(String.raw`"\09\0A\7F \C3\A9\E2\82\AC\F0\9F\A6\86 ~"`);
    expect(quoted('say "hi" for 5$ \\ ?')).toBe(String.raw`"say \"hi\" for 5\$ \\ \?"`);
  });
});

describe('the rights of the script', () => {
  const on = (...menus: readonly string[]): string => policiesFor({ changes: menus.map((menu) => ({ menu }) as Change) });

  test.each(['/user', '/user/group', '/password', '/system/script', '/system/scheduler', '/system/script/environment'])(
    'hold policy for %s, wherever it stands in the plan',
    (menu) => {
      expect(on(menu)).toBe('read,write,policy,test');
      expect(on('/ip/dns', menu, '/ip/dns')).toBe('read,write,policy,test');
    },
  );

  test.each(['/ip/dns', '/users', '/user-manager', '/ip/hotspot/user', '/system/scripts', '/system/identity', '/x/system/script'])(
    'do not for %s',
    (menu) => {
      expect(on(menu)).toBe('read,write,test');
    },
  );

  test('are not asked for without a change', () => {
    expect(on()).toBe('read,write,test');
  });
});

describe('the clock on the wall of the router', () => {
  const saying = (...rows: readonly Row[]): Reader => ({ read: async () => rows });

  test('is read as it stands there, and an entry comes so many seconds later, over midnight too', async () => {
    const wall = await routerClock(saying({ date: '2026-12-31', time: '23:59:30' }));
    expect(startOf(wall, 0)).toEqual({ 'start-date': '2026-12-31', 'start-time': '23:59:30' });
    expect(startOf(wall, 300)).toEqual({ 'start-date': '2027-01-01', 'start-time': '00:04:30' });
  });

  test('is asked for in the name of a person, and nothing else with it', async () => {
    const asked: unknown[] = [];
    const read: Reader['read'] = async (...question) => {
      asked.push(question);
      return [{ date: '2026-12-31', time: '00:00:00' }];
    };
    await routerClock({ read });
    expect(asked).toEqual([[{ verb: 'read', menu: '/system/clock', fields: ['date', 'time'] }, { priority: 'person' }]]);
  });

  test.each<[string, readonly Row[]]>([
    ['no row', []],
    ['no date', [{ time: '12:00:00' }]],
    ['no time', [{ date: '2026-12-31' }]],
    ['words', [{ date: 'today', time: 'noon' }]],
  ])('that says %s is an error to try again', async (_, rows) => {
    const error = { message: 'The router does not say what time it is.', hint: 'See its clock.', retryable: true };
    await expect(routerClock(saying(...rows))).rejects.toMatchObject(error);
  });
});
