import { createHash } from 'node:crypto';
import { type Jumps, openJumps } from '../client/jump.ts';
import type { SshLimits, SshTarget } from '../client/ssh-target.ts';

/** Jump hosts in order, with what proves us to each. */
export type Hops = readonly Omit<SshTarget, 'dial' | 'wide'>[];

/** The chains of jump hosts in use: routers behind one bastion share one connection to it. */
export interface Chains {
  /** The caller gives it back; the last one closes it. */
  take(hops: Hops): Jumps;
  close(): Promise<void>;
}

export function openChains(limits: SshLimits): Chains {
  const open = new Map<string, { readonly jumps: Jumps; users: number }>();
  return {
    take: (hops) => {
      const key = keyOf(hops);
      const chain = open.get(key) ?? { jumps: openJumps(hops, limits), users: 0 };
      open.set(key, chain);
      chain.users += 1;
      let isBack = false;
      return {
        dial: chain.jumps.dial,
        close: async () => {
          if (isBack) return;
          isBack = true;
          chain.users -= 1;
          if (chain.users > 0) return;
          open.delete(key);
          await chain.jumps.close();
        },
      };
    },
    close: async () => {
      const all = [...open.values()];
      open.clear();
      await Promise.all(all.map(({ jumps }) => jumps.close()));
    },
  };
}

/** The same way with the same secrets; hashed, so that no secret is a key of a map. */
function keyOf(hops: Hops): string {
  const plain = hops.map(({ login, ...rest }) => ({
    ...rest,
    agent: login.agent,
    password: login.password?.reveal(),
    key: login.key && [login.key.text.reveal(), login.key.passphrase?.reveal()],
  }));
  return createHash('sha256').update(JSON.stringify(plain)).digest('hex');
}
