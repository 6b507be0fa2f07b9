import { ipRoute } from '../capability/catalog/ip-route.ts';
import { ipv6Route } from '../capability/catalog/ipv6-route.ts';
import type { Capability } from '../capability/define.ts';
import { defineView, type Source } from './define.ts';
import { listOf, pick, totalOf } from './values.ts';

const KINDS = ['active', 'static', 'connect', 'dhcp', 'bgp', 'ospf', 'vpn'] as const;

/** Counted by the router, none of them pulled. */
const countsOf = (family: string, read: Capability): Readonly<Record<string, Source>> => ({
  [`${family}All`]: { read, limit: 0 },
  ...Object.fromEntries(KINDS.map((kind) => [`${family}-${kind}`, { read, where: () => ({ [kind]: true }), limit: 0 }])),
});

const defaults = (read: Capability, everywhere: string): Source => ({
  read,
  fields: ['dstAddress', 'gateway', 'distance', 'routingTable', 'active', 'disabled', 'static', 'dhcp', 'comment'],
  where: () => ({ dstAddress: everywhere }),
  limit: 50,
});

export const routingSummary = defineView({
  id: 'routing-summary',
  title: 'Routing summary',
  about: 'How many routes of each kind there are, and the default routes; single routes are read from ip-route.',
  topic: 'routing',
  tool: 'get_routing_summary',
  input: {},
  parts: {
    ...countsOf('v4', ipRoute),
    v4Defaults: defaults(ipRoute, '0.0.0.0/0'),
    ...countsOf('v6', ipv6Route),
    v6Defaults: defaults(ipv6Route, '::/0'),
  },
  compose: (parts) => {
    const family = (name: string) => ({
      total: totalOf(parts[`${name}All`]),
      active: totalOf(parts[`${name}-active`]),
      static: totalOf(parts[`${name}-static`]),
      connected: totalOf(parts[`${name}-connect`]),
      dhcp: totalOf(parts[`${name}-dhcp`]),
      bgp: totalOf(parts[`${name}-bgp`]),
      ospf: totalOf(parts[`${name}-ospf`]),
      vpn: totalOf(parts[`${name}-vpn`]),
    });
    const ways = (name: string) =>
      listOf(parts[`${name}Defaults`], (row) =>
        pick(row, 'id', 'dstAddress', 'gateway', 'distance', 'routingTable', 'active', 'disabled', 'comment'),
      );
    return { ipv4: family('v4'), defaultRoutes: ways('v4'), ipv6: family('v6'), defaultRoutesV6: ways('v6') };
  },
});
