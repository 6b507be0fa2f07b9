import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { type SimulatedRouter, type Simulator, startSimulator } from '../../src/simulator/index.ts';
import { sshLogin } from './ssh-client.ts';
import { call } from './support.ts';

test('five boards in turn, each copy with a name, a port and a password of its own, the same ones every time', async () => {
  await using simulator = await startSimulator({ routers: 7 });
  const { routers } = simulator;
  expect(routers.map((router) => router.name)).toEqual(['edge-1', 'ap-1', 'core-1', 'branch-1', 'access-1', 'edge-2', 'ap-2']);
  expect(routers.map((router) => router.version)).toEqual(['7.20.6', '7.22.1', '7.24', '7.12.1', '7.16.2', '7.20.6', '7.22.1']);
  for (const key of ['url', 'password'] as const) expect(new Set(routers.map((router) => router[key])).size).toBe(7);
  for (const router of routers) expect((await call(router, 'GET', '/system/identity')).body).toEqual({ name: router.name });
  await using again = await startSimulator({ routers: 7 });
  await using other = await startSimulator({ routers: 7, seed: 2 });
  expect(again.routers.map((router) => router.password)).toEqual(routers.map((router) => router.password));
  expect(other.routers.map((router) => router.password)).not.toEqual(routers.map((router) => router.password));
});

test('a change stays on the router it was made on', async () => {
  await using simulator = await startSimulator({ routers: 6 });
  const [edge1, , , , , edge2] = simulator.routers;
  if (!edge1 || !edge2) throw new Error('six routers were asked for');
  await call(edge1, 'POST', '/ip/dns/set', { servers: '192.0.2.53' });
  expect(edge1.rows('/ip/dns')[0]?.['servers']).toBe('192.0.2.53');
  expect(edge2.rows('/ip/dns')[0]?.['servers']).toBe('9.9.9.9,1.1.1.1');
});

test('what another admin does is seen at once, with what follows from it, and under another name', async () => {
  await using simulator = await startSimulator({ username: 'robot', password: 'given' });
  const [edge] = simulator.routers;
  if (!edge) throw new Error('one router was asked for');
  edge.edit('/ip/dns', undefined, { servers: '192.0.2.53' });
  edge.edit('/ip/firewall/address-list', '*1', { '!comment': '', address: '10.0.0.0/8' });
  edge.edit('/ip/firewall/address-list', undefined, { list: 'new', address: '192.0.2.1' });
  edge.remove('/ip/firewall/address-list', '*3');
  expect((await call(edge, 'GET', '/ip/dns')).body.servers).toBe('192.0.2.53');
  const list = (await call(edge, 'GET', '/ip/firewall/address-list')).body;
  expect(list.map((row: Record<string, string>) => [row['.id'], row['address'], row['comment']])).toEqual([
    ['*1', '10.0.0.0/8', undefined],
    ['*2', '203.0.113.77', undefined],
    ['*4', '192.0.2.1', undefined],
  ]);
  edge.edit('/system/ntp/client', undefined, { servers: '192.0.2.9' });
  expect((await call(edge, 'GET', '/system/ntp/client/servers?.proplist=address')).body).toEqual([{ address: '192.0.2.9' }]);
  edge.edit('/interface', 'ether1', { running: 'false' });
  expect((await call(edge, 'GET', '/ip/route?dst-address=203.0.113.0/24')).body).toEqual([]);
  expect(edge.rows('/system/history').map((row) => row['by'])).toEqual([...Array(5).fill('other-admin'), 'netops']);
  expect(edge.rows('/log').at(-1)?.['message']).toMatch(/changed by winbox:other-admin@/);
  expect(() => Object.assign(edge.rows('/ip/dns')[0] as object, { servers: 'x' })).toThrow(TypeError);
  expect(() => edge.edit('/ip/dns/static', '*99', {})).toThrow('has no row *99');
  expect([edge.username, edge.password]).toEqual(['robot', 'given']);
});

test('one spec, many routers: names are numbered, accounts and latency are theirs', async () => {
  const spec = {
    recording: 'chr_7.24',
    name: 'lab',
    accounts: [{ name: 'watcher', password: 'w', policies: ['read', 'api', 'rest-api'] }],
  };
  await using simulator = await startSimulator({ routers: 3, specs: [spec] });
  expect(simulator.routers.map((router) => router.name)).toEqual(['lab', 'lab-2', 'lab-3']);
  const [lab] = simulator.routers;
  if (!lab) throw new Error('three routers were asked for');
  const reply = await call(lab, 'POST', '/system/identity/set', { name: 'x' }, { name: 'watcher', password: 'w' });
  expect(reply.body.detail).toBe('std failure: not allowed (9)');
});

test('five hundred routers start, answer and stop', async () => {
  const simulator = await startSimulator({ routers: 500 });
  expect(new Set(simulator.routers.map((router) => router.url)).size).toBe(500);
  const serials = new Set<string>();
  for (const router of simulator.routers) {
    const licence = router.rows('/system/license')[0];
    serials.add(licence?.['software-id'] ?? licence?.['system-id'] ?? '');
  }
  expect(serials.size).toBe(500);
  const last = simulator.routers.at(-1);
  if (!last) throw new Error('five hundred routers were asked for');
  expect((await call(last, 'GET', '/system/identity')).body).toEqual({ name: 'access-100' });
  await simulator.close();
  await expect(call(last, 'GET', '/system/identity')).rejects.toThrow('ECONNREFUSED');
});

/** What starting costs, with whatever rubbish there is taken out first. */
const kilobytes = (): number => {
  globalThis.gc?.();
  return Math.round(process.memoryUsage().rss / 1024);
};

test('a large fleet: every router on its own address, all on one port, and each answers as itself', async (context) => {
  if (process.platform !== 'linux') return context.skip('only Linux has all of 127.0.0.0/8 on its loopback interface');
  const count = process.env['ROUTEROS_MCP_TEST_LONG'] === undefined ? 2_000 : 10_000;
  const before = kilobytes();
  await using simulator = await startSimulator({ routers: count, hosts: '127.x' });
  const started = kilobytes();
  const { routers } = simulator;
  expect(new Set(routers.map((router) => router.host)).size).toBe(count);
  expect(new Set(routers.map((router) => new URL(router.url).port)).size).toBe(1);
  expect(routers.every((router) => /^127\.[1-9]\d*\.\d+\.\d+$/.test(router.host))).toBe(true);
  const expected = routers.map((router) => `${router.name} 200`);
  const seen: string[] = [];
  for (let from = 0; from < count; from += 50) {
    const batch = routers.slice(from, from + 50).map(async (router) => {
      const { status, body } = await call(router, 'GET', '/system/identity');
      return `${body.name} ${status}`;
    });
    seen.push(...(await Promise.all(batch)));
  }
  expect(seen).toEqual(expected);
  const each = (to: number) => Math.round((to - before) / count);
  console.log(`${count} routers: ${each(started)} KB each when started, ${each(kilobytes())} KB each after one answer`);
});

test('on addresses of their own they serve TLS and SSH on shared ports as well', async (context) => {
  if (process.platform !== 'linux') return context.skip('only Linux has all of 127.0.0.0/8 on its loopback interface');
  await using simulator = await startSimulator({ routers: 3, hosts: '127.x', https: true, ssh: true });
  expect(new Set(simulator.routers.map((router) => router.sshPort)).size).toBe(1);
  for (const router of simulator.routers) {
    expect(new X509Certificate(router.certificate?.pem ?? '').checkIP(router.host)).toBe(router.host);
    await using login = await sshLogin(router);
    expect((await login.run('/system identity print')).text).toContain(`name: ${router.name}`);
  }
  const [first, second] = simulator.routers;
  await expect(startSimulator({ routers: 1, hosts: '127.x', basePort: Number(new URL(second?.url ?? '').port) })).rejects.toThrow(
    'EADDRINUSE',
  );
  expect((await call(first as SimulatedRouter, 'GET', '/system/identity')).status).toBe(200);
});

test('ports are counted up from the first, one for each door', async () => {
  // The port after a free one may be somebody else's just then.
  const started = async (tries: number): Promise<readonly [number, Simulator]> => {
    const free = await startSimulator();
    const base = Number(new URL(free.routers[0]?.url ?? '').port);
    await free.close();
    const simulator = startSimulator({ routers: 1, basePort: base, ssh: true });
    return simulator.then(
      (one) => [base, one] as const,
      (thrown: unknown) => {
        if (tries === 0) throw thrown;
        return started(tries - 1);
      },
    );
  };
  const [base, simulator] = await started(5);
  await using _closed = simulator;
  expect([simulator.routers[0]?.url, simulator.routers[0]?.sshPort]).toEqual([`http://127.0.0.1:${base}`, base + 1]);
});
