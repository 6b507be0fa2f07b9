import type { Socket } from 'node:net';
import type { Connection, Session } from 'ssh2';
import ssh2 from 'ssh2';
import { sessionLost } from '../safe-mode.ts';
import type { RouterParts } from '../simulated-router.ts';
import type { Core } from '../skins/core.ts';
import { rowsOf } from '../state/tables.ts';
import { openConsole } from './accounts.ts';
import { authenticate, type Visitor } from './authenticate.ts';
import { consoleLine } from './console.ts';
import { forward } from './forward.ts';
import { type HostKey, newHostKey, sharedHostKey } from './keys.ts';
import { print } from './print.ts';
import { serveShell } from './shell.ts';

/** SSH on a router: who it says it is, and what it does on a connection. */
export interface SshSkin {
  readonly fingerprint: string;
  /** Another host key; answers its fingerprint. */
  replace(): string;
  speak(socket: Socket): void;
}

/** What a connection has, once somebody is in. */
export interface Inside {
  readonly parts: RouterParts;
  readonly core: Core;
  readonly socket: Socket;
  readonly visitor: Visitor;
  /** Runs one line in the order of this connection, in a console session that goes by this name. */
  run(line: string, console: string): ReturnType<Core['command']>;
}

let connections = 0;
let consoles = 0;

/** Every channel is a console of its own. */
export function consoleName(): string {
  consoles += 1;
  return `console ${consoles}`;
}

function serveSession(inside: Inside, session: Session): void {
  session.on('pty', (accept) => accept?.());
  session.on('window-change', (accept) => accept?.());
  session.on('env', (accept) => accept?.());
  session.on('exec', (accept, _reject, { command }) => {
    const channel = accept();
    channel.on('error', () => channel.destroy());
    const console = consoleName();
    void inside
      .run(command, console)
      .finally(() => sessionLost(inside.parts.state(), console, inside.core.now()))
      .then((outcome) => print(channel, inside.socket, outcome, inside.core.pause))
      .then((more) => {
        if (!more) return;
        // The status says nothing: it is 0 after failures too.
        channel.exit(0);
        channel.end();
      });
  });
  session.on('shell', (accept) => serveShell(inside, accept(), consoleName()));
}

function serveConnection(parts: RouterParts, core: Core, socket: Socket, connection: Connection): void {
  const router = parts.state();
  connections += 1;
  const session = `ssh ${connections}`;
  let visitor: Visitor | undefined;
  const gate = {
    router,
    now: core.now,
    refusesSuffix: () => core.faults.standing('refuse-suffix', 'ssh') !== undefined,
    enter: (who: Visitor) => {
      visitor = who;
    },
  };
  connection.on('authentication', (context) => {
    authenticate(gate, context).catch(() => context.reject());
  });
  connection.on('ready', () => {
    if (!visitor) return;
    const { account } = visitor;
    const leave = openConsole(router, account, core.now);
    connection.on('close', leave);
    const run = (line: string, console: string) =>
      core.command({ line, session, run: (now) => consoleLine(router, account, line, now, console) });
    const inside: Inside = { parts, core, socket, visitor, run };
    connection.on('session', (accept) => serveSession(inside, accept()));
    connection.on('tcpip', (accept, reject, info) => forward(router, info, accept, reject));
  });
  // Clients hang up in the middle of things; the socket's own listeners clean up.
  connection.on('error', () => socket.destroy());
}

export function sshSkin(parts: RouterParts, core: Core): SshSkin {
  const type = (): 'rsa' | 'ed25519' => (rowsOf(parts.state(), '/ip/ssh')[0]?.['host-key-type'] === 'ed25519' ? 'ed25519' : 'rsa');
  let key = parts.ownKeys ? newHostKey(type()) : sharedHostKey(type());
  let wrong: HostKey | undefined;
  return {
    get fingerprint() {
      return key.fingerprint;
    },
    replace: () => {
      key = newHostKey(type());
      return key.fingerprint;
    },
    speak: (socket) => {
      if (core.faults.standing('changed-host-key', 'ssh')) wrong ??= newHostKey(type());
      else wrong = undefined;
      // A server of its own for each connection: which of a server's connections belongs to which socket is nowhere said.
      const server = new ssh2.Server({ hostKeys: [(wrong ?? key).privateKey], ident: 'ROSSSH' });
      server.on('connection', (connection) => serveConnection(parts, core, socket, connection));
      server.injectSocket(socket);
    },
  };
}
