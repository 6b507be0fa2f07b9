import { createHash, generateKeyPairSync } from 'node:crypto';
import net from 'node:net';
import type { AuthContext, Connection, ServerChannel } from 'ssh2';
import ssh2 from 'ssh2';
import { plainHostKey } from '../../src/lib/client/host-key.ts';
import { openSsh, type Ssh } from '../../src/lib/client/ssh.ts';
import type { SshLimits, SshTarget } from '../../src/lib/client/ssh-target.ts';
import { Secret } from '../../src/lib/core/secret.ts';
import { PASSWORD, USER } from './rig.ts';

/** What a console does with one line: says something, or does something to the connection. */
export type Console = (line: string, channel: ServerChannel, connection: Connection, socket: net.Socket) => string | Buffer | undefined;

export interface SshServerOptions {
  readonly console?: Console;
  /** Decides on each attempt; by default the user and the password, or the suffix, are compared. */
  readonly login?: (attempt: AuthContext) => void;
  readonly hostKeys?: readonly string[];
  readonly algorithms?: ssh2.ServerConfig['algorithms'];
  /** Where a forwarded connection goes; refused without it. */
  readonly forward?: (host: string, port: number) => { readonly host: string; readonly port: number } | undefined;
}

export interface SshTestServer extends AsyncDisposable {
  readonly port: number;
  /** SHA-256 of the first host key. */
  readonly hostKey: string;
  /** Lines that were run, in order. */
  readonly lines: readonly string[];
  /** User names and methods, in the order in which they were tried. */
  readonly attempts: readonly string[];
  /** Connections ever made, and open now. */
  readonly connections: number;
  readonly open: number;
  /** Commands under way at once, at most. */
  readonly most: number;
}

const keyOf = (kind: 'ed25519' | 'rsa'): string =>
  kind === 'rsa'
    ? generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
    : ssh2.utils.generateKeyPairSync('ed25519').private;

export const HOST_KEY = keyOf('ed25519');
export const OTHER_KEY = keyOf('ed25519');
export const RSA_KEY = keyOf('rsa');

export function fingerprint(key: string): string {
  const parsed = ssh2.utils.parseKey(key);
  if (parsed instanceof Error) throw parsed;
  const hash = createHash('sha256').update(parsed.getPublicSSH()).digest('hex');
  return plainHostKey(hash) ?? '';
}

/** The end marker that a line asks for. */
export const markerOf = (line: string): string => /:put "(MK-END-[0-9a-z]+)"$/.exec(line)?.[1] ?? '';

/** A router that answers, and then says the marker. */
export const says =
  (text: string | ((line: string) => string)): Console =>
  (line) =>
    `${typeof text === 'string' ? text : text(line)}\r\n${markerOf(line)}\r\n`;

export const passwordLogin = (attempt: AuthContext): void => {
  const isUser = attempt.username === USER || attempt.username === `${USER}+cte512w`;
  if (isUser && attempt.method === 'password' && attempt.password === PASSWORD) attempt.accept();
  else attempt.reject(['password']);
};

export async function sshServer(options: SshServerOptions = {}): Promise<SshTestServer> {
  const { console: answer = says(''), login = passwordLogin, hostKeys = [HOST_KEY], algorithms } = options;
  const lines: string[] = [];
  const attempts: string[] = [];
  const sockets = new Set<net.Socket>();
  let connections = 0;
  let underWay = 0;
  let most = 0;
  const server = new ssh2.Server({ hostKeys: [...hostKeys], ...(algorithms && { algorithms }) }, (connection) => {
    connection.on('error', () => undefined);
    connection.on('authentication', (attempt) => {
      attempts.push(`${attempt.username} ${attempt.method}`);
      login(attempt);
    });
    connection.on('session', (accept) => {
      accept().on('exec', (acceptExec, _reject, { command }) => {
        const channel = acceptExec();
        lines.push(command);
        underWay += 1;
        most = Math.max(most, underWay);
        channel.on('error', () => undefined);
        channel.on('close', () => {
          underWay -= 1;
        });
        const said = answer(command, channel, connection, socketOf(connection));
        if (said === undefined) return;
        channel.write(said, () => {
          channel.exit(0);
          channel.end();
        });
      });
    });
    connection.on('tcpip', (accept, reject, { destIP, destPort }) => {
      const to = options.forward?.(destIP, destPort);
      if (!to) return reject();
      const there = net.connect({ ...to, noDelay: true });
      there.once('error', () => reject());
      there.once('connect', () => {
        const channel = accept();
        channel.on('error', () => there.destroy());
        there.on('error', () => channel.destroy());
        channel.on('close', () => there.destroy());
        there.on('close', () => channel.destroy());
        channel.pipe(there).pipe(channel);
      });
    });
  });
  const listener = net.createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    server.injectSocket(socket);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  return {
    port: (listener.address() as net.AddressInfo).port,
    hostKey: fingerprint(hostKeys[0] ?? ''),
    lines,
    attempts,
    get connections() {
      return connections;
    },
    get open() {
      return sockets.size;
    },
    get most() {
      return most;
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}

const socketOf = (connection: Connection): net.Socket => (connection as unknown as { readonly _sock: net.Socket })._sock;

export const targetOf = (server: SshTestServer, more: Partial<SshTarget> = {}): SshTarget => ({
  host: '127.0.0.1',
  port: server.port,
  username: USER,
  login: { password: new Secret(PASSWORD) },
  hostKeys: [server.hostKey],
  ...more,
});

export const BRISK: SshLimits = { connect: 4_000, command: 4_000 };

/** The real client, towards one server. */
export function sshTo(server: SshTestServer, more: Partial<SshTarget> = {}, limits: SshLimits = BRISK): Ssh & AsyncDisposable {
  const ssh = openSsh(targetOf(server, more), limits);
  return { ...ssh, [Symbol.asyncDispose]: () => ssh.close() };
}

/** Waits until it is so; the time-out of the test is the limit. */
export const until = async (met: () => boolean): Promise<void> => {
  while (!met()) await new Promise((resolve) => setTimeout(resolve, 2));
};
