import { expect, test } from 'vitest';
import { KEYS, openTerminal } from '../tui/terminal.ts';
import { PROGRAM } from './built.ts';
import { call, openStage } from './stage.ts';

const WANTED = '192.0.2.53,198.51.100.53';

test('a client plans, a person sees it and approves in the terminal, the client applies, the router has it', async () => {
  await using stage = await openStage(2);
  const [router] = stage.simulator.routers;
  await using terminal = openTerminal({ command: process.execPath, args: [PROGRAM], env: { ...stage.env }, cols: 100, rows: 30 });
  await terminal.waitFor(/edge-1.*\bup\b/);

  const client = await stage.client();
  const { tools } = await client.listTools();
  expect(tools.map((tool) => tool.name).filter((name) => /approv/.test(name))).toEqual([]);
  const planned = await call(client, 'plan_dns_change', { device_id: 'edge-1', servers: WANTED.split(',') });
  expect(planned).toMatchObject({ isError: false, data: { state: 'review', risk: 'low' } });
  const planId = String(planned.data['plan_id']);
  const tooEarly = await call(client, 'apply_plan', { plan_id: planId });
  expect(tooEarly).toMatchObject({ isError: true, data: { ok: false, error: { code: 'APPROVAL_MISSING' } } });

  // The person did nothing yet: the plan announces itself.
  await terminal.waitFor(/1 plan waits/);
  expect(terminal.bells).toBeGreaterThan(0);
  terminal.type('p');
  await terminal.waitFor(/review.*edge-1.*set dns/);
  terminal.type(KEYS.enter);
  await terminal.waitFor('192.0.2.53');
  expect(terminal.text()).toMatch(/low/);
  terminal.type('a');
  await terminal.waitFor(/[Aa]pprove/);
  terminal.type('y');
  terminal.type(KEYS.enter);
  await terminal.waitFor(/approved/);

  const applied = await call(client, 'apply_plan', { plan_id: planId });
  expect(applied).toMatchObject({ isError: false, data: { state: 'completed' } });
  expect(router?.rows('/ip/dns')[0]?.['servers']).toBe(WANTED);
  await terminal.waitFor(/completed/);

  const shown = await stage.run(['plan', 'show', planId]);
  expect(shown).toMatchObject({ code: 0, json: { ok: true, data: { state: 'completed' } } });
  const again = await call(client, 'apply_plan', { plan_id: planId });
  expect(again).toMatchObject({ isError: true, data: { error: { code: 'PLAN_STATE' } } });
  expect(await stage.run(['audit', 'verify'])).toMatchObject({ code: 0, json: { ok: true, data: { ok: true } } });
  expect(stage.simulator.routers.map((one) => one.maxInFlight)).toEqual([1, 1]);

  terminal.type('q');
  expect(await terminal.exit).toMatchObject({ code: 0 });
});

test('its sad twin: the router refuses half-way and ends exactly as it began', async () => {
  await using stage = await openStage(1);
  const [router] = stage.simulator.routers;
  if (!router) throw new Error('no router');
  const menus = ['/ip/dns', '/system/ntp/client', '/system/ntp/client/servers'];
  const settled = (): unknown => menus.map((menu) => router.rows(menu).map(({ 'cache-used': _used, 'freq-drift': _drift, ...row }) => row));
  const before = settled();

  const client = await stage.client();
  const planned = await call(client, 'config_plan_dns_ntp_rollout', {
    device_ids: ['edge-1'],
    dns_servers: WANTED.split(','),
    ntp_servers: ['ntp9.example.net'],
  });
  const planId = String(planned.data['plan_id']);
  expect((await stage.run(['plan', 'approve', planId, '--yes'])).code).toBe(0);
  await router.fault({
    method: 'POST',
    path: '/system/ntp/client/set',
    nth: 1,
    action: { kind: 'answer', status: 400, detail: 'failure: no' },
  });
  const applied = await call(client, 'apply_plan', { plan_id: planId });
  expect(applied).toMatchObject({ data: { state: 'rolled-back' } });

  expect(settled()).toEqual(before);
  const again = await stage.run(['plan', 'apply', planId]);
  expect(again).toMatchObject({ code: 3, json: { ok: false, error: { code: 'PLAN_STATE' } } });
  const shown = await stage.run(['plan', 'show', planId]);
  expect(shown.json).toMatchObject({ data: { state: 'rolled-back' } });
  expect(await stage.run(['audit', 'verify'])).toMatchObject({ code: 0, json: { data: { ok: true } } });
});
