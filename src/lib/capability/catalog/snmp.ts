import { defineCapability } from '../define.ts';
import { address, addressSet, flag, oneOf, text, textSet } from '../kinds.ts';

export const snmp = defineCapability({
  id: 'snmp',
  title: 'SNMP',
  about: 'Whether monitoring systems may ask a router over SNMP, and where it sends its alarms.',
  menu: '/snmp',
  shape: 'singleton',
  topic: 'system',
  key: [],
  fields: {
    enabled: flag({ about: 'Answer SNMP questions.', column: 1 }),
    contact: text({ about: 'Who looks after the router.', column: 2 }),
    location: text({ about: 'Where it stands.', column: 3 }),
    engineId: text({ about: 'Number it is known by in version 3.', readOnly: true, column: 6 }),
    engineIdSuffix: text({ about: 'End of that number, in hexadecimal.' }),
    srcAddress: address({ about: 'Address it answers from.', fallback: '::' }),
    trapTarget: addressSet({ about: 'Where alarms are sent.', column: 4 }),
    // The name of a community is what lets in.
    trapCommunity: text({ about: 'Community alarms are sent with.', secret: true }),
    trapVersion: oneOf('1', '2', '3')({ about: 'SNMP version of alarms.', column: 5 }),
    trapGenerators: textSet({ about: 'What causes an alarm.' }),
    trapInterfaces: textSet({ about: 'Interfaces whose changes cause an alarm.' }),
    vrf: text({ about: 'Routing table on which it answers.', fallback: 'main', column: 7 }),
  },
  // Contact and location are notes; the rest opens the router to questions or sends what it knows elsewhere.
  risk: ({ before, after }) => {
    const rest = (item: typeof before) => JSON.stringify({ ...item, contact: '', location: '' });
    return rest(before) === rest(after) || (before?.enabled && !after?.enabled) ? 'low' : 'medium';
  },
});
