import { isIP } from 'node:net';
import { recordedRouters } from '../../simulator/fixtures.ts';
import { type RouterSpec, type SimulatedRouter, type Simulator, startSimulator } from '../../simulator/index.ts';
import { type Flags, spelled } from '../argv.ts';
import type { Run } from '../command.ts';
import { UsageError } from '../failure.ts';
import { table } from '../text-table.ts';
import { oneOf } from '../values.ts';

const MOST = 10_000;

/** Simulated routers for other processes, until SIGTERM or Ctrl-C. */
export const simulate: Run = async ({ flags, io, untilAsked }) => {
  const asked = untilAsked();
  await using simulator = await started(flags);
  const { routers, controlUrl } = simulator;
  if (io.json) {
    const lines = routers.map((router) => JSON.stringify(line(router)));
    await io.out([...lines, ...(controlUrl === undefined ? [] : [JSON.stringify({ controlUrl })])].join('\n'));
  } else {
    const columns = [
      { head: 'name', value: (row: (typeof routers)[number]) => row.name },
      { head: 'url', value: (row: (typeof routers)[number]) => row.url },
      { head: 'username', value: (row: (typeof routers)[number]) => row.username },
      { head: 'password', value: (row: (typeof routers)[number]) => row.password },
      { head: 'board', value: (row: (typeof routers)[number]) => row.board },
      { head: 'version', value: (row: (typeof routers)[number]) => row.version },
    ];
    await io.out(table(io, columns, routers));
    if (controlUrl !== undefined) await io.out(`control ${controlUrl}`);
    io.note('Serving until Ctrl-C.');
  }
  await asked;
  return {};
};

/** What another process needs of a router. Doors that were not asked for are left out. */
function line({ name, url, username, password, httpsUrl, certificate, sshPort, hostKey }: SimulatedRouter) {
  return {
    name,
    url,
    username,
    password,
    ...(httpsUrl !== undefined && { httpsUrl, fingerprint: certificate?.fingerprint256 }),
    ...(sshPort !== undefined && { sshPort, hostKey }),
  };
}

async function started(flags: Flags) {
  const specs = wantedSpecs(flags);
  const routers = flags.whole('routers', { min: 1, max: MOST }) ?? (flags.texts('recording').length || 3);
  const basePort = flags.whole('base-port', { min: 1, max: 65_536 - routers * 3 });
  const latencyMs = flags.whole('latency', { min: 0, max: 60_000 });
  const seed = flags.whole('seed', { min: 0, max: 999_999_999 });
  try {
    const simulator = await startSimulator({
      routers,
      ...(specs && { specs }),
      ...(basePort === undefined ? {} : { basePort }),
      ...(latencyMs === undefined ? {} : { latencyMs }),
      ...(seed === undefined ? {} : { seed }),
      https: flags.on('https'),
      ssh: flags.on('ssh'),
      ...(flags.on('loopbacks') && { hosts: '127.x' as const }),
      control: flags.on('control'),
    });
    return await withInterface(simulator, flags.text('management-interface'));
  } catch (thrown) {
    throw portProblem(thrown) ?? thrown;
  }
}

/** Which routers, and where we seem to come from; undefined where nothing of it was said. */
function wantedSpecs(flags: Flags): readonly RouterSpec[] | undefined {
  const source = flags.text('management-source');
  const name = flags.text('management-interface');
  const recordings = flags.texts('recording').map((text) => oneOf('recording', text, recordedRouters()));
  if (source !== undefined && isIP(source) === 0)
    throw new UsageError(`--management-source does not take ${spelled(source)}.`, 'Give an IP address: 203.0.113.200.');
  if (recordings.length === 0 && source === undefined && name === undefined) return undefined;
  const management = { ...(source !== undefined && { source }), ...(name !== undefined && { interface: name }) };
  const moved = Object.keys(management).length > 0 && { management };
  return (recordings.length > 0 ? recordings : recordedRouters()).map((recording) => ({ recording, ...moved }));
}

/** A router without that interface would not be reached from there in any way: that is a typing error. */
async function withInterface(simulator: Simulator, name: string | undefined): Promise<Simulator> {
  const lacks =
    name === undefined ? undefined : simulator.routers.find((router) => !router.rows('/interface').some((row) => row['name'] === name));
  if (!lacks || name === undefined) return simulator;
  const names = lacks.rows('/interface').map((row) => row['name'] ?? '');
  await simulator.close();
  throw new UsageError(`${lacks.name} has no interface ${spelled(name)}.`, `It has: ${names.join(', ')}.`, { allowed: names });
}

function portProblem(thrown: unknown): UsageError | undefined {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  if (code === 'EADDRINUSE')
    return new UsageError('One of the ports is in use.', 'Choose another --base-port, or leave it out: free ports are found.');
  if (code === 'EACCES') return new UsageError('These ports are reserved.', 'Choose a --base-port from 1024 on.');
  return undefined;
}
