import type { Account } from './accounts.ts';
import type { RouterState } from './state/router.ts';

/** Everything a request needs besides its words. */
export interface Context {
  readonly router: RouterState;
  readonly account: Account;
  /** Where the router believes the request comes from. */
  readonly source: string;
  readonly now: number;
  /** The console session it belongs to, as long as that lasts; undefined over REST. */
  readonly session?: string | undefined;
  /** The door it came through, as the log names it. */
  readonly via: 'rest-api' | 'winbox' | 'ssh' | 'script' | 'scheduler';
}
