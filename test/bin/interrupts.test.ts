import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ended } from './program.ts';
import { startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(async () => {
  await world.edge.clearFaults();
  world.edge.edit('/ip/dns', undefined, { servers: '9.9.9.9' });
});

/** Starts the program and resolves when stderr or the router shows that it is in the middle of it. */
function startApply(planId: string) {
  const child = world.start(['plan', 'apply', planId, '--json']);
  const sent = new Promise<void>((resolve) => {
    child.stderr.on('data', (text: Buffer) => {
      if (/sent|being armed/.test(text.toString())) resolve();
    });
  });
  return { child, sent, gone: ended(child, '') };
}

test('Ctrl-C while a router is written to: it is called off, and the router is as before', async () => {
  const planId = await world.approvedDns('192.0.2.1');
  await world.edge.fault({ method: 'write', nth: 1, action: { kind: 'delay', ms: 1500 } });
  const { child, sent, gone } = startApply(planId);
  await sent;
  child.kill('SIGINT');
  const { code, json, stderr } = await gone;
  expect([code, json.data.state]).toEqual([1, 'failed']);
  expect(stderr).toContain('finished or undone first');
  expect(world.edge.rows('/ip/dns')[0]?.['servers']).toBe('9.9.9.9');
  expect(world.edge.rows('/system/script').filter((row) => row['name']?.startsWith('mk-cc-'))).toEqual([]);
});

test('a second Ctrl-C leaves at once, and the plan says that it is unfinished', async () => {
  const planId = await world.approvedDns('192.0.2.2');
  await world.edge.fault({ method: 'write', action: { kind: 'hang' } });
  const { child, sent, gone } = startApply(planId);
  await sent;
  let told = '';
  child.stderr.on('data', (text: Buffer) => {
    told += text.toString();
    if (told.includes('leaves at once')) child.kill('SIGINT');
  });
  child.kill('SIGINT');
  expect((await gone).code).toBe(130);
  expect((await world.run(['plan', 'show', planId, '--json'])).json.data.state).not.toBe('completed');
});

test('SIGTERM ends a read that gets no answer', async () => {
  await world.edge.fault({ method: 'read', action: { kind: 'hang' } });
  const before = world.edge.requests().length;
  const child = world.start(['get', 'dns', '--device', 'edge-1', '--json']);
  const gone = ended(child, '');
  while (world.edge.requests().length === before && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill('SIGTERM');
  expect((await gone).code).toBe(143);
});
