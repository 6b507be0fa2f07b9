import { defineCapability } from '../define.ts';
import { address, duration, flag, integer, oneOf, text } from '../kinds.ts';

export const dnsStatic = defineCapability({
  id: 'dns-static',
  title: 'Static DNS names',
  about: 'Names a router answers itself, before it asks anybody.',
  menu: '/ip/dns/static',
  shape: 'ordered',
  topic: 'dns-ntp',
  // One name may have several records, of one type too: nothing names a row.
  key: [],
  fields: {
    name: text({ about: 'Name that is asked for; this or a pattern is needed.', column: 1 }),
    regexp: text({ about: 'Pattern the name must fit, instead of a name.', column: 2 }),
    type: oneOf(
      'A',
      'AAAA',
      'CNAME',
      'FWD',
      'MX',
      'NS',
      'NXDOMAIN',
      'SRV',
      'TXT',
    )({ about: 'Kind of record; FWD asks another server, NXDOMAIN says there is no such name.', fallback: 'A', column: 3 }),
    address: address({ about: 'Answer of an A or AAAA record.', column: 4 }),
    cname: text({ about: 'Other name the name stands for.', column: 5 }),
    forwardTo: text({ about: 'Server or forwarder that is asked instead.', column: 6 }),
    text: text({ about: 'Answer of a TXT record.' }),
    mxExchange: text({ about: 'Mail server of an MX record.' }),
    mxPreference: integer({ max: 65_535 })({ about: 'Preference of the mail server; lower first.' }),
    ns: text({ about: 'Name server of an NS record.' }),
    srvTarget: text({ about: 'Host of an SRV record.' }),
    srvPort: integer({ max: 65_535 })({ about: 'Port of an SRV record.' }),
    srvPriority: integer({ max: 65_535 })({ about: 'Priority of an SRV record; lower first.' }),
    srvWeight: integer({ max: 65_535 })({ about: 'Share of an SRV record among equals.' }),
    matchSubdomain: flag({ about: 'Holds for all names below it too.', column: 7 }),
    addressList: text({ about: 'Firewall address list the answers are put on.' }),
    ttl: duration()({ about: 'How long others may keep the answer.', column: 8 }),
    disabled: flag({ about: 'Kept but not asked.', column: 9 }),
    comment: text({ about: 'Note kept on the router.', column: 10 }),
  },
  // One name more hurts little; a pattern, or all names below one, may swallow names that others need.
  risk: ({ verb, after }) => (verb === 'add' && !after?.regexp && !after?.matchSubdomain ? 'low' : 'medium'),
  refuse: ({ verb, after }) => {
    if (verb === 'remove' || verb === 'move') return undefined;
    if (!after?.name && !after?.regexp) return 'a record needs a name or a pattern';
    return after.name && after.regexp ? 'a record has a name or a pattern, not both' : undefined;
  },
});
