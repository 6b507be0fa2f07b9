import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ended, lines, newPlace, type Place } from './program.ts';

/** The forms scripts build on, in the order in which a script would use them, against another process that simulates. */
describe('the fixed forms', () => {
  let place: Place;
  let simulator: ReturnType<Place['start']>;
  let router: { readonly name: string; readonly url: string; readonly username: string; readonly password: string };
  let planId: string;

  beforeAll(async () => {
    place = newPlace();
    simulator = place.start(['simulate', '--routers', '3', '--json']);
  });
  afterAll(() => {
    simulator.kill('SIGKILL');
    place[Symbol.dispose]();
  });

  test('simulate --routers 3 --json: one line of JSON for each router, with exactly these members', async () => {
    const three = (await lines(simulator, 3)).map((line) => JSON.parse(line));
    expect(three).toHaveLength(3);
    for (const one of three) expect(Object.keys(one)).toEqual(['name', 'url', 'username', 'password']);
    expect(new Set(three.map(({ url }) => url)).size).toBe(3);
    router = three[0];
  });

  test('device add with the password on stdin', async () => {
    const args = ['device', 'add', 'edge-1', '--address', router.url, '--username', router.username, '--password-stdin'];
    const rights = ['--environment', 'lab', '--tag', 'role=edge', '--allow', 'advanced-writes', '--json'];
    const { code, json, stdout, stderr } = await place.run([...args, ...rights], { input: router.password });
    expect(code).toBe(0);
    expect(json.data).toMatchObject({
      name: 'edge-1',
      address: router.url,
      environment: 'lab',
      tags: { role: 'edge' },
      allow: ['advanced-writes'],
      trust: { kind: 'none' },
    });
    expect(json.data.facts.version).toMatch(/^7\./);
    expect(stdout + stderr).not.toContain(router.password);
  });

  test('get dns', async () => {
    const { code, json } = await place.run(['get', 'dns', '--device', 'edge-1', '--json']);
    expect(code).toBe(0);
    expect(Object.keys(json.data)).toEqual(['device', 'capability', 'items', 'total', 'nextCursor', 'transport', 'readAt']);
    expect(json.data).toMatchObject({ device: { name: 'edge-1' }, capability: 'dns', total: 1, nextCursor: null });
    expect(json.data.items[0].servers).toEqual(expect.arrayContaining([expect.stringMatching(/^\d+\./)]));
  });

  test('plan set dns', async () => {
    const { code, json } = await place.run(['plan', 'set', 'dns', '--device', 'edge-1', 'servers=1.1.1.1,8.8.8.8', '--json']);
    expect(code).toBe(0);
    expect(json).toMatchObject({ ok: true, data: { planned: true, state: 'review', risk: 'low' } });
    planId = json.data.planId;
    expect(planId).toMatch(/^pln_[0-9a-z]{16}$/);
  });

  test('plan apply refuses what nobody approved', async () => {
    const { code, json } = await place.run(['plan', 'apply', planId, '--json']);
    expect(code).toBe(5);
    expect(json).toMatchObject({ ok: false, error: { code: 'APPROVAL_MISSING', retryable: false } });
  });

  test('plan show, approve, apply: the state follows', async () => {
    const shown = await place.run(['plan', 'show', planId, '--json']);
    expect([shown.code, shown.json.data.state]).toEqual([0, 'review']);
    const approved = await place.run(['plan', 'approve', planId, '--yes', '--json']);
    expect([approved.code, approved.json.data.state]).toEqual([0, 'approved']);
    const applied = await place.run(['plan', 'apply', planId, '--json']);
    expect([applied.code, applied.json.data.state]).toEqual([0, 'completed']);
    expect(applied.stderr).toContain('edge-1: completed');
    const read = await place.run(['get', 'dns', '--device', 'edge-1', '--json']);
    expect(read.json.data.items[0].servers).toEqual(['1.1.1.1', '8.8.8.8']);
  });

  test('what is already so is not planned', async () => {
    const { code, stdout, json } = await place.run(['plan', 'set', 'dns', '--device', 'edge-1', 'servers=1.1.1.1,8.8.8.8', '--json']);
    expect(code).toBe(0);
    expect(stdout).toContain('{"ok":true,"data":{"planned":false},"meta":');
    expect(json.data).toEqual({ planned: false });
  });

  test('plan rollback makes a plan of its own, which undoes when it is approved and applied', async () => {
    const undo = await place.run(['plan', 'rollback', planId, '--yes', '--json']);
    expect(undo.code).toBe(0);
    expect(undo.json.data).toMatchObject({ planned: true, state: 'review' });
    expect(undo.json.data.planId).not.toBe(planId);
    await place.run(['plan', 'approve', undo.json.data.planId, '--yes', '--json']);
    const applied = await place.run(['plan', 'apply', undo.json.data.planId, '--yes', '--json']);
    expect([applied.code, applied.json.data.state]).toEqual([0, 'completed']);
    const read = await place.run(['get', 'dns', '--device', 'edge-1', '--json']);
    expect(read.json.data.items[0].servers).toEqual(undo.json.data.changes[0].after.servers.split(','));
  });

  test('plan reject keeps the reason', async () => {
    const made = await place.run(['plan', 'set', 'dns', '--device', 'edge-1', 'cache-size=4096', '--json']);
    const rejected = await place.run(['plan', 'reject', made.json.data.planId, '--yes', '--reason', 'not now', '--json']);
    expect([rejected.code, rejected.json.data.state, rejected.json.data.decision.reason]).toEqual([0, 'rejected', 'not now']);
  });

  test('audit verify', async () => {
    const { code, json } = await place.run(['audit', 'verify', '--json']);
    expect(code).toBe(0);
    expect(json.data).toMatchObject({ ok: true, problems: [] });
    expect(json.data.records).toBeGreaterThan(5);
  });

  test('simulate ends cleanly on SIGTERM', async () => {
    const gone = ended(simulator, '');
    simulator.kill('SIGTERM');
    expect((await gone).code).toBe(0);
  });
});
