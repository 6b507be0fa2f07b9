import type { Call, WriteCall } from '../../src/lib/client/types.ts';
import { canonical } from '../../src/lib/core/canonical.ts';

/** Does it change the router? Only these are journaled. */
export const isWriteCall = (call: Call): call is WriteCall => call.verb !== 'read' && call.verb !== 'run';

export const sameCall = (a: Call, b: Call): boolean => canonical(a) === canonical(b);
