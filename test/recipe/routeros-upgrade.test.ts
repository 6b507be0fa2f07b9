import { describe, expect, test } from 'vitest';
import { outcomeOf, refusal, setDns } from '../fleet/rig.ts';
import { approvedUpgrade, ask, device, edit, NEXT, rigFor, sent, UPDATE, upgraded } from './upgrading.ts';

/** An upgrade on simulated routers: what it is, what is refused before anything is sent, and how a router says no. */

describe('an upgrade that goes through', () => {
  test('is one change, of high risk, with nothing to undo it and no guard; the version is read back and remembered', async () => {
    await using rig = await rigFor();
    const { view } = await ask(rig);
    expect(view?.plan).toMatchObject({ risk: 'high', recipe: 'routeros-upgrade', summary: `Upgrade RouterOS to ${NEXT}` });
    expect(view?.plan.targets[0]).toMatchObject({
      changes: [{ verb: 'set', before: { 'installed-version': '7.20.6' }, after: { 'installed-version': NEXT } }],
      steps: [{ change: 0, call: { verb: 'command', menu: UPDATE, command: 'install', values: {} } }],
      undo: [[]],
      lost: [{ change: 0, why: expect.stringMatching(/RouterOS does not go back/) }],
      guard: { kind: 'none', why: expect.stringMatching(/restarts the router and is not undone/) },
    });
    const planId = view?.plan.id ?? '';
    await rig.operator.approve(planId, { typedName: device });
    const done = await rig.fleet.apply({ planId });
    expect(outcomeOf(done)).toMatchObject({ state: 'completed', left: [], drift: [] });
    expect(outcomeOf(done)?.checks).toContainEqual(
      expect.objectContaining({ check: 'no reboot', verdict: 'pass', why: expect.stringMatching(/into another version/) }),
    );
    expect([rig.router.version, sent(rig, 'install').length]).toEqual([NEXT, 1]);
    expect((await rig.fleet.journal(planId)).map(({ stage }) => stage)).toEqual(['intent', 'sent', 'ack', 'verified']);
    expect((await rig.fleet.devices()).map(({ facts }) => facts.version)).toEqual([NEXT]);
    expect((await ask(rig)).planned).toBe(false);
  });
});

describe('refused before anything is asked of anybody', () => {
  test('without consent, by a recipe and by a plan of single changes', async () => {
    await using rig = await rigFor();
    for (const allowUpgrade of [undefined, false, 'no'])
      expect(await refusal(ask(rig, { version: NEXT, ...(allowUpgrade !== undefined && { allowUpgrade }) }))).toMatchObject({
        code: 'INVALID_INPUT',
        message: expect.stringMatching(/RouterOS does not go back/),
        hint: expect.stringMatching(/allow-upgrade=yes/),
      });
    const intents = [{ verb: 'set', capability: 'package-update', values: { installedVersion: NEXT } }] as const;
    expect(await refusal(rig.fleet.plan({ device, intents }))).toMatchObject({ message: expect.stringMatching(/is not undone/) });
    expect(await refusal(rig.fleet.plan({ device, intents, accepts: ['dfs'] }))).toMatchObject({ code: 'INVALID_INPUT' });
    expect((await rig.fleet.plan({ device, intents, accepts: ['upgrade'] })).view?.plan.risk).toBe('high');
  });

  test.each([
    ['another version than the channel offers', { version: '7.21.3' }, {}, /another version at the last check/],
    ['an older one', { version: '7.16.2' }, { 'latest-version': '7.16.2' }, /an older version/],
    ['no version', { version: 'latest' }, {}, /written as 7\.22\.1/],
    ['one that nobody looked for', { version: NEXT }, { '!latest-version': '' }, /run check-for-updates first/],
  ])('%s', async (_, input, there, words) => {
    await using rig = await rigFor();
    edit(rig, UPDATE, there);
    expect(await refusal(ask(rig, { ...input, allowUpgrade: true }))).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringMatching(words),
      hint: expect.stringMatching(/check-for-updates says/),
    });
    const values = { installedVersion: input.version };
    const plain = rig.fleet.plan({ device, intents: [{ verb: 'set', capability: 'package-update', values }], accepts: ['upgrade'] });
    expect(await refusal(plain)).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringMatching(words) });
  });

  test('too little room: twice what the packages take', async () => {
    await using rig = await rigFor();
    // 13 729 521 and 1 159 313 bytes are installed.
    edit(rig, '/system/resource', { 'free-hdd-space': '29777667' });
    expect(await refusal(ask(rig))).toMatchObject({ message: expect.stringMatching(/28\.4 MiB are needed, 28\.4 MiB are free/) });
    edit(rig, '/system/resource', { 'free-hdd-space': '29777668' });
    expect((await ask(rig)).planned).toBe(true);
  });

  test('together with another change, and as the undo of one that was made', async () => {
    await using rig = await rigFor();
    const upgrade = { verb: 'set', capability: 'package-update', values: { installedVersion: NEXT } } as const;
    expect(await refusal(rig.fleet.plan({ device, intents: [setDns(), upgrade], accepts: ['upgrade'] }))).toMatchObject({
      message: expect.stringMatching(/stands alone/),
    });
    const done = await upgraded(rig);
    expect(await refusal(rig.fleet.rollback(done.plan.id))).toMatchObject({ message: expect.stringMatching(/has no way back/) });
  });
});

describe('the router says no when it is asked to install', () => {
  const nothing = { state: 'failed', code: 'ROUTER_REFUSED', left: [], drift: [] };

  test('in the last row of its answer: the status is router text, and nothing is waited for', async () => {
    await using rig = await rigFor();
    const planId = await approvedUpgrade(rig);
    rig.front.hooks = {
      before: ({ path: at }) => {
        if (at === `${UPDATE}/install`) edit(rig, UPDATE, { 'latest-version': '7.12.1' });
      },
    };
    const done = await rig.fleet.apply({ planId });
    expect(outcomeOf(done)).toMatchObject({ ...nothing, routerText: 'ERROR: not allowed by device-mode' });
    expect((await rig.fleet.journal(planId)).map(({ stage }) => stage)).toEqual(['intent', 'sent', 'err']);
    expect(rig.router.version).toBe('7.20.6');
  });

  test('as a refusal', async () => {
    await using rig = await rigFor();
    const detail = 'failure: not allowed by device-mode';
    await rig.router.fault({ path: `${UPDATE}/install`, action: { kind: 'answer', status: 400, detail } });
    expect(outcomeOf(await upgraded(rig))).toMatchObject({ ...nothing, routerText: detail });
  });

  test('in an answer that was lost: what it says of itself is read', async () => {
    await using rig = await rigFor();
    const planId = await approvedUpgrade(rig);
    edit(rig, '/system/resource', { 'free-hdd-space': '1024' });
    await rig.router.fault({ path: `${UPDATE}/install`, action: { kind: 'lose-reply' } });
    const done = await rig.fleet.apply({ planId });
    expect(outcomeOf(done)).toMatchObject({ ...nothing, routerText: expect.stringMatching(/^ERROR: not enough disk space/) });
    expect((await rig.fleet.journal(planId)).map(({ stage }) => stage)).toEqual(['intent', 'sent', 'unknown']);
  });
});

describe('what it would install is asked just before', () => {
  test('it cannot say: nothing is sent, and the approval holds', async () => {
    await using rig = await rigFor();
    const planId = await approvedUpgrade(rig);
    edit(rig, '/ip/dns', { servers: '', 'dynamic-servers': '' });
    expect(await refusal(rig.fleet.apply({ planId }))).toMatchObject({
      code: 'ROUTER_REFUSED',
      details: { routerText: 'ERROR: could not resolve dns name' },
    });
    edit(rig, '/ip/dns', { servers: '192.0.2.53' });
    expect(sent(rig, 'install')).toEqual([]);
    expect((await rig.fleet.apply({ planId })).state).toBe('completed');
  });

  test('the channel has moved on: nothing is sent', async () => {
    await using rig = await rigFor();
    const planId = await approvedUpgrade(rig);
    edit(rig, UPDATE, { 'latest-version': '7.21.3' });
    expect(await refusal(rig.fleet.apply({ planId }))).toMatchObject({ code: 'STALE' });
    expect([sent(rig, 'install').length, rig.router.version]).toEqual([0, '7.20.6']);
  });

  const testing = { version: '7.24', channel: 'testing', allowUpgrade: true };

  test('another channel is set in the same plan, and asked', async () => {
    await using rig = await rigFor();
    const planId = await approvedUpgrade(rig, testing);
    rig.front.hooks = {
      after: ({ path: at }) => {
        if (at === `${UPDATE}/set`) edit(rig, UPDATE, { 'latest-version': '7.24' });
      },
    };
    const done = await rig.fleet.apply({ planId });
    expect(outcomeOf(done)).toMatchObject({ state: 'completed' });
    expect(rig.router.rows(UPDATE)[0]).toMatchObject({ channel: 'testing', 'installed-version': '7.24' });
  });

  test('another channel that does not have it is put back', async () => {
    await using rig = await rigFor();
    const done = await upgraded(rig, testing);
    expect(outcomeOf(done)).toMatchObject({ state: 'rolled-back', code: 'STALE' });
    expect(rig.router.rows(UPDATE)[0]).toMatchObject({ channel: 'stable', 'installed-version': '7.20.6' });
    expect(sent(rig, 'install')).toEqual([]);
  });
});
