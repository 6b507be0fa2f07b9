import { defineMeasurement, fail, PASS } from './measurement.ts';
import { resourceOf } from './resource.ts';
import { isNumber, isRecord, numberOf } from './values.ts';

interface Memory {
  readonly free: number;
  readonly total: number;
}

/** Share that must stay free: with less a router kills its own processes. */
const LEAST_MEMORY = 0.03;

const isShort = ({ free, total }: Memory): boolean => free < total * LEAST_MEMORY;

export const memory = defineMeasurement<Memory>({
  check: 'free memory',
  always: 'memory was not measured',
  take: async (look) => {
    const item = await resourceOf(look);
    const free = numberOf(item['freeMemory']);
    const total = numberOf(item['totalMemory']);
    return free === undefined || total === undefined ? undefined : { free, total };
  },
  holds: (value): value is Memory => isRecord(value) && isNumber(value['free']) && isNumber(value['total']),
  say: ({ free }) => `${free} bytes`,
  judge: (before, after) => (isShort(after) && !isShort(before) ? fail('memory has run out') : PASS),
});
