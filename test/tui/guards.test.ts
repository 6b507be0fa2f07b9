import { describe, expect, test } from 'vitest';
import type { JournalRecord, TargetState } from '../../src/lib/index.ts';
import { countdown, guardSpan } from '../../src/tui/parts/guard-words.ts';
import { guardOf } from '../../src/tui/state/guards.ts';
import { armedGuards } from '../../src/tui/state/under-way.ts';
import { NOW, TARGET } from './fixture.ts';
import { guardRecords, rolloutPlan, stepRecord, targetOf } from './many.ts';

const target = targetOf('edge-1');
const guard = (...steps: Parameters<typeof guardRecords>[2]): readonly JournalRecord[] => guardRecords('p', 'edge-1', steps);
const undo = stepRecord('p', 'edge-1', { phase: 'undo' });

describe('where the guard of a router stands', () => {
  const cases: readonly (readonly [string, readonly JournalRecord[], TargetState, string])[] = [
    ['nothing was sent yet', [], 'approved', 'waits'],
    ['the lock is there, the job is not', guard('lock'), 'executing', 'arming'],
    ['the job waits', guard('lock', 'job'), 'executing', 'armed'],
    ['its script was deleted', guard('lock', 'job', 'remove'), 'executing', 'confirmed'],
    ['the plan is done', guard('lock', 'job', 'remove'), 'completed', 'confirmed'],
    ['it was run on purpose', guard('lock', 'job', 'run'), 'rolling-back', 'fired'],
    ['it went off by itself and was swept', guard('lock', 'job', 'remove'), 'rolled-back', 'fired'],
    ['it was undone from here and swept', [...guard('lock', 'job', 'remove'), undo], 'rolled-back', 'removed'],
    ['arming failed, and what was put is gone', guard('lock', 'remove'), 'executing', 'removed'],
    ['still armed while it is undone', [...guard('lock', 'job'), undo], 'rolling-back', 'armed'],
  ];
  test.each(cases)('%s', (_what, journal, state, kind) => expect(guardOf(target, journal, state).kind).toBe(kind));

  test('a write without an answer arms, runs and deletes nothing, but for a run that may have arrived', () => {
    const sent = (what: 'job' | 'remove' | 'run', stage: JournalRecord['stage']) => [
      ...guard('lock', ...(what === 'job' ? [] : (['job'] as const))),
      ...guardRecords('p', 'edge-1', [what], { stage, step: 9 }),
    ];
    expect(guardOf(target, sent('job', 'sent'), 'executing').kind).toBe('arming');
    expect(guardOf(target, sent('remove', 'unknown'), 'executing').kind).toBe('armed');
    expect(guardOf(target, sent('run', 'err'), 'rolling-back').kind).toBe('armed');
    expect(guardOf(target, sent('run', 'unknown'), 'rolling-back').kind).toBe('fired');
  });

  test('a plan that writes scripts of its own is not taken for its guard', () => {
    const own = stepRecord('p', 'edge-1', { stage: 'ack', call: { verb: 'remove', menu: '/system/script', id: '*7' } });
    expect(guardOf(target, [...guard('lock', 'job'), own], 'executing').kind).toBe('armed');
  });

  test('without one in the plan there is none', () => expect(guardOf(TARGET, guard('lock'), 'executing').kind).toBe('none'));

  test('its time runs from the answer of the job', () => {
    expect(guardOf(target, guard('lock', 'job'), 'executing')).toEqual({ kind: 'armed', until: NOW + 300_000 });
  });
});

test.each([
  [300_000, '5:00'],
  [299_001, '5:00'],
  [299_000, '4:59'],
  [9_000, '0:09'],
  [0, '0:00'],
  [-5_000, '0:00'],
])('%i ms are %s', (left, text) => expect(countdown(left)).toBe(text));

test('a guard whose time is over says what the router does now', () => {
  expect(guardSpan({ kind: 'armed', until: NOW }, NOW)).toEqual({ text: 'guard due: the router goes back', tone: 'bad' });
});

test('armed guards are those of routers that are being changed, the most urgent first', () => {
  const view = rolloutPlan('p', [[targetOf('edge-1'), targetOf('edge-2'), targetOf('edge-3')]], {
    states: { 'edge-1': 'executing', 'edge-2': 'rolling-back', 'edge-3': 'completed' },
  });
  const journal = [
    ...guardRecords('p', 'edge-1', ['lock', 'job']),
    ...guardRecords('p', 'edge-2', ['lock', 'job'], { at: NOW - 60_000 }),
    ...guardRecords('p', 'edge-3', ['lock', 'job']),
  ];
  expect(armedGuards({ plans: [view], journals: { p: journal } }).map(({ deviceName }) => deviceName)).toEqual(['edge-2', 'edge-1']);
});
