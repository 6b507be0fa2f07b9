import { defineCapability } from '../define.ts';
import { flag, integer, oneOf, openFlag, text, word } from '../kinds.ts';
import { isNote } from '../touched.ts';

export const lteApn = defineCapability({
  id: 'lte-apn',
  title: 'LTE access points',
  about: 'Access points of mobile networks and what the router takes from them.',
  menu: '/interface/lte/apn',
  shape: 'list',
  topic: 'interface',
  key: ['name'],
  fields: {
    name: text({ about: 'Name of the profile.', required: true, column: 1 }),
    apn: text({ about: 'Access point name.', required: true, column: 2 }),
    ipType: oneOf('auto', 'ipv4', 'ipv6')({ about: 'Address families asked for.', column: 3 }),
    addDefaultRoute: openFlag({ about: 'Make a default route through it.', column: 4 }),
    defaultRouteDistance: integer({ min: 1 })({ about: 'Distance of that default route.', column: 5 }),
    usePeerDns: openFlag({ about: 'Use the DNS servers the network names.', column: 6 }),
    default: flag({ about: 'Comes with RouterOS.', readOnly: true, column: 7 }),
    comment: text({ about: 'Note kept on the router.', column: 8 }),
    authentication: oneOf('chap', 'none', 'pap')({ about: 'How the router proves itself.' }),
    ipv6Interface: word({ about: 'Interface that gets the IPv6 prefix.' }),
    passthroughInterface: word({ about: 'Interface that gets the address instead of the router.' }),
    passthroughMac: word({ about: 'Device that gets the address.' }),
    passthroughSubnetSelection: word({ about: 'How the passed-through network is chosen.', until: '7.13' }),
    password: text({ about: 'Password for the access point.', secret: true }),
    useNetworkApn: openFlag({ about: 'Let the network name the APN.' }),
    user: text({ about: 'User name for the access point.' }),
    passthroughSubnetSize: word({ about: 'Size of the passed-through network.', from: '7.13' }),
  },
  // The modem may be our way to the router.
  risk: (change) => (change.verb === 'add' || isNote(change) ? 'low' : 'high'),
  refuse: ({ verb, before }) => (verb === 'remove' && before?.default ? 'the default access point cannot be removed' : undefined),
});
