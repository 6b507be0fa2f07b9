import path from 'node:path';
import { spawn } from '@lydell/node-pty';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { setup } from '../support/build.ts';
import { BUILT, newPlace, type Place } from './program.ts';

let place: Place;
beforeAll(() => {
  place = newPlace();
  // Screens are written in JSX, which Node does not read: this needs the compiled program.
  setup();
});
afterAll(() => place[Symbol.dispose]());

test('demo on a terminal: says how to join, another process joins, q ends it', async () => {
  const dir = path.join(place.dir, 'demo');
  const args = [BUILT, 'demo', '--routers', '3', '--data-dir', dir];
  const terminal = spawn(process.execPath, args, { cols: 140, rows: 30, cwd: place.dir, env: { ...place.env, TERM: 'xterm' } });
  let screen = '';
  const gone = new Promise<number>((resolve) => terminal.onExit(({ exitCode }) => resolve(exitCode)));
  await new Promise<void>((resolve) => {
    terminal.onData((text) => {
      screen += text;
      if (screen.includes('edge-1') && screen.includes('routeros-mcp mcp')) resolve();
    });
    gone.then(() => resolve());
  });
  expect(screen).toContain(`ROUTEROS_MCP_DATA_DIR=${dir}`);
  const joined = await place.run(['get', 'system-identity', '--device', 'edge-1', '--data-dir', dir, '--json']);
  expect([joined.code, joined.json.data.items[0].name]).toEqual([0, 'edge-1']);
  terminal.write('q');
  expect(await gone).toBe(0);
});
