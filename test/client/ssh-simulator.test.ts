import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linkOver, openChannel } from '../../src/lib/client/connect.ts';
import { linkWithFallback, transportOf } from '../../src/lib/client/fallback.ts';
import { openQueue } from '../../src/lib/client/queue.ts';
import { openSsh } from '../../src/lib/client/ssh.ts';
import { seeHostKey } from '../../src/lib/client/ssh-connect.ts';
import { openSshReader } from '../../src/lib/client/ssh-reader.ts';
import { quoteText } from '../../src/lib/client/text/quote.ts';
import type { Row } from '../../src/lib/client/types.ts';
import { cleanText } from '../../src/lib/core/clean.ts';
import { Secret } from '../../src/lib/core/secret.ts';
import { createRouter, runConsole, type SimulatedRouter, startSimulator } from '../../src/simulator/index.ts';
import { briskClock, readDns, refusal } from './rig.ts';
import { BRISK } from './ssh-server.ts';

/** A simulated router over REST and SSH, with one queue for both. */
function linesTo(router: SimulatedRouter, version = router.version) {
  const queue = openQueue();
  const { username } = router;
  const password = new Secret(router.password);
  const channel = openChannel(
    { address: router.url, trust: { kind: 'none' }, username, password },
    { connect: 2_000, request: 4_000 },
    briskClock,
    queue,
  );
  const target = {
    host: router.host,
    port: router.sshPort ?? 0,
    username,
    login: { password },
    hostKeys: [router.hostKey ?? ''],
    wide: true,
  };
  const reader = openSshReader(openSsh(target, BRISK), { queue, clock: briskClock, version });
  return {
    rest: linkOver(channel),
    ssh: reader,
    [Symbol.asyncDispose]: async () => {
      await reader.close();
      await channel.close();
    },
  };
}

const ids = (rows: readonly Row[]): readonly string[] => rows.map((row) => row['.id'] ?? '');
const LISTS = ['/ip/address', '/ip/firewall/filter', '/interface', '/ip/service'];
const ONES = ['/ip/dns', '/system/identity', '/system/resource'];

describe('the simulated routers', () => {
  test.each(['rb5009_7.20.6', 'chr_7.24', 'hap-ac2_7.12.1'])('%s says over SSH what it says over REST', async (recording) => {
    await using fleet = await startSimulator({ specs: [{ recording }], ssh: true });
    const [router] = fleet.routers;
    if (!router) throw new Error('no router');
    await using lines = linesTo(router);
    for (const menu of LISTS) {
      const rest = await lines.rest.read({ verb: 'read', menu }).catch(() => undefined);
      if (!rest) continue;
      const ssh = await lines.ssh.read({ verb: 'read', menu });
      // Without `:serialize` it is text that is read, which the simulator prints with numbers even where ids were asked for.
      if (recording !== 'hap-ac2_7.12.1') expect(ids(ssh), menu).toEqual(ids(rest));
      for (const name of ['name', 'address', 'chain', 'action', 'comment', 'interface'] as const) {
        expect(
          ssh.map((row) => row[name] ?? ''),
          `${menu} ${name}`,
        ).toEqual(rest.map((row) => row[name] ?? ''));
      }
    }
    for (const menu of ONES) {
      const [rest] = await lines.rest.read({ verb: 'read', menu });
      const [ssh] = await lines.ssh.read({ verb: 'read', menu });
      for (const name of ['name', 'version', 'servers', 'board-name']) expect(ssh?.[name], `${menu} ${name}`).toBe(rest?.[name]);
    }
  });

  test('choose rows by quoted texts, words and numbers', async () => {
    await using fleet = await startSimulator({ specs: [{ recording: 'rb5009_7.20.6' }], ssh: true });
    const [router] = fleet.routers;
    if (!router) throw new Error('no router');
    await using lines = linesTo(router);
    const menu = '/ip/firewall/address-list';
    const comments = ['plain', 'it is "quoted"', 'a;b=c', '$x [y] {z}', 'back\\slash', 'Wächter?', 'tab\there'];
    for (const [nth, comment] of comments.entries()) router.edit(menu, undefined, { list: 'odd', address: `198.51.100.${nth}`, comment });
    for (const comment of comments) {
      const rows = await lines.ssh.read({ verb: 'read', menu, where: { comment } });
      expect(rows.map((row) => row['comment'])).toEqual([comment]);
    }
    const byList = { verb: 'read', menu, where: { list: 'odd', disabled: 'false' } } as const;
    expect(await lines.ssh.read(byList)).toHaveLength(comments.length);
  });

  test('export, and the export is read', async () => {
    await using fleet = await startSimulator({ specs: [{ recording: 'rb5009_7.20.6' }, { recording: 'hap-ac2_7.12.1' }], ssh: true });
    for (const router of fleet.routers) {
      await using lines = linesTo(router);
      for (const style of ['compact', 'terse'] as const) {
        const { exported } = await lines.ssh.export({ style });
        expect(exported).toMatchObject({ complete: true, unread: [], header: { version: router.version } });
        expect(exported.lines.length).toBeGreaterThan(10);
      }
    }
  });

  test('serve reads over SSH while REST is down, and a changed host key stops that', async () => {
    await using fleet = await startSimulator({ specs: [{ recording: 'rb5009_7.20.6' }], ssh: true });
    const [router] = fleet.routers;
    if (!router) throw new Error('no router');
    await using lines = linesTo(router);
    expect(await seeHostKey({ host: router.host, port: router.sshPort ?? 0 }, BRISK)).toBe(router.hostKey);
    const link = linkWithFallback(lines.rest, lines.ssh);
    expect(transportOf(await link.read(readDns))).toBe('rest');
    await router.fault({ service: 'www', action: { kind: 'answer', status: 400, detail: 'Session closed' } });
    expect(transportOf(await link.read(readDns))).toBe('ssh');
    router.changeHostKey();
    await using after = linesTo({ ...router, url: router.url, sshPort: router.sshPort, hostKey: `SHA256:${'A'.repeat(43)}` });
    expect(await refusal(linkWithFallback(after.rest, after.ssh).read(readDns))).toMatchObject({ code: 'HOST_KEY_CHANGED' });
  });

  test('let us in without the suffix, and keep silent in the middle of things', async () => {
    await using fleet = await startSimulator({ specs: [{ recording: 'rb5009_7.20.6' }], ssh: true });
    const [router] = fleet.routers;
    if (!router) throw new Error('no router');
    await router.fault({ service: 'ssh', action: { kind: 'refuse-suffix' } });
    await using lines = linesTo(router);
    expect(await lines.ssh.read(readDns)).toHaveLength(1);
    await router.clearFaults();
    await router.fault({ service: 'ssh', action: { kind: 'half-open' } });
    expect(await refusal(seeHostKey({ host: router.host, port: router.sshPort ?? 0 }, { ...BRISK, connect: 200 }))).toMatchObject({
      code: 'TIMED_OUT',
    });
  });

  test('of a menu that is not there', async () => {
    await using fleet = await startSimulator({ specs: [{ recording: 'chr_7.24' }], ssh: true });
    const [router] = fleet.routers;
    if (!router) throw new Error('no router');
    await using lines = linesTo(router);
    const error = await refusal(lines.ssh.read({ verb: 'read', menu: '/no/such/menu' }));
    expect(error.kind).toBe('router');
  });
});

test('another reader of the console understands what is quoted here', () => {
  const state = createRouter({
    spec: { recording: 'rb5009_7.20.6', name: 'edge' },
    index: 0,
    copyNumber: 0,
    seed: 1,
    now: 1_700_000_000_000,
  });
  const account = { name: 'admin', password: '', group: 'full' };
  const session = { account, now: 1_700_000_000_000, via: 'ssh' } as unknown as Parameters<typeof runConsole>[2];
  const said = (text: string): string => runConsole(state, `:put ${quoteText(text)}`, session).output;
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: fc.constantFrom(...'\\"$?\t[]{};=()#/ aé') })), (text) => {
      expect(said(text)).toBe(`${text}\r\n`.replace(/\r?\n/g, '\r\n'));
    }),
    { numRuns: 2_000 },
  );
  expect(cleanText(said('\u0001'))).toBe('\r\n');
});
