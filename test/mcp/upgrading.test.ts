import { expect, test } from 'vitest';
import { startWorld } from './world.ts';

const ask = (...input: readonly string[]) => ({ device_ids: ['edge-1'], recipe: 'routeros-upgrade', input });

test('a model plans an upgrade when it was told to accept it, and a person decides', async () => {
  await using world = await startWorld({
    specs: [{ recording: 'rb5009_7.20.6', name: 'edge-1' }],
    allow: ['advanced-writes', 'professional-workflows'],
  });
  const refused = await world.call('plan_recipe', ask('version=7.21.2'));
  expect(refused.isError).toBe(true);
  expect(refused.text).toMatch(/allow-upgrade=yes/);
  const { structured } = await world.call('plan_recipe', ask('version=7.21.2', 'allow-upgrade=yes'));
  expect(structured).toMatchObject({ ok: true, planned: true, applied: false, state: 'review', risk: 'high' });
  expect(JSON.stringify(structured)).toMatch(/RouterOS does not go back/);
  expect(world.routers[0]?.requests().filter(({ path }) => path.endsWith('/install'))).toEqual([]);
});
