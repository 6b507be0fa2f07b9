import { describe, expect, test } from 'vitest';
import { armGuard, keepGuard } from '../../../src/lib/plan/guard/arm.ts';
import { GUARD, left, NAME, refusal, renaming, type Table, TOKEN } from './table.ts';

const SCRIPTS = '/system/script';
const SCHEDULER = '/system/scheduler';
const JOBS = '/system/script/job';
const POLICY = 'read,write,test';

function story() {
  const { bench, plan } = renaming();
  return { bench, plan, arm: () => armGuard(bench.ports, plan, GUARD) };
}

const WHOLE = {
  code: 'ROUTER_FAULT',
  message: 'The router took the guard, but when read back it is not what was sent.',
  hint: 'Nothing was changed. See free memory and flash of the router, then apply again.',
};

describe('a guard that is not whole when read back', () => {
  const kept = (menu: string, name: string, values: Readonly<Record<string, string>>) => (bench: Table) => {
    Object.assign(bench.kept(menu, name), values);
  };
  const gone = (menu: string, name: string) => (bench: Table) => {
    const rows = bench.state.tables.get(menu) ?? [];
    rows.splice(rows.indexOf(bench.kept(menu, name)), 1);
  };
  test.each<[string, (bench: Table) => void, string]>([
    ['a script that is not there', gone(SCRIPTS, NAME), 'script'],
    ['a script that is longer', kept(SCRIPTS, NAME, { source: 'x' }), 'script'],
    ['a script that was claimed', kept(SCRIPTS, NAME, { comment: 'fired' }), 'script'],
    ['a script that the router cannot read', kept(SCRIPTS, NAME, { invalid: 'true' }), 'script'],
    ['a script that may not test', kept(SCRIPTS, NAME, { policy: 'read,write' }), 'policy'],
    ['a script that may not read', kept(SCRIPTS, NAME, { policy: 'write,test' }), 'policy'],
    ['an entry that is not there', gone(SCHEDULER, `${NAME}-boot`), 'scheduler'],
    ['an entry that says something else', kept(SCHEDULER, NAME, { 'on-event': ':put 1' }), 'scheduler'],
    ['an entry for another day', kept(SCHEDULER, NAME, { 'start-date': '2026-03-15' }), 'scheduler'],
    ['an entry for another time', kept(SCHEDULER, NAME, { 'start-time': '08:05:21' }), 'scheduler'],
    ['an entry for the start at another time', kept(SCHEDULER, `${NAME}-boot`, { 'start-time': '08:00:00' }), 'scheduler'],
    ['an entry that is off', kept(SCHEDULER, `${NAME}-boot`, { disabled: 'true' }), 'scheduler'],
    ['an entry that may do less', kept(SCHEDULER, `${NAME}-boot`, { policy: 'read' }), 'policy'],
    ['a job that is not there', gone(JOBS, NAME), 'job'],
    ['a job that may do less', kept(JOBS, NAME, { policy: 'read' }), 'policy'],
    ['a lock of somebody else', kept(SCRIPTS, 'mk-cc-lock', { comment: 'ffffffffff' }), 'job'],
    ['a lock that names no job', kept(SCRIPTS, 'mk-cc-lock', { comment: TOKEN }), 'job'],
    ['a lock that names another job', kept(SCRIPTS, 'mk-cc-lock', { comment: `${TOKEN} job *FFFF since 1` }), 'job'],
  ])('%s: nothing of it stays', async (_, happen, part) => {
    const { bench, arm } = story();
    bench.after = (call) => {
      if (call.verb === 'set' && call.menu === SCRIPTS) happen(bench);
    };
    expect(await refusal(arm())).toMatchObject({ ...WHOLE, details: { part } });
    expect(left(bench).filter((name) => name !== 'mk-cc-lock')).toEqual([]);
  });

  test.each([
    ['says of a job only that it runs', kept(JOBS, NAME, { policy: '' })],
    ['gives more than was asked', kept(SCRIPTS, NAME, { policy: `reboot,${POLICY},ftp` })],
    ['does not call a good script invalid', kept(SCRIPTS, NAME, { invalid: 'false' })],
    ['calls an entry that is on so', kept(SCHEDULER, NAME, { disabled: 'false' })],
  ])('is not one on a router that %s', async (_, happen) => {
    const { bench, arm } = story();
    bench.after = (call) => {
      if (call.verb === 'set' && call.menu === SCRIPTS) happen(bench);
    };
    await arm();
    expect(left(bench)).toHaveLength(5);
  });

  test.each([[undefined], ['x*1F'], ['*1Fx'], ['*'], ['done'], ['*1f']])('the job was called %j', async (ret) => {
    const { bench, plan } = story();
    const send: Table['ports']['send'] = async (call) =>
      call.verb === 'command' ? { rows: ret === undefined ? [] : [{ ret }] } : bench.ports.send(call);
    expect(await refusal(armGuard({ ...bench.ports, send }, plan, GUARD))).toMatchObject({ ...WHOLE, details: { part: 'job' } });
    expect(left(bench)).toEqual([]);
  });

  test('a job may be named as the row that came', async () => {
    const { bench, plan } = story();
    const send: Table['ports']['send'] = async (call) => {
      const { rows } = await bench.ports.send(call);
      const id = rows?.[0]?.['ret'];
      return call.verb === 'command' && id !== undefined ? { id } : { rows: rows ?? [] };
    };
    await armGuard({ ...bench.ports, send }, plan, GUARD);
    expect(await keepGuard(bench.ports, GUARD)).toBe(true);
  });
});
