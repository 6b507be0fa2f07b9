import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { FleetError } from '../../src/lib/core/errors.ts';
import { lineTo, PASSWORD, pinned, readDns, refusal, setDns, USER } from './rig.ts';
import { type Answering, closedPort, httpServer, httpsServer, json, rawServer, refused } from './servers.ts';

const LOGIN = Buffer.from(`${USER}:${PASSWORD}`).toString('base64');

/** Everything an error could show, to anyone, in any way. */
function shownBy(error: FleetError): string {
  const parts = [inspect(error, { depth: null, showHidden: true, getters: true }), JSON.stringify(error), String(error), error.stack];
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    parts.push(cause.message, cause.stack, JSON.stringify(cause), inspect(Object.getOwnPropertyDescriptors(cause), { depth: null }));
  }
  return parts.join('\n');
}

function holdsNothing(error: FleetError): void {
  const shown = shownBy(error);
  for (const secret of [PASSWORD, LOGIN, Buffer.from(PASSWORD).toString('hex'), encodeURIComponent(PASSWORD)])
    expect(shown).not.toContain(secret);
  expect(shown).not.toMatch(/authorization/i);
}

/** Routers that give back what they were told, each in its own way. */
const ECHOES: readonly (readonly [string, Answering])[] = [
  ['in a refusal', ({ headers }) => refused(400, `bad ${headers.authorization} for ${PASSWORD}!`)],
  ['in a refused login', () => refused(401, `wrong password ${PASSWORD}`)],
  ['in a fault', () => refused(500, `${USER}:${PASSWORD}`)],
  ['in a page', ({ headers }) => ({ status: 200, body: `<html>${headers.authorization} ${PASSWORD}</html>` })],
  ['in a missing page', () => ({ status: 404, body: PASSWORD })],
  ['in another address', () => ({ status: 302, headers: { location: `http://x/${encodeURIComponent(PASSWORD)}` } })],
  ['as rows that are none', () => json([PASSWORD, LOGIN])],
];

describe('no error holds the password', () => {
  test.each(ECHOES)('that a router gives back %s', async (_name, answering) => {
    await using server = await httpServer(answering);
    await using line = lineTo(server.url);
    holdsNothing(await refusal(line.link.read(readDns)));
    holdsNothing(await refusal(line.writer.write(setDns)));
  });

  test('that a stranger sends back as it came', async () => {
    await using server = await rawServer((socket) => void socket.pipe(socket));
    await using line = lineTo(server.url);
    holdsNothing(await refusal(line.writer.write(setDns)));
  });

  test('that a stranger sends back as the head of an answer', async () => {
    await using server = await rawServer((socket) => void socket.once('data', (asked) => socket.end(`HTTP/1.1 200 ${asked.toString()}`)));
    await using line = lineTo(server.url);
    await line.link.read(readDns).then(
      () => undefined,
      (error: FleetError) => holdsNothing(error),
    );
  });

  test('when nobody is there, nobody answers, or somebody leaves', async () => {
    await using silent = await rawServer(() => undefined);
    await using leaves = await rawServer((socket) => void socket.once('data', () => socket.end()));
    await using breaks = await rawServer((socket) => void socket.once('data', () => socket.resetAndDestroy()));
    for (const url of [`http://127.0.0.1:${await closedPort()}`, silent.url, leaves.url, breaks.url]) {
      await using line = lineTo(url, { request: 150 });
      holdsNothing(await refusal(line.writer.write(setDns)));
    }
  });

  test('when the certificate is wrong', async () => {
    await using server = await httpsServer('impostor');
    await using line = lineTo(server.url, { trust: pinned('router') });
    holdsNothing(await refusal(line.writer.write(setDns)));
  });

  test('a short password is no word to be hidden', async () => {
    await using server = await httpServer(() => refused(400, 'failure: not now'));
    for (const password of ['', 'a', 'no']) {
      await using line = lineTo(server.url, { password });
      expect((await refusal(line.link.read(readDns))).details['routerText']).toBe('failure: not now');
    }
  });
});

test('a line shows no password either', () => {
  const line = lineTo('http://127.0.0.1:9');
  expect(inspect(line, { depth: null, showHidden: true })).not.toContain(PASSWORD);
  expect(JSON.stringify(line)).not.toContain(PASSWORD);
});
