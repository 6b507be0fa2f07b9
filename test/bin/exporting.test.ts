import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listening } from './self-signed.ts';
import { keyOf, pinOf, portOf, startYard, type Yard } from './yard.ts';

let yard: Yard;
beforeAll(async () => {
  yard = await startYard();
  const flags = ['--fingerprint', pinOf(yard.edge), '--ssh-port', portOf(yard.edge), '--host-key', keyOf(yard.edge)];
  expect((await yard.add('edge', flags)).code).toBe(0);
});
afterAll(() => yard[Symbol.asyncDispose]());

describe('export', () => {
  test('the text and nothing else on stdout; one menu, in a style', async () => {
    const { code, stdout, stderr } = await yard.run(['export', '--device', 'edge', '--menu', '/ip/dns', '--style', 'terse']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^# .* by RouterOS 7\.20\.6\n/);
    expect(stdout).toMatch(/\n\/ip dns set .*servers=/);
    expect(stdout).not.toContain('/ip firewall');
    const { json } = await yard.run(['export', '--device', 'edge', '--json']);
    expect(json.data).toMatchObject({ device: { name: 'edge' }, complete: true, transport: 'ssh', notices: [] });
    expect(json.data.readAt).toMatch(/^\d{4}-/);
    expect(json.data.text).toContain('/ip firewall');
    expect(json.data.text).not.toContain(yard.edge.password);
  });

  test('what is incomplete is printed, said, and no success', async () => {
    // The router says in its own text that it gave up on a menu.
    const front = createServer(async (request, response) => {
      const body = Buffer.concat(await Array.fromAsync(request, (chunk: Buffer) => chunk));
      const { method = 'GET', headers, url = '' } = request;
      const passed = { 'content-type': 'application/json', authorization: String(headers.authorization) };
      const answer = await fetch(`${yard.edge.url}${url}`, { method, headers: passed, ...(method !== 'GET' && { body }) });
      const text = await answer.text();
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(text.replace('/ip dns', '#error exporting /ip/address (timeout)\\n/ip dns'));
    });
    const { port } = await listening(front);
    await yard.run(['device', 'update', 'edge', '--no-ssh', '--address', `http://127.0.0.1:${port}`, '--json']);
    const human = await yard.run(['export', '--device', 'edge']);
    const machine = await yard.run(['export', '--device', 'edge', '--json']);
    front.close();
    expect([human.code, machine.code]).toEqual([1, 1]);
    expect(human.stdout).toContain('/ip dns');
    expect(human.stderr).toMatch(/^error: The export of edge is not complete: .* error exporting \/ip\/address/);
    expect(machine.json).toMatchObject({ ok: false, data: { complete: false, transport: 'rest' }, error: { code: 'ROUTER_FAULT' } });
  });

  test.each([
    [['--menu', '/ip/dns'], '--device is missing.'],
    [['--device', 'edge', '--style', 'pretty'], '--style does not take pretty.'],
    [['--device', 'edge', '--menu', 'ip dns; /user add'], expect.any(String)],
  ])('%j is refused', async (words, message) => {
    const { code, json } = await yard.run(['export', ...words, '--json']);
    expect([code, json.error.message]).toEqual([3, message]);
  });
});

describe('device bootstrap', () => {
  const words = ['device', 'bootstrap', '--access', 'read', '--username', 'fleet'];
  test('prints the commands, and opens nothing', async () => {
    const { code, stdout } = await yard.run([
      ...words,
      '--from',
      '192.0.2.10',
      '--from',
      '192.0.2.0/28',
      '--ssh',
      '--address',
      'https://192.0.2.1:8443',
      '--routeros',
      '7.24',
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain('/user/group/add name="fleet-rights" policy=');
    expect(stdout).toContain('address=192.0.2.10,192.0.2.0/28');
    expect(stdout).toContain('available-from=192.0.2.10,192.0.2.0/28');
    expect(stdout).toContain('IP:192.0.2.1');
    const { json } = await yard.run([...words, '--json']);
    expect(json.data.policies.map(({ policy }: { policy: string }) => policy)).not.toContain('write');
    expect(json.data.steps.length).toBeGreaterThan(3);
    expect(json.data.notes.join(' ')).toContain('from anywhere');
  });

  test.each([
    [['--access', 'read'], '--username is missing.'],
    [['--username', 'fleet'], '--access is missing.'],
    [['--access', 'all', '--username', 'fleet'], '--access does not take all.'],
    [['--access', 'read', '--username', 'fleet"; /user add'], 'The name of the account cannot be used.'],
    [['--access', 'read', '--username', 'fleet', '--from', 'x'], 'A source address is none.'],
    [['--access', 'read', '--username', 'fleet', '--routeros', '6.49'], expect.stringContaining('is not supported')],
  ])('%j is refused', async (flags, message) => {
    const { code, json } = await yard.run(['device', 'bootstrap', ...flags, '--json']);
    expect([code, json.error.message]).toEqual([3, message]);
  });
});
