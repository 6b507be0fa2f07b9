import { defineCapability } from '../define.ts';
import { duration, flag, openFlag, ports, text } from '../kinds.ts';

export const firewallServicePort = defineCapability({
  id: 'firewall-service-port',
  title: 'Connection helpers',
  about: 'Helpers that let protocols such as FTP and SIP pass NAT.',
  menu: '/ip/firewall/service-port',
  shape: 'fixed',
  topic: 'firewall',
  key: ['name'],
  fence: 'firewall-writes',
  fields: {
    name: text({ about: 'Protocol it helps.', readOnly: true, column: 1 }),
    ports: ports({ about: 'Ports it listens to.', column: 2 }),
    disabled: flag({ about: 'Switched off.', column: 3 }),
    sipDirectMedia: openFlag({ about: 'SIP calls may send media past the router.', column: 4 }),
    sipTimeout: duration()({ about: 'Memory of an idle SIP call.', column: 5 }),
    invalid: flag({ about: 'Cannot work.', readOnly: true, live: true }),
  },
  risk: () => 'medium',
});
