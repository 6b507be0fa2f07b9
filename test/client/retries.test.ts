import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { lineTo, readDns, refusal, setDns } from './rig.ts';
import { type Answer, type Answering, httpServer, json, rawServer, refused } from './servers.ts';

const GOOD = json([{ '.id': '*1' }]);
const breaks: Answering = (_asked, _nth, socket: Socket) => {
  socket.resetAndDestroy();
  return 'silent';
};
const says =
  (answer: Answer): Answering =>
  () =>
    answer;

/** What is passing, and is tried again where nothing can happen twice. */
const PASSING: readonly (readonly [string, Answering])[] = [
  ['a broken connection', breaks],
  ['a fault', says(refused(500, 'action failed (6)'))],
  ['503', says({ status: 503 })],
];

/** What will not get better by asking again. */
const LASTING: readonly (readonly [string, Answering])[] = [
  ['a refusal', says(refused(400, 'failure: not now'))],
  ['no rights', says(refused(500, 'std failure: not allowed (9)'))],
  ['a wrong password', says(refused(401))],
  ['no such row', says(refused(404))],
  ['no such menu', says(refused(400, 'no such command'))],
  ['the 60 seconds', says(refused(400, 'Session closed'))],
  ['a web page', says({ status: 200, body: '<html>' })],
];

describe('reads', () => {
  test.each(PASSING)('%s: twice more', async (_name, answering) => {
    await using server = await httpServer(answering);
    await using line = lineTo(server.url);
    await refusal(line.link.read(readDns));
    expect(server.asked).toHaveLength(3);
  });

  test.each(PASSING)('%s that passes is not seen', async (_name, answering) => {
    await using server = await httpServer((asked, nth, socket) => (nth < 3 ? answering(asked, nth, socket) : GOOD));
    await using line = lineTo(server.url);
    expect(await line.link.read(readDns)).toEqual([{ '.id': '*1' }]);
    expect(server.asked).toHaveLength(3);
  });

  test('half an answer: once more', async () => {
    let connections = 0;
    await using server = await rawServer((socket) => {
      connections += 1;
      const answer =
        connections === 1 ? 'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n[{' : 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]';
      socket.once('data', () => socket.end(answer));
    });
    await using line = lineTo(server.url);
    expect(await line.link.read(readDns)).toEqual([]);
    expect(connections).toBe(2);
  });

  test.each(LASTING)('%s: never again', async (_name, answering) => {
    await using server = await httpServer(answering);
    await using line = lineTo(server.url);
    await refusal(line.link.read(readDns));
    expect(server.asked).toHaveLength(1);
  });

  test('a time-out: never again, since the next answer may be somebody else’s', async () => {
    await using server = await httpServer(() => 'silent');
    await using line = lineTo(server.url, { request: 150 });
    expect(await refusal(line.link.read(readDns))).toMatchObject({ code: 'TIMED_OUT' });
    expect(server.asked).toHaveLength(1);
  });
});

describe('writes and commands are sent once, whatever comes of them', () => {
  test.each([...PASSING, ...LASTING])('%s', async (_name, answering) => {
    await using server = await httpServer(answering);
    await using line = lineTo(server.url);
    await refusal(line.writer.write(setDns));
    expect(server.asked).toHaveLength(1);
    await refusal(line.link.run({ verb: 'run', menu: '/ip/dns/cache', command: 'flush', args: {} }));
    expect(server.asked).toHaveLength(2);
  });

  test('silence', async () => {
    await using server = await httpServer(() => 'silent');
    await using line = lineTo(server.url, { request: 150 });
    expect(await refusal(line.writer.write({ verb: 'add', menu: '/ip/address', values: { address: '192.0.2.1/24' } }))).toMatchObject({
      code: 'TIMED_OUT',
    });
    expect(server.asked).toHaveLength(1);
  });

  test('a connection the router kept, and closed while it was idle', async () => {
    await using server = await httpServer((_asked, nth, socket) => {
      if (nth === 1) setTimeout(() => socket.end(), 20);
      return { status: 200, body: '[]', headers: { connection: 'keep-alive' } };
    });
    await using line = lineTo(server.url);
    await line.link.read(readDns);
    await new Promise((resolve) => setTimeout(resolve, 60));
    await line.writer.write(setDns);
    expect(server.asked.map(({ method }) => method)).toEqual(['GET', 'POST']);
    expect(server.connections).toBe(2);
  });
});
