import { defineCapability } from '../define.ts';
import { flag, oneOf, text, textSet, word } from '../kinds.ts';
import { differs } from '../touched.ts';

export const wifiCapsman = defineCapability({
  id: 'wifi-capsman',
  title: 'Wi-Fi controller',
  about: 'Whether this router configures access points of the current Wi-Fi driver.',
  menu: '/interface/wifi/capsman',
  shape: 'singleton',
  topic: 'wireless',
  key: [],
  fence: 'wireless-writes',
  when: { from: '7.13' },
  fields: {
    enabled: flag({ about: 'Switched on.', column: 1 }),
    interfaces: textSet({ about: 'Interfaces on which access points are served.', column: 2 }),
    upgradePolicy: oneOf(
      'none',
      'require-same-version',
      'suggest-same-version',
    )({ about: 'What happens to access points of another version.', column: 3 }),
    requirePeerCertificate: flag({ about: 'Take only access points with a certificate.', column: 4 }),
    certificate: word({ about: 'Certificate in use.', column: 5 }),
    caCertificate: word({ about: 'Authority that signs access points.' }),
    packagePath: text({ about: 'Folder with packages for access points.' }),
    generatedCaCertificate: text({ about: 'Authority it made itself.', readOnly: true }),
    generatedCertificate: text({ about: 'Certificate it made itself.', readOnly: true }),
  },
  // Access points that lose their controller lose their networks.
  risk: (change) =>
    differs(change.before, change.after, 'enabled', 'interfaces', 'certificate', 'caCertificate', 'requirePeerCertificate')
      ? 'high'
      : 'medium',
});
