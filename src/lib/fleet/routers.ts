import type { Channel, Connect } from '../client/connect.ts';
import type { SshReader } from '../client/ssh-reader.ts';
import type { Link } from '../client/types.ts';
import type { Config } from '../config/schema.ts';
import type { Clock } from '../core/clock.ts';
import { ConfigError, DeniedError, StoreError } from '../core/errors.ts';
import type { Device, Environment } from '../device/device.ts';
import type { Store } from '../store/store.ts';
import { type Credential, openCredential } from '../vault/credential.ts';
import type { Vault } from '../vault/vault.ts';
import { type Chains, openChains } from './chains.ts';
import { type Line, type LineParts, type Manners, openLine, openManners, type Reachable } from './line.ts';

/** The lines to all routers: one standing line and one queue each, opened when first needed. */
export interface Routers {
  /** @throws DeniedError this instance has no business with routers of that environment */
  requireTouchable(environment: Environment): void;
  /** REST, for what plans are made from and checked with, and for harmless commands. Not the caller's to close. */
  link(device: Device): Promise<Link>;
  /** Reads that may come over SSH where REST fails. Not the caller's to close. */
  reading(device: Device): Promise<Link>;
  /** Undefined where SSH is not set up for this router. Not the caller's to close. */
  ssh(device: Device): Promise<SshReader | undefined>;
  channel(device: Device): Promise<Channel>;
  /** New connections, through the same queue; the caller closes them. */
  fresh(device: Device): Promise<Line>;
  /** Lines to a box that is not enrolled, or not like this; the caller closes them. */
  visit(box: Reachable & { readonly environment: Environment }, credential: Credential): Line;
  credential(device: Pick<Device, 'id'>): Promise<Credential>;
  /** For whoever must look at a box before it is trusted. */
  readonly chains: Chains;
  readonly parts: LineParts;
  /** Forgets a router that was removed or changed. */
  forget(deviceId: string): Promise<void>;
  close(): Promise<void>;
}

interface Parts {
  readonly config: Config;
  readonly store: Store;
  readonly vault: Vault;
  readonly clock: Clock;
  /** The socket of the SSH agent of whoever runs this program. */
  readonly agent?: string | undefined;
  readonly connect?: Connect | undefined;
}

export function openRouters({ config, store, vault, clock, agent, connect }: Parts): Routers {
  const manners = new Map<string, Manners>();
  let closed = false;
  const { connectSeconds, requestSeconds } = config.timeouts;
  const limits = { connect: connectSeconds * 1_000, request: requestSeconds * 1_000 };
  const ssh = { connect: limits.connect, command: limits.request };
  const parts: LineParts = { rest: limits, ssh, clock, agent, chains: openChains(ssh), connect };

  const requireTouchable = (environment: Environment): void => {
    if (config.environments.includes(environment)) return;
    throw new DeniedError(`This instance does not touch ${environment} routers.`, {
      hint: 'Use an instance whose environments include it.',
    });
  };

  const requireOpen = (environment: Environment): void => {
    if (closed) throw new StoreError('The fleet is closed.', { hint: 'Open it again.' });
    requireTouchable(environment);
  };

  const credential = async ({ id }: Pick<Device, 'id'>): Promise<Credential> => {
    const sealed = await store.credential(id);
    if (!sealed) throw new ConfigError('There is no password for this device.', { hint: 'Remove the device and add it again.' });
    return openCredential(vault, sealed);
  };

  const open = async (device: Device): Promise<Line> => {
    requireOpen(device.environment);
    const shared = manners.get(device.id) ?? openManners(clock);
    manners.set(device.id, shared);
    return openLine(device, await credential(device), shared, parts);
  };

  const lines = standingLines(open);

  return {
    requireTouchable,
    channel: async (device) => (await lines.to(device)).channel,
    link: async (device) => (await lines.to(device)).link,
    reading: async (device) => (await lines.to(device)).reading,
    ssh: async (device) => (await lines.to(device)).ssh,
    fresh: open,
    visit: (box, secrets) => {
      requireOpen(box.environment);
      return openLine(box, secrets, openManners(clock), parts);
    },
    credential,
    chains: parts.chains,
    parts,
    forget: lines.forget,
    close: async () => {
      closed = true;
      await lines.close();
      await parts.chains.close();
    },
  };
}

/** One line for each router, opened once, and again when the way to it is another one. */
function standingLines(open: (device: Device) => Promise<Line>) {
  const lines = new Map<string, { readonly wayRevision: number; readonly line: Promise<Line> }>();
  const forget = async (deviceId: string): Promise<void> => {
    const there = lines.get(deviceId);
    lines.delete(deviceId);
    await (await there?.line.catch(() => undefined))?.close();
  };
  const to = async (device: Device): Promise<Line> => {
    const there = lines.get(device.id);
    if (there && there.wayRevision >= device.wayRevision) return there.line;
    const line = open(device);
    const entry = { wayRevision: device.wayRevision, line };
    lines.set(device.id, entry);
    // Only its own entry: a newer one may stand there by now.
    line.catch(() => lines.get(device.id) === entry && lines.delete(device.id));
    // Another process changed how it is reached: the old way is not used again.
    await (await there?.line.catch(() => undefined))?.close();
    return line;
  };
  return { to, forget, close: async () => void (await Promise.all([...lines.keys()].map(forget))) };
}
