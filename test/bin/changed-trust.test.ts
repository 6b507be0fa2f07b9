import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { callTool } from './mcp-call.ts';
import { sitAt } from './sitting.ts';
import { behind, heard, keyOf, passwords, pinOf, portOf, startYard, type Yard } from './yard.ts';

let yard: Yard;
beforeAll(async () => {
  yard = await startYard();
});
afterAll(() => yard[Symbol.asyncDispose]());

const plainPin = (router: Yard['edge']): string => pinOf(router).replaceAll(':', '').toLowerCase();

beforeEach(async () => {
  await yard.run(['device', 'remove', 'edge', '--yes', '--json']);
  const flags = ['--fingerprint', pinOf(yard.edge), '--ssh-port', portOf(yard.edge), '--host-key', keyOf(yard.edge)];
  expect((await yard.add('edge', flags)).code).toBe(0);
});

/** The code with which each face refuses to go on. */
async function codes() {
  const get = await yard.run(['get', 'dns', '--device', 'edge', '--json']);
  const tool = await callTool(yard, 'get_dns_status', { device_id: 'edge' });
  return { cli: get.json.error?.code, exit: get.code, screen: (await yard.run([])).stdout, tool: tool.data.error?.code };
}

describe('a certificate that changed', () => {
  test('stops the device in every face, and nothing is sent, until it is trusted', async () => {
    yard.edge.replaceCertificate();
    const before = heard(yard.edge);
    const stopped = await codes();
    expect(stopped).toMatchObject({ cli: 'TLS_PIN_MISMATCH', exit: 2, tool: 'TLS_PIN_MISMATCH' });
    expect(stopped.screen).toContain('down (TLS_PIN_MISMATCH)');
    const asked = await yard.run(['device', 'trust', 'edge', '--json']);
    expect([asked.code, asked.json.error.code]).toEqual([2, 'TLS_PIN_MISMATCH']);
    expect(asked.json.error.hint).toContain(`device trust edge --fingerprint ${plainPin(yard.edge)}`);
    expect((await yard.run(['device', 'trust', 'edge', '--fingerprint', 'cd'.repeat(32), '--json'])).json.error.code).toBe(
      'TLS_PIN_MISMATCH',
    );
    expect(heard(yard.edge)).toBe(before);
    const trusted = await yard.run(['device', 'trust', 'edge', '--fingerprint', pinOf(yard.edge), '--json']);
    expect([trusted.code, trusted.json.data.changed, trusted.json.data.device.trust.fingerprint]).toEqual([0, true, plainPin(yard.edge)]);
    expect(await codes()).toMatchObject({ cli: undefined, exit: 0, tool: undefined });
    const [record] = (await yard.run(['audit', 'list', '--operation', 'device.trust', '--json'])).json.data.records;
    expect(record).toMatchObject({ result: 'ok', details: { name: 'edge', trust: 'pinned' } });
  });

  test('a person sees both, and only a whole yes accepts', async () => {
    const old = plainPin(yard.edge);
    yard.edge.replaceCertificate();
    const no = await sitAt(yard, ['device', 'trust', 'edge'], [['Type yes', 'y\r']]);
    expect(no.code).toBe(2);
    expect(no.screen).toContain(old);
    expect(no.screen).toContain(plainPin(yard.edge));
    expect(no.screen).toContain('ANOTHER ONE');
    expect((await yard.run(['get', 'dns', '--device', 'edge', '--json'])).code).toBe(2);
    expect((await sitAt(yard, ['device', 'trust', 'edge'], [['Type yes', 'yes\r']])).code).toBe(0);
    expect((await yard.run(['get', 'dns', '--device', 'edge', '--json'])).code).toBe(0);
    const same = await sitAt(yard, ['device', 'trust', 'edge'], []);
    expect([same.code, same.screen]).toEqual([0, expect.stringContaining('the same as accepted')]);
  });

  test('--insecure and --ca take it too, and the first is seen everywhere', async () => {
    yard.edge.replaceCertificate();
    const ca = yard.write('new-ca.pem', yard.edge.certificate?.pem ?? '');
    expect((await yard.run(['device', 'trust', 'edge', '--ca', ca, '--json'])).json.data.device.trust.kind).toBe('authority');
    expect((await yard.run(['device', 'trust', 'edge', '--json'])).json.data).toMatchObject({ changed: false });
    expect((await callTool(yard, 'list_devices', {})).data.devices[0]).not.toHaveProperty('exposed');
    expect((await yard.run(['device', 'trust', 'edge', '--insecure', '--json'])).json.data.device.exposed).toBe('certificate not checked');
    const { data } = await callTool(yard, 'list_devices', {});
    expect(data.devices[0]).toMatchObject({ trust: 'unchecked', exposed: 'certificate not checked' });
  });
});

describe('a host key that changed', () => {
  test('stops what goes over SSH in every face until it is trusted; REST goes on', async () => {
    yard.edge.changeHostKey();
    expect((await yard.run(['export', '--device', 'edge', '--json'])).json.error.code).toBe('HOST_KEY_CHANGED');
    expect((await codes()).exit).toBe(0);
    await yard.edge.fault({ service: 'www-ssl', action: { kind: 'refuse' } });
    const stopped = await codes();
    await yard.edge.clearFaults();
    expect(stopped).toMatchObject({ cli: 'HOST_KEY_CHANGED', exit: 2, tool: 'HOST_KEY_CHANGED' });
    expect(stopped.screen).toContain('down (HOST_KEY_CHANGED)');
    const asked = await yard.run(['device', 'trust', 'edge', '--json']);
    expect([asked.code, asked.json.error.code]).toEqual([2, 'HOST_KEY_CHANGED']);
    expect(asked.json.error.hint).toContain(`device trust edge --host-key ${keyOf(yard.edge)}`);
    expect((await yard.run(['device', 'trust', 'edge', '--host-key', keyOf(yard.outer), '--json'])).json.error.code).toBe(
      'HOST_KEY_CHANGED',
    );
    const trusted = await yard.run(['device', 'trust', 'edge', '--host-key', keyOf(yard.edge), '--json']);
    expect([trusted.code, trusted.json.data.device.ssh.hostKeys]).toEqual([0, [keyOf(yard.edge)]]);
    expect((await yard.run(['export', '--device', 'edge', '--json'])).code).toBe(0);
    expect((await yard.run(['audit', 'list', '--operation', 'device.trust', '--json'])).json.data.records[0].result).toBe('ok');
  });

  test('of a jump host stops the device until the jump hosts are named again', async () => {
    const way = behind(yard);
    expect((await yard.run(['device', 'update', 'edge', ...way, '--json'], { fds: [passwords(yard)] })).code).toBe(0);
    yard.inner.changeHostKey();
    expect((await yard.run(['get', 'dns', '--device', 'edge', '--json'])).json.error.code).toBe('HOST_KEY_CHANGED');
    const { error } = (await yard.run(['device', 'trust', 'edge', '--json'])).json;
    expect(error).toMatchObject({
      code: 'HOST_KEY_CHANGED',
      message: expect.stringContaining('A jump host'),
      hint: expect.stringContaining('device update NAME --via'),
    });
    expect((await yard.run(['device', 'update', 'edge', ...behind(yard), '--json'], { fds: [passwords(yard)] })).code).toBe(0);
    expect((await yard.run(['get', 'dns', '--device', 'edge', '--json'])).code).toBe(0);
  });
});
