import { describe, expect, test } from 'vitest';
import { catalogEntries, catalogOf } from '../../src/lib/index.ts';
import { keyNames } from '../../src/tui/key-names.ts';
import { BINDINGS, findBinding } from '../../src/tui/keys.ts';
import { deviceTabs } from '../../src/tui/screens/device.ts';
import type { Situation } from '../../src/tui/situation.ts';
import { levelOf } from '../../src/tui/state/app.ts';
import { fixture, plan } from './fixture.ts';
import { openFrames } from './frames.tsx';

const situation = (change: Partial<Situation>): Situation => ({
  level: levelOf({ kind: 'fleet' }),
  kind: 'fleet',
  body: { kind: 'text', lines: [] },
  tabs: 0,
  row: null,
  plan: undefined,
  deviceId: undefined,
  capability: undefined,
  readOnly: undefined,
  busy: undefined,
  depth: 2,
  filtered: false,
  ...change,
});

describe('the table of keys', () => {
  test('no key means two things', () => {
    const all = BINDINGS.flatMap(({ keys }) => keys);
    expect(all.filter((key, index) => all.indexOf(key) !== index)).toEqual([]);
  });

  test('has no single letter that deletes', () => {
    expect(BINDINGS.filter(({ words }) => /delete|remove/.test(words))).toEqual([]);
  });

  test('all of it is on the help page', async () => {
    const frames = openFrames({ data: fixture(), columns: 120, rows: 120 });
    await frames.until('1 of');
    frames.press('?');
    const help = await frames.until('First steps');
    for (const { keys, words } of BINDINGS)
      expect(help).toMatch(
        new RegExp(`^   ${keys.map((key) => key.replace(/[?^$+/]/g, '\\$&')).join(' {2}')} +${words.replace(/[?!/]/g, '\\$&')}$`, 'm'),
      );
    frames.end();
  });
});

describe('a plan', () => {
  const on =
    (state: Parameters<typeof plan>[1], more: Partial<Situation> = {}) =>
    (key: string) =>
      findBinding(key, situation({ kind: 'plan', plan: plan('p', state), ...more }));

  test.each([
    ['review', 'ax'],
    ['approved', 'xA'],
    ['executing', ''],
    ['completed', 'z'],
    ['rejected', ''],
    ['expired', ''],
    ['stale', ''],
    ['stuck', ''],
    ['rolled-back', ''],
  ] as const)('that is %s can be: %s', (state, keys) => {
    const press = on({ state });
    expect([...'axAz'].filter((key) => press(key).kind === 'does').join('')).toBe(keys);
  });

  test('on which something is under way is left alone', () => {
    expect(on({ state: 'approved' }, { busy: 'Applying' })('A')).toEqual({ kind: 'cannot', why: 'Applying: wait until that is done.' });
  });

  test('is not touched from a screen that may only look', () => {
    for (const key of 'axAz')
      expect(on({ state: 'review' }, { readOnly: 'look only.' })(key)).toEqual({ kind: 'cannot', why: 'Read-only: look only.' });
  });
});

test('every capability of the catalog has a page', () => {
  const catalog = catalogOf(catalogEntries);
  expect(
    deviceTabs(catalog)
      .map(({ id }) => id)
      .sort(),
  ).toEqual(['overview', ...catalog.capabilities.map(({ id }) => id)].sort());
});

describe('names of keys', () => {
  const none = {
    upArrow: false,
    downArrow: false,
    leftArrow: false,
    rightArrow: false,
    pageDown: false,
    pageUp: false,
    home: false,
    end: false,
    return: false,
  };
  const rest = {
    escape: false,
    ctrl: false,
    shift: false,
    tab: false,
    backspace: false,
    delete: false,
    meta: false,
    super: false,
    hyper: false,
    capsLock: false,
    numLock: false,
  };
  const key = { ...none, ...rest };
  test.each([
    ['', { ...key, return: true }, ['Enter']],
    ['', { ...key, tab: true, shift: true }, ['shift+tab']],
    ['c', { ...key, ctrl: true }, ['ctrl+c']],
    ['x', { ...key, meta: true }, []],
    ['ab\r', key, ['a', 'b', 'Enter']],
    ['a b\tc', key, ['a', 'space', 'b', 'tab', 'c']],
    ['é日', key, ['é', '日']],
    ['\u0001x', key, ['x']],
  ] as const)('%j', (input, pressed, names) => expect(keyNames(input, pressed)).toEqual(names));
});
