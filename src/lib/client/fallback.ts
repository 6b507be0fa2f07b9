import { FleetError, RouterError, UnreachableError } from '../core/errors.ts';
import type { Link, Reader, Row } from './types.ts';

/**
 * Is SSH worth a try after this failure of REST? Only where the way was at fault and not the wish.
 *
 * | failure of REST | code | |
 * |---|---|---|
 * | no connection, reset, broke off | UNREACHABLE | ssh |
 * | no answer in time; 400 `Session closed` (the cap of 60 s) | TIMED_OUT | ssh |
 * | web server there, REST switched off | NOT_A_ROUTER | ssh |
 * | 5xx without a word of the router | ROUTER_FAULT | ssh |
 * | answer larger than what is taken | UNREACHABLE | no: it is as large over SSH |
 * | our source address refused (bare FIN) | SOURCE_REFUSED | no: somebody meant it |
 * | login refused, wrong certificate, nobody vouches | LOGIN_REFUSED, TLS_* | no |
 * | missing right (500 `not allowed (9)`), any 4xx | NOT_PERMITTED, ROUTER_REFUSED, NO_SUCH_* | no |
 * | queue full | BUSY | no: it was not asked |
 * | circuit open | that of the failure that opened it | as that failure |
 */
export function fallsBack(thrown: unknown): 'ssh' | 'no' {
  if (thrown instanceof RouterError) {
    return thrown.code === 'ROUTER_FAULT' && thrown.details['routerText'] === undefined ? 'ssh' : 'no';
  }
  if (!(thrown instanceof UnreachableError)) return 'no';
  if (thrown.details['network'] === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return 'no';
  return thrown.code === 'UNREACHABLE' || thrown.code === 'TIMED_OUT' || thrown.code === 'NOT_A_ROUTER' ? 'ssh' : 'no';
}

export type Transport = 'rest' | 'ssh';

const SERVED_BY = new WeakMap<readonly Row[], Transport>();

/** Which transport gave these rows: said once for the whole answer, and undefined for rows of elsewhere. */
export const transportOf = (rows: readonly Row[]): Transport | undefined => SERVED_BY.get(rows);

/** What a person must know of even when REST is the news: the box at the other end is not the one they accepted. */
const ALARMS: readonly string[] = ['HOST_KEY_CHANGED', 'HOST_KEY_UNKNOWN'];

/**
 * A link whose reads are served over SSH where REST cannot; commands stay with REST. Nothing that a plan is made from or checked
 * with should be read here: the two transports write some values differently.
 * @param ssh closed with the link
 */
export function linkWithFallback(rest: Link, ssh: Reader & { close(): Promise<void> }): Link {
  return {
    read: async (call, options) => {
      try {
        return served(await rest.read(call, options), 'rest');
      } catch (thrown) {
        if (fallsBack(thrown) === 'no') throw thrown;
        return served(await insteadOf(thrown, ssh.read(call, options)), 'ssh');
      }
    },
    run: (call, options) => rest.run(call, options),
    close: async () => {
      await Promise.all([rest.close(), ssh.close()]);
    },
  };
}

function served(rows: readonly Row[], by: Transport): readonly Row[] {
  SERVED_BY.set(rows, by);
  return rows;
}

/** When both fail, the failure of REST is told: SSH was only ever the spare way. */
async function insteadOf(first: unknown, reading: Promise<readonly Row[]>): Promise<readonly Row[]> {
  try {
    return await reading;
  } catch (second) {
    if (second instanceof FleetError && second.kind === 'unreachable' && !ALARMS.includes(second.code)) throw first;
    throw second;
  }
}
