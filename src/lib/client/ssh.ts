import type { Client } from 'ssh2';
import { RouterError, UnreachableError } from '../core/errors.ts';
import { newRequestId } from '../core/ids.ts';
import type { Dial } from './dial.ts';
import { type Command, consoleLine, whatOf } from './ssh-commands.ts';
import { connectSsh } from './ssh-connect.ts';
import { broken, execLine } from './ssh-exec.ts';
import { SSH_LIMITS, type SshLimits, type SshTarget } from './ssh-target.ts';
import { consoleRefusal } from './text/console-error.ts';

/** One SSH connection to one box, opened when it is first needed and again after it was lost. */
export interface Ssh {
  /**
   * Runs one command on a router's console and gives back what it printed, without the end marker. One at a time is up to the
   * caller's queue.
   * @throws RouterError the console refused; its words, cleaned, are in `details.routerText`
   * @throws UnreachableError nobody answers, the key or the login is refused, or the answer never came to its end
   */
  send(command: Command): Promise<Buffer>;
  /** A stream from there to somewhere else, as a jump host gives it. */
  readonly dial: Dial;
  /** Ends the connection; nothing is left open. */
  close(): Promise<void>;
}

/** No colours, no terminal detection, a dumb terminal, 512 columns: added to the user name (RouterOS login parameters). */
const WIDE = '+cte512w';

/** Nothing is sent before the first command. For reads and exports only: there is no command that changes a router. */
export function openSsh(target: SshTarget, limits: SshLimits = SSH_LIMITS): Ssh {
  const hide = hiding(target);
  let live: Promise<Client> | undefined;
  let isWide = target.wide === true;
  let isClosed = false;

  const connect = async (): Promise<Client> => {
    if (!isWide) return connectSsh(target, target.username, limits);
    try {
      return await connectSsh(target, `${target.username}${WIDE}`, limits);
    } catch (thrown) {
      if (!(thrown instanceof UnreachableError) || thrown.code !== 'LOGIN_REFUSED') throw thrown;
      const client = await connectSsh(target, target.username, limits);
      // It was the suffix that was refused, as some AAA servers do: it is not tried again.
      isWide = false;
      return client;
    }
  };

  const connection = async (): Promise<Client> => {
    if (isClosed) throw broken(false);
    if (live) return live;
    const opening = connect();
    live = opening;
    const forget = (): void => {
      if (live === opening) live = undefined;
    };
    opening.then((client) => client.once('close', forget), forget);
    return opening;
  };

  return {
    send: async (command) => {
      const marker = `MK-END-${newRequestId().slice(4)}`;
      // Before a connection is asked for: a command that cannot be written down needs none.
      const line = consoleLine(command, marker);
      return withoutMarker(await execLine(await connection(), line, limits), marker, whatOf(command), hide);
    },
    dial: async (host, port) => forward(await connection(), host, port, limits),
    close: async () => {
      isClosed = true;
      const client = await live?.catch(() => undefined);
      if (client) await ended(client);
    },
  };
}

/** Takes what the router may have echoed of the login out of its words. Short ones are words of every sentence. */
function hiding({ login }: SshTarget): (text: string) => string {
  const secrets = [login.password?.reveal(), login.key?.passphrase?.reveal()].filter(
    (secret) => secret !== undefined && secret.length >= 4,
  );
  return (text) => secrets.reduce<string>((left, secret) => left.replaceAll(secret ?? '', '[secret]'), text);
}

/** An answer counts only when its last line is the marker: an exit status of RouterOS says nothing. */
function withoutMarker(answer: Buffer, marker: string, what: string, hide: (text: string) => string): Buffer {
  const end = answer.lastIndexOf(marker);
  const before = end === 0 || answer[end - 1] === 0x0a;
  const after = answer.subarray(Math.max(0, end) + marker.length).toString('latin1');
  if (end !== -1 && before && after.trim() === '') return trimEnd(answer.subarray(0, end));
  const text = answer.toString('utf8');
  const known = consoleRefusal(text, what, hide);
  if (known) throw known;
  throw text.trim() === ''
    ? broken(false)
    : new RouterError('The router did not finish the command.', {
        code: 'ROUTER_FAULT',
        retryable: true,
        hint: 'Wait and read again.',
        details: { call: what, transport: 'ssh' },
      });
}

/** The line break before the marker is ours. */
function trimEnd(answer: Buffer): Buffer {
  const text = answer.subarray(-2).toString('latin1');
  return answer.subarray(0, answer.length - (text.endsWith('\r\n') ? 2 : text.endsWith('\n') ? 1 : 0));
}

function forward(client: Client, host: string, port: number, limits: SshLimits): ReturnType<Dial> {
  return new Promise((resolve, reject) => {
    const fail = (network: string): void => {
      clearTimeout(timer);
      reject(
        new UnreachableError('The jump host does not reach the router.', {
          code: network === 'JUMP_TIMEOUT' ? 'TIMED_OUT' : 'UNREACHABLE',
          hint: 'Check the way from there, and that it may forward (RouterOS: /ip ssh forwarding-enabled=local).',
          details: { network },
        }),
      );
    };
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      fail('JUMP_TIMEOUT');
    }, limits.connect);
    try {
      client.forwardOut('127.0.0.1', 0, host, port, (error, channel) => {
        if (error) return fail('JUMP_REFUSED');
        // It came after all, and nobody waits for it.
        if (isLate) return channel.destroy();
        clearTimeout(timer);
        resolve(channel);
      });
    } catch {
      fail('JUMP_CLOSED');
    }
  });
}

/** Says goodbye, and does not wait long for an answer. */
function ended(client: Client): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      client.destroy();
      resolve();
    }, 1_000);
    client.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    client.end();
  });
}
