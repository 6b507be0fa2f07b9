import { defineCapability } from '../define.ts';
import { address, counter, flag, integer, oneOf, prefix, text } from '../kinds.ts';
import { covers, differs, dormant, isEverything } from '../touched.ts';

export const ipsecPolicy = defineCapability({
  id: 'ipsec-policy',
  title: 'IPsec policies',
  about: 'Which traffic IPsec protects, drops or leaves alone, asked from the top.',
  menu: '/ip/ipsec/policy',
  shape: 'ordered',
  topic: 'vpn',
  key: [],
  fields: {
    srcAddress: prefix({ about: 'Network the traffic comes from.', column: 1 }),
    dstAddress: prefix({ about: 'Network the traffic goes to.', column: 2 }),
    peer: text({ about: 'Peer it is agreed with.', column: 3 }),
    action: oneOf('encrypt', 'discard', 'none')({ about: 'What is done with the traffic.', fallback: 'encrypt', column: 4 }),
    tunnel: flag({ about: 'Packets are wrapped whole.', column: 5 }),
    ph2State: text({ about: 'How far the agreement got.', readOnly: true, live: true, wire: 'ph2-state', column: 6 }),
    active: flag({ about: 'In force.', readOnly: true, live: true, column: 7 }),
    template: flag({ about: 'Only a pattern that policies are made from.' }),
    group: text({ about: 'Group of patterns it is part of.' }),
    proposal: text({ about: 'Proposal with the ciphers.', fallback: 'default' }),
    protocol: text({ about: 'Protocol of the traffic, by name or number.', fallback: 'all' }),
    srcPort: integer({ max: 65_535, words: ['any'] })({ about: 'Port the traffic comes from.', fallback: 'any' }),
    dstPort: integer({ max: 65_535, words: ['any'] })({ about: 'Port the traffic goes to.', fallback: 'any' }),
    level: oneOf('require', 'unique', 'use')({ about: 'What happens before there is an agreement.', fallback: 'require' }),
    ipsecProtocols: oneOf('esp', 'ah')({ about: 'Protocol that protects.', fallback: 'esp' }),
    saSrcAddress: address({ about: 'Own end of the tunnel.' }),
    saDstAddress: address({ about: 'Far end of the tunnel.' }),
    ph2Count: counter({ about: 'Agreements there are.', readOnly: true, live: true, wire: 'ph2-count' }),
    invalid: flag({ about: 'Cannot be used as it is.', readOnly: true, live: true }),
    backup: flag({ about: 'Stands in for another one.', readOnly: true, live: true }),
    default: flag({ about: 'Came with the router.', readOnly: true }),
    disabled: flag({ about: 'Kept but not asked.', column: 8 }),
    comment: text({ about: 'Note kept on the router.', column: 9 }),
  },
  // Traffic a policy takes goes nowhere else, ours included.
  risk: ({ verb, before, after }, { ownHost }) => {
    if (dormant(before, after)) return 'low';
    const takes = ['srcAddress', 'dstAddress', 'peer', 'action', 'tunnel', 'template', 'protocol', 'srcPort', 'dstPort', 'level'] as const;
    if (verb === 'set' && !differs(before, after, ...takes, 'proposal', 'group', 'saSrcAddress', 'saDstAddress', 'disabled')) return 'low';
    const ours = [before, after].some(
      (policy) =>
        policy && !policy.template && [policy.srcAddress, policy.dstAddress].some((side) => isEverything(side) || covers(side, ownHost)),
    );
    return ours ? 'high' : 'medium';
  },
  refuse: ({ verb, before, after }) => {
    if (verb === 'remove' && before?.default) return 'the template that came with the router cannot be removed';
    const lonely = verb === 'add' && !after?.template && !after?.peer && (after?.action ?? 'encrypt') === 'encrypt';
    return lonely ? 'a policy that encrypts needs a peer' : undefined;
  },
});
