import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/ajv';
import { type Allowance, agent, type Environment, type Fleet, person, Secret } from '../../src/lib/index.ts';
import { loadConfig, type Operator, openOperator } from '../../src/lib/operator.ts';
import { callTool, registry, type ToolResult } from '../../src/mcp/index.ts';
import type { ToolContext } from '../../src/mcp/tool.ts';
import { type RouterSpec, type SimulatedRouter, type Simulator, startSimulator } from '../../src/simulator/index.ts';

export interface WorldOptions {
  readonly specs?: readonly RouterSpec[];
  readonly environment?: Environment;
  readonly allow?: readonly Allowance[];
  /** A data directory that other processes can open as well. */
  readonly onDisk?: boolean;
  /** Settings by dotted key, as flags would give them. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** For tests of anything but the guard: arming it and taking it away again takes seconds. */
export const UNGUARDED = { 'guard.from': 'never' };

/** Simulated routers, a person who may approve, and a fleet that acts for an MCP client. */
export interface World extends AsyncDisposable {
  readonly simulator: Simulator;
  readonly routers: readonly SimulatedRouter[];
  readonly operator: Operator;
  readonly fleet: Fleet;
  readonly env: Readonly<Record<string, string>>;
  /** Calls a tool as the adapter does. */
  call(name: string, args?: Readonly<Record<string, unknown>>, signal?: AbortSignal): Promise<ToolResult>;
  /** The same, with everything it told on the way. */
  told(
    name: string,
    args: Readonly<Record<string, unknown>>,
  ): Promise<{ readonly result: ToolResult; readonly messages: readonly string[] }>;
}

const validators = new AjvJsonSchemaValidator();

const EDGE = 'rb5009_7.20.6';

/** Enrols the routers as `edge-1`, `edge-2`, ... in one environment. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const { specs = [{ recording: EDGE, name: 'edge-1' }], environment = 'lab', allow = ['advanced-writes'], settings = {} } = options;
  const simulator = await startSimulator({ specs });
  const folder = await mkdtemp(path.join(tmpdir(), 'mcp-world-'));
  const env = { ROUTEROS_MCP_DATA_DIR: path.join(folder, 'data') };
  const { config } = loadConfig({ env, flags: settings });
  const terminal = person('tester', 'library', true);
  const operator = await openOperator({ config, store: options.onDisk ? 'file' : 'memory', actor: terminal });
  for (const router of simulator.routers) {
    await operator.addDevice({
      name: router.name,
      address: router.url,
      username: router.username,
      password: new Secret(router.password),
      environment,
      allow,
      tags: { site: 'test' },
    });
  }
  const fleet = operator.fleet.as(agent('test-client', 'tester', 'stdio'));
  const answer = async (name: string, args: Readonly<Record<string, unknown>>, more: Pick<ToolContext, 'signal' | 'progress'>) => {
    const tool = registry.find(name);
    if (!tool) throw new Error(`no tool ${name}`);
    const result = await callTool(tool, args, { fleet, ...more, keep: (work) => work });
    // What clients do, for refusals too: an answer that does not fit what was announced is thrown away by them.
    const { valid, errorMessage } = validators.getValidator(tool.outputSchema as never)(result.structured);
    if (!valid) throw new Error(`${name} answers what its schema forbids: ${errorMessage}`);
    return result;
  };
  const call: World['call'] = (name, args = {}, signal = new AbortController().signal) => answer(name, args, { signal });
  const told: World['told'] = async (name, args) => {
    const messages: string[] = [];
    const { signal } = new AbortController();
    const result = await answer(name, args, { signal, progress: ({ message }) => messages.push(message) });
    return { result, messages };
  };
  const dispose = async (): Promise<void> => {
    await operator.close();
    await simulator.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { simulator, routers: simulator.routers, operator, fleet, env, call, told, [Symbol.asyncDispose]: dispose };
}
