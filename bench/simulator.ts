import { type Simulator, type SimulatorOptions, startSimulator } from '../src/simulator/index.ts';
import { serve } from './kit/serve.ts';

/** A simulated router as another process needs it. */
export interface Target {
  readonly name: string;
  readonly url: string;
  readonly host: string;
  readonly username: string;
  readonly password: string;
  readonly version: string;
  readonly sshPort?: number;
  readonly hostKey?: string;
}

/** What the routers saw, all together. */
export interface Seen {
  readonly requests: number;
  /** Answered with anything but success. */
  readonly failed: number;
  /** Not answered: they are under way, or their connection broke. */
  readonly open: number;
  /** Most requests that were ever under way at any one of them. */
  readonly mostInFlight: number;
}

/** A request as a router saw and answered it: enough to send it again. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly status: number | undefined;
}

let simulator: Simulator | undefined;

const routers = (): Simulator['routers'] => {
  if (!simulator) throw new Error('no simulator was started');
  return simulator.routers;
};

/** The routers run here and nowhere else: what they cost is nobody's processor time but theirs. */
export const verbs = {
  start: async (options: SimulatorOptions): Promise<readonly Target[]> => {
    simulator = await startSimulator(options);
    return routers().map(({ name, url, host, username, password, version, sshPort, hostKey }) => ({
      name,
      url,
      host,
      username,
      password,
      version,
      ...(sshPort !== undefined && { sshPort }),
      ...(hostKey !== undefined && { hostKey }),
    }));
  },
  seen: (): Seen => {
    const all = routers();
    const entries = all.flatMap((router) => router.requests());
    return {
      requests: entries.length,
      failed: entries.filter(({ status }) => status !== undefined && status !== 200).length,
      open: entries.filter(({ status }) => status === undefined).length,
      mostInFlight: Math.max(...all.map((router) => router.maxInFlight)),
    };
  },
  /** What a router was asked after its first so many requests. */
  asked: ({ name, after }: { readonly name: string; readonly after: number }): readonly Asked[] =>
    (
      routers()
        .find((router) => router.name === name)
        ?.requests() ?? []
    )
      .slice(after)
      .map(({ method, path, body, status }) => ({ method, path, body, status })),
  /** Microseconds of it that were used up to now. */
  processorTime: (): number => {
    const { user, system } = process.cpuUsage();
    return user + system;
  },
  /** They take connections, and never answer. */
  blackHole: async (names: readonly string[]): Promise<void> => {
    const chosen = routers().filter(({ name }) => names.includes(name));
    await Promise.all(chosen.map((router) => router.fault({ action: { kind: 'half-open' } })));
  },
  /** Every request takes so many milliseconds more. */
  slow: async (ms: number): Promise<void> => {
    await Promise.all(routers().map((router) => router.fault({ action: { kind: 'delay', ms } })));
  },
  heal: async (): Promise<void> => {
    await Promise.all(routers().map((router) => router.clearFaults()));
  },
};

serve(verbs, async () => simulator?.close());
