import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { plainFingerprint, seeCertificate } from '../../src/lib/client/trust.ts';
import { deviceAddress, hostOf, isLoopback } from '../../src/lib/device/address.ts';
import { child } from '../store/children.ts';
import { fingerprintOf, type Line, lineTo, pinned, readDns, refusal, setDns } from './rig.ts';
import { closedPort, httpServer, httpsServer, json, NOTHING, rawServer, type TestServer } from './servers.ts';

/** Did the server ever learn the password, or anything else? */
const learned = (server: TestServer): unknown => server.asked.map(({ headers }) => headers.authorization);

/** Both ways to a router: one that would be retried and one that would not. */
async function refusedBoth(line: Line): Promise<readonly string[]> {
  const read = await refusal(line.link.read(readDns));
  const write = await refusal(line.writer.write(setDns));
  expect([read.retryable, write.retryable]).toEqual([false, false]);
  return [read.code, write.code];
}

describe('a pinned certificate', () => {
  test.each(['router', 'leaf', 'child'])('is enough by itself: %s', async (certificate) => {
    await using server = await httpsServer(certificate, () => json([{ '.id': '*1' }]));
    await using line = lineTo(server.url, { trust: pinned(certificate) });
    // Every request is a new connection here, and a server that offers to resume a session is not taken at its word.
    for (let turn = 0; turn < 4; turn += 1) expect(await line.link.read(readDns)).toEqual([{ '.id': '*1' }]);
    expect(server.connections).toBe(4);
    expect(learned(server)).toHaveLength(4);
  });

  test('is good under another name of the router', async () => {
    await using server = await httpsServer('router');
    await using line = lineTo(server.url.replace('127.0.0.1', 'localhost'), { trust: pinned('router') });
    expect(await line.link.read(readDns)).toEqual([]);
  });

  test.each([
    ['another certificate with the same names', 'impostor', pinned('router')],
    ['the right certificate, another fingerprint', 'router', pinned('router', 'impostor')],
    ['another one of the same authority', 'sibling', pinned('leaf')],
    ['one that was issued with the key of the pinned one', 'child', pinned('router')],
    ['an accepted authority is not the router', 'leaf', pinned('ca')],
  ])('and no other: %s', async (_name, shown, trust) => {
    await using server = await httpsServer(shown);
    await using line = lineTo(server.url, { trust });
    expect(await refusedBoth(line)).toEqual(['TLS_PIN_MISMATCH', 'TLS_PIN_MISMATCH']);
    expect(server.connections).toBeGreaterThan(0);
    expect(learned(server)).toEqual([]);
  });

  test('an impostor who comes later, at the same address, learns nothing', async () => {
    const router = await httpsServer('router');
    await using line = lineTo(router.url, { trust: pinned('router') });
    expect(await line.link.read(readDns)).toEqual([]);
    await router.close();
    await using impostor = await httpsServer('impostor', () => NOTHING, { port: router.port });
    expect(await refusedBoth(line)).toEqual(['TLS_PIN_MISMATCH', 'TLS_PIN_MISMATCH']);
    expect(learned(impostor)).toEqual([]);
    await impostor.close();
    // The right one is believed again.
    await using again = await httpsServer('router', () => NOTHING, { port: router.port });
    expect(await line.link.read(readDns)).toEqual([]);
    expect(learned(again)).toHaveLength(1);
  });

  test('an impostor who could go on with an old session is not given the chance', async () => {
    const ticketKeys = randomBytes(48);
    const router = await httpsServer('router', () => NOTHING, { ticketKeys });
    await using line = lineTo(router.url, { trust: pinned('router') });
    for (let turn = 0; turn < 2; turn += 1) expect(await line.link.read(readDns)).toEqual([]);
    await router.close();
    await using impostor = await httpsServer('impostor', () => NOTHING, { port: router.port, ticketKeys });
    expect(await refusedBoth(line)).toEqual(['TLS_PIN_MISMATCH', 'TLS_PIN_MISMATCH']);
    expect(learned(impostor)).toEqual([]);
  });

  test('that is out of date is refused in words that say so', async () => {
    await using server = await httpsServer('expired');
    await using line = lineTo(server.url, { trust: pinned('expired') });
    const error = await refusal(line.link.read(readDns));
    expect(error).toMatchObject({ code: 'TLS_UNTRUSTED', message: "The router's certificate is out of date, so nothing was sent." });
    expect(learned(server)).toEqual([]);
  });
});

test('only the protocol that RouterOS speaks is offered', async () => {
  const offered: string[][] = [];
  const ALPNCallback = ({ protocols }: { readonly protocols: string[] }): string => {
    offered.push(protocols);
    return 'http/1.1';
  };
  await using server = await httpsServer('router', () => NOTHING, { ALPNCallback });
  await using line = lineTo(server.url, { trust: pinned('router') });
  await line.link.read(readDns);
  expect(offered).toEqual([['http/1.1']]);
});

describe("the system's authorities", () => {
  test.each(['router', 'leaf', 'expired'])('do not vouch for %s, so it learns nothing', async (certificate) => {
    await using server = await httpsServer(certificate);
    await using line = lineTo(server.url, { trust: { kind: 'system' } });
    expect(await refusedBoth(line)).toEqual(['TLS_UNTRUSTED', 'TLS_UNTRUSTED']);
    expect(learned(server)).toEqual([]);
  });

  test('are asked as well where nothing was said about trust', async () => {
    await using server = await httpsServer('router');
    await using line = lineTo(server.url, { trust: { kind: 'none' } });
    expect(await refusedBoth(line)).toEqual(['TLS_UNTRUSTED', 'TLS_UNTRUSTED']);
    expect(learned(server)).toEqual([]);
  });
});

test.skipIf(process.platform !== 'linux')("whom the system's authorities vouch for is believed, under its own name only", async () => {
  await using known = await httpsServer('leaf', () => json([{ '.id': '*1' }]));
  await using unknown = await httpsServer('router');
  await using elsewhere = await httpsServer('leaf', () => NOTHING, { host: '127.0.0.2' });
  // Authorities are the process's own: another one is started, to which ours belongs.
  const authority = path.join(import.meta.dirname, 'certificates/ca.pem');
  const { lines, errors } = await child('client/children/system-trust.ts', [known.url, unknown.url, elsewhere.url], {
    shell: `NODE_EXTRA_CA_CERTS='${authority}'; export NODE_EXTRA_CA_CERTS;`,
  });
  expect({ lines, errors }).toEqual({ lines: ['true 1 rows', 'false TLS_UNTRUSTED', 'false TLS_UNTRUSTED'], errors: '' });
  expect([learned(unknown), learned(elsewhere)]).toEqual([[], []]);
});

describe('looking at a certificate', () => {
  test('sends no request', async () => {
    await using server = await httpsServer('router');
    const seen = await seeCertificate(server.url, 2_000);
    expect(seen).toMatchObject({ fingerprint: fingerprintOf('router'), trusted: false });
    expect(seen.pem).toMatch(/^-----BEGIN CERTIFICATE-----/);
    expect(seen.subject).toContain('CN=router');
    expect(server.connections).toBe(1);
    expect(server.asked).toEqual([]);
    // What was seen is what can be pinned.
    await using line = lineTo(server.url, { trust: { kind: 'pinned', fingerprint: seen.fingerprint, pem: seen.pem } });
    expect(await line.link.read(readDns)).toEqual([]);
  });

  test('of an authority sees the leaf', async () => {
    await using server = await httpsServer('leaf');
    expect(await seeCertificate(server.url, 2_000)).toMatchObject({ fingerprint: fingerprintOf('leaf') });
  });

  test.each([
    ['nobody speaks TLS', async () => httpServer()],
    ['nobody speaks', async () => rawServer(() => undefined)],
    ['somebody hangs up', async () => rawServer((socket) => void socket.end())],
    ['somebody breaks the connection', async () => rawServer((socket) => void socket.resetAndDestroy())],
    ['somebody speaks first', async () => rawServer((socket) => void socket.write('SSH-2.0-ROSSSH\r\n'))],
  ])('where %s ends in words', async (_name, open) => {
    await using server = await open();
    const error = await refusal(seeCertificate(server.url.replace('http:', 'https:'), 200));
    expect(error).toMatchObject({ code: 'UNREACHABLE', message: 'No TLS server answers at this address.' });
    expect(error.hint).not.toBe('');
  });

  test('where nobody listens ends in words', async () => {
    const error = await refusal(seeCertificate(`https://127.0.0.1:${await closedPort()}`, 200));
    expect(error).toMatchObject({ code: 'UNREACHABLE' });
  });
});

describe('addresses', () => {
  test.each([
    ['https://192.0.2.1', 'https://192.0.2.1'],
    ['https://192.0.2.1/', 'https://192.0.2.1'],
    ['https://192.0.2.1:443', 'https://192.0.2.1'],
    ['HTTPS://Edge.Example:8443', 'https://edge.example:8443'],
    ['http://127.0.0.1:18081', 'http://127.0.0.1:18081'],
    ['https://[2001:DB8::1]:8443', 'https://[2001:db8::1]:8443'],
  ])('%s', (written, address) => {
    expect(deviceAddress(written)).toBe(address);
  });

  test.each([
    '',
    '192.0.2.1',
    'edge-1:443',
    'ftp://192.0.2.1',
    'ssh://192.0.2.1',
    'https://',
    'https://admin:secret@192.0.2.1',
    'https://admin@192.0.2.1',
    'https://192.0.2.1/rest',
    'https://192.0.2.1/?x=1',
    'https://192.0.2.1/#x',
    'https://192.0.2.1:70000',
    'https://a b',
    'javascript:alert(1)',
    'file:///etc/passwd',
  ])('no address: %s', async (written) => {
    const error = await refusal((async () => deviceAddress(written))());
    expect(error.code).toBe('INVALID_INPUT');
    expect(JSON.stringify(error)).not.toContain('secret');
  });

  test.each(['http://127.0.0.1', 'http://127.9.8.7:80', 'http://127.1', 'http://[::1]:8080', 'http://localhost:1'])(
    'on this machine: %s',
    (address) => {
      expect(isLoopback(deviceAddress(address))).toBe(true);
    },
  );

  test.each([
    'http://127.evil.example',
    'http://127.0.0.1.evil.example',
    'http://localhost.evil.example',
    'http://192.0.2.1',
    'http://0.0.0.0',
    'http://[::]',
    'http://[2001:db8::1]',
    'http://[::ffff:127.0.0.1]',
  ])('not on this machine: %s', (address) => {
    expect(isLoopback(deviceAddress(address))).toBe(false);
  });

  test('a host has no brackets, a fingerprint no colons', () => {
    expect(hostOf('https://[2001:db8::1]:8443')).toBe('2001:db8::1');
    expect(plainFingerprint(' AB:cd:\n01 ')).toBe('abcd01');
  });
});
