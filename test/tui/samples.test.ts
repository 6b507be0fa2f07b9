import { expect, test } from 'vitest';
import { createSamples, memoryShare } from '../../src/tui/state/samples.ts';
import { NOW, sample } from './fixture.ts';

test('counts what is up and down, and follows each router', () => {
  const samples = createSamples();
  samples.take([sample('a'), sample('b')]);
  samples.take([sample('b', { status: 'down', code: 'TIMED_OUT', at: NOW + 1, cpuLoad: null, memoryUsed: null, memoryTotal: null })]);
  expect([samples.up, samples.down, samples.version]).toEqual([1, 1, 2]);
  expect(samples.of('id-b')).toMatchObject({ answeredAt: NOW, last: { status: 'down' }, known: { cpuLoad: 12 }, cpu: [12] });
  samples.take([sample('b', { at: NOW + 2, cpuLoad: 40 })]);
  expect([samples.up, samples.down]).toEqual([2, 0]);
  expect(samples.of('id-b')).toMatchObject({ answeredAt: NOW + 2, cpu: [12, 40] });
});

test('an answer that was overtaken is dropped', () => {
  const samples = createSamples();
  samples.take([sample('a', { at: NOW + 5, cpuLoad: 50 }), sample('a', { at: NOW, cpuLoad: 1 })]);
  expect(samples.of('id-a')?.last.cpuLoad).toBe(50);
  expect(samples.up).toBe(1);
});

test('keeps as many values as a sparkline can show', () => {
  const samples = createSamples();
  for (let at = 0; at < 100; at += 1) samples.take([sample('a', { at: NOW + at, cpuLoad: at })]);
  expect(samples.of('id-a')?.cpu).toHaveLength(24);
  expect(samples.of('id-a')?.cpu.at(-1)).toBe(99);
});

test('what was not measured is not zero', () => {
  expect(memoryShare(sample('a', { memoryTotal: null }))).toBeNull();
  expect(memoryShare(sample('a', { memoryUsed: null }))).toBeNull();
  expect(memoryShare(sample('a', { memoryUsed: 0 }))).toBe(0);
  expect(memoryShare(undefined)).toBeNull();
});
