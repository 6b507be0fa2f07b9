// Written by `npm run gen` from the files of this folder; `npm run gen -- --check` fails when it is stale.
export { dns } from './dns.ts';
export { dnsFlush } from './dns-flush.ts';
export { firewallAddressList } from './firewall-address-list.ts';
export { firewallFilter } from './firewall-filter.ts';
export { interfaces } from './interface.ts';
export { ipAddress } from './ip-address.ts';
export { ntpClient } from './ntp-client.ts';
export { systemClock } from './system-clock.ts';
export { systemIdentity } from './system-identity.ts';
export { systemResource } from './system-resource.ts';
