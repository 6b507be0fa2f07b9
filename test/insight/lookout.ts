import type { Link } from '../../src/lib/client/types.ts';
import { type SimulatedRouter, type SimulatorOptions, startSimulator } from '../../src/simulator/index.ts';
import { lineTo } from '../client/rig.ts';

export const EDGE = 'rb5009_7.20.6';
export const CORE = 'chr_7.24';
export const ACCESS = 'hap-ax3_7.22.1';

/** One simulated router, and the real client towards it. */
export interface Lookout extends AsyncDisposable {
  readonly router: SimulatedRouter;
  readonly link: Link;
  readonly facts: { readonly version: string; readonly absentMenus: readonly string[] };
  /** Another admin changes the row that has this value. */
  edit(menu: string, where: readonly [name: string, value: string] | undefined, values: Readonly<Record<string, string>>): void;
  remove(menu: string, where: readonly [name: string, value: string]): void;
  /** From now on the router refuses what is asked of this path. */
  refuse(path: string, status?: number, detail?: string): Promise<void>;
}

export async function lookout(recording: string, options: SimulatorOptions = {}): Promise<Lookout> {
  const simulator = await startSimulator({ specs: [{ recording, name: 'one' }], ...options });
  const [router] = simulator.routers;
  if (!router) throw new Error('no router');
  const line = lineTo(router.url, { username: router.username, password: router.password });
  const idOf = (menu: string, [name, value]: readonly [string, string]): string => {
    const id = router.rows(menu).find((row) => row[name] === value)?.['.id'];
    if (id === undefined) throw new Error(`no row of ${menu} has ${name}=${value}`);
    return id;
  };
  return {
    router,
    link: line.link,
    facts: { version: router.version, absentMenus: [] },
    edit: (menu, where, values) => router.edit(menu, where && idOf(menu, where), values),
    remove: (menu, where) => router.remove(menu, idOf(menu, where)),
    refuse: (path, status = 400, detail = 'no such command or directory (x)') =>
      router.fault({ path, action: { kind: 'answer', status, detail } }),
    [Symbol.asyncDispose]: async () => {
      await line[Symbol.asyncDispose]();
      await simulator.close();
    },
  };
}
