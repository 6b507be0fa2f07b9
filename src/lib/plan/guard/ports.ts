import type { Reader, Row, Runner, WriteCall } from '../../client/types.ts';
import type { Clock } from '../../core/clock.ts';

/** What the router said to a write. */
export interface Sent {
  /** The id of the row that was added. */
  readonly id?: string;
  /** What a command answered: `/execute` says `{ ret: '*B546' }`, the id of its job. */
  readonly rows?: readonly Row[];
}

/** What a guard is put up and taken down with. It knows no transport and no journal. */
export interface GuardPorts {
  readonly clock: Clock;
  readonly reader: Reader & Runner;
  /**
   * The executor's journaled write; sent once.
   * @throws RouterError the router refused; UnreachableError the reply was lost
   */
  send(call: WriteCall): Promise<Sent>;
}
