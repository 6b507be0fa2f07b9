import * as catalogEntries from '../../src/lib/capability/catalog/index.ts';
import type { Capability } from '../../src/lib/capability/define.ts';
import { catalogOf } from '../../src/lib/capability/lookup.ts';

/** The files about interfaces, bridges and wireless, by topic. */

const IDS = {
  interface: `ethernet ethernet-poe ethernet-switch ethernet-switch-port ethernet-switch-vlan vlan bonding vrrp interface-list
    interface-list-member gre eoip ipip vxlan vxlan-vteps macvlan veth lte lte-apn`,
  bridge: 'bridge bridge-port bridge-vlan bridge-host bridge-mdb bridge-msti bridge-settings bridge-filter',
  wireless: `wireless wireless-registration wireless-security-profiles wireless-access-list wifi wifi-configuration wifi-security
    wifi-channel wifi-datapath wifi-registration wifi-radio wifi-access-list wifi-provisioning wifi-capsman wifi-remote-cap wifi-cap
    wifiwave2 wifiwave2-registration capsman-manager capsman-interface capsman-configuration capsman-remote-cap
    capsman-registration capsman-provisioning capsman-security`,
} as const;

const catalog = catalogOf(catalogEntries);
export const link = (id: string): Capability => catalog.capability(id);
export const linksOf = (topic: keyof typeof IDS): readonly Capability[] => IDS[topic].split(/\s+/).map(link);
export const allLinks: readonly Capability[] = [...linksOf('interface'), ...linksOf('bridge'), ...linksOf('wireless')];
