import { missingBecause } from '../capability/availability.ts';
import type { CallOptions, ReadCall, RunCall } from '../client/types.ts';
import type { Actor } from '../core/actor.ts';
import { RouterError } from '../core/errors.ts';
import type { Context } from './context.ts';
import { requireDevice } from './devices.ts';
import { callOf, read } from './read.ts';
import type { ReadRequest, ReadResult } from './read-types.ts';
import { auditDenial } from './record.ts';

/** How many rows of a menu there are, or fit conditions, without pulling one: a table of 100,000 routes is counted by the router. */
export async function count(context: Context, actor: Actor, request: ReadRequest, options: CallOptions = {}): Promise<ReadResult> {
  const device = await requireDevice(context, request.device);
  const capability = context.catalog.readable(request.capability);
  const call = callOf(capability, request, device.facts.version);
  const about = { device, details: { capability: capability.id } };
  const link = await auditDenial(context, actor, 'router.read', about, () => context.routers.reading(device));
  const answer = { device: { id: device.id, name: device.name }, capability: capability.id, items: [], readAt: context.store.now() };
  const missing = missingBecause(capability, device.facts);
  if (missing !== undefined) return { ...answer, transport: 'rest', missing, total: 0 };
  try {
    const [found] = await link.run(countCall(call), options);
    const total = Number(found?.['ret']);
    if (found?.['ret'] !== undefined && Number.isSafeInteger(total)) return { ...answer, transport: 'rest', total };
  } catch (thrown) {
    if (!(thrown instanceof RouterError)) throw thrown;
  }
  // A menu without `print`, or one that is not there: reading says which.
  return { ...(await read(context, actor, { ...request, limit: 1 }, options)), items: [] };
}

function countCall({ menu, where = {} }: ReadCall): RunCall {
  const query = Object.entries(where).map(([name, value]) => `${name}=${value}`);
  return { verb: 'run', menu, command: 'print', args: { 'count-only': '', ...(query.length > 0 && { '.query': query }) } };
}
