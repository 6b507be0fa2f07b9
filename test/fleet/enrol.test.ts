import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../src/lib/index.ts';
import type { DeviceInput, Operator } from '../../src/lib/operator.ts';
import { startSimulator } from '../../src/simulator/index.ts';
import { fingerprintOf } from '../client/rig.ts';
import { closedPort, httpServer, json, rawServer } from '../client/servers.ts';
import { openFront } from './front.ts';
import { applied, approved, EDGE, enrol, planned, refusal, setDns, startRig } from './rig.ts';

/** Nothing of a failed enrolment is kept anywhere. */
async function nothingStored(operator: Operator): Promise<void> {
  expect(await operator.fleet.devices()).toEqual([]);
  expect(await operator.fleet.history({ operation: 'device.add' })).toEqual([]);
}

describe('a router is added', () => {
  test('with what it says it is', async () => {
    await using rig = await startRig({ strangers: true });
    const view = await enrol(rig.operator, rig.router, { tags: { site: 'wien' }, environment: 'staging', allow: ['advanced-writes'] });
    expect(view).toMatchObject({
      name: 'edge-1',
      address: rig.router.url,
      environment: 'staging',
      allow: ['advanced-writes'],
      tags: { site: 'wien' },
      trust: { kind: 'none' },
      username: rig.router.username,
      facts: { version: '7.20.6', channel: 'stable', identity: 'edge-1' },
    });
    expect(view.facts.hardwareId).toBe(rig.router.rows('/system/routerboard')[0]?.['serial-number']);
    expect(view.facts.packages).toContain('routeros');
    expect(JSON.stringify(view)).not.toContain(rig.router.password);
    expect(await rig.fleet.device('EDGE-1')).toEqual(view);
    expect(await rig.fleet.device(view.id)).toEqual(view);
    expect(await rig.fleet.history()).toMatchObject([
      { operation: 'device.add', result: 'ok', actor: 'user:ann', device: view.id, details: { name: 'edge-1', trust: 'none' } },
      {},
    ]);
    expect(rig.router.requests().filter(({ write }) => write)).toEqual([]);
  });

  test.each([EDGE, 'hap-ax3_7.22.1', 'chr_7.24', 'hap-ac2_7.12.1'])('whatever it is: %s', async (recording) => {
    await using rig = await startRig({ strangers: true, specs: [{ recording, name: 'one' }] });
    const view = await enrol(rig.operator, rig.router);
    expect(view.facts.version).toBe(recording.split('_')[1]);
    expect(view.facts.hardwareId).not.toBe('');
    expect((await rig.operator.testDevice('one')).ok).toBe(true);
    const { view: plan } = await rig.fleet.plan({ device: 'one', intents: [setDns()] });
    await rig.operator.approve(plan?.plan.id ?? '');
    expect((await rig.fleet.apply({ planId: plan?.plan.id ?? '' })).state).toBe('completed');
  });

  test('over TLS, when a person accepted its certificate', async () => {
    await using rig = await startRig({ strangers: true });
    await using front = await openFront(rig.router.url, { certificate: 'router' });
    const seen = await rig.operator.probe(front.url);
    expect(seen).toMatchObject({ address: front.url, tls: true, trusted: false, fingerprint: fingerprintOf('router') });
    expect(front.logins).toEqual([]);
    const untrusted = await refusal(enrol(rig.operator, rig.router, { address: front.url }));
    expect(untrusted).toMatchObject({ code: 'TLS_UNTRUSTED', details: { fingerprint: fingerprintOf('router') } });
    expect(untrusted.hint).toContain(fingerprintOf('router'));
    const wrong = await refusal(enrol(rig.operator, rig.router, { address: front.url, fingerprint: fingerprintOf('impostor') }));
    expect(wrong).toMatchObject({ code: 'TLS_PIN_MISMATCH', details: { seen: fingerprintOf('router') } });
    expect(front.logins).toEqual([]);
    await nothingStored(rig.operator);
    const written = fingerprintOf('router').toUpperCase().match(/../g)?.join(':') ?? '';
    const view = await enrol(rig.operator, rig.router, { address: front.url, fingerprint: written });
    expect(view.trust).toEqual({ kind: 'pinned', fingerprint: fingerprintOf('router') });
    expect((await applied(rig)).state).toBe('completed');
  });

  test('and an impostor who comes later learns nothing, and neither reads nor plans', async () => {
    await using rig = await startRig({ strangers: true });
    const front = await openFront(rig.router.url, { certificate: 'router' });
    await enrol(rig.operator, rig.router, { address: front.url, fingerprint: fingerprintOf('router') });
    const { plan } = await approved(rig);
    await front[Symbol.asyncDispose]();
    await using impostor = await openFront(rig.router.url, { certificate: 'impostor', port: front.port });
    for (const work of [
      () => rig.fleet.read({ device: 'edge-1', capability: 'dns' }),
      () => rig.fleet.apply({ planId: plan.id }),
      () => planned(rig),
    ]) {
      expect(await refusal(work())).toMatchObject({ code: 'TLS_PIN_MISMATCH' });
    }
    const { ok, steps } = await rig.operator.testDevice('edge-1');
    expect([ok, steps.map(({ code }) => code)]).toEqual([false, ['TLS_PIN_MISMATCH']]);
    expect(await rig.fleet.sample('edge-1')).toMatchObject({ status: 'down', code: 'TLS_PIN_MISMATCH' });
    expect(impostor.logins).toEqual([]);
    expect(await rig.fleet.showPlan(plan.id)).toMatchObject({ state: 'approved' });
  });
});

describe('is not added, and nothing is stored', () => {
  const refusedWith = async (change: Partial<DeviceInput> | ((url: string) => Partial<DeviceInput>), code: string) => {
    await using rig = await startRig({ strangers: true });
    expect(await refusal(enrol(rig.operator, rig.router, typeof change === 'function' ? change(rig.router.url) : change))).toMatchObject({
      code,
    });
    await nothingStored(rig.operator);
    return rig.router.requests().length;
  };

  test('with a wrong password', async () => {
    await refusedWith({ password: new Secret('not it') }, 'LOGIN_REFUSED');
  });

  test('with a wrong user', async () => {
    await refusedWith({ username: 'nobody' }, 'LOGIN_REFUSED');
  });

  test('when nobody is there', async () => {
    expect(await refusedWith({ address: `http://127.0.0.1:${await closedPort()}` }, 'UNREACHABLE')).toBe(0);
  });

  test.each([
    ['a printer', () => httpServer(() => ({ status: 200, body: '<html>Printer</html>' }))],
    ['another JSON', () => httpServer(() => json({ hello: 'world' }))],
    ['no JSON at all', () => rawServer((socket) => void socket.write('SSH-2.0-x\r\n'))],
    ['an empty list', () => httpServer(() => json([]))],
  ])('when it is no router: %s', async (_name, open) => {
    await using server = await open();
    await refusedWith({ address: server.url }, 'NOT_A_ROUTER');
  });

  test.each(['http://192.0.2.1', 'http://127.evil.example', 'http://localhost.evil.example', 'http://[2001:db8::1]'])(
    'over plain HTTP to %s',
    async (address) => {
      expect(await refusedWith({ address }, 'INVALID_INPUT')).toBe(0);
    },
  );

  test('with a fingerprint that nothing can be compared with', async () => {
    expect(await refusedWith({ fingerprint: 'ab'.repeat(32) }, 'INVALID_INPUT')).toBe(0);
  });

  test.each(['edge 1', '-edge', '', 'a'.repeat(64), 'édge', 'edge/1', 'edge\n1', '.', '\u202eedge'])(
    'under the name "%s"',
    async (name) => {
      expect(await refusedWith({ name }, 'INVALID_INPUT')).toBe(0);
    },
  );

  test.each(['edge-1', 'https://admin:secret@192.0.2.1', 'ftp://127.0.0.1', 'http://127.0.0.1/rest'])(
    'at the address %s',
    async (address) => {
      expect(await refusedWith({ address }, 'INVALID_INPUT')).toBe(0);
    },
  );

  test('with an environment, an allowance or a user that cannot be', async () => {
    expect(await refusedWith({ environment: 'production' as never }, 'INVALID_INPUT')).toBe(0);
    expect(await refusedWith({ allow: ['everything' as never] }, 'INVALID_INPUT')).toBe(0);
    expect(await refusedWith({ username: 'a:b' }, 'INVALID_INPUT')).toBe(0);
    expect(await refusedWith({ username: '' }, 'INVALID_INPUT')).toBe(0);
  });
});

describe('twice', () => {
  test('a name, in whatever case, before anything is sent', async () => {
    await using rig = await startRig({
      specs: [
        { recording: EDGE, name: 'edge-1' },
        { recording: EDGE, name: 'edge-2' },
      ],
    });
    await using more = await startSimulator({ seed: 7 });
    const [other] = more.routers;
    if (!other) throw new Error('no router');
    expect(await refusal(enrol(rig.operator, other, { name: 'EDGE-1' }))).toMatchObject({ code: 'ALREADY_EXISTS' });
    expect(other.requests()).toEqual([]);
    expect(await rig.fleet.devices()).toHaveLength(2);
  });

  test('the same box, under another name', async () => {
    await using rig = await startRig();
    expect(await refusal(enrol(rig.operator, rig.router, { name: 'other' }))).toMatchObject({ code: 'ALREADY_EXISTS' });
    expect((await rig.fleet.devices()).map(({ name }) => name)).toEqual(['edge-1']);
  });

  test('at the same moment', async () => {
    await using rig = await startRig({ strangers: true, store: 'file' });
    await using other = await rig.open();
    const ends = await Promise.allSettled([
      enrol(rig.operator, rig.router),
      enrol(other, rig.router),
      enrol(rig.operator, rig.router, { name: 'two' }),
    ]);
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const end of ends) if (end.status === 'rejected') expect(end.reason).toMatchObject({ code: 'ALREADY_EXISTS' });
    expect(await rig.fleet.devices()).toHaveLength(1);
  });
});

describe('a router that is removed', () => {
  test('is forgotten with its password; its history stays', async () => {
    await using rig = await startRig({ store: 'file' });
    const { id } = await rig.fleet.device('edge-1');
    await applied(rig);
    await rig.operator.removeDevice('edge-1');
    expect(await rig.fleet.devices()).toEqual([]);
    expect(await refusal(rig.fleet.read({ device: 'edge-1', capability: 'dns' }))).toMatchObject({ code: 'UNKNOWN_DEVICE' });
    expect((await rig.fleet.history({ device: id })).map(({ operation }) => operation)).toContain('router.write');
    await rig.editStore((database) => expect(database.prepare('select count(*) as left from credentials').get()).toEqual({ left: 0 }));
    await enrol(rig.operator, rig.router);
  });

  test('has no more plans to apply', async () => {
    await using rig = await startRig();
    const { plan } = await approved(rig);
    await rig.operator.removeDevice('edge-1');
    expect(await refusal(rig.fleet.apply({ planId: plan.id }))).toMatchObject({ code: 'UNKNOWN_DEVICE' });
  });

  test('stays while it is being changed', async () => {
    await using rig = await startRig({ fronts: true });
    const { plan } = await approved(rig);
    let attempt: Promise<unknown> | undefined;
    rig.front.hooks = {
      before: async ({ write }) => {
        if (write === 1) attempt = refusal(rig.operator.removeDevice('edge-1'));
        await attempt;
      },
    };
    expect((await rig.fleet.apply({ planId: plan.id })).state).toBe('completed');
    expect(await attempt).toMatchObject({ code: 'PLAN_STATE' });
  });
});

test('the password is on the disk sealed, and in no other way', async () => {
  await using rig = await startRig({ store: 'file', strangers: true });
  const password = 'Correct+Horse/Battery=Staple';
  expect(await refusal(enrol(rig.operator, rig.router, { password: new Secret(password) }))).toMatchObject({ code: 'LOGIN_REFUSED' });
  const own = rig.router.password;
  await enrol(rig.operator, rig.router);
  await applied(rig);
  const forms = [password, own].flatMap((text) => {
    const bytes = Buffer.from(text);
    return [
      text,
      bytes.toString('base64').replace(/=+$/, ''),
      bytes.toString('base64url'),
      bytes.toString('hex'),
      encodeURIComponent(text),
    ];
  });
  const login = Buffer.from(`${rig.router.username}:${own}`).toString('base64').replace(/=+$/, '');
  const files = readdirSync(rig.dataDir, { recursive: true, encoding: 'utf8' }).map((name) => path.join(rig.dataDir, name));
  expect(files.map((file) => path.basename(file)).sort()).toEqual([
    'approval.key',
    'encryption.key',
    'fleet.db',
    'fleet.db-shm',
    'fleet.db-wal',
  ]);
  for (const file of files) {
    const bytes = readFileSync(file);
    for (const form of [...forms, login]) expect(bytes.includes(form), `${path.basename(file)}: ${form}`).toBe(false);
    expect(statSync(file).mode & 0o077, file).toBe(0);
  }
  // It is there all the same: the next opening can log in.
  await using other = await rig.open();
  expect((await other.testDevice('edge-1')).ok).toBe(true);
});

describe('a look at a router that is there already', () => {
  test('says what each step came to', async () => {
    await using rig = await startRig();
    expect(await rig.operator.testDevice('edge-1')).toMatchObject({
      ok: true,
      steps: [
        { name: 'log in and read', ok: true, detail: 'RouterOS 7.20.6' },
        { name: 'read the configuration', ok: true },
        { name: 'ask what the account may do', ok: true, detail: expect.stringContaining('it can: read the configuration; change') },
      ],
      policies: expect.arrayContaining(['read', 'write', 'rest-api']),
    });
    rig.router.fault({ path: '/ip/service', action: { kind: 'answer', status: 500, detail: 'std failure: not allowed (9)' } });
    expect(await rig.operator.testDevice('edge-1')).toMatchObject({
      ok: false,
      steps: [{ ok: true }, { ok: false, code: 'NOT_PERMITTED' }, { ok: true }],
    });
    rig.router.edit('/system/routerboard', undefined, { 'serial-number': 'SOMEBODYELSE' });
    expect(await rig.operator.testDevice('edge-1')).toMatchObject({ ok: false, steps: [{ ok: false, code: 'NOT_A_ROUTER' }] });
    expect(await refusal(rig.operator.testDevice('edge-9'))).toMatchObject({ code: 'UNKNOWN_DEVICE', details: { known: ['edge-1'] } });
  });
});
