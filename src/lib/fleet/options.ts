import type { Connect } from '../client/connect.ts';
import type { Config } from '../config/schema.ts';
import type { Actor } from '../core/actor.ts';
import type { Clock } from '../core/clock.ts';
import type { Store } from '../store/store.ts';

export interface FleetOptions {
  /** From `loadConfig`; without it the environment and the default files decide. */
  readonly config?: Config;
  /**
   * `file` (default) lives in the configuration's data directory; `memory` is gone with the process. A function opens one of the
   * caller's own, which is closed with the fleet: a simulation keeps it when the fleet is lost. Keys are then those of the data directory.
   */
  readonly store?: 'file' | 'memory' | ((clock: Clock) => Promise<Store>);
  /** Who asks; the operating-system user through the library by default. */
  readonly actor?: Actor;
  readonly clock?: Clock;
  /** Carries requests to routers instead of REST over TCP; the queue, the pauses and the breaker stay in front of it. */
  readonly connect?: Connect;
}
