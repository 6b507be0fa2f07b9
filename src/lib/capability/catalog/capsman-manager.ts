import { defineCapability } from '../define.ts';
import { flag, text, word } from '../kinds.ts';

export const capsmanManager = defineCapability({
  id: 'capsman-manager',
  title: 'CAPsMAN (wireless package)',
  about: 'Whether this router configures access points of the older wireless driver.',
  menu: '/caps-man/manager',
  shape: 'table',
  topic: 'wireless',
  key: [],
  fields: {
    enabled: flag({ about: 'Switched on.', column: 1 }),
    upgradePolicy: word({ about: 'What happens to access points of another version.', column: 2 }),
    requirePeerCertificate: flag({ about: 'Take only access points with a certificate.', column: 3 }),
    certificate: word({ about: 'Certificate in use.', column: 4 }),
    caCertificate: word({ about: 'Authority that signs access points.', column: 5 }),
    packagePath: text({ about: 'Folder with packages for access points.' }),
    generatedCaCertificate: text({ about: 'Authority it made itself.', readOnly: true }),
    generatedCertificate: text({ about: 'Certificate it made itself.', readOnly: true }),
  },
});
