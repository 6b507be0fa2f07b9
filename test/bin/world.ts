import { type SimulatedRouter, type Simulator, startSimulator } from '../../src/simulator/index.ts';
import { newPlace, type Place, type Ran } from './program.ts';

/** Simulated routers in this process, enrolled by the real program in another. */
export interface World extends AsyncDisposable, Pick<Place, 'run' | 'start' | 'dir' | 'dataDir' | 'env'> {
  readonly simulator: Simulator;
  /** `edge-1`, lab. */
  readonly edge: SimulatedRouter;
  /** The id of a plan that sets the DNS servers of `edge-1`. */
  planDns(servers?: string): Promise<string>;
  /** The same, approved. */
  approvedDns(servers?: string): Promise<string>;
}

export interface Enrolment {
  readonly environment?: string;
  readonly allow?: readonly string[];
}

export async function startWorld(routers: readonly Enrolment[] = [{}]): Promise<World> {
  const place = newPlace();
  const simulator = await startSimulator({ specs: routers.map((_, at) => ({ recording: 'rb5009_7.20.6', name: `edge-${at + 1}` })) });
  const [edge] = simulator.routers;
  if (!edge) throw new Error('no router');
  for (const [at, router] of simulator.routers.entries()) {
    const { environment = 'lab', allow = ['advanced-writes', 'professional-workflows', 'firewall-writes'] } = routers[at] ?? {};
    const added = await enrol(place, router, environment, allow);
    if (added.code !== 0) throw new Error(`not enrolled: ${added.stdout}${added.stderr}`);
  }
  const { run, start, dir, dataDir, env } = place;
  const planDns: World['planDns'] = async (servers = '1.1.1.1,8.8.8.8') => {
    const planned = await run(['plan', 'set', 'dns', '--device', 'edge-1', `servers=${servers}`, '--json']);
    return String(planned.json.data.planId);
  };
  const approvedDns: World['approvedDns'] = async (servers) => {
    const planId = await planDns(servers);
    const approved = await run(['plan', 'approve', planId, '--yes', '--json']);
    if (approved.code !== 0) throw new Error(`not approved: ${approved.stdout}${approved.stderr}`);
    return planId;
  };
  return {
    simulator,
    edge,
    run,
    start,
    dir,
    dataDir,
    env,
    planDns,
    approvedDns,
    [Symbol.asyncDispose]: async () => {
      await simulator.close();
      place[Symbol.dispose]();
    },
  };
}

export function enrol(
  place: Pick<Place, 'run'>,
  router: SimulatedRouter,
  environment = 'lab',
  allow: readonly string[] = [],
): Promise<Ran> {
  const allowed = allow.flatMap((word) => ['--allow', word]);
  const args = ['device', 'add', router.name, '--address', router.url, '--username', router.username, '--password-stdin'];
  return place.run([...args, '--environment', environment, ...allowed, '--json'], { input: router.password });
}
