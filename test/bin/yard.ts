import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type SimulatedRouter, type Simulator, startSimulator } from '../../src/simulator/index.ts';
import { newPlace, type Place, type Ran } from './program.ts';

/** Routers that speak HTTPS and SSH in this process; two of them are jump hosts. Nothing is enrolled. */
export interface Yard extends AsyncDisposable, Place {
  readonly simulator: Simulator;
  readonly edge: SimulatedRouter;
  readonly outer: SimulatedRouter;
  readonly inner: SimulatedRouter;
  /** Words of `device add` up to the password on stdin; the account is the router's own. */
  adding(name: string, router?: SimulatedRouter): readonly string[];
  /** `device add` with the router's password, and JSON. */
  add(name: string, more: readonly string[], options?: { readonly router?: SimulatedRouter } & Parameters<Place['run']>[1]): Promise<Ran>;
  /** A file below the home directory. */
  write(name: string, text: string): string;
}

export async function startYard(): Promise<Yard> {
  const place = newPlace();
  const simulator = await startSimulator({
    specs: [
      { recording: 'rb5009_7.20.6', name: 'edge' },
      { recording: 'chr_7.24', name: 'outer' },
      { recording: 'chr_7.24', name: 'inner' },
    ],
    https: true,
    ssh: true,
  });
  const [edge, outer, inner] = simulator.routers;
  if (!edge || !outer || !inner) throw new Error('no routers');
  for (const hop of [outer, inner]) {
    hop.changeHostKey();
    hop.edit('/ip/ssh', undefined, { 'forwarding-enabled': 'local' });
  }
  const adding: Yard['adding'] = (name, router = edge) => [
    ...['device', 'add', name, '--address', router.httpsUrl ?? '', '--username', router.username],
    ...['--environment', 'lab', '--allow', 'advanced-writes', '--password-stdin'],
  ];
  return {
    ...place,
    simulator,
    edge,
    outer,
    inner,
    adding,
    add: (name, more, { router = edge, ...options } = {}) =>
      place.run([...adding(name, router), ...more, '--json'], { input: router.password, ...options }),
    write: (name, text) => {
      const file = path.join(place.dir, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text, { mode: 0o600 });
      return file;
    },
    [Symbol.dispose]: () => place[Symbol.dispose](),
    [Symbol.asyncDispose]: async () => {
      await simulator.close();
      place[Symbol.dispose]();
    },
  };
}

export const pinOf = (router: SimulatedRouter): string => router.certificate?.fingerprint256 ?? '';
export const keyOf = (router: SimulatedRouter): string => router.hostKey ?? '';
export const portOf = (router: SimulatedRouter): string => String(router.sshPort ?? 0);
/** The flags that put a router behind both jump hosts, with keys and a password for each on descriptor 3. */
export const behind = ({ outer, inner }: Yard): readonly string[] => [
  ...['--via', `${outer.username}@127.0.0.1:${portOf(outer)}`, '--via', `${inner.username}@127.0.0.1:${portOf(inner)}`],
  ...['--via-host-key', keyOf(outer), '--via-host-key', keyOf(inner), '--via-password-fd', '3'],
];
export const passwords = ({ outer, inner }: Yard): string => `${outer.password}\n${inner.password}\n`;

/** Files below a directory that hold one of these texts, in bytes. */
export function holding(directory: string, texts: readonly string[]): readonly string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(directory, name))
    .filter((file) => statSync(file).isFile())
    .filter((file) => texts.some((text) => readFileSync(file).includes(text)));
}

/** Logins and commands a router heard of, whatever came of them. */
export const heard = (router: SimulatedRouter): number => router.requests().length;
