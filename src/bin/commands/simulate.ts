import { type SimulatedRouter, startSimulator } from '../../simulator/index.ts';
import type { Flags } from '../argv.ts';
import type { Run } from '../command.ts';
import { UsageError } from '../failure.ts';
import { table } from '../text-table.ts';

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
  const routers = flags.whole('routers', { min: 1, max: MOST }) ?? 3;
  const basePort = flags.whole('base-port', { min: 1, max: 65_536 - routers * 3 });
  const latencyMs = flags.whole('latency', { min: 0, max: 60_000 });
  const seed = flags.whole('seed', { min: 0, max: 999_999_999 });
  try {
    return await startSimulator({
      routers,
      ...(basePort === undefined ? {} : { basePort }),
      ...(latencyMs === undefined ? {} : { latencyMs }),
      ...(seed === undefined ? {} : { seed }),
      https: flags.on('https'),
      ssh: flags.on('ssh'),
      ...(flags.on('loopbacks') && { hosts: '127.x' as const }),
      control: flags.on('control'),
    });
  } catch (thrown) {
    throw portProblem(thrown) ?? thrown;
  }
}

function portProblem(thrown: unknown): UsageError | undefined {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  if (code === 'EADDRINUSE')
    return new UsageError('One of the ports is in use.', 'Choose another --base-port, or leave it out: free ports are found.');
  if (code === 'EACCES') return new UsageError('These ports are reserved.', 'Choose a --base-port from 1024 on.');
  return undefined;
}
