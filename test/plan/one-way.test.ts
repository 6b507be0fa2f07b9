import { expect, test } from 'vitest';
import type { Intent } from '../../src/lib/plan/intent.ts';
import { awayTime, commandOf, isOneWay, keptOnStop, requireAlone, unguarded } from '../../src/lib/plan/one-way.ts';
import { judge } from '../../src/lib/plan/plan.ts';
import type { Change } from '../../src/lib/plan/types.ts';
import { capabilityOf, changeOf, dns, draft, menusWith, on, refusedBy, targetFor } from './helpers.ts';

const ROWS = {
  'package-update': [{ channel: 'stable', 'installed-version': '7.20.6', 'latest-version': '7.21.2', status: 'New version is available' }],
};
const wish = (values: Readonly<Record<string, unknown>>): Intent => ({ verb: 'set', capability: 'package-update', values });
const upgrade = wish({ installedVersion: '7.21.2' });
const channel = wish({ channel: 'testing' });
const both = wish({ channel: 'testing', installedVersion: '7.24' });

const install = { verb: 'command', menu: '/system/package/update', command: 'install', values: {} };
const set = (to: string) => ({ verb: 'set', menu: '/system/package/update', values: { channel: to } });

const RESOLVER = { ...ROWS, dns: [{ servers: '1.1.1.1' }] };
const resolve: Intent = { verb: 'set', ...on(dns), values: { servers: '9.9.9.9' } };
const menus = menusWith(RESOLVER);
const changesOf = (...intents: readonly Intent[]) => draft(RESOLVER, ...intents).changes;

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
  expect(keptOnStop(planned(upgrade), { onStop: 'keep', parallel: 2 })).toEqual({ onStop: 'keep', parallel: 2 });
});

test('one router of a rollout that cannot go back is enough to refuse that all do', () => {
  const mixed = [{ target: targetFor(ROWS, channel) }, { target: targetFor(ROWS, upgrade) }];
  for (const onStop of ['roll-back-wave', 'roll-back-all'] as const)
    expect(refusedBy(() => keptOnStop(mixed, { onStop }))).toMatchObject({
      message: 'A rollout of changes to which there is no way back cannot roll back when it stops.',
      hint: 'Use on-stop keep.',
    });
});

test('what has no way back stands alone, before and behind other changes; what has one may have company', () => {
  for (const together of [changesOf(upgrade, resolve), changesOf(resolve, upgrade)])
    expect(refusedBy(() => requireAlone(menus, together, false))).toMatchObject({
      message: 'A change of package-update to which there is no way back stands alone in its plan.',
      hint: 'Make a plan of its own for the other changes.',
    });
  for (const fine of [changesOf(upgrade), changesOf(both), changesOf(channel, resolve), changesOf(resolve)])
    expect(() => requireAlone(menus, fine, false)).not.toThrow();
});

test('what has no way back is not undone, and whoever asks is told what to do instead', () => {
  expect(refusedBy(() => requireAlone(menus, changesOf(upgrade), true))).toMatchObject({
    message: `What this plan did to package-update has no way back: ${capabilityOf('package-update').setBy?.why}.`,
    hint: 'Plan the change you want instead.',
  });
  expect(() => requireAlone(menus, changesOf(channel, resolve), true)).not.toThrow();
});

test('of a menu that nobody read nothing is known, and nothing is made up', () => {
  expect(() => requireAlone(new Map(), changesOf(upgrade, resolve), true)).not.toThrow();
  expect(unguarded(new Map(), changesOf(upgrade))).toBeUndefined();
  expect(unguarded(menus, changesOf(upgrade))).toEqual({ kind: 'none', why: capabilityOf('package-update').setBy?.why });
});

test('a command stands for a set of its own field, and for no other change', () => {
  const capability = capabilityOf('package-update');
  const set = changeOf(ROWS, both);
  expect(commandOf(capability, set)).toBe(capability.setBy);
  const others: readonly Change[] = [
    { ...set, verb: 'add' },
    { ...set, verb: 'remove', before: set.after, after: null },
    { ...set, after: null },
    changeOf(ROWS, channel),
  ];
  for (const other of others) expect(commandOf(capability, other)).toBeUndefined();
  expect(commandOf(capabilityOf('dns'), set)).toBeUndefined();
  expect(commandOf(undefined, set)).toBeUndefined();
});

test('a router is waited for as long as the slowest of its commands takes, and no longer than now without one', () => {
  const ports = { capability: capabilityOf };
  expect(
    [[upgrade], [both], [resolve, upgrade], [channel], [resolve]].map((some) => awayTime({ changes: changesOf(...some) }, ports)),
  ).toEqual([600, 600, 600, 0, 0]);
  expect(awayTime({ changes: [] }, ports)).toBe(0);
});
