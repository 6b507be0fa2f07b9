import type { Config } from '../config/schema.ts';
import type { Actor } from '../core/actor.ts';
import type { Clock } from '../core/clock.ts';

export interface FleetOptions {
  /** From `loadConfig`; without it the environment and the default files decide. */
  readonly config?: Config;
  /** `file` (default) lives in the configuration's data directory; `memory` is gone with the process. */
  readonly store?: 'file' | 'memory';
  /** Who asks; the operating-system user through the library by default. */
  readonly actor?: Actor;
  readonly clock?: Clock;
}
