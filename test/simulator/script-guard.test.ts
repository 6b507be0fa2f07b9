import { describe, expect, test } from 'vitest';
import { reboot } from '../../src/simulator/console/power.ts';
import { type ConsoleBench, consoleBench } from './console-bench.ts';

/** A change that takes itself back unless it is confirmed: everything such a guard needs of a router. */
const NAME = 'mk-cc-0123456789';
const SOURCE = [
  `/system/script/set [find where name="${NAME}"] comment="fired"`,
  `:log warning "${NAME}: rollback"`,
  `:do { :if ([/ip/firewall/filter/get [find where comment="mk rule"] disabled] = true) do={ /ip/firewall/filter/set [find where comment="mk rule"] disabled=no } } on-error={ :log error "${NAME}: step 1" }`,
  `:do { /ip/address/remove [find where comment="mk new"] } on-error={ :log error "${NAME}: step 2" }`,
  `:do { /ip/address/set *DEAD comment="never" } on-error={ :log error "${NAME}: step 3" }`,
  `/system/script/set [find where name="${NAME}"] comment="done"`,
  `/system/scheduler/remove [find where name~"^${NAME}"]`,
].join('\r\n');
const FIRE = `:if ([:len [/system/script/find where name="${NAME}"]] = 1) do={ /system/script/run ${NAME} }`;
const POLICY = 'read,write,test';
const MINUTE = 60_000;

const quoted = (text: string): string =>
  `"${text
    .replace(/["\\$]/g, '\\$&')
    .replaceAll('\r', '\\r')
    .replaceAll('\n', '\\n')}"`;

function clockIn(core: ConsoleBench, ms: number): { 'start-date': string; 'start-time': string } {
  const clock = core.ask('GET', '/system/clock').body as { date: string; time: string };
  const [date = '', time = ''] = new Date(Date.parse(`${clock.date}T${clock.time}Z`) + ms).toISOString().slice(0, 19).split('T');
  return { 'start-date': date, 'start-time': time };
}

interface Armed {
  readonly core: ConsoleBench;
  readonly job: string;
}

function armed(): Armed {
  const core = consoleBench();
  core.ask('PUT', '/ip/firewall/filter', { chain: 'input', action: 'accept', comment: 'mk rule' });
  core.ask('PUT', '/system/script', { name: NAME, source: SOURCE, policy: POLICY, comment: 'deadline' });
  const entry = { interval: '0', policy: POLICY };
  core.ask('PUT', '/system/scheduler', { ...entry, name: NAME, ...clockIn(core, 5 * MINUTE), 'on-event': FIRE });
  core.ask('PUT', '/system/scheduler', { ...entry, name: `${NAME}-boot`, 'start-time': 'startup', 'on-event': `:delay 60s; ${FIRE}` });
  const { ret } = core.ask('POST', '/execute', { script: `:delay 300s; ${FIRE}` }).body as { ret: string };
  return { core, job: ret };
}

function change({ core }: Armed): void {
  core.ask('PATCH', `/ip/firewall/filter/${ruleOf(core)['.id']}`, { disabled: 'yes' });
  core.ask('PUT', '/ip/address', { address: '10.9.9.1/24', interface: 'ether1', comment: 'mk new' });
}

const ruleOf = (core: ConsoleBench) => core.rows('/ip/firewall/filter').find((row) => row['comment'] === 'mk rule') ?? {};
const script = (core: ConsoleBench) => core.rows('/system/script').find((row) => row['name'] === NAME);
const entries = (core: ConsoleBench) => core.rows('/system/scheduler').filter((row) => row['name']?.startsWith('mk-cc'));
const restored = (core: ConsoleBench): boolean =>
  ruleOf(core)['disabled'] === 'false' && !core.rows('/ip/address').some((row) => row['comment'] === 'mk new');

describe('a guard on the router', () => {
  test('every line can be checked before it is put there, and is there as it was sent', () => {
    const { core } = armed();
    for (const line of SOURCE.split('\r\n')) expect(core.say(`:put [:parse ${quoted(line)}]`)).toMatch(/^\(evl (?!bad)/);
    expect(core.say(`:put [:parse ${quoted('/ip/address/add no-such=1')}]`)).toBe(
      '(evl bad parameter no-such (line 1 column 24) /ip/address/add)',
    );
    expect(core.say(`:put [:parse ${quoted(':if (1=1) do={ :put 1')}]`)).toMatch(/^expected /);
    expect(script(core)).toMatchObject({ source: SOURCE, invalid: 'false', comment: 'deadline' });
    expect(entries(core).map((row) => [row['name'], row['next-run'] !== undefined])).toEqual([
      [NAME, true],
      [`${NAME}-boot`, false],
    ]);
  });

  test('fires at its deadline when nobody confirms, step by step, and cleans up behind itself', () => {
    const guard = armed();
    const { core } = guard;
    change(guard);
    core.now += 5 * MINUTE - 1;
    expect(restored(core)).toBe(false);
    core.now += 1;
    expect(restored(core)).toBe(true);
    expect(script(core)).toMatchObject({ comment: 'done' });
    expect(entries(core)).toEqual([]);
    const said = core.rows('/log').map((row) => row['message']);
    expect(said).toContain(`${NAME}: rollback`);
    expect(said).toContain(`${NAME}: step 3`);
  });

  test('does nothing once the script is gone', () => {
    const guard = armed();
    const { core, job } = guard;
    change(guard);
    expect(core.ask('DELETE', `/system/script/${NAME}`).status).toBe(204);
    core.now += 10 * MINUTE;
    expect(restored(core)).toBe(false);
    expect(core.ask('DELETE', `/system/script/${NAME}`).status).toBe(404);
    expect(core.rows('/system/script/job').some((row) => row['.id'] === job)).toBe(false);
  });

  test('the job alone fires when the entries are gone', () => {
    const guard = armed();
    const { core } = guard;
    change(guard);
    core.run(`/system/scheduler/remove [find where name~"^${NAME}"]`);
    core.now += 5 * MINUTE;
    expect(restored(core)).toBe(true);
  });

  test('a restart inside the window takes it back, a while after the start', () => {
    const guard = armed();
    const { core } = guard;
    change(guard);
    core.now += MINUTE;
    reboot(core.state, core.now, 20_000);
    core.now += 20_000 + 3_000 + 59_000;
    expect(restored(core)).toBe(false);
    core.now += 1_000;
    expect(restored(core)).toBe(true);
  });

  test('a script that cannot be read changes nothing at all', () => {
    const guard = armed();
    const { core } = guard;
    change(guard);
    core.ask('POST', '/system/script/set', { '.id': NAME, source: `${SOURCE}\r\n:put (1;2)` });
    core.now += 10 * MINUTE;
    expect(restored(core)).toBe(false);
    expect(script(core)).toMatchObject({ comment: 'deadline', invalid: 'true' });
  });

  test('what somebody else did since is left alone where the step looks first', () => {
    const guard = armed();
    const { core } = guard;
    change(guard);
    core.ask('PATCH', `/ip/firewall/filter/${ruleOf(core)['.id']}`, { disabled: 'no', log: 'yes' });
    core.now += 5 * MINUTE;
    expect(ruleOf(core)).toMatchObject({ disabled: 'false', log: 'true' });
  });

  test('only one of two that claim the router at once gets it', () => {
    const { core } = armed();
    const claim = () => core.ask('PUT', '/system/script', { name: 'mk-cc-lock', source: '', policy: 'read' }).status;
    expect([claim(), claim()]).toEqual([201, 400]);
  });

  test('a script may take itself away while it runs', () => {
    const core = consoleBench();
    core.ask('PUT', '/system/script', {
      name: 'self',
      source: '/system/script/remove [find where name="self"]; :put after',
      policy: POLICY,
    });
    expect(core.say('/system/script/run self')).toBe('after');
    expect(core.rows('/system/script').some((row) => row['name'] === 'self')).toBe(false);
  });
});
