import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/ajv';
import { type Allowance, agent, type Environment, type Fleet, person, Secret } from '../../src/lib/index.ts';
import { loadConfig, type Operator, openOperator } from '../../src/lib/operator.ts';
import { callTool, registry, type ToolResult } from '../../src/mcp/index.ts';
import { type RouterSpec, type SimulatedRouter, type Simulator, startSimulator } from '../../src/simulator/index.ts';

export interface WorldOptions {
  readonly specs?: readonly RouterSpec[];
  readonly environment?: Environment;
  readonly allow?: readonly Allowance[];
  /** A data directory that other processes can open as well. */
  readonly onDisk?: boolean;
}

/** Simulated routers, a person who may approve, and a fleet that acts for an MCP client. */
export interface World extends AsyncDisposable {
  readonly simulator: Simulator;
  readonly routers: readonly SimulatedRouter[];
  readonly operator: Operator;
  readonly fleet: Fleet;
  readonly env: Readonly<Record<string, string>>;
  /** Calls a tool as the adapter does. */
  call(name: string, args?: Readonly<Record<string, unknown>>, signal?: AbortSignal): Promise<ToolResult>;
}

const validators = new AjvJsonSchemaValidator();

const EDGE = 'rb5009_7.20.6';

/** Enrols the routers as `edge-1`, `edge-2`, ... in one environment. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const { specs = [{ recording: EDGE, name: 'edge-1' }], environment = 'lab', allow = ['advanced-writes'] } = options;
  const simulator = await startSimulator({ specs });
  const folder = await mkdtemp(path.join(tmpdir(), 'mcp-world-'));
  const env = { ROUTEROS_MCP_DATA_DIR: path.join(folder, 'data') };
  const { config } = loadConfig({ env });
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
  const call: World['call'] = async (name, args = {}, signal = new AbortController().signal) => {
    const tool = registry.find(name);
    if (!tool) throw new Error(`no tool ${name}`);
    const result = await callTool(tool, args, { fleet, signal, keep: (work) => work });
    // What clients do, for refusals too: an answer that does not fit what was announced is thrown away by them.
    const { valid, errorMessage } = validators.getValidator(tool.outputSchema as never)(result.structured);
    if (!valid) throw new Error(`${name} answers what its schema forbids: ${errorMessage}`);
    return result;
  };
  const dispose = async (): Promise<void> => {
    await operator.close();
    await simulator.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { simulator, routers: simulator.routers, operator, fleet, env, call, [Symbol.asyncDispose]: dispose };
}
