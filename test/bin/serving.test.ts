import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ended, lines, newPlace, type Place } from './program.ts';

let place: Place;
beforeAll(() => {
  place = newPlace();
});
afterAll(() => place[Symbol.dispose]());

describe('simulate', () => {
  test('a table for people, --control, and the same routers for the same seed', async () => {
    const tables: string[] = [];
    for (const _ of [1, 2]) {
      const child = place.start(['simulate', '--routers', '2', '--seed', '7', '--control']);
      const shown = await lines(child, 4);
      expect(shown[0]).toMatch(/^NAME +URL +USERNAME +PASSWORD +BOARD +VERSION$/);
      expect(shown[3]).toMatch(/^control http:\/\/127\.0\.0\.1:\d+$/);
      tables.push(
        shown
          .slice(1, 3)
          .join('\n')
          .replaceAll(/127\.0\.0\.1:\d+ */g, ''),
      );
      const control = shown[3]?.split(' ')[1] ?? '';
      const log = await (await fetch(`${control}/__sim/log`)).json();
      expect(JSON.stringify(log)).toContain('"requests":[]');
      const gone = ended(child, '');
      child.kill('SIGINT');
      expect((await gone).code).toBe(0);
    }
    expect(tables[0]).toBe(tables[1]);
  });

  test('--json --control: a last line, and nothing else', async () => {
    const child = place.start(['simulate', '--routers', '1', '--control', '--json']);
    const [router, control] = (await lines(child, 2)).map((line) => JSON.parse(line));
    expect(Object.keys(router)).toEqual(['name', 'url', 'username', 'password']);
    expect(Object.keys(control)).toEqual(['controlUrl']);
    const gone = ended(child, '');
    child.kill('SIGTERM');
    expect(await gone).toMatchObject({ code: 0, stderr: '' });
  });

  test('a port that is taken', async () => {
    const child = place.start(['simulate', '--routers', '1', '--json']);
    const [line = ''] = await lines(child, 1);
    const { port } = new URL(JSON.parse(line).url);
    const second = await place.run(['simulate', '--routers', '1', '--base-port', port, '--json']);
    expect(second.code).toBe(3);
    expect(second.json.error.message).toBe('One of the ports is in use.');
    child.kill('SIGKILL');
  });
});

describe('mcp', () => {
  const initialize = {
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'a-test', version: '1' } },
  };

  test('answers on stdout, nothing but protocol, and ends when stdin closes', async () => {
    const call = { jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'list_devices', arguments: {} } };
    const input = `${[initialize, { jsonrpc: '2.0', method: 'notifications/initialized' }, call].map((one) => JSON.stringify(one)).join('\n')}\n`;
    const { code, stdout } = await place.run(['mcp'], { input });
    expect(code).toBe(0);
    const answers = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(answers.map(({ id }) => id)).toEqual([1, 2]);
    expect(answers[0].result.serverInfo.name).toBe('routeros-mcp');
    expect(answers[1].error).toBeUndefined();
  });

  test('ends cleanly on SIGTERM', async () => {
    const child = place.start(['mcp']);
    child.stdin.write(`${JSON.stringify(initialize)}\n`);
    await lines(child, 1);
    const gone = new Promise((resolve) => child.on('close', resolve));
    child.kill('SIGTERM');
    expect(await gone).toBe(0);
  });
});

describe('without a terminal', () => {
  test('no arguments: the fleet once', async () => {
    const { code, stdout } = await place.run([]);
    expect(code).toBe(0);
    expect(stdout).toContain('device add');
    expect((await place.run(['--json'])).json.data).toEqual({ devices: [] });
  });

  test('demo: a mixed fleet, all of it up, and nothing is kept', async () => {
    const { code, stdout } = await place.run(['demo', '--routers', '5', '--latency', '0']);
    expect(code).toBe(0);
    const [head, ...rows] = stdout.trimEnd().split('\n');
    expect(head).toMatch(/^NAME +ENV +STATUS/);
    expect(rows).toHaveLength(5);
    expect(rows.map((row) => row.split(/ +/)[2])).toEqual(Array.from({ length: 5 }, () => 'up'));
    expect(new Set(rows.map((row) => row.split(/ +/)[1]))).toEqual(new Set(['lab', 'staging', 'prod']));
    expect((await place.run(['device', 'list', '--json'])).json.data.devices).toEqual([]);
  });

  test('demo --data-dir: another process sees the fleet; a second demo replaces it', async () => {
    const dir = path.join(place.dir, 'demo');
    const demo = () => place.run(['demo', '--routers', '2', '--data-dir', dir, '--json']);
    const first = (await demo()).json.data.devices;
    const seen = await place.run(['device', 'list', '--data-dir', dir, '--json']);
    expect(seen.json.data.devices.map(({ id }: { readonly id: string }) => id)).toEqual(first.map(({ id }: { readonly id: string }) => id));
    expect((await demo()).json.data.devices).toHaveLength(2);
  });
});
