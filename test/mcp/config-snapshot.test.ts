import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

test('comes in parts that fit, without a secret, and together they are the whole', async () => {
  const parts: string[] = [];
  let cursor: unknown;
  let lines = 0;
  do {
    const { structured, text } = await world.call('get_config_snapshot', { device_id: 'edge-1', ...(cursor !== undefined && { cursor }) });
    expect(structured).toMatchObject({ ok: true, complete: true, device: { name: 'edge-1' } });
    expect(text).toMatch(/^Lines \d+ to \d+ of \d+ of the configuration of edge-1/);
    parts.push(String(structured['text']));
    lines = Number(structured['lines']);
    cursor = structured['next_cursor'];
  } while (cursor !== undefined && parts.length < 100);
  expect(parts.length).toBeGreaterThan(1);
  const whole = parts.join('\n');
  expect(whole.split('\n')).toHaveLength(lines);
  expect(whole).toContain('/ip firewall filter');
  expect(whole).not.toMatch(/password=(?!"")|private-key=|passphrase=/);
});

test('one menu of it', async () => {
  const { structured } = await world.call('get_config_snapshot', { device_id: 'edge-1', menu: '/ip/dns', style: 'terse' });
  expect(structured['text']).toMatch(/\/ip dns set .*servers=/);
  expect(structured['text']).not.toContain('firewall');
  for (const menu of ['/ip/dns; /system/reboot', 'ip dns', '/no/such'])
    expect((await world.call('get_config_snapshot', { device_id: 'edge-1', menu })).isError).toBe(true);
  expect(world.routers[0]?.requests().some(({ path }) => path.includes('reboot'))).toBe(false);
});
