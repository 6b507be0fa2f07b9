import type { Channel } from './connect.ts';
import type { Writer } from './types.ts';

/**
 * The one factory of a `Writer`; the architecture test lets only `fleet/apply.ts` import it.
 * A write is sent once. It cannot be called back, so it takes no signal.
 */
export function openWriter(channel: Channel): Writer {
  return {
    write: async (call) => {
      const rows = await channel.once(call, { priority: 'person' });
      const id = call.verb === 'add' ? rows[0]?.['.id'] : undefined;
      return id === undefined ? { rows } : { id, rows };
    },
  };
}
