import { describe, expect, test } from 'vitest';
import { type AppState, initialState, readKey, topOf, waitingPlans } from '../../src/tui/state/app.ts';
import { NEW_LIST } from '../../src/tui/state/list.ts';
import { type Action, listOf, reduce } from '../../src/tui/state/reduce.ts';
import { device, NOW, plan } from './fixture.ts';

const run = (...actions: Action[]): AppState => actions.reduce(reduce, initialState({ now: NOW, paused: false }));
const key = readKey('id-edge-1', 'dns');

describe('the stack of screens', () => {
  test('goes in and comes back, and never empties', () => {
    const inside = run({ type: 'push', place: { kind: 'device', deviceId: 'id-edge-1' }, pane: 'dns' });
    expect(topOf(inside)).toMatchObject({ place: { kind: 'device' }, pane: 'dns' });
    expect(topOf(reduce(inside, { type: 'pop' })).place.kind).toBe('fleet');
    expect(topOf(run({ type: 'pop' }, { type: 'pop' })).place.kind).toBe('fleet');
  });

  test('a screen comes back as it was left', () => {
    const list = { ...NEW_LIST, selected: 'x', index: 7, filter: 'edge' };
    const back = run({ type: 'list', list }, { type: 'push', place: { kind: 'plans' } }, { type: 'pop' });
    expect(listOf(topOf(back))).toEqual(list);
  });

  test('every page of a router has a selection of its own', () => {
    const list = { ...NEW_LIST, selected: '*3' };
    const place = { kind: 'device', deviceId: 'id-edge-1' } as const;
    const other = run({ type: 'push', place, pane: 'interface' }, { type: 'list', list }, { type: 'pane', pane: 'ip-address' });
    expect(listOf(topOf(other))).toEqual(NEW_LIST);
    expect(listOf(topOf(reduce(other, { type: 'pane', pane: 'interface' })))).toEqual(list);
  });

  test('a screen that is reached from everywhere stands on the fleet', () => {
    const there = run(
      { type: 'push', place: { kind: 'plans' } },
      { type: 'push', place: { kind: 'plan', planId: 'p' } },
      { type: 'go', place: { kind: 'help' } },
    );
    expect(there.stack.map(({ place }) => place.kind)).toEqual(['fleet', 'help']);
  });
});

describe('answers of a router', () => {
  const read = (asked: number, servers: string): Action => ({ type: 'read', key, asked, items: [{ servers }], total: 1, readAt: NOW });

  test('stay on the screen while the next one is awaited', () => {
    const state = run({ type: 'read-asked', key, asked: 1 }, read(1, '1.1.1.1'), { type: 'read-asked', key, asked: 2 });
    expect(state.reads[key]).toMatchObject({ items: [{ servers: '1.1.1.1' }], asked: 2, answered: 1 });
  });

  test('an answer that comes late is dropped', () => {
    const state = run({ type: 'read-asked', key, asked: 1 }, { type: 'read-asked', key, asked: 2 }, read(2, 'new'), read(1, 'old'));
    expect(state.reads[key]?.items).toEqual([{ servers: 'new' }]);
  });

  test('a failure keeps the rows and says what happened; the next answer clears it', () => {
    const failed = run(
      { type: 'read-asked', key, asked: 1 },
      read(1, 'x'),
      { type: 'read-asked', key, asked: 2 },
      { type: 'read-failed', key, asked: 2, trouble: { text: 'No.', hint: '' } },
    );
    expect(failed.reads[key]).toMatchObject({ items: [{ servers: 'x' }], trouble: { text: 'No.' } });
    const again = [{ type: 'read-asked', key, asked: 3 } as const, read(3, 'y')].reduce(reduce, failed);
    expect(again.reads[key]?.trouble).toBeUndefined();
  });
});

describe('plans', () => {
  test('a newer view replaces the one in the list; an unknown one is added', () => {
    const state = run(
      { type: 'plans', plans: [plan('a'), plan('b')] },
      { type: 'plan', view: plan('b', { state: 'approved' }) },
      { type: 'plan', view: plan('c') },
    );
    expect(state.plans?.map((view) => [view.plan.id, view.state])).toEqual([
      ['c', 'review'],
      ['a', 'review'],
      ['b', 'approved'],
    ]);
    expect(waitingPlans(state)).toHaveLength(2);
  });

  test('one that is looked at stays when the list has no place for it any more', () => {
    const looking = run(
      { type: 'plans', plans: [plan('old')] },
      { type: 'push', place: { kind: 'plan', planId: 'old' } },
      { type: 'plans', plans: [plan('new')] },
    );
    expect(looking.plans?.map((view) => view.plan.id)).toEqual(['new', 'old']);
    const left = [{ type: 'pop' } as const, { type: 'plans', plans: [plan('new')] } as const].reduce(reduce, looking);
    expect(left.plans?.map((view) => view.plan.id)).toEqual(['new']);
  });

  test('a step that is told twice is kept once', () => {
    const record = {
      runId: 'r',
      planId: 'a',
      deviceId: 'd',
      phase: 'apply',
      step: 0,
      stage: 'sent',
      call: { verb: 'remove', menu: '/x', id: '*1' },
      at: NOW,
    } as const;
    const state = run(
      { type: 'step', record },
      { type: 'step', record: { ...record } },
      { type: 'step', record: { ...record, stage: 'ack' } },
    );
    expect(state.journals['a']?.map(({ stage }) => stage)).toEqual(['sent', 'ack']);
  });

  test('work under way is marked and unmarked', () => {
    const busy = run({ type: 'busy', planId: 'a', doing: 'Applying' });
    expect(busy.busy).toEqual({ a: 'Applying' });
    expect(reduce(busy, { type: 'busy', planId: 'a', doing: null }).busy).toEqual({});
  });
});

test('what changes nothing is the same state, so that nothing is drawn', () => {
  const state = run({ type: 'devices', devices: [device('a')] }, { type: 'samples', version: 3 });
  for (const action of [
    { type: 'samples', version: 3 },
    { type: 'tick', now: NOW },
    { type: 'hush' },
    { type: 'pop' },
    { type: 'dismiss' },
  ] as const) {
    expect(reduce(state, action)).toBe(state);
  }
});
