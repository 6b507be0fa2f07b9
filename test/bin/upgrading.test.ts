import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const plan = (...words: readonly string[]) => world.run(['plan', 'recipe', 'routeros-upgrade', '--device', 'edge-1', ...words]);

test('an upgrade is planned with allow-upgrade=yes, and says what it cannot undo', async () => {
  const made = await plan('version=7.21.2', 'allow-upgrade=yes');
  expect(made.code).toBe(0);
  expect(made.stdout).toMatch(/Upgrade RouterOS to 7\.21\.2/);
  expect(made.stdout).toMatch(
    /Cannot be undone\s+\/system\/package\/update package-update: an upgrade restarts the router and is not undone/,
  );
  expect(made.stdout).toMatch(/none on the router: an upgrade restarts the router/);
  const { json } = await plan('version=7.21.2', 'allow-upgrade=yes', '--calls', '--json');
  expect(json.data).toMatchObject({ risk: 'high', changes: [{ verb: 'set', after: { 'installed-version': '7.21.2' } }] });
  expect(JSON.stringify(json.data)).toContain('"command":"install"');
});

test('without it nothing is planned, and the hint says what is missing', async () => {
  const refused = await plan('version=7.21.2', '--json');
  expect([refused.code, refused.json.error.code, refused.json.error.hint]).toEqual([
    3,
    'INVALID_INPUT',
    'Add allow-upgrade=yes where that is meant.',
  ]);
});
