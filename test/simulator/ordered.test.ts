import { expect, test } from 'vitest';
import { type Bench, bench } from './support.ts';

const FILTER = '/ip/firewall/filter';
const order = (edge: Bench): string[] => edge.rows(FILTER).map((row) => row['.id'] ?? '');
/** The recorded order; *1 is the router's own, dynamic. */
const RECORDED = ['*1', '*2', '*3', '*4', '*9', '*6', '*7', '*8', '*1B'];

test('a new row comes last, or right before the row that is named', () => {
  const edge = bench();
  expect(order(edge)).toEqual(RECORDED);
  edge.ask('PUT', FILTER, { chain: 'input' });
  expect(order(edge)).toEqual([...RECORDED, '*1C']);
  expect(edge.ask('PUT', FILTER, { chain: 'input', 'place-before': '*6' }).body['.id']).toBe('*1D');
  expect(order(edge).slice(4, 7)).toEqual(['*9', '*1D', '*6']);
  expect(edge.ask('PUT', FILTER, { chain: 'input', 'place-before': '*99' }).body.detail).toBe('no such item (4)');
  expect(order(edge)).toHaveLength(11);
});

test('moved rows keep their order among themselves and land before the destination', () => {
  const edge = bench();
  expect(edge.ask('POST', `${FILTER}/move`, { numbers: '*8,*3', destination: '*9' })).toEqual({ status: 200, body: [] });
  expect(order(edge)).toEqual(['*1', '*2', '*4', '*3', '*8', '*9', '*6', '*7', '*1B']);
});

test('without a destination they go to the end', () => {
  const edge = bench();
  edge.ask('POST', `${FILTER}/move`, { '.id': '*2' });
  expect(order(edge).at(-1)).toBe('*2');
});

test('the router keeps its own rows where they are', () => {
  const edge = bench();
  expect(edge.ask('POST', `${FILTER}/move`, { numbers: '*1' }).status).toBe(400);
  expect(order(edge)).toEqual(RECORDED);
  expect(edge.ask('POST', `${FILTER}/move`, { numbers: '*77', destination: '*2' }).body.detail).toBe('no such item (4)');
  expect(edge.ask('POST', `${FILTER}/move`, { numbers: '*2', destination: '*77' }).body.detail).toBe('no such item (4)');
});

test('a menu without order has no move', () => {
  expect(bench().ask('POST', '/ip/address/move', { numbers: '*1', destination: '*2' }).body.detail).toBe('no such command');
});
