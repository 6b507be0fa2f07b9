import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { ErrorCode, FleetError } from '../../src/lib/core/errors.ts';
import { deafPort } from './deaf-port.ts';
import { type LineOptions, lineTo, pinned, readDns, refusal, setDns } from './rig.ts';
import { closedPort, httpServer, httpsServer, rawServer } from './servers.ts';

async function meet(onSocket: (socket: Socket) => void, options: LineOptions = {}): Promise<FleetError> {
  await using server = await rawServer(onSocket);
  await using line = lineTo(server.url, options);
  return await refusal(line.writer.write(setDns));
}

const onRequest = (work: (socket: Socket) => void) => (socket: Socket) => void socket.once('data', () => work(socket));

/** How a peer behaves, what we call it, and whether the same request may do better later. */
const PEERS: readonly (readonly [string, (socket: Socket) => void, ErrorCode, boolean])[] = [
  ['hangs up at once', (socket) => void socket.end(), 'SOURCE_REFUSED', true],
  ['hangs up when asked', onRequest((socket) => socket.end()), 'SOURCE_REFUSED', true],
  ['breaks the connection', onRequest((socket) => socket.resetAndDestroy()), 'UNREACHABLE', true],
  ['speaks SSH', (socket) => void socket.write('SSH-2.0-ROSSSH\r\n'), 'NOT_A_ROUTER', false],
  ['speaks SSH and leaves', (socket) => void socket.end('SSH-2.0-ROSSSH\r\n'), 'NOT_A_ROUTER', false],
  ['speaks SMTP when asked', onRequest((socket) => socket.write('500 what?\r\n')), 'NOT_A_ROUTER', false],
  ['says everything back', (socket) => void socket.pipe(socket), 'NOT_A_ROUTER', false],
  ['sends bytes', onRequest((socket) => socket.write(Buffer.from([0, 1, 2, 255, 254]))), 'NOT_A_ROUTER', false],
  [
    'stops in the middle of an answer',
    onRequest((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n[{')),
    'UNREACHABLE',
    true,
  ],
  [
    'stops in the middle of a chunk',
    onRequest((socket) => socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n[{')),
    'UNREACHABLE',
    true,
  ],
];

describe('what can go wrong on the way', () => {
  test.each(PEERS)('a peer that %s', async (_name, onSocket, code, retryable) => {
    const error = await meet(onSocket);
    expect(error).toMatchObject({ code, retryable, kind: 'unreachable', details: { call: 'set /ip/dns' } });
    expect(error.hint).not.toBe('');
  });

  test.each([
    ['nothing comes', () => undefined],
    ['the answer stands still', onRequest((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n[{'))],
  ])('%s', async (_name, onSocket) => {
    expect(await meet(onSocket, { request: 200 })).toMatchObject({ code: 'TIMED_OUT', retryable: true });
  });

  test('nobody listens', async () => {
    await using line = lineTo(`http://127.0.0.1:${await closedPort()}`);
    expect(await refusal(line.link.read(readDns))).toMatchObject({ code: 'UNREACHABLE', details: { network: 'ECONNREFUSED' } });
  });

  test('there is no such name', async () => {
    await using line = lineTo('http://no-such-router.invalid');
    expect(await refusal(line.link.read(readDns))).toMatchObject({ code: 'UNREACHABLE', retryable: true });
  });

  test.skipIf(process.platform !== 'linux')('packets disappear', async () => {
    await using deaf = await deafPort();
    await using line = lineTo(`http://127.0.0.1:${deaf.port}`, { connect: 200, request: 60_000 });
    const error = await refusal(line.link.read(readDns));
    expect(error).toMatchObject({ code: 'TIMED_OUT', details: { network: 'UND_ERR_CONNECT_TIMEOUT' } });
  });

  test('a peer that takes the connection and no part in TLS', async () => {
    await using server = await rawServer(() => undefined);
    await using line = lineTo(server.url.replace('http:', 'https:'), { connect: 200, request: 60_000, trust: pinned('router') });
    expect(await refusal(line.link.read(readDns))).toMatchObject({ code: 'TIMED_OUT' });
  });

  test('TLS to a plain port, and plain text to a TLS port', async () => {
    await using plain = await httpServer();
    await using secure = await httpsServer('router');
    await using toPlain = lineTo(plain.url.replace('http:', 'https:'), { trust: pinned('router') });
    await using toSecure = lineTo(secure.url.replace('https:', 'http:'));
    expect(await refusal(toPlain.link.read(readDns))).toMatchObject({ code: 'NOT_A_ROUTER' });
    expect(await refusal(toSecure.link.read(readDns))).toMatchObject({ kind: 'unreachable' });
    expect([plain.asked, secure.asked]).toEqual([[], []]);
  });

  test('a closed line reaches nobody', async () => {
    await using server = await httpServer();
    const line = lineTo(server.url);
    await line.channel.close();
    expect(await refusal(line.link.read(readDns))).toMatchObject({ kind: 'unreachable' });
    expect(server.connections).toBe(0);
  });
});
