import { defineCapability } from '../define.ts';
import { address, duration, flag, integer, oneOf, text } from '../kinds.ts';

export const ipCloud = defineCapability({
  id: 'ip-cloud',
  title: 'Cloud services',
  about: "Name and time a router gets from its maker's cloud, and the way home it offers.",
  menu: '/ip/cloud',
  shape: 'singleton',
  topic: 'system',
  key: [],
  fields: {
    ddnsEnabled: oneOf('auto', 'no', 'yes')({ about: 'Publish the public address under a name; auto when something needs it.', column: 1 }),
    ddnsUpdateInterval: duration('none')({ about: 'Time between updates of the address; none for changes only.' }),
    updateTime: flag({ about: 'Take the time from the cloud when there is no NTP.', column: 5 }),
    publicAddress: address({ about: 'Address the cloud sees.', readOnly: true, live: true, column: 2 }),
    publicAddressIpv6: address({ about: 'IPv6 address the cloud sees.', readOnly: true, live: true }),
    dnsName: text({ about: 'Name the address is published under.', readOnly: true, column: 3 }),
    status: text({ about: 'What the last update said.', readOnly: true, live: true, column: 4 }),
    warning: text({ about: 'What is in the way.', readOnly: true, live: true }),
    // Switched from the app of the maker, which hands out the keys too.
    backToHomeVpn: text({ about: 'Whether the way home is offered.', readOnly: true, column: 6 }),
    vpnStatus: text({ about: 'What the way home is doing.', readOnly: true, live: true }),
    vpnDnsName: text({ about: 'Name the way home is reached under.', readOnly: true }),
    vpnInterface: text({ about: 'Tunnel of the way home.', readOnly: true }),
    vpnPort: integer()({ about: 'Port of the way home.', readOnly: true }),
    vpnPreferRelayCode: text({ about: 'Relay that is preferred.', readOnly: true }),
    vpnRelayRegions: text({ about: 'Regions with relays.', readOnly: true, live: true }),
    vpnRelayRtts: text({ about: 'Answer times of the relays.', readOnly: true, live: true }),
    vpnRelayAddressess: text({ about: 'Addresses of the relays.', readOnly: true, live: true }),
    vpnRelayAddressessIpv6: text({ about: 'IPv6 addresses of the relays.', readOnly: true, live: true }),
    vpnRelayIpv4Status: text({ about: 'State of the relay over IPv4.', readOnly: true, live: true, wire: 'vpn-relay-ipv4-status' }),
    vpnRelayIpv6Status: text({ about: 'State of the relay over IPv6.', readOnly: true, live: true, wire: 'vpn-relay-ipv6-status' }),
    vpnPublicKey: text({ about: 'Public key of the router.', readOnly: true, secret: false }),
    vpnPeerPublicKey: text({ about: 'Public key of the first client.', readOnly: true, secret: false }),
    vpnPrivateKey: text({ about: 'Private key of the router.', readOnly: true, secret: true }),
    vpnPeerPrivateKey: text({ about: 'Private key of the first client.', readOnly: true, secret: true }),
    // Both hold the private key of the client.
    vpnWireguardClientConfig: text({ about: 'Configuration for the first client.', readOnly: true, secret: true }),
    vpnWireguardClientConfigQrcode: text({ about: 'The same as a picture.', readOnly: true, secret: true }),
  },
  // Publishes where the router is, or stops a name that others may rely on.
  risk: ({ before, after }) => (before?.ddnsEnabled === after?.ddnsEnabled ? 'low' : 'medium'),
});
