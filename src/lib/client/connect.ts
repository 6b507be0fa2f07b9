import type { Clock } from '../core/clock.ts';
import { FleetError, RouterError, UnreachableError } from '../core/errors.ts';
import { openQueue, type Queue } from './queue.ts';
import { openRest, type Rest, type RestLimits, type RestTarget } from './rest.ts';
import type { Call, CallOptions, Link, Row } from './types.ts';

/** A transport to one router with its manners: one request at a time, reads retried, writes never. */
export interface Channel {
  /** Sends once. */
  once(call: Call, options?: CallOptions): Promise<readonly Row[]>;
  readonly clock: Clock;
  close(): Promise<void>;
}

/** How often and how long (ms) a read is tried again; with jitter, so that a fleet does not knock in step. */
const PAUSES = [250, 1_000] as const;

/** What carries requests to one router: REST over TCP, unless a caller brings a wire of its own. */
export type Connect = (target: RestTarget, limits: RestLimits) => Rest;

export function openChannel(
  target: RestTarget,
  limits: RestLimits,
  clock: Clock,
  queue: Queue = openQueue(),
  connect: Connect = openRest,
): Channel {
  const rest = connect(target, limits);
  return {
    once: (call, { priority = 'person', signal } = {}) =>
      unlessGivenUp(
        queue.run(priority, () => inPeace(clock, rest.send(call)), signal),
        signal,
      ),
    clock,
    close: () => rest.close(),
  };
}

/** For some seconds after a request that got no answer a router may give it to the next one: nobody goes next so soon. */
async function inPeace(clock: Clock, request: Promise<readonly Row[]>): Promise<readonly Row[]> {
  try {
    return await request;
  } catch (thrown) {
    if (wasLost(thrown)) await clock.sleep(3_000);
    throw thrown;
  }
}

const wasLost = (thrown: unknown): boolean =>
  thrown instanceof UnreachableError && ['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'].includes(String(thrown.details['network']));

/** A caller may stop waiting; the request goes on, since a router that is hung up on mixes up its next answers. */
export function unlessGivenUp<Result>(work: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(signal.reason);
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}

/** Reads and harmless commands over a channel. There is no way to write here. */
export function linkOver(channel: Channel): Link {
  return {
    read: async (call, options = {}) => {
      for (const pause of PAUSES) {
        try {
          return await channel.once(call, options);
        } catch (thrown) {
          if (!worthAnotherTry(thrown)) throw thrown;
        }
        await channel.clock.sleep(pause * (0.5 + Math.random()), options.signal);
      }
      return channel.once(call, options);
    },
    run: (call, options) => channel.once(call, options),
    close: () => channel.close(),
  };
}

/** A connection that broke, or a passing fault; not a refusal, and not a time-out, after which the next answer cannot be trusted at once. */
function worthAnotherTry(thrown: unknown): boolean {
  if (!(thrown instanceof FleetError)) return false;
  if (thrown instanceof RouterError) return thrown.code === 'ROUTER_FAULT';
  if (!(thrown instanceof UnreachableError) || thrown.code !== 'UNREACHABLE') return false;
  return ['ECONNRESET', 'UND_ERR_SOCKET'].includes(String(thrown.details['network']));
}
