import { InputError, UnreachableError } from '../core/errors.ts';
import type { Dial } from './dial.ts';
import { openSsh, type Ssh } from './ssh.ts';
import type { SshLimits, SshTarget } from './ssh-target.ts';

/** A chain of jump hosts, each with a key of its own. */
export interface Jumps {
  /** Opens a stream at the far end of the chain; names are looked up there. */
  readonly dial: Dial;
  close(): Promise<void>;
}

/** More than this is a mistake, or a ring. */
const MOST_HOPS = 8;

/**
 * Connects through jump hosts, the first of which is reached over TCP. Nothing is opened before the first dial; one chain serves any
 * number of routers behind it, over SSH (`SshTarget.dial`) and REST (`RestTarget.dial`) alike.
 * @throws InputError no hop, or too many
 */
export function openJumps(hops: readonly Omit<SshTarget, 'dial' | 'wide'>[], limits: SshLimits): Jumps {
  const chain: Ssh[] = [];
  for (const hop of hops.slice(0, MOST_HOPS)) {
    const before = chain.at(-1);
    chain.push(openSsh({ ...hop, ...(before && { dial: before.dial }) }, limits));
  }
  const last = chain.at(-1);
  if (!last || hops.length > MOST_HOPS) throw new InputError(`There must be 1 to ${MOST_HOPS} jump hosts.`);
  return {
    dial: (host, port) => last.dial(host, port).catch((thrown: unknown) => Promise.reject(ofJumpHost(thrown))),
    close: async () => {
      // From the far end: the others carry it.
      for (const hop of chain.toReversed()) await hop.close();
    },
  };
}

/** What a jump host says is not the router's: whoever reads it must look in another place. */
function ofJumpHost(thrown: unknown): unknown {
  if (!(thrown instanceof UnreachableError)) return thrown;
  const { code, details, cause } = thrown;
  const about = { retryable: false, details: { ...details, at: 'jump host' }, cause };
  const again = 'routeros-mcp device update NAME --via ...';
  if (code === 'HOST_KEY_CHANGED') {
    return new UnreachableError('A jump host shows another SSH host key than the one accepted; nothing was sent to it.', {
      code,
      hint: `Find out why: a reset or new hardware changes it, and so does an impostor. If it is right, name the jump hosts again: ${again}`,
      ...about,
    });
  }
  if (code === 'LOGIN_REFUSED') {
    return new UnreachableError('A jump host refused the login.', {
      code,
      hint: `Check its user, and its password, key or agent. To give others: ${again}`,
      ...about,
    });
  }
  return thrown;
}
