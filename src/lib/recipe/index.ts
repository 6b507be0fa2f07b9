// Written by `npm run gen` from the files of this folder; `npm run gen -- --check` fails when it is stale.

import { addressListEntry } from './address-list-entry.ts';
import { addressListSync } from './address-list-sync.ts';
import { bridgePortAdd } from './bridge-port-add.ts';
import { bridgePortRemove } from './bridge-port-remove.ts';
import { bridgeSettingsModify } from './bridge-settings-modify.ts';
import type { Recipe } from './define.ts';
import { dhcpPoolCreate } from './dhcp-pool-create.ts';
import { dhcpPoolModify } from './dhcp-pool-modify.ts';
import { dhcpPoolRemove } from './dhcp-pool-remove.ts';
import { dnsNtpRollout } from './dns-ntp-rollout.ts';
import { firewallChainSync } from './firewall-chain-sync.ts';
import { firewallRuleAdd } from './firewall-rule-add.ts';
import { firewallRuleModify } from './firewall-rule-modify.ts';
import { firewallRuleRemove } from './firewall-rule-remove.ts';
import { hardeningBaseline } from './hardening-baseline.ts';
import { routerosUpgrade } from './routeros-upgrade.ts';
import { secondaryAddressAdd } from './secondary-address-add.ts';
import { secondaryAddressRemove } from './secondary-address-remove.ts';
import { staticRouteAdd } from './static-route-add.ts';
import { staticRouteModify } from './static-route-modify.ts';
import { staticRouteRemove } from './static-route-remove.ts';
import { wireguardPeerAdd } from './wireguard-peer-add.ts';
import { wirelessRfSettings } from './wireless-rf-settings.ts';
import { wirelessSsidCreate } from './wireless-ssid-create.ts';
import { wirelessSsidModify } from './wireless-ssid-modify.ts';
import { wirelessSsidRemove } from './wireless-ssid-remove.ts';

export type { Recipe } from './define.ts';
export const recipes: readonly Recipe[] = [
  addressListEntry,
  addressListSync,
  bridgePortAdd,
  bridgePortRemove,
  bridgeSettingsModify,
  dhcpPoolCreate,
  dhcpPoolModify,
  dhcpPoolRemove,
  dnsNtpRollout,
  firewallChainSync,
  firewallRuleAdd,
  firewallRuleModify,
  firewallRuleRemove,
  hardeningBaseline,
  routerosUpgrade,
  secondaryAddressAdd,
  secondaryAddressRemove,
  staticRouteAdd,
  staticRouteModify,
  staticRouteRemove,
  wireguardPeerAdd,
  wirelessRfSettings,
  wirelessSsidCreate,
  wirelessSsidModify,
  wirelessSsidRemove,
];
