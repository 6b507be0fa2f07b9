import { afterAll, beforeAll, expect, test } from 'vitest';
import { ended, lines, newPlace, type Place } from './program.ts';

let place: Place;
beforeAll(() => {
  place = newPlace();
});
afterAll(() => place[Symbol.dispose]());

test('--recording: those routers, in that order; a station where it is said', async () => {
  const args = [
    'simulate',
    '--recording',
    'hap-ac2_7.12.1',
    '--recording',
    'rb5009_7.20.6',
    '--management-source',
    '203.0.113.200',
    '--json',
  ];
  const simulator = place.start(args);
  const two = (await lines(simulator, 2)).map((line) => JSON.parse(line));
  expect(two.map(({ name }) => name)).toEqual(['branch-1', 'edge-1']);
  const { url, username, password } = two[1];
  // From outside the input chain of the edge takes nobody: nothing comes back.
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  await expect(fetch(`${url}/rest/system/identity`, { headers: { authorization }, signal: AbortSignal.timeout(1_000) })).rejects.toThrow();
  const gone = ended(simulator, '');
  simulator.kill('SIGTERM');
  expect((await gone).code).toBe(0);
});

test.each([
  [['--recording', 'nope'], '--recording does not take nope.', 'rb5009_7.20.6'],
  [['--management-source', 'outside'], '--management-source does not take outside.', '203.0.113.200'],
  [['--recording', 'rb5009_7.20.6', '--management-interface', 'nope'], 'edge-1 has no interface nope.', 'ether1'],
])('%j is refused', async (args, message, hint) => {
  const { code, json } = await place.run(['simulate', ...args, '--json']);
  expect([code, json.error.code, json.error.message]).toEqual([3, 'INVALID_INPUT', message]);
  expect(json.error.hint).toContain(hint);
});
