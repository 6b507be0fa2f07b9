import { defineCapability } from '../define.ts';
import { authentication, linkLimits, serverRisk } from '../groups/vpn.ts';
import { flag, integer, oneOf, text, textSet } from '../kinds.ts';

export const sstpServer = defineCapability({
  id: 'sstp-server',
  title: 'SSTP server',
  about: 'Whether others may dial in by SSTP, and how.',
  menu: '/interface/sstp-server/server',
  shape: 'singleton',
  topic: 'vpn',
  key: [],
  fields: {
    enabled: flag({ about: 'Others may dial in.', column: 1 }),
    port: integer({ max: 65_535 })({ about: 'TCP port it listens on.', column: 2 }),
    defaultProfile: text({ about: 'PPP profile of its sessions.', column: 3 }),
    certificate: text({ about: 'Certificate it shows.', fallback: 'none', column: 4 }),
    verifyClientCertificate: flag({ about: 'Callers must show a certificate too.' }),
    authentication: authentication({ about: 'Ways of logging in it agrees to.', column: 5 }),
    tlsVersion: oneOf('any', 'only-1.2')({ about: 'TLS versions it agrees to.', fallback: 'any', column: 6 }),
    ciphers: textSet({ about: 'Ciphers it agrees to.', from: '7.14' }),
    pfs: oneOf('no', 'yes', 'required')({ about: 'Keys do not outlive the session.' }),
    ...linkLimits,
  },
  risk: ({ before, after }) => serverRisk(before, after),
});
