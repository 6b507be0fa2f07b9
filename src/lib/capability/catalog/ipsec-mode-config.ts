import { defineCapability } from '../define.ts';
import { addressSequence, flag, integer, oneOf, prefixSet, text, textSet } from '../kinds.ts';

export const ipsecModeConfig = defineCapability({
  id: 'ipsec-mode-config',
  title: 'IPsec mode configurations',
  about: 'Addresses and names an IPsec server gives to those who dial in, or a client asks for.',
  menu: '/ip/ipsec/mode-config',
  shape: 'table',
  topic: 'vpn',
  key: ['name'],
  fields: {
    name: text({ about: 'Name that identities refer to.', column: 1 }),
    responder: flag({ about: 'Gives; otherwise it asks.', column: 2 }),
    addressPool: text({ about: 'Pool addresses come from.', fallback: 'none', column: 3 }),
    address: text({ about: 'The one address that is given.', column: 4 }),
    addressPrefixLength: integer({ max: 32 })({ about: 'Length of the network that is told.' }),
    splitInclude: prefixSet({ about: 'Networks that are reached through the tunnel.', column: 5 }),
    splitDns: textSet({ about: 'Domains whose names are asked through the tunnel.' }),
    staticDns: addressSequence({ about: 'DNS servers that are told.', column: 6 }),
    systemDns: flag({ about: 'Our own DNS servers are told.' }),
    useResponderDns: oneOf('no', 'yes', 'exclusively')({ about: 'Takes the DNS servers it is told.' }),
    srcAddressList: text({ about: 'Address list whose traffic goes through the tunnel.' }),
    connectionMark: text({ about: 'Connection mark whose traffic goes through the tunnel.' }),
    default: flag({ about: 'Came with the router.', readOnly: true, column: 7 }),
  },
});
