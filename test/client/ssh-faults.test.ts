import { describe, expect, test } from 'vitest';
import { openSsh } from '../../src/lib/client/ssh.ts';
import type { Command } from '../../src/lib/client/ssh-commands.ts';
import { seeHostKey } from '../../src/lib/client/ssh-connect.ts';
import { Secret } from '../../src/lib/core/secret.ts';
import { deafPort } from './deaf-port.ts';
import { refusal } from './rig.ts';
import { closedPort, rawServer } from './servers.ts';
import { BRISK, HOST_KEY, markerOf, RSA_KEY, says, sshServer, sshTo, targetOf, until } from './ssh-server.ts';

const READ: Command = { kind: 'read', form: 'json', menu: '/ip/address' };
const at = (port: number) => ({
  host: '127.0.0.1',
  port,
  username: 'netops',
  login: { password: new Secret('long enough') },
  hostKeys: [],
});

describe('a connection that does not come about', () => {
  test('nobody listens', async () => {
    const ssh = openSsh(at(await closedPort()), BRISK);
    expect(await refusal(ssh.send(READ))).toMatchObject({ code: 'UNREACHABLE', retryable: true, details: { network: 'ECONNREFUSED' } });
  });

  test('nobody takes the connection', async () => {
    await using deaf = await deafPort();
    const ssh = openSsh(at(deaf.port), { ...BRISK, connect: 150 });
    expect(await refusal(ssh.send(READ))).toMatchObject({ code: 'TIMED_OUT' });
  });

  test('somebody takes it and says nothing', async () => {
    await using silent = await rawServer((socket) => void socket.resume());
    const ssh = openSsh(at(silent.port), { ...BRISK, connect: 150 });
    expect(await refusal(ssh.send(READ))).toMatchObject({ code: 'TIMED_OUT' });
    await until(() => silent.open === 0);
  });

  test('somebody speaks another language', async () => {
    await using web = await rawServer((socket) => void socket.resume().end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const ssh = openSsh(at(web.port), { ...BRISK, connect: 1_000 });
    const error = await refusal(ssh.send(READ));
    expect(error.kind).toBe('unreachable');
    await until(() => web.open === 0);
  });

  test('somebody breaks it off', async () => {
    await using leaves = await rawServer((socket) => void socket.resetAndDestroy());
    const ssh = openSsh(at(leaves.port), BRISK);
    expect(await refusal(ssh.send(READ))).toMatchObject({ code: 'UNREACHABLE', retryable: true });
  });
});

describe('a connection that is lost', () => {
  test('in the middle of an answer, and is there again for the next command', async () => {
    await using server = await sshServer({
      console: (line, channel, connection, socket) => {
        if (server.lines.length > 1) return says('[]')(line, channel, connection, socket);
        channel.write('half an ans');
        setTimeout(() => socket.resetAndDestroy(), 5);
        return undefined;
      },
    });
    await using ssh = sshTo(server);
    expect(await refusal(ssh.send(READ))).toMatchObject({ code: 'UNREACHABLE', retryable: true });
    expect((await ssh.send(READ)).toString()).toBe('[]');
    expect(server.connections).toBe(2);
  });

  test('half-open: the other side is silent, and the command ends after its time', async () => {
    await using server = await sshServer({ console: () => undefined });
    await using ssh = sshTo(server, {}, { ...BRISK, command: 150 });
    expect(await refusal(ssh.send(READ))).toMatchObject({ code: 'TIMED_OUT', details: { network: 'SSH_COMMAND_TIMEOUT' } });
    // What may still come belongs to nobody: the connection is ended.
    await until(() => server.open === 0);
  });

  test('while idle', async () => {
    await using server = await sshServer({
      console: (line, channel, connection, socket) => {
        setTimeout(() => socket.destroy(), 20);
        return says('[]')(line, channel, connection, socket);
      },
    });
    await using ssh = sshTo(server);
    await ssh.send(READ);
    await until(() => server.open === 0);
    await new Promise((resolve) => setTimeout(resolve, 10));
    await ssh.send(READ);
    expect(server.connections).toBe(2);
  });
});

test('an answer that is too large is not taken', async () => {
  await using server = await sshServer({ console: (line) => `${'x'.repeat(300_000)}\r\n${markerOf(line)}\r\n` });
  await using ssh = sshTo(server, {}, { ...BRISK, most: 100_000 });
  expect(await refusal(ssh.send(READ))).toMatchObject({ code: 'UNREACHABLE', retryable: false, details: { network: 'SSH_TOO_LARGE' } });
});

test('an answer that comes in crumbs, with the marker in two of them', async () => {
  await using server = await sshServer({
    console: (line, channel) => {
      const answer = `[{"name":"Wächter"}]\r\n${markerOf(line)}\r\n`;
      for (const byte of Buffer.from(answer)) channel.write(Buffer.from([byte]));
      channel.end();
      return undefined;
    },
  });
  await using ssh = sshTo(server);
  expect((await ssh.send(READ)).toString()).toBe('[{"name":"Wächter"}]');
});

describe('looking at a host key', () => {
  test('gives its fingerprint, and no account is named', async () => {
    await using server = await sshServer();
    expect(await seeHostKey({ host: '127.0.0.1', port: server.port }, BRISK)).toBe(server.hostKey);
    expect(server.attempts).toEqual([]);
    await until(() => server.open === 0);
  });

  test('sees the key that a connection will see', async () => {
    for (const hostKeys of [[RSA_KEY], [RSA_KEY, HOST_KEY]]) {
      await using server = await sshServer({ hostKeys });
      const seen = await seeHostKey({ host: '127.0.0.1', port: server.port }, BRISK);
      await using ssh = sshTo(server, { hostKeys: [seen] });
      await ssh.send(READ);
    }
  });

  test('fails where nobody shows one', async () => {
    await using silent = await rawServer(() => undefined);
    expect(await refusal(seeHostKey({ host: '127.0.0.1', port: silent.port }, { ...BRISK, connect: 100 }))).toMatchObject({
      code: 'TIMED_OUT',
    });
    expect(await refusal(seeHostKey({ host: '127.0.0.1', port: await closedPort() }, BRISK))).toMatchObject({ code: 'UNREACHABLE' });
  });
});

describe('closing', () => {
  test('leaves nothing open, before, between and after', async () => {
    await using server = await sshServer();
    const never = openSsh(targetOf(server), BRISK);
    await never.close();
    expect(server.connections).toBe(0);
    expect(await refusal(never.send(READ))).toMatchObject({ code: 'UNREACHABLE' });

    const early = openSsh(targetOf(server), BRISK);
    const sending = early.send(READ).catch(() => undefined);
    await early.close();
    await sending;
    await until(() => server.open === 0);

    const used = openSsh(targetOf(server), BRISK);
    await used.send(READ);
    await used.close();
    await used.close();
    await until(() => server.open === 0);
  });

  const cycles = process.env['ROUTEROS_MCP_TEST_LONG'] === '1' ? 1_000 : 60;
  test(`${cycles} times leaves handles where they were`, async () => {
    await using server = await sshServer();
    const open = (): number => process.getActiveResourcesInfo().filter((name) => /TCP|Timeout|Pipe/.test(name)).length;
    const cycle = async (): Promise<void> => {
      const ssh = openSsh(targetOf(server), BRISK);
      await ssh.send(READ);
      await ssh.close();
    };
    for (let nth = 0; nth < 5; nth += 1) await cycle();
    await until(() => server.open === 0);
    const before = open();
    for (let nth = 0; nth < cycles; nth += 1) await cycle();
    await until(() => server.open === 0 && open() <= before);
    expect(server.connections).toBe(cycles + 5);
  });
});
