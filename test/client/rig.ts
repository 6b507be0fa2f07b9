import { X509Certificate } from 'node:crypto';
import { type Channel, linkOver, openChannel } from '../../src/lib/client/connect.ts';
import type { Queue } from '../../src/lib/client/queue.ts';
import type { Link, Writer } from '../../src/lib/client/types.ts';
import { openWriter } from '../../src/lib/client/writer.ts';
import { type Clock, systemClock } from '../../src/lib/core/clock.ts';
import { Secret } from '../../src/lib/core/secret.ts';
import type { Trust } from '../../src/lib/device/device.ts';
import { pem } from './servers.ts';

export { refusal } from '../support/refusal.ts';

export const USER = 'netops';
/** Odd enough to be found wherever it should not be. */
export const PASSWORD = 'zXq9-Wächter+7pL';

/** Waits are real but short. */
export const briskClock: Clock = { ...systemClock, sleep: (ms, signal) => systemClock.sleep(Math.min(ms, 5), signal) };

/** The real client, towards one address. */
export interface Line extends AsyncDisposable {
  readonly channel: Channel;
  readonly link: Link;
  readonly writer: Writer;
}

export interface LineOptions {
  readonly trust?: Trust;
  readonly connect?: number;
  readonly request?: number;
  readonly most?: number;
  readonly username?: string;
  readonly password?: string;
  readonly clock?: Clock;
  /** For several lines to one router. */
  readonly queue?: Queue;
}

export function lineTo(address: string, options: LineOptions = {}): Line {
  const {
    trust = { kind: 'none' },
    connect = 2_000,
    request = 4_000,
    most,
    username = USER,
    password = PASSWORD,
    clock = briskClock,
    queue,
  } = options;
  const target = { address, trust, username, password: new Secret(password) };
  const channel = openChannel(target, { connect, request, ...(most !== undefined && { most }) }, clock, queue);
  return { channel, link: linkOver(channel), writer: openWriter(channel), [Symbol.asyncDispose]: () => channel.close() };
}

/** The trust that enrolment makes of an accepted certificate. */
export const pinned = (certificate: string, shown = certificate): Trust => ({
  kind: 'pinned',
  pem: pem(`${certificate}.pem`),
  fingerprint: fingerprintOf(shown),
});

export const fingerprintOf = (certificate: string): string =>
  new X509Certificate(pem(`${certificate}.pem`)).fingerprint256.replaceAll(':', '').toLowerCase();

export const readDns = { verb: 'read', menu: '/ip/dns' } as const;
export const setDns = { verb: 'set', menu: '/ip/dns', values: { servers: '192.0.2.53' } } as const;
