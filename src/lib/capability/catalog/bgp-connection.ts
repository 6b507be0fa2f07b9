import { readAddress } from '../address.ts';
import { defineCapability } from '../define.ts';
import { bgpCommon } from '../groups/routing.ts';
import { flag, integer, text } from '../kinds.ts';

export const bgpConnection = defineCapability({
  id: 'bgp-connection',
  title: 'BGP connections',
  about: 'Neighbours a router speaks BGP with, and what it takes from them and tells them.',
  menu: '/routing/bgp/connection',
  shape: 'list',
  topic: 'routing',
  // RouterOS takes the same name twice.
  key: [],
  unset: 'command',
  fence: 'routing-writes',
  fields: {
    name: text({ about: 'Name of the connection.', required: true, column: 1 }),
    remoteAddress: text({ about: 'Address or network of the far end.', wire: 'remote.address', column: 2 }),
    remoteAs: text({ about: 'AS number of the far end.', wire: 'remote.as', column: 4 }),
    localRole: text({
      about: 'Relation to the far end: ebgp, ibgp, ibgp-rr, ebgp-customer, ebgp-provider, ebgp-peer, ebgp-rs and their clients.',
      required: true,
      wire: 'local.role',
      column: 5,
    }),
    instance: text({ about: 'BGP instance it is part of; needed since 7.20.', from: '7.20' }),
    localAddress: text({ about: 'Own address of the session.', wire: 'local.address' }),
    localDefaultAddress: text({ about: 'Own address the router chose.', readOnly: true, live: true, wire: 'local.default-address' }),
    localPort: integer({ max: 65_535 })({ about: 'Own port.', wire: 'local.port' }),
    localTtl: integer({ min: 1, max: 255 })({ about: 'Time to live of packets sent.', wire: 'local.ttl' }),
    remotePort: integer({ max: 65_535 })({ about: 'Port of the far end.', wire: 'remote.port' }),
    remoteTtl: integer({ min: 1, max: 255 })({ about: 'Least time to live of packets taken.', wire: 'remote.ttl' }),
    remoteAllowedAs: text({ about: 'AS numbers a listening connection takes.', wire: 'remote.allowed-as' }),
    connect: flag({ about: 'Calls the far end.' }),
    listen: flag({ about: 'Waits for the far end to call.' }),
    tcpMd5Key: text({ about: 'Key that signs its TCP packets.', secret: true, wire: 'tcp-md5-key' }),
    ...bgpCommon,
    inactive: flag({ about: 'Cannot work as it is.', readOnly: true, live: true }),
    disabled: flag({ about: 'Kept but not in force.', column: 9 }),
    comment: text({ about: 'Note kept on the router.', column: 10 }),
  },
  // One session may carry the default route and everything else: no change of it is small.
  risk: () => 'high',
  checks: ({ after }) => {
    // The far end may be a whole network; a single one may be written with its full length.
    const peer = readAddress((after?.remoteAddress ?? '').replace(/\/(?:32|128)$/, ''));
    return after && !after.disabled && peer !== undefined ? [`bgp ${peer} established`] : [];
  },
});
