import { describe, expect, test } from 'vitest';
import { runFrom } from '../../../src/lib/plan/execute/run.ts';
import type { Intent } from '../../../src/lib/plan/intent.ts';
import type { JournalRecord } from '../../../src/lib/plan/types.ts';
import { capabilityOf } from '../../laws/subjects.ts';
import { bench, heard } from './bench.ts';

/** What a journal says of a run, line by line. */

const filter = capabilityOf('firewall-filter');
const rule = (comment: string) => ({ chain: 'forward', action: 'accept', comment, 'dst-port': '22' });
/** Change 0 takes two requests (0 and 1), change 1 adds (2), change 2 removes (3). */
const intents: readonly Intent[] = [
  { verb: 'set', capability: filter.id, where: { id: '*1' }, values: { log: true }, unset: ['dst-port'] },
  { verb: 'add', capability: filter.id, values: rule('n') },
  { verb: 'remove', capability: filter.id, where: { id: '*2' } },
];

type Line = readonly [phase: JournalRecord['phase'], step: number, stage: JournalRecord['stage'], more?: Partial<JournalRecord>];

function remembered(...lines: readonly Line[]) {
  const it = bench({ of: [filter.id], start: { [filter.menu]: [rule('x'), rule('y')] }, intents });
  const about = { runId: 'r', planId: 'p', deviceId: 'd', at: 1, call: { verb: 'remove', menu: filter.menu, id: '*0' } } as const;
  const run = runFrom(
    it.plan,
    it.target,
    it.ports,
    lines.map(([phase, step, stage, more]) => ({ ...about, phase, step, stage, ...more })),
  );
  return { ...run, ids: Object.fromEntries(run.ids), it };
}
const of = (change: number): Partial<JournalRecord> => ({ note: { change } });
const id = (rowId: string): Partial<JournalRecord> => ({ rowId });

test('the plan takes what the test says', () => {
  const { it } = remembered();
  expect(it.target.steps.map(({ change, call }) => [change, call.verb])).toEqual([
    [0, 'set'],
    [0, 'unset'],
    [1, 'add'],
    [2, 'remove'],
  ]);
});

test('who takes over has begun, stands at the start, and has not asked who answers', () => {
  expect(remembered()).toMatchObject({
    ...{ begun: true, undone: 0, guarded: 0, unsure: false, turning: undefined, armed: false, rollingBack: false, recognised: false },
    ...{ checks: [], touched: [], ids: {}, known: new Map(), order: new Map() },
  });
});

describe('the note of the first intent', () => {
  const note = { known: { [filter.id]: ['*1', '*2'] }, order: { [filter.id]: ['*1', '#0'] }, health: { rtt: 1 } };

  test('brings back ids, order and health', () => {
    const run = remembered(['guard', 0, 'intent', { note: { other: 1 } }], ['apply', 0, 'intent', { note }]);
    expect(run.known).toEqual(new Map([[filter.id, new Set(['*1', '*2'])]]));
    expect(run.order).toEqual(new Map([[filter.id, ['*1', '#0']]]));
    expect(heard(run.it, 'restore')).toEqual(['restore {"rtt":1}']);
  });

  test.each([
    ['a note of another kind', { change: 1 }],
    ['one without an order', { known: {}, health: 1 }],
    ['one without ids', { order: {}, health: 1 }],
    ['one whose ids are no record', { known: 'all', order: {} }],
    ['one whose ids are nothing', { known: null, order: {} }],
  ])('%s is not it', (_, other) => {
    const run = remembered(['apply', 0, 'intent', { note: other }], ['apply', 1, 'intent', { note }]);
    expect(heard(run.it, 'restore')).toEqual(['restore {"rtt":1}']);
    expect(heard(remembered(['apply', 0, 'intent', { note: other }]).it, 'restore')).toEqual([]);
  });
});

describe('which changes are ours', () => {
  test.each<[what: string, lines: readonly Line[], touched: readonly number[]]>([
    ['one that was meant is not', [['apply', 0, 'intent']], []],
    ['one that was sent is', [['apply', 0, 'sent']], [0]],
    [
      'once, however many requests it took',
      [
        ['apply', 0, 'sent'],
        ['apply', 1, 'sent'],
      ],
      [0],
    ],
    [
      'in the order they were sent in',
      [
        ['apply', 2, 'sent'],
        ['apply', 0, 'sent'],
      ],
      [1, 0],
    ],
    [
      'one whose first request was refused is not',
      [
        ['apply', 2, 'sent'],
        ['apply', 0, 'sent'],
        ['apply', 0, 'err'],
      ],
      [1],
    ],
    [
      'one whose second was refused is',
      [
        ['apply', 0, 'sent'],
        ['apply', 0, 'ack'],
        ['apply', 1, 'sent'],
        ['apply', 1, 'err'],
      ],
      [0],
    ],
    [
      'one of which nobody knows is',
      [
        ['apply', 0, 'sent'],
        ['apply', 0, 'unknown'],
      ],
      [0],
    ],
    [
      'one whose undo was refused is still',
      [
        ['apply', 0, 'sent'],
        ['undo', 0, 'sent', of(0)],
        ['undo', 0, 'err', of(0)],
      ],
      [0],
    ],
    ['the undo of one that was not sent makes it none', [['undo', 0, 'sent', of(0)]], []],
    [
      'a refusal of one that is not there takes nothing away',
      [
        ['apply', 2, 'sent'],
        ['apply', 0, 'err'],
      ],
      [1],
    ],
    ['requests of the guard are none', [['guard', 0, 'sent']], []],
    ['a step that the plan does not have is none', [['apply', 9, 'sent']], []],
  ])('%s', (_, lines, touched) => {
    expect(remembered(...lines).touched).toEqual(touched);
  });
});

describe('whether the last request is in doubt', () => {
  test.each<[Line, boolean]>([
    [['apply', 0, 'intent'], false],
    [['apply', 0, 'sent'], true],
    [['apply', 0, 'unknown'], true],
    [['undo', 0, 'sent', of(0)], true],
    [['guard', 0, 'sent'], false],
  ])('%j: %s', (line, unsure) => {
    expect(remembered(line).unsure).toBe(unsure);
  });

  test.each(['ack', 'err', 'verified'] as const)('%s settles it', (stage) => {
    expect(remembered(['apply', 0, 'sent'], ['apply', 0, stage]).unsure).toBe(false);
  });
});

describe('rows by the ids that the router gave them', () => {
  test.each<[what: string, line: Line, ids: Readonly<Record<string, string>>]>([
    ['a row that was added', ['apply', 2, 'ack', id('*7')], { '#0': '*7' }],
    ['one that was found later', ['apply', 2, 'verified', id('*7')], { '#0': '*7' }],
    ['a removed row that was put back', ['undo', 0, 'ack', { ...id('*7'), ...of(2) }], { [`${filter.menu} *2`]: '*7' }],
    ['a removal names none', ['apply', 3, 'ack', id('*7')], {}],
    ['the undo of an add names none', ['undo', 0, 'ack', { ...id('*7'), ...of(1) }], {}],
    ['a set names none', ['apply', 0, 'ack', id('*7')], {}],
    ['an answer may name none', ['apply', 2, 'ack'], {}],
  ])('%s', (_, line, ids) => {
    expect(remembered(line).ids).toEqual(ids);
  });
});

describe('what is counted', () => {
  test('requests of the undo and of the guard go on after the highest', () => {
    const lines: readonly Line[] = [3, 1].flatMap((step): Line[] => [
      ['undo', step, 'intent', of(0)],
      ['guard', step, 'intent'],
    ]);
    expect(remembered(...lines)).toMatchObject({ undone: 4, guarded: 4, armed: false });
    expect(remembered(['apply', 3, 'sent'])).toMatchObject({ undone: 0, guarded: 0 });
  });

  test.each<[JournalRecord['stage'], boolean]>([
    ['intent', false],
    ['sent', true],
  ])('a guard whose request was %s', (stage, armed) => {
    expect(remembered(['guard', 0, stage]).armed).toBe(armed);
  });
});

describe('a router on its way through a restart', () => {
  const call = { verb: 'command', menu: '/system/package/update', command: 'install', values: {} } as const;

  test('since its command was sent', () => {
    expect(remembered(['apply', 0, 'sent', { call, at: 77 }]).turning).toBe(77);
    expect(remembered(['apply', 0, 'intent', { call, at: 77 }]).turning).toBeUndefined();
    expect(remembered(['undo', 0, 'sent', { call, ...of(0) }]).turning).toBeUndefined();
    expect(remembered(['apply', 0, 'sent']).turning).toBeUndefined();
  });

  test.each<[JournalRecord['stage'], boolean]>([
    ['ack', true],
    ['unknown', true],
    ['err', false],
    ['verified', false],
  ])('%s: it still is: %s', (stage, still) => {
    expect(remembered(['apply', 0, 'sent', { call }], ['apply', 0, stage, { call }]).turning !== undefined).toBe(still);
  });
});
