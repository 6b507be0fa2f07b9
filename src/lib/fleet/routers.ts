import { type Channel, linkOver, openChannel } from '../client/connect.ts';
import { openQueue, type Queue } from '../client/queue.ts';
import type { Link } from '../client/types.ts';
import type { Config } from '../config/schema.ts';
import type { Clock } from '../core/clock.ts';
import { ConfigError, DeniedError, StoreError } from '../core/errors.ts';
import type { Device, Environment } from '../device/device.ts';
import type { Store } from '../store/store.ts';
import { openCredential } from '../vault/credential.ts';
import type { Vault } from '../vault/vault.ts';

/** The lines to all routers: one channel and one queue each, opened when first needed. */
export interface Routers {
  /** @throws DeniedError this instance has no business with routers of that environment */
  requireTouchable(environment: Environment): void;
  /** The standing line for reads and harmless commands; it is not the caller's to close. */
  link(device: Device): Promise<Link>;
  channel(device: Device): Promise<Channel>;
  /** A line over a new connection, through the same queue; the caller closes it. */
  fresh(device: Device): Promise<Link>;
  /** Forgets a router that was removed or changed. */
  forget(deviceId: string): Promise<void>;
  close(): Promise<void>;
}

interface Parts {
  readonly config: Config;
  readonly store: Store;
  readonly vault: Vault;
  readonly clock: Clock;
}

export function openRouters({ config, store, vault, clock }: Parts): Routers {
  const channels = new Map<string, Promise<Channel>>();
  const queues = new Map<string, Queue>();
  let closed = false;
  const limits = { connect: config.timeouts.connectSeconds * 1_000, request: config.timeouts.requestSeconds * 1_000 };

  const requireTouchable = (environment: Environment): void => {
    if (config.environments.includes(environment)) return;
    throw new DeniedError(`This instance does not touch ${environment} routers.`, {
      hint: 'Use an instance whose environments include it.',
    });
  };

  const open = async (device: Device): Promise<Channel> => {
    if (closed) throw new StoreError('The fleet is closed.', { hint: 'Open it again.' });
    requireTouchable(device.environment);
    const sealed = await store.credential(device.id);
    if (!sealed) throw new ConfigError('There is no password for this device.', { hint: 'Remove the device and add it again.' });
    const queue = queues.get(device.id) ?? openQueue();
    queues.set(device.id, queue);
    return openChannel({ ...device, password: openCredential(vault, sealed) }, limits, clock, queue);
  };

  const channel = (device: Device): Promise<Channel> => {
    const there = channels.get(device.id);
    if (there) return there;
    const opening = open(device);
    channels.set(device.id, opening);
    opening.catch(() => channels.delete(device.id));
    return opening;
  };

  const forget = async (deviceId: string): Promise<void> => {
    const there = channels.get(deviceId);
    channels.delete(deviceId);
    await (await there?.catch(() => undefined))?.close();
  };

  return {
    requireTouchable,
    channel,
    link: async (device) => linkOver(await channel(device)),
    fresh: async (device) => linkOver(await open(device)),
    forget,
    close: async () => {
      closed = true;
      await Promise.all([...channels.keys()].map(forget));
    },
  };
}
