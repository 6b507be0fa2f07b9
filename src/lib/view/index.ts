// Written by `npm run gen` from the files of this folder; `npm run gen -- --check` fails when it is stale.

import { bgpOspfStatus } from './bgp-ospf-status.ts';
import { capsmanStatus } from './capsman-status.ts';
import type { View } from './define.ts';
import { deviceReview } from './device-review.ts';
import { dhcpStatus } from './dhcp-status.ts';
import { interfaceStats } from './interface-stats.ts';
import { neighboursOverview } from './neighbours-overview.ts';
import { recentLogs } from './recent-logs.ts';
import { routingSummary } from './routing-summary.ts';
import { systemOverview } from './system-overview.ts';
import { vpnStatus } from './vpn-status.ts';
import { wirelessClients } from './wireless-clients.ts';
import { wirelessInterfaces } from './wireless-interfaces.ts';

export type { View } from './define.ts';
export const views: readonly View[] = [
  bgpOspfStatus,
  capsmanStatus,
  deviceReview,
  dhcpStatus,
  interfaceStats,
  neighboursOverview,
  recentLogs,
  routingSummary,
  systemOverview,
  vpnStatus,
  wirelessClients,
  wirelessInterfaces,
];
