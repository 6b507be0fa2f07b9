import { defineCapability } from '../define.ts';
import { authentication, defaultRouteDistance, dialled, dialOnDemand, linkLimits, linkRisk } from '../groups/vpn.ts';
import { address, flag, oneOf, text } from '../kinds.ts';

export const l2tpClient = defineCapability({
  id: 'l2tp-client',
  title: 'L2TP clients',
  about: 'L2TP tunnels this router dials.',
  menu: '/interface/l2tp-client',
  shape: 'list',
  topic: 'vpn',
  key: ['name'],
  fields: {
    ...dialled,
    connectTo: text({ about: 'Address or name of the server.', required: true, column: 2 }),
    user: text({ about: 'Name it logs in with.', required: true, column: 3 }),
    useIpsec: flag({ about: 'The tunnel is wrapped in IPsec.' }),
    ipsecSecret: text({ about: 'Key both ends share for IPsec.', secret: true }),
    allow: authentication({ about: 'Ways of logging in it agrees to.' }),
    usePeerDns: oneOf('no', 'yes', 'exclusively')({ about: 'Takes the DNS servers it is told.', fallback: 'no' }),
    allowFastPath: flag({ about: 'Packets may pass by the firewall.' }),
    srcAddress: address({ about: 'Own address it dials from.' }),
    randomSourcePort: flag({ about: 'Dials from a random port.', from: '7.18' }),
    l2tpProtoVersion: oneOf(
      'l2tpv2',
      'l2tpv3-ip',
      'l2tpv3-udp',
    )({
      about: 'L2TP version and what carries it.',
      wire: 'l2tp-proto-version',
      fallback: 'l2tpv2',
    }),
    l2tpv3CircuitId: text({ about: 'Circuit of an L2TPv3 tunnel.', wire: 'l2tpv3-circuit-id' }),
    l2tpv3CookieLength: oneOf('0', '4-bytes', '8-bytes')({ about: 'Length of the L2TPv3 cookie.', wire: 'l2tpv3-cookie-length' }),
    l2tpv3DigestHash: oneOf('md5', 'none', 'sha1')({ about: 'Digest of L2TPv3 control messages.', wire: 'l2tpv3-digest-hash' }),
    dialOnDemand,
    defaultRouteDistance,
    ...linkLimits,
  },
  risk: linkRisk,
});
