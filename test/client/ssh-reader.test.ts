import { describe, expect, test } from 'vitest';
import { openQueue, type Queue } from '../../src/lib/client/queue.ts';
import { openSsh } from '../../src/lib/client/ssh.ts';
import { openSshReader, type SshReader } from '../../src/lib/client/ssh-reader.ts';
import { briskClock, lineTo, readDns, refusal } from './rig.ts';
import { httpServer } from './servers.ts';
import { BRISK, type Console, markerOf, type SshTestServer, says, sshServer, targetOf } from './ssh-server.ts';

const readerTo = (server: SshTestServer, version = '7.20.6', queue: Queue = openQueue()): SshReader & AsyncDisposable => {
  const reader = openSshReader(openSsh(targetOf(server), BRISK), { queue, clock: briskClock, version });
  return { ...reader, [Symbol.asyncDispose]: () => reader.close() };
};

/** A console that knows some commands, by what their line starts with, and refuses the others. */
const knowing =
  (answers: Readonly<Record<string, string>>, refuses = 'bad parameter detail (line 1 column 9)'): Console =>
  (line) => {
    const found = Object.entries(answers).find(([start]) => line.startsWith(start));
    return found ? `${found[1]}\r\n${markerOf(line)}\r\n` : `${refuses}\r\n`;
  };

const JSON_LIST = ':put [:serialize to=json value=[/ip/address/print detail as-value';
const JSON_ONE = ':put [:serialize to=json value=[/ip/dns/print as-value]]';

describe('a read', () => {
  test('of a list is serialized where the router can', async () => {
    await using server = await sshServer({ console: knowing({ [JSON_LIST]: '[{".id":"*1","address":"10.0.0.1/24","disabled":false}]' }) });
    await using reader = readerTo(server);
    expect(await reader.read({ verb: 'read', menu: '/ip/address', fields: ['address'], where: { disabled: 'false' } })).toEqual([
      { '.id': '*1', address: '10.0.0.1/24' },
    ]);
    expect(server.lines[0]).toContain(' where disabled=no]]');
  });

  test('of a singleton asks once what it is, and remembers', async () => {
    await using server = await sshServer({ console: knowing({ [JSON_ONE]: '{"servers":["1.1.1.1","9.9.9.9"]}' }) });
    await using reader = readerTo(server);
    for (let nth = 0; nth < 3; nth += 1) expect(await reader.read(readDns)).toEqual([{ servers: '1.1.1.1,9.9.9.9' }]);
    expect(server.lines).toHaveLength(4);
    expect(await reader.read({ ...readDns, where: { servers: 'none' } })).toEqual([]);
  });

  test('before 7.13 is text, with ids; of a singleton it is as-value', async () => {
    const console = knowing({
      '/ip/address/print detail show-ids without-paging': 'Flags: X - disabled\r\n*1 X address=10.0.0.1/24\r\n',
      ':put [/ip/dns/print as-value]': 'servers=1.1.1.1;cache-size=2048',
    });
    await using server = await sshServer({ console });
    await using reader = readerTo(server, '7.12.1');
    expect(await reader.read({ verb: 'read', menu: '/ip/address' })).toEqual([{ '.id': '*1', disabled: 'true', address: '10.0.0.1/24' }]);
    expect(await reader.read(readDns)).toEqual([{ servers: '1.1.1.1', 'cache-size': '2048' }]);
    expect(server.lines.every((line) => !line.includes('serialize'))).toBe(true);
  });

  test('from a router of unknown version learns that it has no :serialize', async () => {
    const text = knowing(
      { '/ip/address/print detail show-ids': '*1 address=10.0.0.1/24\r\n' },
      'bad command name serialize (line 1 column 8)',
    );
    await using server = await sshServer({ console: text });
    await using reader = readerTo(server, '');
    expect(await reader.read({ verb: 'read', menu: '/ip/address' })).toHaveLength(1);
    await reader.read({ verb: 'read', menu: '/ip/address' });
    expect(server.lines.filter((line) => line.includes('serialize'))).toHaveLength(1);
  });

  test('of a menu that is not there says so, without trying other forms', async () => {
    await using server = await sshServer({ console: knowing({}, 'bad command name wifi (line 1 column 12)') });
    await using reader = readerTo(server);
    expect(await refusal(reader.read({ verb: 'read', menu: '/interface/wifi' }))).toMatchObject({ code: 'NO_SUCH_MENU' });
    expect(server.lines).toHaveLength(1);
  });

  test('that is no JSON is a fault, not rows', async () => {
    await using server = await sshServer({ console: says('something else') });
    await using reader = readerTo(server);
    expect(await refusal(reader.read(readDns))).toMatchObject({ code: 'ROUTER_FAULT', details: { call: 'read /ip/dns' } });
  });

  test('is tried again after the connection broke, and not after a time-out', async () => {
    await using server = await sshServer({
      console: (line, channel, connection, socket) => {
        if (server.lines.length > 2) return says('[]')(line, channel, connection, socket);
        socket.resetAndDestroy();
        return undefined;
      },
    });
    await using reader = readerTo(server);
    expect(await reader.read(readDns)).toEqual([]);
    expect(server.lines).toHaveLength(3);

    await using silent = await sshServer({ console: () => undefined });
    const waiting = openSshReader(openSsh(targetOf(silent), { ...BRISK, command: 100 }), {
      queue: openQueue(),
      clock: briskClock,
      version: '7.20',
    });
    expect(await refusal(waiting.read(readDns))).toMatchObject({ code: 'TIMED_OUT' });
    expect(silent.lines).toHaveLength(1);
    await waiting.close();
  });
});

test('one thing at a time, over REST and SSH together', async () => {
  let underWay = 0;
  let most = 0;
  const busy = async (): Promise<void> => {
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise((resolve) => setTimeout(resolve, 2));
    underWay -= 1;
  };
  await using web = await httpServer(async () => {
    await busy();
    return { status: 200, body: '[]' };
  });
  await using server = await sshServer({
    console: (line, channel) => {
      void busy().then(() => channel.end(`[]\r\n${markerOf(line)}\r\n`));
      return undefined;
    },
  });
  const queue = openQueue();
  await using line = lineTo(web.url, { queue });
  await using reader = readerTo(server, '7.20', queue);
  await Promise.all(Array.from({ length: 20 }, (_, nth) => (nth % 2 === 0 ? line.link : reader).read(readDns)));
  expect(most).toBe(1);
  expect(server.lines).toHaveLength(10);
});

test('a caller may stop waiting; the command goes on', async () => {
  await using server = await sshServer({ console: () => undefined });
  await using reader = readerTo(server);
  const given = new AbortController();
  const reading = reader.read(readDns, { signal: given.signal });
  while (server.lines.length === 0) await new Promise((resolve) => setTimeout(resolve, 2));
  given.abort(new Error('enough'));
  await expect(reading).rejects.toThrow('enough');
});

describe('an export', () => {
  test('is text and data, without secrets unless they are asked for', async () => {
    await using server = await sshServer({ console: says('# 2025-02-01 06:02:17 by RouterOS 7.18\r\n/ip dns\r\nset servers=1.1.1.1') });
    await using reader = readerTo(server);
    const { text, exported } = await reader.export();
    expect(text).toContain('/ip dns\nset servers=1.1.1.1');
    expect(exported).toMatchObject({ complete: true, header: { version: '7.18' }, lines: [{ menu: '/ip/dns', verb: 'set' }] });
    await reader.export({ menu: '/ip/firewall', style: 'terse', sensitive: true });
    expect(server.lines.map((line) => line.split(';')[0])).toEqual(['/export hide-sensitive', '/ip/firewall/export terse show-sensitive']);
  });

  test('says when it is not complete, and is none without its end', async () => {
    await using server = await sshServer({ console: says('/ip route\r\n#error exporting "/ip/route" (timeout)') });
    await using reader = readerTo(server);
    expect((await reader.export()).exported.complete).toBe(false);
    await using cut = await sshServer({ console: () => '/ip dns\r\nset servers=1.1.1.1\r\n' });
    await using other = readerTo(cut);
    expect(await refusal(other.export())).toMatchObject({ code: 'ROUTER_FAULT' });
  });
});
