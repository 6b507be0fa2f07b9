import { expect, test, vi } from 'vitest';
import { agent, person, personBehind } from '../../src/lib/core/actor.ts';
import { iso, systemClock } from '../../src/lib/core/clock.ts';
import { newDeviceId, newPlanId, newRequestId, newRunId } from '../../src/lib/core/ids.ts';
import { compareVersions, parseVersion } from '../../src/lib/core/version.ts';

test('versions in their order', () => {
  const order = [
    '6.49.18',
    '7.1',
    '7.9',
    '7.10alpha12',
    '7.10beta2',
    '7.10beta11',
    '7.10rc1',
    '7.10rc10',
    '7.10',
    '7.10.1',
    '7.12',
    '7.12.1',
    '7.20',
    '7.20.8',
    '7.24',
    '8.0',
  ];
  for (const [at, a] of order.entries())
    for (const [other, b] of order.entries()) expect(Math.sign(compareVersions(a, b)), `${a} ${b}`).toBe(Math.sign(at - other));
  expect([
    compareVersions('7.12', '7.12.0'),
    compareVersions('', ''),
    Math.sign(compareVersions('', '7.1')),
    Math.sign(compareVersions('unknown', '7.1')),
  ]).toEqual([0, 0, -1, -1]);
});

test('a version as RouterOS says it', () => {
  const table: Readonly<Record<string, readonly [string, string]>> = {
    '7.20.6 (stable)': ['7.20.6', 'stable'],
    '7.16beta3 (testing)': ['7.16beta3', 'testing'],
    '7.12.1': ['7.12.1', ''],
    ' 7.22rc1 (development) ': ['7.22rc1', 'development'],
    'not a version': ['', ''],
    '': ['', ''],
  };
  for (const [text, [version, channel]] of Object.entries(table)) expect(parseVersion(text)).toEqual({ version, channel });
});

test('ids: short to type, of one form, never twice', () => {
  const made = [newPlanId, newRunId, newRequestId].map((make) => Array.from({ length: 1_000 }, make));
  for (const [at, prefix] of ['pln', 'run', 'req'].entries()) {
    const ids = made[at] ?? [];
    expect(new Set(ids).size).toBe(1_000);
    for (const id of ids) expect(id).toMatch(new RegExp(`^${prefix}_[0-9a-hjkmnp-tv-z]{16}$`));
  }
  expect(newDeviceId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
});

test('who acts, and for whom', () => {
  const ann = person('ann', 'cli', true);
  const helper = agent('helper', 'ann', 'stdio');
  expect([personBehind(ann), personBehind(helper)]).toEqual(['user:ann', 'user:ann']);
  expect([ann.roles, helper.roles, helper.terminal]).toEqual([['admin', 'approver'], ['ops_rw'], false]);
  expect(Object.isFrozen(ann) && Object.isFrozen(helper)).toBe(true);
});

test('a wait ends, or is given up; nothing is left behind', async () => {
  vi.useFakeTimers();
  try {
    const slept = systemClock.sleep(5_000);
    vi.advanceTimersByTime(5_000);
    await expect(slept).resolves.toBeUndefined();
    const giveUp = new AbortController();
    const waiting = systemClock.sleep(5_000, giveUp.signal);
    giveUp.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    expect(vi.getTimerCount()).toBe(0);
    await expect(systemClock.sleep(5_000, AbortSignal.abort(new Error('before')))).rejects.toThrow('before');
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test('time as people and records write it', () => expect(iso(1_800_000_000_000)).toBe('2027-01-15T08:00:00.000Z'));
