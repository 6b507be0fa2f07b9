import { expect, test } from 'vitest';
import type { JournalRecord } from '../../src/lib/index.ts';
import { progressOf } from '../../src/tui/state/progress.ts';
import { NOW, TARGET } from './fixture.ts';

const call = { verb: 'set', menu: '/ip/dns', values: { servers: '9.9.9.9' } } as const;
const target = { ...TARGET, steps: [0, 1, 2].map((change) => ({ change, call })) };
const record = (change: Partial<JournalRecord>): JournalRecord => ({
  runId: 'r2',
  planId: 'p',
  deviceId: 'id-edge-1',
  phase: 'apply',
  step: 0,
  stage: 'sent',
  call,
  at: NOW,
  ...change,
});

test('each call stands where its newest record says; what has none has not begun', () => {
  const progress = progressOf(target, [
    record({ stage: 'intent' }),
    record({ stage: 'sent' }),
    record({ stage: 'verified' }),
    record({ step: 1, stage: 'err', error: { code: 'ROUTER_REFUSED', routerText: 'no' } }),
  ]);
  expect(progress.apply.map(({ stage }) => stage)).toEqual(['verified', 'err', null]);
  expect(progress.apply[1]?.error?.routerText).toBe('no');
  expect(progress.done).toBe(1);
});

test('only the newest run counts, and only this router', () => {
  const progress = progressOf(target, [
    record({ runId: 'r1', stage: 'verified' }),
    record({ deviceId: 'other', step: 1, stage: 'verified' }),
    record({ runId: 'r2', step: 0, stage: 'sent' }),
  ]);
  expect(progress.apply.map(({ stage }) => stage)).toEqual(['sent', null, null]);
});

test('undo is told apart from the way there', () => {
  const undo = { verb: 'set', menu: '/ip/dns', values: { servers: '1.1.1.1' } } as const;
  const progress = progressOf(target, [record({ stage: 'ack' }), record({ phase: 'undo', step: 0, stage: 'verified', call: undo })]);
  expect(progress.apply[0]?.stage).toBe('ack');
  expect(progress.undo).toEqual([{ call: undo, change: null, stage: 'verified' }]);
});
