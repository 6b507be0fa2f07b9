import { defineCapability } from '../define.ts';
import { flag, integer, networkSet, oneOf, text } from '../kinds.ts';

/** Services this software comes in by. */
const OURS: readonly (string | undefined)[] = ['www', 'www-ssl', 'ssh'];

export const ipService = defineCapability({
  id: 'ip-service',
  title: 'Services',
  about: 'The ways into a router: web, SSH, WinBox and the rest, with their ports and who may use them.',
  menu: '/ip/service',
  shape: 'fixed',
  topic: 'user',
  key: ['name'],
  fields: {
    name: text({ about: 'Service, such as www-ssl.', readOnly: true, column: 1 }),
    port: integer({ min: 1, max: 65_535 })({ about: 'Port it listens on.', required: true, column: 2 }),
    // 7.24 shows the field under a new name, and takes both.
    address: networkSet({
      about: 'Networks it may be used from; none means anywhere.',
      wire: [{ from: '7.24', name: 'available-from' }, { name: 'address' }],
      column: 4,
    }),
    certificate: text({ about: 'Certificate it shows, by name.', fallback: 'none', column: 5 }),
    tlsVersion: oneOf('any', 'only-1.2')({ about: 'TLS versions it takes.', fallback: 'any', column: 6 }),
    maxSessions: integer({ min: 1, max: 1_000 })({ about: 'Sessions at the same time.', from: '7.16' }),
    vrf: text({ about: 'Routing table on which it listens.', fallback: 'main', column: 7 }),
    disabled: flag({ about: 'Switched off.', column: 3 }),
    invalid: flag({ about: 'It cannot work as it is set.', readOnly: true, live: true }),
    proto: text({ about: 'Protocol under it, such as tcp.', readOnly: true }),
    connection: flag({ about: 'This row is a connection that is open, not a service.', readOnly: true, live: true }),
    local: text({ about: 'Address of the router in an open connection.', readOnly: true, live: true }),
    remote: text({ about: 'Address of the other side of an open connection.', readOnly: true, live: true }),
    container: text({ about: 'Container the service runs in.', readOnly: true, live: true }),
    netns: integer()({ about: 'Network namespace the service runs in.', readOnly: true, live: true }),
  },
  // We come in by one of them.
  risk: () => 'high',
  refuse: ({ before, after }, { rows }) => {
    const open = (row: { readonly disabled?: boolean; readonly connection?: boolean }) => !row.disabled && !row.connection;
    const others = rows.some((row) => OURS.includes(row.name) && row.name !== before?.name && open(row));
    const goes = OURS.includes(before?.name) && after?.disabled && !before?.disabled;
    return goes && !others ? 'www, www-ssl and ssh would all be off, and this software could not come in again' : undefined;
  },
});
