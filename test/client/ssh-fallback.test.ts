import { describe, expect, test } from 'vitest';
import { fallsBack, linkWithFallback, transportOf } from '../../src/lib/client/fallback.ts';
import { openQueue } from '../../src/lib/client/queue.ts';
import { settled } from '../../src/lib/client/settled.ts';
import { openSsh } from '../../src/lib/client/ssh.ts';
import { openSshReader } from '../../src/lib/client/ssh-reader.ts';
import type { Reader, Row } from '../../src/lib/client/types.ts';
import { InputError, RouterError, UnreachableError } from '../../src/lib/core/errors.ts';
import { briskClock, lineTo, readDns, refusal } from './rig.ts';
import { type Answer, closedPort, httpServer, json, rawServer, refused } from './servers.ts';
import { BRISK, type SshTestServer, says, sshServer, targetOf } from './ssh-server.ts';

const sshOf = (server: SshTestServer, hostKeys = [server.hostKey]) =>
  openSshReader(openSsh(targetOf(server, { hostKeys }), BRISK), { queue: openQueue(), clock: briskClock, version: '7.20' });

const ANSWERS: readonly (readonly [string, Answer, 'ssh' | 'no'])[] = [
  ['the cap of 60 s', refused(400, 'Session closed'), 'ssh'],
  ['REST switched off', { status: 404, body: '<html>' }, 'ssh'],
  ['a fault without a word', { status: 503 }, 'ssh'],
  ['a fault in words', refused(500, 'std failure: something'), 'no'],
  ['a missing right', refused(500, 'std failure: not allowed (9)'), 'no'],
  ['a bad request', refused(400, 'unknown parameter x'), 'no'],
  ['a missing menu', refused(400, 'no such command prefix'), 'no'],
  ['a missing row', refused(404), 'no'],
  ['a refused login', refused(401), 'no'],
];

describe('falling back from REST', () => {
  test.each(ANSWERS)('after %s', async (_name, answer, way) => {
    await using web = await httpServer(() => answer);
    await using line = lineTo(web.url);
    await using server = await sshServer({ console: says('[{"servers":"1.1.1.1"}]') });
    const link = linkWithFallback(line.link, sshOf(server));
    if (way === 'ssh') {
      const rows = await link.read(readDns);
      expect(rows).toEqual([{ servers: '1.1.1.1' }]);
      expect(transportOf(rows)).toBe('ssh');
    } else {
      expect((await refusal(link.read(readDns))).details['transport']).toBeUndefined();
      expect(server.connections).toBe(0);
    }
    await link.close();
  });

  test('after nobody was there; not after our address was refused', async () => {
    await using server = await sshServer({ console: says('[]') });
    await using gone = lineTo(`http://127.0.0.1:${await closedPort()}`);
    const link = linkWithFallback(gone.link, sshOf(server));
    expect(transportOf(await link.read(readDns))).toBe('ssh');
    await link.close();
    await using leaves = await rawServer((socket) => void socket.once('data', () => socket.end()));
    await using line = lineTo(leaves.url);
    expect(fallsBack(await refusal(line.channel.once(readDns)))).toBe('no');
  });

  test('says which way an answer came, and leaves commands to REST', async () => {
    await using web = await httpServer(({ url }) => (url.includes('flush') ? { status: 503 } : json({ servers: '' })));
    await using line = lineTo(web.url);
    await using server = await sshServer();
    const link = linkWithFallback(line.link, sshOf(server));
    expect(transportOf(await link.read(readDns))).toBe('rest');
    expect(await refusal(link.run({ verb: 'run', menu: '/ip/dns/cache', command: 'flush', args: {} }))).toMatchObject({
      code: 'ROUTER_FAULT',
    });
    expect(server.connections).toBe(0);
    expect(transportOf([])).toBeUndefined();
    await link.close();
  });

  test('tells the failure of REST when both fail, but a changed key above all', async () => {
    await using gone = lineTo(`http://127.0.0.1:${await closedPort()}`);
    const nowhere = openSshReader(openSsh({ ...targetOf({ port: await closedPort(), hostKey: '' } as SshTestServer) }, BRISK), {
      queue: openQueue(),
      clock: briskClock,
      version: '',
    });
    expect((await refusal(linkWithFallback(gone.link, nowhere).read(readDns))).details['call']).toBe('read /ip/dns');
    await using server = await sshServer();
    const alarmed = sshOf(server, [`SHA256:${'A'.repeat(43)}`]);
    expect(await refusal(linkWithFallback(gone.link, alarmed).read(readDns))).toMatchObject({ code: 'HOST_KEY_CHANGED' });
    await alarmed.close();
  });

  test('is not for what was never asked, or is not of the router', () => {
    for (const code of ['TLS_PIN_MISMATCH', 'TLS_UNTRUSTED', 'LOGIN_REFUSED', 'SOURCE_REFUSED', 'BUSY', 'HOST_KEY_CHANGED'] as const)
      expect(fallsBack(new UnreachableError('x', { code }))).toBe('no');
    // Left alone by the breaker: decided by the failure that opened it.
    expect(fallsBack(new UnreachableError('x', { code: 'TIMED_OUT', details: { nextTryAt: '' } }))).toBe('ssh');
    expect(fallsBack(new UnreachableError('x', { code: 'TLS_PIN_MISMATCH', details: { nextTryAt: '' } }))).toBe('no');
    expect(fallsBack(new UnreachableError('x', { details: { network: 'UND_ERR_RES_EXCEEDED_MAX_SIZE' } }))).toBe('no');
    for (const other of [new InputError('x'), new RouterError('x'), new Error('x'), undefined]) expect(fallsBack(other)).toBe('no');
  });
});

describe('up', () => {
  /** A router that says one thing after the other. */
  const saying = (said: readonly (readonly Row[] | Error)[]): Reader & { asked: number } => {
    const reader = {
      asked: 0,
      read: async () => {
        const now = said[Math.min(reader.asked, said.length - 1)] ?? [];
        reader.asked += 1;
        if (now instanceof Error) throw now;
        return now;
      },
    };
    return reader;
  };
  const patience = { every: 1_000, most: 10_000 };
  const ticking = () => {
    let time = 0;
    return {
      ...briskClock,
      monotonic: () => time,
      sleep: async (ms: number) => {
        time += ms;
      },
    };
  };
  const v = (version: string): Row[] => [{ version }];

  test('is the same version twice in a row', async () => {
    const reader = saying([
      new UnreachableError('x'),
      v('7.20'),
      new RouterError('x'),
      v('7.20'),
      [{ name: 'of another menu' }],
      v('7.20'),
      v('7.21'),
      v('7.21'),
    ]);
    expect(await settled(reader, ticking(), patience)).toEqual({ version: '7.21' });
    expect(reader.asked).toBe(8);
  });
  test('may never come, and some things waiting does not cure', async () => {
    expect(await refusal(settled(saying([[]]), ticking(), patience))).toMatchObject({ code: 'TIMED_OUT', details: { seconds: 10 } });
    const changed = new UnreachableError('x', { code: 'TLS_PIN_MISMATCH', retryable: false });
    expect(await refusal(settled(saying([changed]), ticking(), patience))).toBe(changed);
  });
});
