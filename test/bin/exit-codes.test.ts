import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { EXIT, EXIT_BY_KIND, EXIT_BY_STATE, EXIT_MEANING } from '../../src/bin/exit-codes.ts';
import { ERROR_CODES } from '../../src/lib/index.ts';
import type { Ran } from './program.ts';
import { listening, tlsFront } from './self-signed.ts';
import { startWorld, type World } from './world.ts';

test('the numbers are pinned', () => {
  expect(EXIT).toEqual(JSON.parse(readFileSync(path.join(import.meta.dirname, 'exit-codes.pin.json'), 'utf8')));
  expect(Object.keys(EXIT_MEANING)).toEqual(Object.keys(EXIT));
  expect(Object.keys(EXIT_BY_KIND).sort()).toEqual([...new Set(Object.values(ERROR_CODES))].sort());
});

/** Exit code and error code of what was run. */
const said = ({ code, json }: Ran): readonly [number | null, string | undefined] => [code, json.error?.code];
/** Shifts the wall clock of the program, so that what is valid for minutes is over. */
const later = (minutes: number) => ({
  NODE_OPTIONS: `--import=data:text/javascript,globalThis.n=Date.now;Date.now=()=>n()+${minutes * 60_000}`,
});

describe('each exit code, by a real cause', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld([{}, { allow: [] }, { environment: 'prod', allow: ['advanced-writes'] }]);
  });
  afterAll(() => world[Symbol.asyncDispose]());
  beforeEach(async () => {
    await world.edge.clearFaults();
    world.edge.edit('/ip/dns', undefined, { servers: '9.9.9.9' });
  });

  const add = (address: string, password: string, ...more: readonly string[]): Promise<Ran> =>
    world.run(
      [
        'device',
        'add',
        'other',
        '--address',
        address,
        '--username',
        'admin',
        '--password-stdin',
        '--environment',
        'lab',
        '--json',
        ...more,
      ],
      { input: password },
    );

  describe('2: connection and login', () => {
    test('a wrong password', async () => {
      expect(said(await add(world.edge.url, 'wrong'))).toEqual([2, 'LOGIN_REFUSED']);
    });

    test('nobody listens', async () => {
      expect(said(await add('http://127.0.0.1:1', 'x'))).toEqual([2, 'UNREACHABLE']);
    });

    test('something else listens', async () => {
      const printer = createServer((socket) => socket.on('error', () => {}).end('220 printer ready\r\n'));
      const { port } = await listening(printer);
      expect(said(await add(`http://127.0.0.1:${port}`, 'x'))).toEqual([2, 'NOT_A_ROUTER']);
      printer.close();
    });

    test('a certificate nobody vouches for: the fingerprint is told, and nothing was sent', async () => {
      await using front = await tlsFront(world.edge.url);
      const refused = await add(front.address, world.edge.password);
      expect(said(refused)).toEqual([2, 'TLS_UNTRUSTED']);
      const { fingerprint } = refused.json.error.details;
      expect(fingerprint.replaceAll(':', '')).toMatch(/^[0-9A-Fa-f]{64}$/);
      expect(refused.json.error.hint).toContain(fingerprint);
      expect(front.seen()).toBe('');
      const wrong = await add(front.address, world.edge.password, '--fingerprint', 'ab'.repeat(32));
      expect(said(wrong)).toEqual([2, 'TLS_PIN_MISMATCH']);
      expect(front.seen()).toBe('');
    });

    test('device test of a router that is gone, with the step that failed', async () => {
      await world.edge.fault({ action: { kind: 'reset' } });
      const tested = await world.run(['device', 'test', 'edge-1', '--json']);
      expect(tested.code).toBe(2);
      expect(tested.json).toMatchObject({ ok: false, data: { ok: false }, error: { details: { step: 'log in and read' } } });
    });
  });

  describe('3: configuration and usage', () => {
    test.each([
      ['an unknown router', ['get', 'dns', '--device', 'nobody'], 'UNKNOWN_DEVICE'],
      ['an unknown capability', ['get', 'dnz', '--device', 'edge-1'], 'UNKNOWN_CAPABILITY'],
      ['an unknown field', ['plan', 'set', 'dns', '--device', 'edge-1', 'server=1.1.1.1'], 'UNKNOWN_FIELD'],
      ['a wrong value', ['plan', 'set', 'dns', '--device', 'edge-1', 'servers=1.1.1.999'], 'INVALID_INPUT'],
      ['a read-only field', ['plan', 'set', 'dns', '--device', 'edge-1', 'cache-used=3'], 'READ_ONLY'],
      ['a row that is not there', ['plan', 'remove', 'firewall-filter', '--device', 'edge-1', '--id', '*FFFF'], 'NO_SUCH_ROW'],
      ['an unknown plan', ['plan', 'show', 'pln_0000000000000000'], 'UNKNOWN_PLAN'],
      ['an unknown recipe', ['plan', 'recipe', 'nope', '--device', 'edge-1'], 'UNKNOWN_CAPABILITY'],
      ['an empty name', ['device', 'show', ''], 'UNKNOWN_DEVICE'],
    ])('%s', async (_what, args, code) => {
      expect(said(await world.run([...args, '--json']))).toEqual([3, code]);
    });

    test('a name that is nearly right is answered with the right one', async () => {
      const [router, field] = await Promise.all([
        world.run(['get', 'dns', '--device', 'egde-1', '--json']),
        world.run(['plan', 'set', 'dns', '--device', 'edge-1', 'server=1.1.1.1', '--json']),
      ]);
      expect(router.json.error).toMatchObject({ hint: expect.stringContaining('Did you mean edge-1?'), details: { nearest: 'edge-1' } });
      expect(field.json.error).toMatchObject({ hint: expect.stringContaining('Did you mean servers?'), details: { nearest: 'servers' } });
    });

    test('a setting that is wrong', async () => {
      const wrong = await world.run(['device', 'list', '--json'], { env: { ROUTEROS_MCP_POLL_INTERVAL_SECONDS: 'often' } });
      expect(said(wrong)).toEqual([3, 'CONFIG_INVALID']);
      const file = path.join(world.dir, 'wrong.yaml');
      writeFileSync(file, 'datadir: /nowhere\n');
      const unknown = await world.run(['config', 'show', '--config', file, '--json']);
      expect(said(unknown)).toEqual([3, 'CONFIG_INVALID']);
      expect(unknown.json.error.hint).toContain('dataDir');
    });

    test('plain HTTP to another machine', async () => {
      expect(said(await add('http://192.0.2.1', 'x'))).toEqual([3, 'INVALID_INPUT']);
    });

    test('a router that is enrolled already, under another name', async () => {
      expect(said(await add(world.edge.url, world.edge.password))).toEqual([3, 'ALREADY_EXISTS']);
    });

    test('a plan that is over', async () => {
      const planId = await world.planDns();
      await world.run(['plan', 'reject', planId, '--reason', 'no', '--json']);
      expect(said(await world.run(['plan', 'apply', planId, '--json']))).toEqual([3, 'PLAN_STATE']);
    });
  });

  describe('4: refused by policy', () => {
    test('a router that does not allow writes', async () => {
      expect(said(await world.run(['plan', 'set', 'dns', '--device', 'edge-2', 'servers=1.1.1.1', '--json']))).toEqual([4, 'DENIED']);
    });

    test('--yes without a terminal for a prod router', async () => {
      const planned = await world.run(['plan', 'set', 'dns', '--device', 'edge-3', 'servers=1.1.1.1', '--json']);
      const { planId } = planned.json.data;
      expect(planned.json.data.approvalNeeds).toMatchObject({ typedName: 'edge-3', terminal: true });
      expect(said(await world.run(['plan', 'approve', planId, '--yes', '--json']))).toEqual([4, 'DENIED']);
      expect(said(await world.run(['plan', 'approve', planId, '--yes', '--confirm=edge-3', '--json']))).toEqual([4, 'DENIED']);
      expect((await world.run(['plan', 'show', planId, '--json'])).json.data.state).toBe('review');
    });
  });

  describe('5: approval', () => {
    test('nobody was asked', async () => {
      const planId = await world.planDns();
      // A yes that comes through a pipe is no person's.
      const piped = await world.run(['plan', 'approve', planId, '--json'], { input: 'y\ny\n' });
      expect(said(piped)).toEqual([5, 'CONFIRMATION_NEEDED']);
      expect(piped.json.error.message).toContain('Nobody can be asked');
      expect((await world.run(['plan', 'show', planId, '--json'])).json.data.state).toBe('review');
    });

    test('the token of another plan', async () => {
      const [first, second] = [await world.planDns('1.1.1.1'), await world.planDns('8.8.8.8')];
      await world.run(['plan', 'approve', first, '--yes', '--json']);
      const other = await world.run(['plan', 'approve', second, '--yes', '--print-token', '--json']);
      const applied = await world.run(['plan', 'apply', first, '--token-stdin', '--json'], { input: other.json.data.token });
      expect(said(applied)).toEqual([5, 'APPROVAL_INVALID']);
      expect(applied.stdout + applied.stderr).not.toContain(other.json.data.token);
      const own = await world.run(['plan', 'apply', second, '--token-stdin', '--json'], { input: other.json.data.token });
      expect(said(own)).toEqual([0, undefined]);
    });

    test('an approval that ran out', async () => {
      const planId = await world.approvedDns();
      expect(said(await world.run(['plan', 'apply', planId, '--json'], { env: later(16) }))).toEqual([5, 'APPROVAL_EXPIRED']);
      expect((await world.run(['plan', 'show', planId, '--json'])).json.data.state).toBe('review');
    });
  });

  test('6: the router was changed behind our back', async () => {
    const planId = await world.approvedDns();
    world.edge.edit('/ip/dns', undefined, { servers: '208.67.222.222' });
    const applied = await world.run(['plan', 'apply', planId, '--json']);
    expect(said(applied)).toEqual([6, 'STALE']);
    expect(applied.json.data).toMatchObject({ planId, state: 'stale', outcome: { state: 'stale' } });
    expect(world.edge.rows('/ip/dns')[0]?.['servers']).toBe('208.67.222.222');
  });

  /** Two writes in one plan: the second may fail after the first took effect. */
  async function approvedTwo(): Promise<string> {
    const args = ['plan', 'recipe', 'dns-ntp-rollout', '--device', 'edge-1', 'dns-servers=1.1.1.1', 'ntp-servers=192.0.2.77', '--json'];
    // What the program itself undoes: nothing on the router helps it.
    const planned = await world.run(args, { env: { ROUTEROS_MCP_GUARD_FROM: 'never' } });
    const { planId } = planned.json.data;
    await world.run(['plan', 'approve', planId, '--yes', '--json']);
    return planId;
  }
  const refuse = async (nth: number | readonly number[]): Promise<void> => {
    await world.edge.fault({ method: 'write', nth, action: { kind: 'answer', status: 400, detail: 'failure: not now' } });
  };

  test('1: the router refuses, and nothing was changed', async () => {
    const planId = await approvedTwo();
    await refuse(1);
    const applied = await world.run(['plan', 'apply', planId, '--json']);
    expect(said(applied)).toEqual([1, 'ROUTER_REFUSED']);
    expect(applied.json.data).toMatchObject({
      state: 'failed',
      outcome: { state: 'failed', routerText: expect.stringContaining('not now') },
    });
    expect(world.edge.rows('/ip/dns')[0]?.['servers']).toBe('9.9.9.9');
  });

  test('7: the second write is refused and the first is put back', async () => {
    const planId = await approvedTwo();
    await refuse(2);
    const applied = await world.run(['plan', 'apply', planId, '--json']);
    expect(said(applied)).toEqual([7, 'ROUTER_REFUSED']);
    expect(applied.json.data).toMatchObject({ state: 'rolled-back', outcome: { left: [] } });
    expect(world.edge.rows('/ip/dns')[0]?.['servers']).toBe('9.9.9.9');
  });

  test('8: what was written cannot be put back', async () => {
    const planId = await approvedTwo();
    await refuse([2, 3, 4, 5, 6]);
    const applied = await world.run(['plan', 'apply', planId]);
    expect(applied.code).toBe(8);
    expect(applied.stdout).toContain('Still on the router');
    expect(applied.stderr).toContain('error: ');
    expect(applied.stdout).toContain(`plan resolve ${planId} --as pre|post|accept`);
    await world.edge.clearFaults();
    const resolve = (...more: readonly string[]) => world.run(['plan', 'resolve', planId, '--json', ...more]);
    expect(said(await resolve('--as', 'pre', '--reason', 'x'))).toEqual([5, 'CONFIRMATION_NEEDED']);
    expect(said(await resolve('--as', 'pre', '--reason', 'it is not', '--yes'))).toEqual([3, 'PLAN_STATE']);
    const closed = await resolve('--as', 'accept', '--reason', 'I looked', '--yes');
    expect([closed.code, closed.json.data.outcome.resolved]).toMatchObject([0, { reason: 'I looked' }]);
  });

  test('10: changes, with --detailed-exitcode only', async () => {
    const set = ['plan', 'set', 'system-identity', '--device', 'edge-1', '--json', '--detailed-exitcode'];
    expect((await world.run([...set, 'name=elsewhere'])).code).toBe(10);
    const same = await world.run([...set, `name=${world.edge.rows('/system/identity')[0]?.['name']}`]);
    expect([same.code, same.json.data]).toEqual([0, { planned: false }]);
  });

  test('1: a ledger that was altered', async () => {
    const file = path.join(world.dataDir, 'fleet.db');
    const database = new DatabaseSync(file);
    const triggers = database.prepare("select name from sqlite_master where type = 'trigger'").all();
    for (const { name } of triggers) database.exec(`drop trigger "${String(name)}"`);
    const { changes } = database.prepare("update ledger set operation = 'device.eat' where operation = 'device.add'").run();
    database.close();
    expect(changes).toBeGreaterThan(0);
    const verified = await world.run(['audit', 'verify', '--json']);
    expect(said(verified)).toEqual([1, 'LEDGER_FAILED']);
    expect(verified.json.data.problems.length).toBeGreaterThan(0);
  });
});

test('1: a store that is no database', async () => {
  await using world = await startWorld();
  writeFileSync(path.join(world.dataDir, 'fleet.db'), 'this is no database, and was never one'.repeat(100));
  expect(said(await world.run(['device', 'list', '--json']))).toEqual([1, 'STORE_FAILED']);
});

test('3: a data directory that is a file', async () => {
  await using world = await startWorld();
  const file = path.join(world.dir, 'a-file');
  writeFileSync(file, 'not a directory');
  const { code, json } = await world.run(['device', 'list', '--json', '--data-dir', file]);
  expect([code, json.ok]).toEqual([3, false]);
});

test('3: a data directory that others may read', async () => {
  await using world = await startWorld();
  chmodSync(world.dataDir, 0o755);
  const opened = await world.run(['device', 'list', '--json']);
  expect([opened.code, opened.json.error.hint]).toEqual([3, expect.stringContaining('chmod 700')]);
});

test('every state of a plan has its exit code', () => {
  expect(EXIT_BY_STATE).toMatchObject({ completed: 0, failed: 1, partial: 1, stale: 6, 'rolled-back': 7, stuck: 8 });
});
