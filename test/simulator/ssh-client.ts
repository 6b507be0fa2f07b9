import ssh2, { type ClientChannel, type ConnectConfig } from 'ssh2';
import type { SimulatedRouter } from '../../src/simulator/index.ts';

export interface Printed {
  readonly text: string;
  readonly status: number | null;
}

export interface SshLogin extends AsyncDisposable {
  readonly client: ssh2.Client;
  /** The fingerprint the router showed. */
  readonly hostKey: string;
  run(command: string): Promise<Printed>;
  shell(): Promise<ClientChannel>;
}

/** Logs in over SSH with whatever differs from the router's own account. */
export async function sshLogin(router: Pick<SimulatedRouter, 'host' | 'sshPort' | 'username' | 'password'>, more: ConnectConfig = {}) {
  const client = new ssh2.Client();
  let hostKey = '';
  const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
  // More than one may come of one broken connection.
  client.on('error', () => client.end());
  await new Promise<void>((resolve, reject) => {
    client.once('ready', resolve);
    client.once('error', reject);
    client.once('close', () => reject(new Error('closed before it was ready')));
    client.connect({
      host: router.host,
      ...(router.sshPort === undefined ? {} : { port: router.sshPort }),
      username: router.username,
      password: router.password,
      hostHash: 'sha256',
      hostVerifier: (hash: string) => {
        hostKey = `SHA256:${Buffer.from(hash, 'hex').toString('base64').replace(/=+$/, '')}`;
        return true;
      },
      ...more,
    });
  });
  const login: SshLogin = {
    client,
    hostKey,
    run: (command) =>
      new Promise((resolve, reject) => {
        client.once('close', () => reject(new Error('the connection broke')));
        client.exec(command, (error, channel) => {
          if (error) return reject(error);
          let text = '';
          let status: number | null = null;
          channel.setEncoding('utf8');
          channel.on('data', (chunk: string) => {
            text += chunk;
          });
          channel.on('exit', (code: number) => {
            status = code;
          });
          channel.on('close', () =>
            status === null && text === '' ? reject(new Error('the connection broke')) : resolve({ text, status }),
          );
        });
      }),
    shell: () =>
      new Promise((resolve, reject) => {
        client.shell({ term: 'vt100', cols: 80, rows: 24 }, (error, channel) => (error ? reject(error) : resolve(channel)));
      }),
    [Symbol.asyncDispose]: async () => {
      client.end();
      await closed;
    },
  };
  return login;
}

/** Reads a shell until its text ends in something. */
export function reader(channel: ClientChannel): { until(end: RegExp): Promise<string> } {
  let text = '';
  let look: () => void = () => undefined;
  channel.setEncoding('utf8');
  channel.on('data', (chunk: string) => {
    text += chunk;
    look();
  });
  return {
    until: (end) =>
      new Promise((resolve) => {
        look = () => {
          if (!end.test(text)) return;
          look = () => undefined;
          const read = text;
          text = '';
          resolve(read);
        };
        look();
      }),
  };
}
