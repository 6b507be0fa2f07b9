import { userOf } from '../accounts.ts';
import { errorAnswer } from '../errors.ts';
import type { RequestFault, Service } from '../faults.ts';
import type { Manner, Outcome } from '../outcome.ts';
import type { Packet } from '../reach/packet.ts';
import type { SimRequest } from '../request.ts';
import type { RouterState } from '../state/router.ts';
import { isOn, takesFrom, userTakesFrom } from './service.ts';
import { verdictAt } from './wall.ts';

const GARBAGE_PAGE = '<!doctype html><html><head><title>Printer</title></head><body>Ready</body></html>';
const GARBAGE_BYTES = '\u0000\u0016GARBAGE-1.0 not the port you want\r\n';
const DISK_FULL = 'failure: not enough disk space';
/** Pieces a second for an answer that comes slowly. */
const PIECES = 20;

/** Does the door take this request? Over SSH that was settled when the connection was made. */
function admitted(router: RouterState, request: SimRequest, service: Service): boolean {
  const source = request.source ?? router.station;
  return service === 'ssh' || (takesFrom(router, service, source) && userTakesFrom(router, userOf(request.authorization), source));
}

interface Arriving {
  readonly service: Service;
  readonly state: Packet['state'];
  readonly source: string | undefined;
}

/** What becomes of a packet that does not reach the service; undefined when it does. */
export function lost(router: RouterState, { service, state, source }: Arriving, now: number): Outcome | undefined {
  const verdict = verdictAt(router, now, service, state, source);
  return verdict === 'pass' ? undefined : { fate: verdict === 'silence' ? 'hang' : 'reset' };
}

/** What becomes of a request before the router looks at it; undefined when it gets through. */
export function stopped(router: RouterState, fault: RequestFault | undefined, request: SimRequest, service: Service): Outcome | undefined {
  if (fault?.kind === 'drop' || fault?.kind === 'reset' || !isOn(router, service)) return { fate: 'reset' };
  if (fault?.kind === 'speak-garbage') {
    return fault.as === 'html' ? { fate: 'page', text: GARBAGE_PAGE } : { fate: 'bytes', text: GARBAGE_BYTES };
  }
  return admitted(router, request, service) ? undefined : { fate: 'close' };
}

/** Faults under which nothing happens; undefined when the router gets to see the request. */
export function unseen(fault: RequestFault | undefined, now: number): Outcome | undefined {
  switch (fault?.kind) {
    case 'answer':
      return { fate: 'answer', now, ...errorAnswer(fault.status, fault.detail) };
    case 'disk-full':
      return { fate: 'answer', now, ...errorAnswer(400, fault.detail ?? DISK_FULL) };
    case 'hang':
      return fault.effect === true ? undefined : { fate: 'hang' };
    case 'reboot':
      return fault.effect === true ? undefined : { fate: 'reset' };
    default:
      return undefined;
  }
}

/** The manner in which a fault lets an answer out. */
export function mannerOf(fault: RequestFault | undefined): Manner | undefined {
  switch (fault?.kind) {
    case 'slice':
      return { bytes: fault.bytes, ...(fault.everyMs === undefined ? {} : { everyMs: fault.everyMs }) };
    case 'bandwidth':
      return { bytes: Math.ceil(fault.bytesPerSecond / PIECES), everyMs: 1000 / PIECES };
    case 'slow-close':
      return { lingerMs: fault.ms };
    default:
      return undefined;
  }
}
