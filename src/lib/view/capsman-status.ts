import { capsmanManager } from '../capability/catalog/capsman-manager.ts';
import { capsmanRegistration } from '../capability/catalog/capsman-registration.ts';
import { capsmanRemoteCap } from '../capability/catalog/capsman-remote-cap.ts';
import { wifiCap } from '../capability/catalog/wifi-cap.ts';
import { wifiCapsman } from '../capability/catalog/wifi-capsman.ts';
import { wifiRegistration } from '../capability/catalog/wifi-registration.ts';
import { wifiRemoteCap } from '../capability/catalog/wifi-remote-cap.ts';
import { defineView } from './define.ts';
import { flagOf, listOf, onlyOf, pick, totalOf } from './values.ts';

/** A router may have the controller of the old wireless package, that of the new one, both, or be an access point of another. */
export const capsmanStatus = defineView({
  id: 'capsman-status',
  title: 'CAPsMAN status',
  about: 'Both CAPsMAN controllers with their access points, and whether this router is an access point of another.',
  topic: 'wireless',
  input: {},
  parts: {
    legacy: { read: capsmanManager },
    legacyCaps: { read: capsmanRemoteCap, limit: 200 },
    legacyClients: { read: capsmanRegistration, limit: 0 },
    wifi: { read: wifiCapsman },
    wifiCaps: { read: wifiRemoteCap, limit: 200 },
    wifiClients: { read: wifiRegistration, limit: 0 },
    cap: { read: wifiCap },
  },
  compose: (parts) => ({
    legacy: {
      enabled: flagOf(onlyOf(parts['legacy'])['enabled']),
      requirePeerCertificate: flagOf(onlyOf(parts['legacy'])['requirePeerCertificate']),
      accessPoints: listOf(parts['legacyCaps'], (row) => pick(row, 'name', 'identity', 'address', 'state', 'version', 'board', 'radios')),
      clients: totalOf(parts['legacyClients']),
    },
    wifi: {
      enabled: flagOf(onlyOf(parts['wifi'])['enabled']),
      requirePeerCertificate: flagOf(onlyOf(parts['wifi'])['requirePeerCertificate']),
      accessPoints: listOf(parts['wifiCaps'], (row) => pick(row, 'identity', 'address', 'state', 'version', 'boardName', 'connectedTime')),
      clients: totalOf(parts['wifiClients']),
    },
    accessPoint: {
      enabled: flagOf(onlyOf(parts['cap'])['enabled']),
      ...pick(onlyOf(parts['cap']), 'currentCapsManAddress', 'currentCapsManIdentity'),
    },
  }),
});
