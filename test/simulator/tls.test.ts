import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { request } from 'node:https';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect, type PeerCertificate } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SimulatedRouter, type Simulator, startSimulator } from '../../src/simulator/index.ts';
import { issueCertificate, newKeyPair } from '../../src/simulator/tls/certificate.ts';

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** One request that trusts nothing but the pinned certificate. */
function get(router: SimulatedRouter, path: string, pinned = router.certificate): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${router.httpsUrl}/rest${path}`,
      {
        agent: false,
        auth: `${router.username}:${router.password}`,
        ca: [pinned?.pem ?? ''],
        checkServerIdentity: (_host: string, seen: PeerCertificate) =>
          seen.fingerprint256 === pinned?.fingerprint256 ? undefined : new Error('another certificate'),
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('error', reject);
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) }));
      },
    );
    sent.on('error', reject);
    sent.end();
  });
}

describe('a certificate made by hand', () => {
  const names = { name: 'edge-1', addresses: ['127.0.0.1', 'edge.test'], serial: 0xfedcba98 };
  const pairs = { 'EC P-256': newKeyPair(), 'RSA 2048': generateKeyPairSync('rsa', { modulusLength: 2048 }) };

  test.each(Object.entries(pairs))('%s: says what it should, under its own signature', (_kind, keys) => {
    const { pem, fingerprint256 } = issueCertificate({ ...names, ...keys });
    const read = new X509Certificate(pem);
    expect(read.verify(keys.publicKey)).toBe(true);
    expect(read.verify(newKeyPair().publicKey)).toBe(false);
    expect([read.subject, read.issuer, read.serialNumber]).toEqual(['CN=edge-1', 'CN=edge-1', 'FEDCBA98']);
    expect([read.checkIP('127.0.0.1'), read.checkHost('edge.test'), read.checkIP('127.0.0.2')]).toEqual([
      '127.0.0.1',
      'edge.test',
      undefined,
    ]);
    expect([read.ca, read.fingerprint256]).toEqual([false, fingerprint256]);
    expect([read.validFrom, read.validTo]).toEqual(['Jan  1 00:00:00 2020 GMT', 'Jan  1 00:00:00 2049 GMT']);
  });

  test('years from 2050 on have four digits', () => {
    const { pem } = issueCertificate({ ...names, ...pairs['EC P-256'], notAfter: Date.UTC(2126, 9, 29) });
    expect(new X509Certificate(pem).validTo).toBe('Oct 29 00:00:00 2126 GMT');
  });

  test('a key that cannot sign one is refused', () => {
    expect(() => issueCertificate({ ...names, ...generateKeyPairSync('ed25519') })).toThrow('ed25519');
  });

  test('OpenSSL takes it for what it is', (context) => {
    const { pem } = issueCertificate({ ...names, ...pairs['RSA 2048'] });
    let text: string;
    try {
      text = execFileSync(process.env['OPENSSL'] ?? 'openssl', ['x509', '-noout', '-text'], {
        input: pem,
        encoding: 'utf8',
        stdio: ['pipe', 'pipe', 'ignore'],
      });
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return context.skip('there is no openssl here');
      throw thrown;
    }
    for (const words of [/Version: 3/, /sha256WithRSAEncryption/, /CA:FALSE/, /TLS Web Server Authentication/, /IP Address:127\.0\.0\.1/])
      expect(text).toMatch(words);
  });
});

describe('www-ssl', () => {
  let simulator: Simulator;
  let edge: SimulatedRouter;
  let core: SimulatedRouter;
  beforeAll(async () => {
    simulator = await startSimulator({ routers: 3, https: true });
    [edge, , core] = simulator.routers as [SimulatedRouter, SimulatedRouter, SimulatedRouter];
  });
  afterAll(() => simulator.close());

  test('answers whoever has its certificate pinned, and is logged under its own door', async () => {
    expect(await get(edge, '/system/identity')).toEqual({ status: 200, body: { name: 'edge-1' } });
    expect(edge.requests().at(-1)).toMatchObject({ service: 'www-ssl', path: '/system/identity', authorized: true, status: 200 });
    expect(await fetch(edge.url)).toMatchObject({ status: 401 });
    expect(edge.requests().at(-1)).toMatchObject({ service: 'www' });
  });

  test('every router has a certificate of its own, and its table says so', () => {
    expect(new Set(simulator.routers.map((router) => router.certificate?.fingerprint256)).size).toBe(3);
    for (const router of simulator.routers) {
      const name = router.rows('/ip/service').find((row) => row['name'] === 'www-ssl')?.['certificate'];
      const row = router.rows('/certificate').find((one) => one['name'] === name);
      expect(row?.['fingerprint']).toBe(router.certificate?.fingerprint256.replaceAll(':', '').toLowerCase());
    }
  });

  test('keys are shared, or their own', async () => {
    const keyOf = (router: SimulatedRouter | undefined) =>
      new X509Certificate(router?.certificate?.pem ?? '').publicKey.export({ type: 'spki', format: 'pem' });
    expect(keyOf(edge)).toBe(keyOf(core));
    await using own = await startSimulator({ routers: 2, https: true, keys: 'own' });
    expect(keyOf(own.routers[0])).not.toBe(keyOf(own.routers[1]));
  });

  test('a replaced certificate is refused by whoever pinned the one before, who sends nothing', async () => {
    const before = core.certificate;
    const seen = core.requests().length;
    core.replaceCertificate();
    expect(core.certificate?.fingerprint256).not.toBe(before?.fingerprint256);
    await expect(get(core, '/system/identity', before)).rejects.toThrow(/self-signed|another certificate/);
    expect(core.requests()).toHaveLength(seen);
    expect(await get(core, '/system/identity')).toMatchObject({ status: 200 });
  });

  test('a wrong certificate goes as it came; one that has run out is refused even when pinned', async () => {
    const shown = () =>
      new Promise<X509Certificate | undefined>((resolve, reject) => {
        const { hostname, port } = new URL(edge.httpsUrl ?? '');
        const socket = connect({ host: hostname, port: Number(port), rejectUnauthorized: false }, () => {
          resolve(socket.getPeerX509Certificate());
          socket.destroy();
        });
        socket.on('error', reject);
      });
    await edge.fault({ action: { kind: 'wrong-certificate' } });
    await expect(get(edge, '/system/identity')).rejects.toThrow();
    expect((await shown())?.fingerprint256).not.toBe(edge.certificate?.fingerprint256);
    await edge.clearFaults();
    expect((await shown())?.fingerprint256).toBe(edge.certificate?.fingerprint256);
    await edge.fault({ action: { kind: 'wrong-certificate', expired: true } });
    const old = await shown();
    await expect(get(edge, '/system/identity', { pem: old?.toString() ?? '', fingerprint256: old?.fingerprint256 ?? '' })).rejects.toThrow(
      'certificate has expired',
    );
    await edge.clearFaults();
  });

  test('a reset, a lost reply and silence are the same below TLS', async () => {
    await edge.fault({ service: 'www-ssl', nth: 1, action: { kind: 'reset' } });
    await expect(get(edge, '/system/identity')).rejects.toThrow(/ECONNRESET|hang up/);
    expect(await get(edge, '/system/identity')).toMatchObject({ status: 200 });
    await edge.clearFaults();
  });

  test('without a certificate no handshake succeeds; switched off or for others only, no connection does', async () => {
    const set = (values: Record<string, string>) => core.edit('/ip/service', 'www-ssl', values);
    set({ certificate: 'none' });
    await expect(get(core, '/system/identity')).rejects.toThrow(/handshake failure|ECONNRESET/);
    set({ certificate: 'rest-api', disabled: 'true' });
    await expect(get(core, '/system/identity')).rejects.toThrow(/ECONNRESET|disconnected/);
    set({ disabled: 'false', 'available-from': '192.0.2.0/24' });
    await expect(get(core, '/system/identity')).rejects.toThrow(/ECONNRESET|disconnected/);
    set({ 'available-from': '' });
    expect(await get(core, '/system/identity')).toMatchObject({ status: 200 });
  });

  test('the version of TLS is what the table says', async () => {
    const protocol = () =>
      new Promise((resolve, reject) => {
        const { hostname, port } = new URL(core.httpsUrl ?? '');
        const socket = connect({ host: hostname, port: Number(port), rejectUnauthorized: false }, () => {
          resolve(socket.getProtocol());
          socket.destroy();
        });
        socket.on('error', reject);
      });
    core.edit('/ip/service', 'www-ssl', { 'tls-version': 'only-1.2' });
    expect(await protocol()).toBe('TLSv1.2');
    core.edit('/ip/service', 'www-ssl', { 'tls-version': 'any' });
    expect(await protocol()).toBe('TLSv1.3');
  });

  test('bytes that are no TLS end the connection, and the next one is served', async () => {
    const { hostname, port } = new URL(edge.httpsUrl ?? '');
    await new Promise<void>((resolve) => {
      const socket: Socket = connectTcp(Number(port), hostname, () => socket.write('GET / HTTP/1.0\r\n\r\n'));
      socket.on('error', () => socket.destroy());
      socket.on('data', () => undefined);
      socket.on('close', () => resolve());
    });
    expect(await get(edge, '/system/identity')).toMatchObject({ status: 200 });
  });

  test('there is none unless it is asked for', async () => {
    await using plain = await startSimulator();
    expect([plain.routers[0]?.httpsUrl, plain.routers[0]?.certificate, plain.routers[0]?.sshPort, plain.routers[0]?.hostKey]).toEqual(
      Array(4).fill(undefined),
    );
  });
});
