import { type Breaker, guardedChannel, openBreaker } from '../client/breaker.ts';
import { type Channel, type Connect, linkOver, openChannel } from '../client/connect.ts';
import { linkWithFallback } from '../client/fallback.ts';
import { openQueue, type Queue } from '../client/queue.ts';
import type { RestLimits } from '../client/rest.ts';
import { openSsh } from '../client/ssh.ts';
import { openSshReader, type SshReader } from '../client/ssh-reader.ts';
import type { SshLimits, SshLogin } from '../client/ssh-target.ts';
import type { Link } from '../client/types.ts';
import type { Clock } from '../core/clock.ts';
import { hostOf } from '../device/address.ts';
import type { Device, SshAccess } from '../device/device.ts';
import type { Credential, LoginSecrets } from '../vault/credential.ts';
import type { Chains, Hops } from './chains.ts';

/** A box we reach, whether it is enrolled or about to be. */
export type Reachable = Pick<Device, 'address' | 'trust' | 'username' | 'ssh' | 'via'> & {
  readonly facts?: Pick<Device['facts'], 'version'>;
};

/** What all lines to one router share, however many there are: it is asked one thing at a time. */
export interface Manners {
  readonly queue: Queue;
  readonly rest: Breaker;
  readonly ssh: Breaker;
}

export const openManners = (clock: Clock): Manners => ({ queue: openQueue(), rest: openBreaker(clock), ssh: openBreaker(clock) });

export interface LineParts {
  readonly rest: RestLimits;
  readonly ssh: SshLimits;
  readonly clock: Clock;
  readonly chains: Chains;
  /** The socket of the SSH agent of whoever runs this program. */
  readonly agent: string | undefined;
  /** Carries the requests instead of REST over TCP. */
  readonly connect?: Connect | undefined;
}

/** Every way to one router. */
export interface Line {
  /** REST, for writes. */
  readonly channel: Channel;
  /** REST alone: what a plan is made from and checked with. */
  readonly link: Link;
  /** Reads over REST, and over SSH where REST fails and SSH is set up. */
  readonly reading: Link;
  readonly ssh: SshReader | undefined;
  close(): Promise<void>;
}

/** Nothing is sent before the first call. */
export function openLine(device: Reachable, credential: Credential, manners: Manners, parts: LineParts): Line {
  const { clock, agent } = parts;
  const hops = hopsOf(device, credential, agent);
  const chain = hops.length > 0 ? parts.chains.take(hops) : undefined;
  const dial = chain && { dial: chain.dial };
  const target = { address: device.address, trust: device.trust, username: device.username, password: credential.password, ...dial };
  const channel = guardedChannel(openChannel(target, parts.rest, clock, manners.queue, parts.connect), manners.rest);
  const link = linkOver(channel);
  const ssh = device.ssh && {
    host: hostOf(device.address),
    username: device.username,
    login: loginOf(device.ssh, credential, agent),
    hostKeys: device.ssh.hostKeys,
    port: device.ssh.port,
    legacy: device.ssh.legacy,
    wide: true,
    ...dial,
  };
  const reader =
    ssh &&
    openSshReader(openSsh(ssh, parts.ssh), { queue: manners.queue, clock, version: device.facts?.version ?? '', breaker: manners.ssh });
  const reading = reader ? linkWithFallback(link, reader) : link;
  return {
    channel,
    link,
    reading,
    ssh: reader,
    close: async () => {
      await reading.close();
      await chain?.close();
    },
  };
}

export function hopsOf({ via = [] }: Pick<Reachable, 'via'>, { hops }: Pick<Credential, 'hops'>, agent: string | undefined): Hops {
  return via.map((hop, nth) => ({
    host: hop.host,
    port: hop.port,
    username: hop.username,
    hostKeys: hop.hostKeys,
    legacy: hop.legacy,
    login: loginOf(hop, hops[nth] ?? {}, agent),
  }));
}

const loginOf = (access: Pick<SshAccess, 'agent'>, { password, key }: LoginSecrets, agent: string | undefined): SshLogin => ({
  ...(access.agent && agent !== undefined && { agent }),
  ...(key && { key }),
  ...(password && { password }),
});
