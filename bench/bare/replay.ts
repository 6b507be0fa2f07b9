// The least that sends a list of requests to a router: undici, one client, one after the other, answers parsed as JSON.
import { Client } from 'undici';
import { serve } from '../kit/serve.ts';
import type { Asked, Target } from '../simulator.ts';

let client: Client | undefined;
let authorization = '';

export interface Replayed {
  /** Microseconds of processor time of this process. */
  readonly cpu: number;
  /** How many were answered as they had been before. */
  readonly alike: number;
}

export const verbs = {
  know: ({ url, username, password }: Target): void => {
    client = new Client(url, { pipelining: 1 });
    authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  },
  replay: async (list: readonly Asked[]): Promise<Replayed> => {
    if (!client) throw new Error('no router is known');
    const before = process.cpuUsage();
    let alike = 0;
    for (const { method, path, body, status } of list) {
      const headers = { authorization, ...(body !== '' && { 'content-type': 'application/json' }) };
      const answer = await client.request({ method, path: `/rest${path}`, headers, ...(body !== '' && { body }) });
      const text = await answer.body.text();
      if (text !== '') JSON.parse(text);
      if (answer.statusCode === status) alike += 1;
    }
    const { user, system } = process.cpuUsage(before);
    return { cpu: user + system, alike };
  },
};

serve(verbs, async () => client?.close());
