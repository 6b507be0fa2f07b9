import { defineCapability } from '../define.ts';
import { dialled, linkRisk } from '../groups/vpn.ts';
import { flag, integer, mac, oneOf, text } from '../kinds.ts';

export const ovpnClient = defineCapability({
  id: 'ovpn-client',
  title: 'OpenVPN clients',
  about: 'OpenVPN tunnels this router dials.',
  menu: '/interface/ovpn-client',
  shape: 'list',
  topic: 'vpn',
  key: ['name'],
  fields: {
    ...dialled,
    connectTo: text({ about: 'Address or name of the server.', required: true, column: 2 }),
    user: text({ about: 'Name it logs in with.', required: true, column: 3 }),
    port: integer({ max: 65_535 })({ about: 'Port of the server.', fallback: '1194' }),
    protocol: oneOf('tcp', 'udp')({ about: 'What carries the tunnel.', fallback: 'tcp' }),
    mode: oneOf('ip', 'ethernet')({ about: 'What the tunnel carries.', fallback: 'ip' }),
    certificate: text({ about: 'Certificate it shows.', fallback: 'none' }),
    verifyServerCertificate: flag({ about: 'Checks the certificate of the server.' }),
    tlsVersion: oneOf('any', 'only-1.2')({ about: 'TLS versions it agrees to.', fallback: 'any' }),
    auth: oneOf('md5', 'null', 'sha1', 'sha256', 'sha384', 'sha512')({ about: 'How packets are signed.' }),
    cipher: oneOf(
      'aes128-cbc',
      'aes128-gcm',
      'aes192-cbc',
      'aes192-gcm',
      'aes256-cbc',
      'aes256-gcm',
      'blowfish128',
      'null',
    )({
      about: 'How packets are encrypted.',
    }),
    usePeerDns: oneOf('no', 'yes', 'exclusively')({ about: 'Takes the DNS servers it is told.', fallback: 'no' }),
    routeNopull: flag({ about: 'Takes no routes from the server.' }),
    disconnectNotify: flag({ about: 'Says goodbye when it hangs up.' }),
    macAddress: mac({ about: 'Hardware address of an Ethernet tunnel.' }),
    maxMtu: integer({ max: 65_535 })({ about: 'Largest packet sent, in bytes.' }),
    hwCrypto: flag({ about: 'Hardware encrypts.', readOnly: true, live: true }),
    tlsAuth: flag({ about: 'The handshake is signed with a shared key.', readOnly: true }),
    tlsCrypt: flag({ about: 'The handshake is encrypted with a shared key.', readOnly: true }),
  },
  risk: linkRisk,
});
