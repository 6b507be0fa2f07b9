import { expect, test } from 'vitest';
import { queueInterface } from '../../src/lib/capability/catalog/queue-interface.ts';
import { queueSimple } from '../../src/lib/capability/catalog/queue-simple.ts';
import { queueTree } from '../../src/lib/capability/catalog/queue-tree.ts';
import { queueType } from '../../src/lib/capability/catalog/queue-type.ts';
import { decodeRow } from '../../src/lib/capability/codec.ts';
import type { Row } from '../../src/lib/client/types.ts';
import { everyMenu } from './menus.ts';
import { add, keyed, recordedRows, refusalOf, remove, riskOf, set } from './ways.ts';

everyMenu('queue', [queueSimple, queueTree, queueType, queueInterface]);

const [slow = {}] = recordedRows(queueSimple, 'rb5009_7.20.6').map(({ row }) => row);
const tree: Row = { name: 'voip', parent: 'global', 'packet-mark': 'voip', 'max-limit': '10000000' };

test('a queue is of medium risk, whatever is done to it', () => {
  for (const change of [add(slow), set(slow, { 'max-limit': '1M/1M' }), set(slow, { disabled: 'true' }), remove(slow)])
    expect(riskOf(queueSimple, change)).toBe('medium');
  for (const change of [add(tree), set(tree, { 'max-limit': '1M' }), remove(tree)]) expect(riskOf(queueTree, change)).toBe('medium');
});

test.each([
  [{ 'max-limit': '20M/50M' }, undefined],
  [{ 'max-limit': '0/0', 'limit-at': '512k/1.5M' }, undefined],
  [{ 'max-limit': '20M' }, 'max-limit takes two values, upload/download'],
  [{ 'max-limit': '20M/fast' }, 'max-limit takes two values, upload/download'],
  [{ 'burst-limit': '1M/2M/3M' }, 'burst-limit takes two values, upload/download'],
  [{ 'burst-time': '10s/10s' }, undefined],
  [{ 'burst-time': '10/10' }, 'burst-time takes two values, upload/download'],
  [{ priority: '5' }, 'priority takes two values, upload/download'],
  [{ queue: 'default/' }, 'queue takes two values, upload/download'],
])('%j: %s', (values, refusal) => {
  expect(refusalOf(queueSimple, add({ name: 'x', target: 'ether1', ...values }))).toBe(refusal);
  expect(refusalOf(queueSimple, set(slow, values))).toBe(refusal);
});

test('rates and targets have one spelling, the one of the router', () => {
  const said = { 'max-limit': '20M/50M', 'limit-at': '512k/1.5M', 'burst-time': '90s/00:02:00', target: 'ether1,192.168.20.7/24,10.0.0.1' };
  expect(decodeRow(queueSimple, said, '7.20.8').content).toEqual({
    'max-limit': '20000000/50000000',
    'limit-at': '512000/1500000',
    'burst-time': '1m30s/2m',
    target: '10.0.0.1/32,192.168.20.0/24,ether1',
  });
  expect(decodeRow(queueTree, { ...tree, 'max-limit': '10M' }, '7.20.8').content).toEqual(tree);
});

test('a queue is known by its name, not by what it slows down', () => {
  expect(keyed(queueSimple, slow)).toBe(keyed(queueSimple, { ...slow, target: 'ether9' }));
  expect(keyed(queueSimple, slow)).not.toBe(keyed(queueSimple, { ...slow, name: 'other' }));
  expect(keyed(queueTree, tree)).toBe(keyed(queueTree, { name: 'voip', parent: 'ether1' }));
});
