import { tick } from '../console/tick.ts';
import type { Service } from '../faults.ts';
import type { Verdict } from '../reach/chains.ts';
import { reaches } from '../reach/index.ts';
import type { Packet } from '../reach/packet.ts';
import { beforeRequest } from '../side-effects.ts';
import type { RouterState } from '../state/router.ts';

/** What the router makes of a packet now. What was due has happened: a script that opens the door needs nobody to knock first. */
export function verdictAt(router: RouterState, now: number, service: Service, state: Packet['state'], source?: string): Verdict {
  tick(router, now);
  beforeRequest(router, now);
  return reaches(router, service, state, source);
}
