import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { holderName, isDead } from '../../src/lib/fleet/holder.ts';

const [HOST = '', , START = ''] = holderName('x').split('/');
const named = (host: string, pid: number | string, start: string): string => [host, pid, start, 'x'].join('/');

test('we are alive, whatever our instance is called', () => {
  expect(isDead(holderName('x'))).toBe(false);
  expect(isDead(holderName('a/b'))).toBe(false);
});

test('another process of this machine is alive until it ends', async () => {
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], { stdio: 'ignore' });
  const { pid = 0 } = child;
  // Its start is not known to whoever only knows its number.
  expect(isDead(named(HOST, pid, ''))).toBe(false);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(isDead(named(HOST, pid, ''))).toBe(true);
});

test.skipIf(START === '')('a number that was given to another process since is another process', () => {
  expect(isDead(named(HOST, process.pid, String(Number(START) - 1)))).toBe(true);
  expect(isDead(named(HOST, process.ppid, '1'))).toBe(true);
});

test.each([
  ['on another machine, where the number says nothing', named('elsewhere', 999_999_999, '')],
  ['on another machine, with our own number', named('elsewhere', process.pid, 'never')],
  ['whose number is no number', named(HOST, 'x', '')],
  ['whose number would be a group of processes', named(HOST, -1, '')],
  ['whose number is every process of our group', named(HOST, 0, '')],
  ['without any form', 'somebody'],
  ['without a name', ''],
])('of a holder %s nothing is known, so it may live', (_name, holder) => {
  expect(isDead(holder)).toBe(false);
});
