import { systemResource } from '../../capability/catalog/system-resource.ts';
import type { Item } from '../../capability/field.ts';
import type { Look } from './look.ts';

const FIELDS = ['version', 'uptime', 'cpu-load', 'free-memory', 'total-memory'];

/** One row says how long a router is up, how busy it is and what memory it has left: read once for all three. */
export const resourceOf = async (look: Look): Promise<Item> => (await look.items(systemResource, FIELDS))[0] ?? {};
