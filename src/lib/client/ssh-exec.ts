import type { Client, ClientChannel } from 'ssh2';
import { UnreachableError } from '../core/errors.ts';
import type { SshLimits } from './ssh-target.ts';

/** 64 MiB: several times the longest export of a real device. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Runs one line in a channel of its own, without a terminal, and gives back all that came.
 * After a time-out, or an answer that is too large, the connection is of no use any more and is ended.
 * @throws UnreachableError `TIMED_OUT`, `UNREACHABLE`
 */
export function execLine(client: Client, line: string, limits: SshLimits): Promise<Buffer> {
  const most = limits.most ?? MOST_BYTES;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const settle = (finish: () => void): void => {
      clearTimeout(timer);
      client.off('close', lost);
      finish();
    };
    const fail = (error: UnreachableError): void => settle(() => reject(error));
    const lost = (): void => fail(broken(size > 0));
    const end = (error: UnreachableError): void => {
      fail(error);
      client.destroy();
    };
    const timer = setTimeout(() => end(late()), limits.command);
    client.once('close', lost);
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > most) end(tooLarge());
      else chunks.push(chunk);
    };
    const listen = (channel: ClientChannel): void => {
      channel.on('data', take);
      channel.stderr.on('data', take);
      channel.on('error', () => undefined);
      channel.once('close', () => settle(() => resolve(Buffer.concat(chunks))));
      channel.end();
    };
    try {
      client.exec(line, (error, channel) => (error ? fail(notOpened()) : listen(channel)));
    } catch {
      fail(broken(false));
    }
  });
}

const late = (): UnreachableError =>
  new UnreachableError('The router did not answer in time.', {
    code: 'TIMED_OUT',
    hint: 'Check the link and the load of the router.',
    details: { transport: 'ssh', network: 'SSH_COMMAND_TIMEOUT' },
  });

const tooLarge = (): UnreachableError =>
  new UnreachableError("The router's answer is larger than what is taken.", {
    retryable: false,
    hint: 'Ask for fewer rows, or for one menu.',
    details: { transport: 'ssh', network: 'SSH_TOO_LARGE' },
  });

/** @param answered bytes of the answer had come */
export const broken = (answered: boolean): UnreachableError =>
  new UnreachableError(answered ? "The router's answer broke off in the middle." : 'The SSH connection broke off.', {
    hint: 'Check the link, then try again.',
    details: { transport: 'ssh', network: answered ? 'SSH_BROKE_OFF' : 'SSH_CLOSED' },
  });

const notOpened = (): UnreachableError =>
  new UnreachableError('The router let us in over SSH but runs no command.', {
    retryable: false,
    hint: 'The account needs the policies ssh and read.',
    details: { transport: 'ssh', network: 'SSH_NO_CHANNEL' },
  });
