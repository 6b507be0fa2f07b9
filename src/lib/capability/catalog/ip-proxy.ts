import { defineCapability } from '../define.ts';
import { address, addressSet, duration, flag, integer, text } from '../kinds.ts';

export const ipProxy = defineCapability({
  id: 'ip-proxy',
  title: 'Web proxy',
  about: 'Whether a router fetches web pages for others, and how.',
  menu: '/ip/proxy',
  shape: 'table',
  topic: 'system',
  key: [],
  fields: {
    enabled: flag({ about: 'Fetches pages for others.', readOnly: true, column: 1 }),
    port: text({ about: 'Ports it listens on.', readOnly: true, column: 2 }),
    srcAddress: addressSet({ about: 'Addresses it fetches from.', readOnly: true, column: 3 }),
    anonymous: flag({ about: 'Does not tell for whom it fetches.', readOnly: true, column: 4 }),
    parentProxy: address({ about: 'Proxy it asks in turn.', readOnly: true, column: 5 }),
    parentProxyPort: integer({ max: 65_535 })({ about: 'Port of that proxy.', readOnly: true }),
    cacheAdministrator: text({ about: 'Who is named on pages that report an error.', readOnly: true }),
    maxCacheSize: integer({ words: ['none', 'unlimited'] })({ about: 'Largest cache in KiB.', readOnly: true, column: 6 }),
    maxCacheObjectSize: integer()({ about: 'Largest page that is kept, in KiB.', readOnly: true }),
    cacheOnDisk: flag({ about: 'Keeps pages on disk.', readOnly: true }),
    cachePath: text({ about: 'Folder pages are kept in.', readOnly: true }),
    cacheHitDscp: integer({ max: 63 })({ about: 'DSCP mark of pages from the cache.', readOnly: true }),
    maxClientConnections: integer()({ about: 'Most connections of clients.', readOnly: true }),
    maxServerConnections: integer()({ about: 'Most connections to servers.', readOnly: true }),
    maxFreshTime: duration()({ about: 'How long a page counts as fresh.', readOnly: true }),
    serializeConnections: flag({ about: 'One connection to a server for several clients.', readOnly: true }),
    alwaysFromCache: flag({ about: 'Does not ask whether a kept page is still good.', readOnly: true }),
  },
});
