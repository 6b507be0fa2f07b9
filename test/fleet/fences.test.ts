import type { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { fingerprint } from '../../src/lib/core/canonical.ts';
import { approved, enrol, MODEL, planned, refusal, setDns, startRig, writesOf } from './rig.ts';

const LAB_ONLY = { environments: 'lab' };

describe('an instance that does not touch an environment', () => {
  const start = async () => {
    const rig = await startRig({ store: 'file', environment: 'staging' });
    return { rig, lab: await rig.open(MODEL, LAB_ONLY) };
  };

  test('neither reads nor writes there, and says so in the ledger', async () => {
    const { rig, lab } = await start();
    await using _rig = rig;
    const { plan } = await approved(rig);
    const done = await rig.fleet.apply({ planId: plan.id });
    const waiting = await approved(rig, [setDns('192.0.2.99')]);
    const asked = rig.router.requests().length;
    const device = 'edge-1';
    const tries: readonly (readonly [string, () => Promise<unknown>])[] = [
      ['router.read', () => lab.fleet.read({ device, capability: 'dns' })],
      ['router.run', () => lab.fleet.run({ device, action: 'dns-flush' })],
      ['plan.create', () => lab.fleet.plan({ device, intents: [setDns('192.0.2.98')] })],
      ['plan.create', () => lab.fleet.direct({ device, intents: [setDns('192.0.2.98')] })],
      ['plan.create', () => lab.fleet.rollback(done.plan.id)],
      ['plan.apply', () => lab.fleet.apply({ planId: waiting.plan.id })],
      ['device.test', () => lab.testDevice(device)],
    ];
    for (const [operation, work] of tries) {
      expect(await refusal(work()), operation).toMatchObject({ code: 'DENIED' });
      const [record] = await lab.fleet.history();
      expect(record).toMatchObject({ operation, result: 'denied', environment: 'staging' });
      expect(record?.details['reason'], operation).toMatch(/does not touch staging routers/);
    }
    expect(await lab.fleet.sample(device)).toMatchObject({ status: 'down', code: 'DENIED' });
    expect(rig.router.requests()).toHaveLength(asked);
    await lab.close();
    expect(await rig.fleet.showPlan(waiting.plan.id)).toMatchObject({ state: 'approved' });
    expect((await rig.fleet.apply({ planId: waiting.plan.id })).state).toBe('completed');
  });

  test('does not approve for it', async () => {
    await using rig = await startRig({ store: 'file', environment: 'staging' });
    const { plan } = await planned(rig);
    await using lab = await rig.open(undefined, LAB_ONLY);
    expect(await refusal(lab.approve(plan.id))).toMatchObject({ code: 'DENIED' });
    expect(await rig.fleet.showPlan(plan.id)).toMatchObject({ state: 'review' });
  });

  test('does not enrol there: the password is not sent', async () => {
    await using rig = await startRig({ strangers: true, settings: LAB_ONLY });
    expect(await refusal(enrol(rig.operator, rig.router, { environment: 'prod' }))).toMatchObject({ code: 'DENIED' });
    expect(rig.router.requests()).toEqual([]);
    expect(await rig.fleet.devices()).toEqual([]);
    expect(await rig.fleet.history({ operation: 'device.add' })).toMatchObject([
      { result: 'denied', details: { name: 'edge-1', environment: 'prod' } },
    ]);
    await enrol(rig.operator, rig.router);
  });

  test('sees plans and history all the same', async () => {
    const { rig, lab } = await start();
    await using _rig = rig;
    const { plan } = await planned(rig);
    expect(await lab.fleet.showPlan(plan.id)).toMatchObject({ state: 'review' });
    expect((await lab.fleet.devices()).map(({ name }) => name)).toEqual(['edge-1']);
    expect((await lab.fleet.history()).length).toBeGreaterThan(0);
    await lab.close();
  });
});

describe('every denial is in the ledger, with its reason', () => {
  test('of a command with an effect', async () => {
    await using rig = await startRig({ allow: [] });
    expect(await refusal(rig.fleet.run({ device: 'edge-1', action: 'dns-flush' }))).toMatchObject({ code: 'DENIED' });
    expect(await rig.fleet.history()).toMatchObject([
      { operation: 'router.run', result: 'denied', details: { action: 'dns-flush', reason: expect.any(String) } },
      {},
      {},
    ]);
    expect(rig.router.requests().filter(({ path }) => path.includes('flush'))).toEqual([]);
  });

  test('of an apply without approval, and of an approval without the name', async () => {
    await using rig = await startRig({ environment: 'prod' });
    const { plan } = await planned(rig);
    await refusal(rig.fleet.apply({ planId: plan.id }));
    await refusal(rig.operator.approve(plan.id));
    const records = await rig.fleet.history({ planId: plan.id });
    expect(records.slice(0, 2).map(({ operation, result, actor, details }) => [operation, result, actor, details['code']])).toEqual([
      ['plan.approve', 'denied', 'user:ann', 'CONFIRMATION_NEEDED'],
      ['plan.apply', 'denied', 'agent:model', 'APPROVAL_MISSING'],
    ]);
    expect(records.every(({ details }) => details['reason'] !== '')).toBe(true);
    expect(writesOf(rig.router)).toEqual([]);
  });

  test('what the device allowed when it was planned may be gone when it is applied', async () => {
    await using rig = await startRig({ store: 'file' });
    const { plan } = await approved(rig);
    await rig.editStore((database) => {
      const row = database.prepare('select body from devices').get() as { body: string };
      database.prepare('update devices set body = ?').run(row.body.replace(/"allow":\[[^\]]*\]/, '"allow":[]'));
    });
    expect(await refusal(rig.fleet.apply({ planId: plan.id }))).toMatchObject({
      code: 'DENIED',
      details: { reasons: [expect.stringContaining('advanced-writes')] },
    });
    expect(writesOf(rig.router)).toEqual([]);
  });
});

describe('a plan that was altered where it is kept', () => {
  const alter = (find: string, put: string) => (database: DatabaseSync) => {
    const row = database.prepare('select body from plans').get() as { body: string };
    expect(row.body).toContain(find);
    database.exec('drop trigger plans_no_update');
    database.prepare('update plans set body = ?').run(row.body.replaceAll(find, put));
  };

  test.each([
    ['what is sent', '192.0.2.53', '192.0.2.66'],
    ['how far', '"risk":"low"', '"risk":"medium"'],
    ['for whom', '"deviceName":"edge-1"', '"deviceName":"edge-2"'],
    ['for how long', '"expiresAt":1', '"expiresAt":2'],
  ])('is not applied: %s', async (_name, find, put) => {
    await using rig = await startRig({ store: 'file' });
    const { plan } = await approved(rig);
    await rig.editStore(alter(find, put));
    expect(await refusal(rig.fleet.apply({ planId: plan.id }))).toMatchObject({
      code: 'STORE_FAILED',
      message: expect.stringContaining('altered'),
    });
    expect(writesOf(rig.router)).toEqual([]);
  });

  test('is not approved either', async () => {
    await using rig = await startRig({ store: 'file' });
    const { plan } = await planned(rig);
    await rig.editStore(alter('192.0.2.53', '192.0.2.66'));
    expect(await refusal(rig.operator.approve(plan.id))).toMatchObject({ code: 'STORE_FAILED' });
  });

  test('and given a new hash does not fit its approval', async () => {
    await using rig = await startRig({ store: 'file' });
    const { plan } = await approved(rig);
    const { hash: _old, ...body } = JSON.parse(JSON.stringify(plan).replaceAll('192.0.2.53', '192.0.2.66')) as typeof plan;
    await rig.editStore((database) => {
      database.exec('drop trigger plans_no_update');
      database.prepare('update plans set body = ?, hash = ?').run(JSON.stringify({ ...body, hash: fingerprint(body) }), fingerprint(body));
    });
    expect(await refusal(rig.fleet.apply({ planId: plan.id }))).toMatchObject({ code: 'APPROVAL_INVALID' });
    // Not even when the approval is altered as well: its MAC does not fit.
    await rig.editStore((database) => {
      database.prepare('update approvals set plan_hash = ?').run(fingerprint(body));
    });
    expect(await refusal(rig.fleet.apply({ planId: plan.id }))).toMatchObject({ code: 'APPROVAL_INVALID' });
    expect(writesOf(rig.router)).toEqual([]);
  });

  test('an approval cannot be made by hand, nor made to last', async () => {
    await using rig = await startRig({ store: 'file' });
    const { plan } = await approved(rig);
    rig.clock.advance(16 * 60_000);
    await rig.editStore((database) => {
      database.prepare('update approvals set expires_at = expires_at + 86400000').run();
    });
    expect(await refusal(rig.fleet.apply({ planId: plan.id }))).toMatchObject({ code: 'APPROVAL_INVALID' });
    const other = await planned(rig, [setDns('192.0.2.99')]);
    await rig.editStore((database) => {
      database.prepare("update targets set state = 'approved' where plan_id = ?").run(other.plan.id);
    });
    expect(await refusal(rig.fleet.apply({ planId: other.plan.id }))).toMatchObject({ code: 'APPROVAL_MISSING' });
    await rig.editStore((database) => {
      const copy = `insert into approvals select ?, ?, approved_by, kind, rule, issued_at, expires_at, nonce_hash, mac, consumed_at, signature from approvals`;
      database.prepare(copy).run(other.plan.id, other.plan.hash);
    });
    expect(await refusal(rig.fleet.apply({ planId: other.plan.id }))).toMatchObject({ code: 'APPROVAL_INVALID' });
    expect(writesOf(rig.router)).toEqual([]);
  });

  test('a rule cannot be put in the place of a person', async () => {
    await using rig = await startRig({ store: 'file', environment: 'prod' });
    const { plan } = await approved(rig);
    await rig.editStore((database) => {
      database.prepare("update approvals set kind = 'policy', rule = 'advanced-writes-at-once', mac = ''").run();
    });
    expect(await refusal(rig.fleet.apply({ planId: plan.id }))).toMatchObject({ code: 'APPROVAL_INVALID' });
    expect(writesOf(rig.router)).toEqual([]);
  });
});
