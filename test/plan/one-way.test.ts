import { expect, test } from 'vitest';
import type { Intent } from '../../src/lib/plan/intent.ts';
import { isOneWay, keptOnStop, unguarded } from '../../src/lib/plan/one-way.ts';
import { judge } from '../../src/lib/plan/plan.ts';
import { draft, menusWith, targetFor } from './helpers.ts';

const ROWS = {
  'package-update': [{ channel: 'stable', 'installed-version': '7.20.6', 'latest-version': '7.21.2', status: 'New version is available' }],
};
const wish = (values: Readonly<Record<string, unknown>>): Intent => ({ verb: 'set', capability: 'package-update', values });
const upgrade = wish({ installedVersion: '7.21.2' });
const channel = wish({ channel: 'testing' });
const both = wish({ channel: 'testing', installedVersion: '7.24' });

const install = { verb: 'command', menu: '/system/package/update', command: 'install', values: {} };
const set = (to: string) => ({ verb: 'set', menu: '/system/package/update', values: { channel: to } });

test('what no set changes is a command after the set of what one does, and the undo has the latter only', () => {
  expect(targetFor(ROWS, upgrade)).toMatchObject({ steps: [{ change: 0, call: install }], undo: [[]] });
  expect(targetFor(ROWS, both)).toMatchObject({
    steps: [
      { change: 0, call: set('testing') },
      { change: 0, call: install },
    ],
    undo: [[set('stable')]],
  });
  expect(targetFor(ROWS, channel)).toMatchObject({ steps: [{ change: 0, call: set('testing') }], undo: [[set('stable')]], lost: [] });
});

test('only what has no way back is lost, unguarded, and of high risk', () => {
  const about = { environment: 'lab', ownHost: '192.0.2.1', accepts: ['upgrade'] } as const;
  const judged = [upgrade, both, channel].map((intent) => {
    const made = draft(ROWS, intent);
    const target = targetFor(ROWS, intent);
    return [isOneWay(target), made.lost.length, unguarded(menusWith(ROWS), made.changes)?.kind, judge(menusWith(ROWS), made, about).risk];
  });
  expect(judged).toEqual([
    [true, 1, 'none', 'high'],
    [true, 1, 'none', 'high'],
    [false, 0, undefined, 'low'],
  ]);
});

test('a rollout of what can go back does as it is told', () => {
  const planned = (intent: Intent) => [{ target: targetFor(ROWS, intent) }];
  expect(keptOnStop(planned(channel), { onStop: 'roll-back-all' })).toEqual({ onStop: 'roll-back-all' });
  expect(keptOnStop(planned(channel))).toEqual({});
  expect(keptOnStop(planned(upgrade), { budget: 1 })).toEqual({ budget: 1, onStop: 'keep' });
  expect(() => keptOnStop(planned(upgrade), { onStop: 'roll-back-wave' })).toThrow(/no way back/);
});
