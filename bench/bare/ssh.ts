// The least that runs commands on a router over SSH: ssh2, one connection, without Nagle, a channel for each command, JSON.
import ssh2 from 'ssh2';
import { type Commands, inSeries } from '../kit/commands.ts';
import { serve } from '../kit/serve.ts';
import type { Target } from '../simulator.ts';

/** The very line that our reader sends for this menu; only the end marker is always the same. */
const LINE = ':put [:serialize to=json value=[/system/resource/print as-value]]; :put "MK-END-0000000000000000"';

const client = new ssh2.Client();

function run(): Promise<Readonly<Record<string, unknown>>> {
  return new Promise((resolve, reject) => {
    client.exec(LINE, (error, channel) => {
      if (error) return reject(error);
      let text = '';
      channel.on('data', (chunk: Buffer) => {
        text += chunk.toString('utf8');
      });
      channel.once('close', () => {
        try {
          // The recordings are known: this is what the simulator prints.
          resolve(JSON.parse(text.slice(0, text.indexOf('MK-END'))) as Readonly<Record<string, unknown>>);
        } catch (thrown) {
          reject(thrown);
        }
      });
    });
  });
}

export const verbs = {
  connect: ({ host, sshPort, username, password }: Target): Promise<void> =>
    new Promise((resolve, reject) => {
      client.once('error', reject);
      client.once('ready', () => {
        client.setNoDelay(true);
        resolve();
      });
      client.connect({ host, port: sshPort ?? 0, username, password });
    }),
  commands: (times: number): Promise<Commands> => inSeries(times, run),
};

serve(verbs, async () => void client.end());
