import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { type Simulator, startSimulator } from '../../src/simulator/index.ts';
import { PROGRAM } from './built.ts';

/** Simulated routers, a data directory of its own, and the real program as people and clients start it. */
export interface Stage extends AsyncDisposable {
  readonly simulator: Simulator;
  readonly env: Readonly<Record<string, string>>;
  /** Runs one command to its end; `--json` is added. */
  run(
    args: readonly string[],
    input?: string,
  ): Promise<{ readonly code: number | null; readonly json: Record<string, unknown>; readonly stderr: string }>;
  /** A client that speaks MCP over stdio to the real server. */
  client(): Promise<Client>;
}

export async function openStage(routers: number): Promise<Stage> {
  const simulator = await startSimulator({ routers });
  const dir = mkdtempSync(path.join(tmpdir(), 'routeros-mcp-story-'));
  const env = { ...inherited(), ROUTEROS_MCP_DATA_DIR: path.join(dir, 'data') };
  const clients: Client[] = [];
  const run: Stage['run'] = async (args, input = '') => {
    const child = spawn(process.execPath, [PROGRAM, ...args, '--json'], { env, stdio: ['pipe', 'pipe', 'pipe'] });
    child.stdin.end(input);
    const [stdout, stderr, code] = await Promise.all([textOf(child.stdout), textOf(child.stderr), ended(child)]);
    return { code, json: JSON.parse(stdout) as Record<string, unknown>, stderr };
  };
  for (const [index, router] of simulator.routers.entries()) {
    const args = ['device', 'add', `edge-${index + 1}`, '--address', router.url, '--username', router.username, '--password-stdin'];
    const added = await run([...args, '--environment', 'lab', '--tag', 'role=edge', '--allow', 'advanced-writes'], router.password);
    if (added.code !== 0) throw new Error(`device add ended with ${added.code}: ${JSON.stringify(added.json)}`);
  }
  return {
    simulator,
    env,
    run,
    client: async () => {
      const client = new Client({ name: 'story-client', version: '1.0.0' });
      await client.connect(new StdioClientTransport({ command: process.execPath, args: [PROGRAM, 'mcp'], env }));
      clients.push(client);
      return client;
    },
    [Symbol.asyncDispose]: async () => {
      for (const client of clients) await client.close();
      await simulator.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

const inherited = (): Record<string, string> =>
  Object.fromEntries(['PATH', 'HOME', 'LANG'].flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}

const ended = (child: ChildProcess): Promise<number | null> => new Promise((resolve) => child.once('close', resolve));

/** What a tool call came to: its structured half, and whether it is an error. */
export async function call(
  client: Client,
  name: string,
  args: Record<string, unknown>,
): Promise<{ readonly isError: boolean; readonly data: Record<string, unknown> }> {
  const result = await client.callTool({ name, arguments: args });
  return { isError: result.isError === true, data: (result.structuredContent ?? {}) as Record<string, unknown> };
}
