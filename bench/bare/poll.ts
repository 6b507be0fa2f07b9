// The least that asks routers how they are: undici, one client to a router, JSON, and the same two menus. No retries, no cleaning,
// no state. A client, since an agent for all would make a new one for every request, as RouterOS closes after each, and look
// through all of them: measured, it is the slower loop, and would flatter us.
import { Client } from 'undici';
import { type Look, type Measured, measured, type Round } from '../kit/looks.ts';
import { serve } from '../kit/serve.ts';
import type { Target } from '../simulator.ts';

interface Asked {
  readonly name: string;
  readonly url: string;
  readonly client: Client;
  readonly headers: { readonly authorization: string };
}

let routers: readonly Asked[] = [];

const clientOf = (url: string): Client => new Client(url, { pipelining: 1 });

type Answer = Readonly<Record<string, string>>;

async function ask({ client, headers }: Asked, menu: string): Promise<Answer> {
  const { statusCode, body } = await client.request({ method: 'GET', path: `/rest${menu}`, headers });
  if (statusCode !== 200) throw new Error(`status ${statusCode}`);
  // The recordings are known: this is what the simulator sends.
  return (await body.json()) as Answer;
}

async function look(router: Asked): Promise<Look> {
  const resource = await ask(router, '/system/resource');
  const identity = await ask(router, '/system/identity');
  return { name: identity['name'] ?? '', version: resource['version'] ?? '', memoryTotal: Number(resource['total-memory']) };
}

export const verbs = {
  know: (targets: readonly Target[]): void => {
    routers = targets.map(({ name, url, username, password }) => ({
      name,
      url,
      client: clientOf(url),
      headers: { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` },
    }));
  },
  /** All at once, so many times, with a pause between two rounds. */
  rounds: ({ rounds, pause }: { readonly rounds: number; readonly pause: number }): Promise<Measured> =>
    measured(async () => {
      const looks: Look[] = [];
      for (let round = 0; round < rounds; round += 1) {
        if (round > 0) await new Promise((resolve) => setTimeout(resolve, pause));
        looks.push(...(await Promise.all(routers.map(look))));
      }
      return looks;
    }),
  /** All at once but for the absent ones, and waits for all but the silent ones. */
  once: async ({ silent, absent }: Round): Promise<Measured> => {
    const asked = routers.filter(({ name }) => !absent.includes(name));
    const unheard = new Set(silent);
    const taken = await measured(() => {
      const looking = asked.map((router) => ({ router, looked: look(router) }));
      for (const { router, looked } of looking) if (unheard.has(router.name)) looked.catch(() => undefined);
      return Promise.all(looking.filter(({ router }) => !unheard.has(router.name)).map(({ looked }) => looked));
    });
    if (silent.length > 0) await giveUp();
    return taken;
  },
  /** As a program does that knows nothing of routers: four requests to each at the same time. */
  careless: async (): Promise<void> => {
    const several = routers.flatMap((router) => [1, 2, 3, 4].map(() => ({ ...router, client: clientOf(router.url) })));
    await Promise.all(several.map((router) => ask(router, '/system/identity')));
    await Promise.all(several.map(({ client }) => client.close()));
  },
};

/** What still waits for silent routers. */
async function giveUp(): Promise<void> {
  await Promise.all(routers.map(({ client }) => client.destroy()));
  routers = routers.map((router) => ({ ...router, client: clientOf(router.url) }));
}

serve(verbs, giveUp);
