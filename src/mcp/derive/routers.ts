import { InputError } from '../../lib/index.ts';
import { textsParam } from '../schema.ts';

/** What one plan takes over MCP: a client waits while each of them is read. */
const MOST_ROUTERS = 200;

export const routersParam = textsParam({ about: 'Routers, by id or name: one plan for all.', example: 'edge-01', max: MOST_ROUTERS });

/**
 * The routers a caller named, each once.
 * @throws InputError none was named
 */
export function routersOf(ids: readonly string[] | undefined): readonly [string, ...string[]] {
  const [first, ...others] = [...new Set(ids ?? [])];
  if (first !== undefined) return [first, ...others];
  throw new InputError(`device_ids takes 1 to ${MOST_ROUTERS} routers.`, {
    hint: 'For example device_ids: ["edge-01"]; list_devices has them.',
    details: { field: 'device_ids' },
  });
}
