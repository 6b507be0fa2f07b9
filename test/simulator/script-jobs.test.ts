import { describe, expect, test } from 'vitest';
import { addAccount } from '../../src/simulator/accounts.ts';
import { jumpDeviceClock } from '../../src/simulator/device-clock.ts';
import { createRouter, handle } from '../../src/simulator/index.ts';
import { type ConsoleBench, consoleBench } from './console-bench.ts';
import { START } from './support.ts';

const MINUTE = 60_000;
const execute = (core: ConsoleBench, script: string, more: object = { 'as-string': '' }) =>
  core.ask('POST', '/execute', { script, ...more });
const name = (core: ConsoleBench): string =>
  String(core.rows('/system/identity') && (core.ask('GET', '/system/identity').body as { name: string }).name);

describe('POST /rest/execute', () => {
  test('with as-string waits and answers what was printed, an error too', () => {
    const core = consoleBench();
    expect(execute(core, ':put 1')).toEqual({ status: 200, body: { ret: '1' } });
    expect(execute(core, '/ip/address/set *99 disabled=yes').body).toEqual({ ret: 'no such item (/ip/address/set; line 1)' });
    expect(execute(core, ':put 1 2').body).toEqual({ ret: 'expected end of command (line 1 column 8)' });
    expect(execute(core, ':put 1; :error boom; :put MK-OK').body).toEqual({ ret: '1\r\nboom (:error; line 1)' });
  });

  test('what waits longer than a minute has its session closed', () => {
    expect(execute(consoleBench(), ':delay 61s')).toMatchObject({ status: 400, body: { detail: 'Session closed' } });
  });

  test('without as-string it is a job that waits on the router, and ends there', () => {
    const core = consoleBench();
    const { ret } = execute(core, ':delay 5m; /system/identity/set name=late', {}).body as { ret: string };
    expect(ret).toMatch(/^\*[0-9A-F]+$/);
    expect(core.rows('/system/script/job').find((row) => row['.id'] === ret)).toMatchObject({ owner: 'admin', type: 'command' });
    core.now += 5 * MINUTE - 1;
    expect(name(core)).toBe('edge-1');
    core.now += 1;
    expect(name(core)).toBe('late');
    expect(core.rows('/system/script/job').some((row) => row['.id'] === ret)).toBe(false);
  });

  test('a deleted job does nothing more', () => {
    const core = consoleBench();
    const { ret } = execute(core, ':delay 5m; /system/identity/set name=late', {}).body as { ret: string };
    expect(core.ask('DELETE', `/system/script/job/${ret}`).status).toBe(204);
    core.now += 10 * MINUTE;
    expect(name(core)).toBe('edge-1');
  });

  test('a jump of the clock does not touch it', () => {
    const core = consoleBench();
    execute(core, ':delay 5m; /system/identity/set name=late', {});
    jumpDeviceClock(core.state, 60 * MINUTE);
    expect(name(core)).toBe('edge-1');
    core.now += 5 * MINUTE;
    expect(name(core)).toBe('late');
  });
});

describe('scripts', () => {
  test('run with their own rights, are counted, and go on when they are removed under way', () => {
    const core = consoleBench();
    core.ask('PUT', '/system/script', { name: 'mk', source: ':delay 10s\r\n/system/identity/set name=ran', policy: 'read,write,test' });
    execute(core, '/system/script/run mk', {});
    expect(core.rows('/system/script').find((row) => row['name'] === 'mk')).toMatchObject({ 'run-count': '1', invalid: 'false' });
    core.run('/system/script/remove mk');
    core.now += 10_000;
    expect(name(core)).toBe('ran');
  });

  test('one who lacks a right of the script neither makes it nor runs it', () => {
    const core = consoleBench('rb5009_7.20.6', [{ name: 'op', password: 'pw', policies: ['read', 'write', 'test', 'api', 'rest-api'] }]);
    const op = { name: 'op', password: 'pw' };
    expect(core.ask('PUT', '/system/script', { name: 'a', source: ':put 1', policy: 'read,reboot' }, op).status).toBe(500);
    expect(core.ask('PUT', '/system/script', { name: 'a', source: ':put 1', policy: 'read' }, op).status).toBe(201);
    core.ask('PUT', '/system/script', { name: 'b', source: ':put 1', policy: 'read,reboot' });
    expect(core.run('/system/script/run b', 'op').error).toContain('not enough permissions');
    core.ask('POST', '/system/script/set', { '.id': 'b', 'dont-require-permissions': 'yes' });
    expect(core.run('/system/script/run b', 'op').output).toBe('1\r\n');
  });

  test('made without a word about rights have the usual ones, as far as their maker has them', () => {
    const core = consoleBench('rb5009_7.20.6', [{ name: 'op', password: 'pw', policies: ['read', 'write', 'test', 'api', 'rest-api'] }]);
    core.ask('PUT', '/system/script', { name: 'a', source: ':put 1' }, { name: 'op', password: 'pw' });
    expect(core.rows('/system/script').find((row) => row['name'] === 'a')?.['policy']).toBe('read,write,test');
  });

  test('keep what is global where everybody sees it, until a restart', () => {
    const core = consoleBench();
    core.run(':global seen 5; :set seen 6');
    expect(core.rows('/system/script/environment')).toMatchObject([{ name: 'seen', value: '6' }]);
    expect(core.say(':global seen; :put $seen')).toBe('6');
    core.run('/system/reboot; /system/identity/set name=never');
    core.now += 20_000;
    expect(core.rows('/system/script/environment')).toEqual([]);
    expect(name(core)).toBe('edge-1');
  });

  test('read back byte for byte, and say when they cannot be read', () => {
    const core = consoleBench();
    const source = ':log info "a\\"b"\r\n\t# \u20ac\n:put $x; ';
    core.ask('PUT', '/system/script', { name: 'bytes', source });
    expect((core.ask('GET', '/system/script/bytes').body as { source: string }).source).toBe(source);
    core.ask('PUT', '/system/script', { name: 'bad', source: ':put (1;2)' });
    expect(core.rows('/system/script').find((row) => row['name'] === 'bad')?.['invalid']).toBe('true');
    expect(core.ask('POST', '/system/script/run', { '.id': 'bad' })).toMatchObject({
      status: 400,
      body: { detail: 'syntax error (line 1 column 8)' },
    });
  });
});

/** A moment as the router's clock shows it, a while from now. */
function start(core: ConsoleBench, ms: number): { 'start-date': string; 'start-time': string } {
  const clock = core.ask('GET', '/system/clock').body as { date: string; time: string };
  const [date = '', time = ''] = new Date(Date.parse(`${clock.date}T${clock.time}Z`) + ms).toISOString().slice(0, 19).split('T');
  return { 'start-date': date, 'start-time': time };
}
const entry = (core: ConsoleBench, called: string) => core.rows('/system/scheduler').find((row) => row['name'] === called);
const once = (core: ConsoleBench, ms: number, more: object = {}) =>
  core.ask('PUT', '/system/scheduler', {
    name: 'mk',
    interval: '0',
    ...start(core, ms),
    'on-event': '/system/identity/set name=fired',
    policy: 'read,write',
    ...more,
  });

describe('the scheduler', () => {
  test('an entry for once fires once, and shows when', () => {
    const core = consoleBench();
    expect(once(core, 5 * MINUTE).body).toMatchObject({ 'run-count': '0', owner: 'admin' });
    expect(entry(core, 'mk')?.['next-run']).toBe(Object.values(start(core, 5 * MINUTE)).join(' '));
    core.now += 5 * MINUTE - 1000;
    expect(name(core)).toBe('edge-1');
    core.now += 1000;
    expect(name(core)).toBe('fired');
    expect(entry(core, 'mk')).toMatchObject({ 'run-count': '1' });
    expect(entry(core, 'mk')).not.toHaveProperty('next-run');
  });

  test('an entry whose time is past never fires; a disabled or removed one neither', () => {
    const core = consoleBench();
    once(core, -MINUTE);
    once(core, MINUTE, { name: 'off', disabled: 'yes' });
    once(core, MINUTE, { name: 'gone' });
    core.ask('DELETE', '/system/scheduler/gone');
    core.now += 10 * MINUTE;
    expect(name(core)).toBe('edge-1');
  });

  test('an interval goes on and on, and a name of a script runs the script', () => {
    const core = consoleBench();
    core.ask('PUT', '/system/script', { name: 'tock', source: ':log info tock', policy: 'read,write' });
    core.ask('PUT', '/system/scheduler', {
      name: 'each',
      interval: '1m',
      ...start(core, MINUTE),
      'on-event': 'tock',
      policy: 'read,write',
    });
    core.now += 5 * MINUTE;
    expect(core.rows('/log').filter((row) => row['message'] === 'tock')).toHaveLength(5);
    expect(entry(core, 'each')?.['run-count']).toBe('5');
    expect(core.rows('/system/script').find((row) => row['name'] === 'tock')?.['run-count']).toBe('5');
  });

  test('it goes by the clock of the router: forward fires early, backward waits', () => {
    const ahead = consoleBench();
    once(ahead, 5 * MINUTE);
    jumpDeviceClock(ahead.state, 6 * MINUTE);
    expect(name(ahead)).toBe('fired');
    const behind = consoleBench();
    once(behind, 5 * MINUTE);
    jumpDeviceClock(behind.state, -10 * MINUTE);
    behind.now += 14 * MINUTE;
    expect(name(behind)).toBe('edge-1');
    behind.now += MINUTE;
    expect(name(behind)).toBe('fired');
  });

  test('setting the clock is a jump as well', () => {
    const core = consoleBench();
    once(core, 5 * MINUTE);
    expect(core.ask('POST', '/system/clock/set', { time: start(core, 6 * MINUTE)['start-time'] }).status).toBe(200);
    expect(name(core)).toBe('fired');
    expect(core.ask('GET', '/system/clock').body).toMatchObject({ date: '2026-03-14', time: '09:06:00' });
    expect(core.rows('/log').at(-1)?.['time']).toContain('2026-03-14 09:06:00');
    expect(core.ask('POST', '/system/clock/set', { date: 'yesterday' }).status).toBe(400);
  });

  test('a device-mode without it refuses new entries and runs none', () => {
    const core = consoleBench();
    once(core, MINUTE);
    const mode = core.state.tables.get('/system/device-mode') ?? [];
    core.rows('/system/device-mode');
    Object.assign(core.state.tables.get('/system/device-mode')?.[0] ?? mode, { scheduler: 'false' });
    expect(once(core, MINUTE, { name: 'more' })).toMatchObject({ status: 400, body: { detail: 'failure: not allowed by device-mode' } });
    core.now += 2 * MINUTE;
    expect(name(core)).toBe('edge-1');
  });

  test('an error is told to nobody but the log', () => {
    const core = consoleBench();
    once(core, MINUTE, { 'on-event': ':error boom' });
    core.now += MINUTE;
    expect(core.rows('/log').at(-1)).toMatchObject({ topics: 'script,error', message: 'script error: boom (:error; line 1)' });
  });
});

describe('a restart', () => {
  test('takes a while, ends jobs and sessions, keeps rows and ids, and then the entries for it run', () => {
    const core = consoleBench();
    const ids = core.rows('/ip/address').map((row) => row['.id']);
    execute(core, ':delay 1m; /system/identity/set name=job', {});
    core.ask('PUT', '/system/scheduler', {
      name: 'boot',
      'start-time': 'startup',
      interval: '0',
      'on-event': '/system/identity/set name=booted',
      policy: 'read,write',
    });
    once(core, MINUTE, { 'on-event': '/system/identity/set name=timer' });
    core.ask('POST', '/system/reboot');
    expect(handle(core.state, { method: 'GET', url: '/rest/system/identity' }, core.now)).toMatchObject({ silent: true });
    core.now += 20_000;
    expect(name(core)).toBe('edge-1');
    expect((core.ask('GET', '/system/resource').body as { uptime: string }).uptime).toBe('0s');
    core.now += 3_000;
    expect(name(core)).toBe('booted');
    core.now += MINUTE;
    expect(name(core)).toBe('timer');
    expect(core.rows('/ip/address').map((row) => row['.id'])).toEqual(ids);
    expect(core.rows('/system/script/job')).toEqual([]);
  });

  test('needs the right', () => {
    const core = consoleBench('rb5009_7.20.6', [{ name: 'op', password: 'pw', policies: ['read', 'write', 'api', 'rest-api'] }]);
    expect(core.ask('POST', '/system/reboot', {}, { name: 'op', password: 'pw' }).status).toBe(500);
  });

  test('without a battery the clock begins in 1970, and a deadline comes when it is right again', () => {
    const state = createRouter({
      spec: { recording: 'rb5009_7.20.6', hardware: { rtc: false, startMs: 10_000, syncMs: 60_000 } },
      now: START,
      seed: 7,
    });
    addAccount(state, { name: 'admin', password: 'pw', group: 'full' });
    const core = Object.assign(consoleBench(), { state });
    const ask = (at: number, method: string, url: string, body?: object) =>
      handle(
        state,
        {
          method,
          url: `/rest${url}`,
          authorization: `Basic ${Buffer.from('admin:pw').toString('base64')}`,
          body: JSON.stringify(body ?? {}),
        },
        at,
      ).body as Record<string, string>;
    ask(START, 'PUT', '/system/scheduler', {
      name: 'mk',
      interval: '0',
      ...start(core, 30_000),
      'on-event': '/system/identity/set name=fired',
      policy: 'read,write',
    });
    ask(START, 'POST', '/system/reboot');
    expect(ask(START + 11_000, 'GET', '/system/clock')['date']).toBe('1970-01-02');
    expect(ask(START + 60_000, 'GET', '/system/identity')['name']).toBe('edge-1');
    expect(ask(START + 70_000, 'GET', '/system/identity')['name']).toBe('fired');
    expect(ask(START + 70_000, 'GET', '/system/clock')['date']).toBe('2026-03-14');
  });

  test('its first answers may carry the body of another menu', () => {
    const state = createRouter({ spec: { recording: 'rb5009_7.20.6', hardware: { mixedAnswers: 2 } }, now: START, seed: 7 });
    addAccount(state, { name: 'admin', password: 'pw', group: 'full' });
    const ask = (at: number, method = 'GET', url = '/rest/system/identity') =>
      handle(state, { method, url, authorization: `Basic ${Buffer.from('admin:pw').toString('base64')}` }, at).body;
    ask(START, 'POST', '/rest/system/reboot');
    const up = START + 20_000;
    expect(ask(up)).not.toHaveProperty('name', 'edge-1');
    expect(ask(up)).not.toHaveProperty('name', 'edge-1');
    expect(ask(up)).toEqual({ name: 'edge-1' });
  });
});
