import type { Client, ConnectConfig } from 'ssh2';
import ssh2 from 'ssh2';
import { UnreachableError } from '../core/errors.ts';
import { type Dial, dialDirectly } from './dial.ts';
import { plainHostKey } from './host-key.ts';
import { type KeyCheck, sshError } from './ssh-errors.ts';
import { algorithmsFor, loginMethods } from './ssh-login.ts';
import type { SshLimits, SshTarget } from './ssh-target.ts';

/** An idle connection that died without a word is found out after three of these (ms). */
const KEEP_ALIVE = 15_000;

/**
 * Connects and logs in. The host key is compared before anything of the account is sent.
 * @param username with or without a suffix
 * @throws UnreachableError `HOST_KEY_UNKNOWN`, `HOST_KEY_CHANGED`, `LOGIN_REFUSED`, `TIMED_OUT`, `NOT_A_ROUTER`, `UNREACHABLE`
 */
export async function connectSsh(target: SshTarget, username: string, limits: SshLimits): Promise<Client> {
  const pins = new Set(target.hostKeys.map(plainHostKey).filter((pin) => pin !== undefined));
  const authHandler = loginMethods(username, target.login);
  let check: KeyCheck = 'none';
  let seen = '';
  const config: ConnectConfig = {
    username,
    authHandler,
    hostHash: 'sha256',
    hostVerifier: (hash: string) => {
      seen = plainHostKey(hash) ?? '';
      check = pins.size === 0 ? 'unknown' : pins.has(seen) ? 'accepted' : 'changed';
      return check === 'accepted';
    },
    keepaliveInterval: KEEP_ALIVE,
    keepaliveCountMax: 3,
    readyTimeout: limits.connect,
    algorithms: algorithmsFor(target.legacy),
  };
  return opened(target, limits, config).catch((thrown: unknown) => {
    throw sshError(thrown, check, seen);
  });
}

async function opened(target: Pick<SshTarget, 'host' | 'port' | 'dial'>, limits: SshLimits, config: ConnectConfig): Promise<Client> {
  const dial: Dial = target.dial ?? dialDirectly(limits.connect);
  const sock = await dial(target.host, target.port);
  const client = new ssh2.Client();
  return new Promise((resolve, reject) => {
    const fail = (thrown: unknown): void => {
      client.destroy();
      sock.destroy();
      reject(thrown);
    };
    const closed = (): void => fail(new Error('closed'));
    let isReady = false;
    // It stays: an error that comes later is followed by the close, and unheard it would end the process.
    client.on('error', (thrown) => {
      if (!isReady && !isOfAgent(thrown)) fail(thrown);
    });
    client.once('close', closed);
    client.once('ready', () => {
      isReady = true;
      client.off('close', closed);
      client.setNoDelay(true);
      resolve(client);
    });
    try {
      client.connect({ ...config, sock });
    } catch (thrown) {
      fail(thrown);
    }
  });
}

/** An agent that is not there, or has no key: the next way to log in is tried all the same. */
const isOfAgent = (thrown: Error): boolean => 'level' in thrown && thrown.level === 'agent';

/**
 * The fingerprint of the host key a box shows, and nothing more: the connection ends before any account is named.
 * @param address where the SSH service answers
 * @returns `SHA256:...`, to be compared by a person
 * @throws UnreachableError nobody answers, or what answers does not speak SSH
 */
export async function seeHostKey(address: Pick<SshTarget, 'host' | 'port' | 'legacy' | 'dial'>, limits: SshLimits): Promise<string> {
  let seen = '';
  const hostVerifier = (hash: string): boolean => {
    seen = plainHostKey(hash) ?? '';
    return false;
  };
  const config: ConnectConfig = {
    username: 'none',
    authHandler: [],
    hostHash: 'sha256',
    hostVerifier,
    readyTimeout: limits.connect,
    algorithms: algorithmsFor(address.legacy),
  };
  try {
    (await opened(address, limits, config)).destroy();
  } catch (thrown) {
    if (seen !== '') return seen;
    throw sshError(thrown, 'none', '');
  }
  throw new UnreachableError('The box showed no SSH host key.', { code: 'NOT_A_ROUTER', retryable: false, hint: 'Check the port.' });
}
