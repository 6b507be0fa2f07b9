import { interfaces as menu } from '../../capability/catalog/interface.ts';
import { defineMeasurement, fail, inconclusive, PASS } from './measurement.ts';
import { isTexts, sorted, textOf } from './values.ts';

/** Interfaces the router made itself (a PPP client's session) come and go by themselves, and there may be thousands: the router leaves them out. */
const NOT_DYNAMIC = ['dynamic=true', '#!'];

export const interfaces = defineMeasurement<readonly string[]>({
  check: 'interfaces running',
  always: 'interfaces were not measured',
  take: async (look) => {
    const items = await look.items(menu, ['name', 'running'], NOT_DYNAMIC);
    return sorted(items.flatMap((item) => (item['running'] === true ? (textOf(item['name']) ?? []) : [])));
  },
  holds: isTexts,
  say: (up) => `${up.length} up`,
  judge: (before, after, touched) => {
    if (before.length === 0) return inconclusive('no interface was running before');
    const down = before.filter((name) => !after.includes(name) && !touched.interfaces.has(name));
    return down.length === 0 ? PASS : fail(`${down.length} went down`);
  },
});
