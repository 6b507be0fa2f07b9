import { InputError } from '../core/errors.ts';
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
    dial: last.dial,
    close: async () => {
      // From the far end: the others carry it.
      for (const hop of chain.toReversed()) await hop.close();
    },
  };
}
