import { ipRoute } from '../../capability/catalog/ip-route.ts';
import { ipv6Route } from '../../capability/catalog/ipv6-route.ts';
import type { Capability } from '../../capability/define.ts';
import { mayGo } from './drift.ts';
import { defineMeasurement, fail, type Measurement, PASS, pass } from './measurement.ts';
import type { RoutesAway } from './touched.ts';
import { isNumber, isRecord, isTexts, sorted, textOf } from './values.ts';

interface Routes {
  readonly active: number;
  /** Tables with an active default route. */
  readonly defaults: readonly string[];
}

/** On a small router one learned route more or less is the weather; a lost default route is seen by itself. */
const LEAST_DRIFT = 1;

/** Counted by the router, in two requests: a table may hold a million. */
const routesOf = (check: string, capability: Capability, everywhere: string, family: keyof RoutesAway): Measurement =>
  defineMeasurement<Routes>({
    check,
    take: async (look) => {
      if (!look.has(capability.menu)) return undefined;
      const active = await look.count(capability.menu, ['active=true']);
      if (active === undefined) return undefined;
      const doors = await look.items(capability, ['routing-table'], [`dst-address=${everywhere}`, 'active=true']);
      return { active, defaults: sorted(doors.map((item) => textOf(item['routingTable']) ?? 'main')) };
    },
    holds: (value): value is Routes => isRecord(value) && isNumber(value['active']) && isTexts(value['defaults']),
    worth: ({ active }) => active > 0,
    say: ({ active, defaults }) => `${active} active${defaults.length > 0 ? ', with a default route' : ''}`,
    judge: (before, after, touched) => {
      const away = touched.routes[family];
      const lost = before.defaults.filter((table) => !after.defaults.includes(table) && !away.defaults.includes(table));
      if (lost.length > 0) return fail('a default route is gone');
      const gone = before.active - after.active - away.count;
      if (gone <= 0) return PASS;
      if (touched.cuts) return pass('fewer, and the plan takes an interface or an address away');
      if (after.active === 0) return fail('no route is active');
      return gone <= Math.max(LEAST_DRIFT, mayGo(before.active)) ? PASS : fail(`${gone} went away`);
    },
  });

export const ipv4Routes = routesOf('IPv4 routes', ipRoute, '0.0.0.0/0', 'ipv4');
export const ipv6Routes = routesOf('IPv6 routes', ipv6Route, '::/0', 'ipv6');
