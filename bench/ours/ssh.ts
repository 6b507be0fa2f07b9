// Our reader over SSH, with the queue in front that it always has.
import { openQueue } from '../../src/lib/client/queue.ts';
import { openSsh } from '../../src/lib/client/ssh.ts';
import { openSshReader, type SshReader } from '../../src/lib/client/ssh-reader.ts';
import { Secret, systemClock } from '../../src/lib/index.ts';
import { type Commands, inSeries } from '../kit/commands.ts';
import { serve } from '../kit/serve.ts';
import type { Target } from '../simulator.ts';

let reader: SshReader | undefined;

async function readOne(): Promise<Readonly<Record<string, unknown>>> {
  const row = (await reader?.read({ verb: 'read', menu: '/system/resource' }))?.[0];
  if (!row) throw new Error('nothing was read');
  return row;
}

export const verbs = {
  connect: async ({ host, sshPort, hostKey, username, password, version }: Target): Promise<void> => {
    const target = {
      host,
      port: sshPort ?? 0,
      username,
      login: { password: new Secret(password) },
      hostKeys: [hostKey ?? ''],
      wide: true,
    };
    reader = openSshReader(openSsh(target), { queue: openQueue(), clock: systemClock, version });
    await readOne();
  },
  commands: (times: number): Promise<Commands> => inSeries(times, readOne),
};

serve(verbs, async () => reader?.close());
