import { defineCapability } from '../define.ts';
import { authentication, linkLimits, serverRisk } from '../groups/vpn.ts';
import { flag, integer, oneOf, text } from '../kinds.ts';

export const l2tpServer = defineCapability({
  id: 'l2tp-server',
  title: 'L2TP server',
  about: 'Whether others may dial in by L2TP, and how.',
  menu: '/interface/l2tp-server/server',
  shape: 'singleton',
  topic: 'vpn',
  key: [],
  fields: {
    enabled: flag({ about: 'Others may dial in.', column: 1 }),
    defaultProfile: text({ about: 'PPP profile of its sessions.', column: 2 }),
    authentication: authentication({ about: 'Ways of logging in it agrees to.', column: 3 }),
    useIpsec: oneOf('no', 'yes', 'required')({ about: 'Sessions are wrapped in IPsec.', column: 4 }),
    ipsecSecret: text({ about: 'Key callers share for IPsec.', secret: true }),
    maxSessions: integer({ words: ['unlimited'] })({ about: 'Sessions at once.', column: 5 }),
    oneSessionPerHost: flag({ about: 'A second session of one host ends the first.' }),
    callerIdType: oneOf('ip-address', 'number')({ about: 'What a caller is known by.' }),
    allowFastPath: flag({ about: 'Packets may pass by the firewall.' }),
    acceptProtoVersion: oneOf('all', 'l2tpv2', 'l2tpv3')({ about: 'L2TP versions it takes.' }),
    acceptPseudowireType: oneOf('all', 'ether', 'ppp')({ about: 'What a tunnel may carry.' }),
    l2tpv3CircuitId: text({ about: 'Circuit of L2TPv3 tunnels.', wire: 'l2tpv3-circuit-id' }),
    l2tpv3CookieLength: oneOf('0', '4-bytes', '8-bytes')({ about: 'Length of the L2TPv3 cookie.', wire: 'l2tpv3-cookie-length' }),
    l2tpv3DigestHash: oneOf('md5', 'none', 'sha1')({ about: 'Digest of L2TPv3 control messages.', wire: 'l2tpv3-digest-hash' }),
    l2tpv3EtherInterfaceList: text({ about: 'Interface list that Ethernet tunnels are put on.', wire: 'l2tpv3-ether-interface-list' }),
    ...linkLimits,
  },
  risk: ({ before, after }) => serverRisk(before, after),
});
