import { describe, expect, test } from 'vitest';
import type { Change, Plan } from '../../src/lib/index.ts';
import { callRows } from '../../src/mcp/view/calls.ts';
import { changeLines, changeRow } from '../../src/mcp/view/diff.ts';

const TARGET = { deviceName: 'edge-1' };
const lines = (change: Partial<Change> & Pick<Change, 'verb'>): string => {
  const whole: Change = { capability: 'x', menu: '/x', row: '*1', label: 'one', before: null, after: null, secret: [], ...change };
  return changeLines([changeRow(TARGET, whole)]).join('\n');
};

describe('a diff', () => {
  test('has a sign for each verb, wire names, and both sides of a set', () => {
    expect(lines({ verb: 'add', row: '#0', label: 'new', after: { 'src-address': '192.0.2.1' }, place: { to: '*3' } })).toBe(
      '+ edge-1 /x #0 new before *3\n    src-address: 192.0.2.1',
    );
    expect(lines({ verb: 'set', before: { mtu: '1500' }, after: { mtu: '1400', comment: 'slow link, see ticket' } })).toBe(
      '~ edge-1 /x *1 one\n    mtu: 1500 -> 1400\n    comment: (not set) -> "slow link, see ticket"',
    );
    expect(lines({ verb: 'set', before: { comment: 'old' }, after: {} })).toBe('~ edge-1 /x *1 one\n    comment: old -> (not set)');
    expect(lines({ verb: 'remove', before: { list: 'mcp-a' } })).toBe('- edge-1 /x *1 one\n    list: mcp-a');
    expect(lines({ verb: 'move', place: { from: '*2', to: null } })).toBe('> edge-1 /x *1 one to the end');
  });

  test('never shows a secret, neither side, in lines or in data', () => {
    const change: Change = {
      capability: 'x',
      menu: '/x',
      verb: 'set',
      row: '*1',
      label: 'peer',
      before: { 'preshared-key': 'old-hunter2' },
      after: { 'preshared-key': 'new-hunter2' },
      secret: ['preshared-key'],
    };
    const row = changeRow(TARGET, change);
    expect(JSON.stringify(row)).not.toContain('hunter2');
    expect(changeLines([row]).join('\n')).toBe('~ edge-1 /x *1 peer\n    preshared-key: changed (secret)');
  });

  test('keeps a hostile value on its own line, quoted and without what moves a cursor', () => {
    const text = lines({
      verb: 'set',
      label: 'a\u001b[2Jb\n+ edge-1 /user',
      before: { comment: '\u202Eevil' },
      after: { comment: 'x\n- edge-1 /ip/service' },
    });
    expect(text.split('\n')).toHaveLength(2);
    expect(text).not.toMatch(/[\u001b\u202e]/);
    expect(text).toContain('"x\\n- edge-1 /ip/service"');
  });
});

test('the exact calls never show a secret either', () => {
  const target = {
    deviceName: 'edge-1',
    changes: [{ secret: ['preshared-key'] }],
    steps: [{ change: 0, call: { verb: 'set', menu: '/x', id: '*1', values: { 'preshared-key': 'hunter2', comment: 'a\u001b[2Jb' } } }],
  };
  expect(callRows({ targets: [target] } as unknown as Plan)).toEqual([
    { step: 0, device: 'edge-1', verb: 'set', menu: '/x', id: '*1', values: { 'preshared-key': '(secret)', comment: 'ab' } },
  ]);
});
