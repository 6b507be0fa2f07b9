import { describe, expect, test } from 'vitest';
import { catalogEntries, catalogOf } from '../../src/lib/index.ts';
import { offersFor } from '../../src/tui/act/completion.ts';
import { keyNames } from '../../src/tui/key-names.ts';
import { BINDINGS, findBinding } from '../../src/tui/keys.ts';
import { deviceTabs, OVERVIEW } from '../../src/tui/screens/device.ts';
import { viewPane } from '../../src/tui/screens/view-pane.ts';
import type { Situation } from '../../src/tui/situation.ts';
import { initialState, levelOf } from '../../src/tui/state/app.ts';
import { ask } from '../../src/tui/state/prompt.ts';
import { device, fixture, NOW, plan } from './fixture.ts';
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
  view: undefined,
  readOnly: undefined,
  busy: undefined,
  depth: 2,
  filtered: false,
  marked: [],
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

describe('the pages of a router', () => {
  const catalog = catalogOf(catalogEntries);
  const ids = (tabs: ReturnType<typeof deviceTabs>): readonly string[] => tabs.map(({ id }) => id);
  const state = initialState({ now: NOW, paused: false });

  test('every capability has one, and its name is completed', () => {
    const prompt = ask({ kind: 'command' }, ':');
    const offers = offersFor(prompt, state, catalog);
    for (const { id } of catalog.capabilities) {
      expect(offers).toContain(id);
      expect(ids(deviceTabs(catalog, id))).toContain(id);
    }
  });

  test('few are tabs; another one is the last of them while it is open', () => {
    const tabs = ids(deviceTabs(catalog));
    expect(tabs.slice(0, 8)).toEqual([
      'overview',
      'interface',
      'ip-address',
      'ip-route',
      'firewall-filter',
      'firewall-nat',
      'firewall-address-list',
      'dns',
    ]);
    expect(tabs.length).toBeLessThanOrEqual(16);
    expect(ids(deviceTabs(catalog, 'netwatch'))).toEqual([...tabs, 'netwatch']);
    expect(deviceTabs(catalog, viewPane('recent-logs', 'limit=5')).at(-1)).toEqual({
      id: 'view:recent-logs limit=5',
      label: 'recent-logs',
    });
  });

  test('what the router lacks is no tab, unless it is the one that is open', () => {
    const one = device('edge-1');
    const box = { ...one, facts: { ...one.facts, version: '7.12.1', absentMenus: ['/ip/dhcp-server/lease'] } };
    const tabs = ids(deviceTabs(catalog, OVERVIEW, state, box));
    for (const gone of ['wifi-registration', 'wifiwave2-registration', 'dhcp-server-lease']) expect(tabs).not.toContain(gone);
    expect(ids(deviceTabs(catalog, 'wifi-registration', state, box))).toContain('wifi-registration');
    const read = { items: [], total: 0, missing: 'no such menu', readAt: NOW, asked: 1, answered: 1 };
    const told = { ...state, reads: { 'id-edge-1 log': read } };
    expect(ids(deviceTabs(catalog, OVERVIEW, told, box))).not.toContain('log');
  });

  test('completion stays fast with the whole catalog', () => {
    const before = performance.now();
    for (let turn = 0; turn < 100; turn += 1) offersFor(ask({ kind: 'command' }, ':', 'i'), state, catalog);
    // A key press has 16 ms; one completion takes far less than one.
    expect((performance.now() - before) / 100).toBeLessThan(16);
  });
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
