import { defineCapability } from '../define.ts';
import { authentication, defaultRouteDistance, dialled, dialOnDemand, linkLimits, linkRisk } from '../groups/vpn.ts';
import { flag, integer, oneOf, text, textSet } from '../kinds.ts';

export const sstpClient = defineCapability({
  id: 'sstp-client',
  title: 'SSTP clients',
  about: 'SSTP tunnels this router dials.',
  menu: '/interface/sstp-client',
  shape: 'list',
  topic: 'vpn',
  key: ['name'],
  fields: {
    ...dialled,
    connectTo: text({ about: 'Address or name of the server.', required: true, column: 2 }),
    user: text({ about: 'Name it logs in with.', required: true, column: 3 }),
    port: integer({ max: 65_535 })({ about: 'TCP port of the server.', fallback: '443' }),
    certificate: text({ about: 'Certificate it shows.', fallback: 'none' }),
    verifyServerCertificate: flag({ about: 'Checks the certificate of the server.' }),
    verifyServerAddressFromCertificate: flag({ about: 'The certificate must name the server.' }),
    tlsVersion: oneOf('any', 'only-1.2')({ about: 'TLS versions it agrees to.', fallback: 'any' }),
    ciphers: textSet({ about: 'Ciphers it agrees to.', from: '7.14' }),
    pfs: oneOf('no', 'yes', 'required')({ about: 'Keys do not outlive the session.' }),
    addSni: flag({ about: 'Tells the server which name it calls.', from: '7.15' }),
    authentication: authentication({ about: 'Ways of logging in it agrees to.' }),
    httpProxy: text({ about: 'Web proxy on the way.' }),
    proxyPort: integer({ max: 65_535 })({ about: 'Port of the web proxy.' }),
    dialOnDemand,
    defaultRouteDistance,
    ...linkLimits,
    hwCrypto: flag({ about: 'Hardware encrypts.', readOnly: true, live: true }),
  },
  risk: linkRisk,
});
