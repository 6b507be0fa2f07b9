import { defineCapability } from '../define.ts';
import { address, flag, integer, network, oneOf, text } from '../kinds.ts';
import { differs, dormant, goesDown } from '../touched.ts';

export const ipsecPeer = defineCapability({
  id: 'ipsec-peer',
  title: 'IPsec peers',
  about: 'Far ends IPsec keys are agreed with.',
  menu: '/ip/ipsec/peer',
  shape: 'list',
  topic: 'vpn',
  key: ['name'],
  fields: {
    name: text({ about: 'Name that identities and policies refer to.', required: true, column: 1 }),
    address: network({ about: 'Address, network or name of the far end.', column: 2 }),
    localAddress: address({ about: 'Own address keys are agreed from.', column: 3 }),
    profile: text({ about: 'Profile with what is proposed to it.', fallback: 'default', column: 4 }),
    exchangeMode: oneOf('main', 'aggressive', 'base', 'ike2')({ about: 'How keys are agreed.', fallback: 'main', column: 5 }),
    passive: flag({ about: 'Waits for the far end to begin.', column: 6 }),
    port: integer({ max: 65_535 })({ about: 'UDP port of the far end.' }),
    sendInitialContact: flag({ about: 'Tells the far end to forget what was before.' }),
    ppkSecret: text({ about: 'Extra key against later decryption.', secret: true, from: '7.21' }),
    currentAddress: text({ about: 'Address its name stands for.', readOnly: true, live: true }),
    responder: flag({ about: 'Only answers.', readOnly: true, live: true }),
    disabled: flag({ about: 'Kept but not in force.', column: 7 }),
    comment: text({ about: 'Note kept on the router.', column: 8 }),
  },
  // We may be connected through what it protects. A new one agrees nothing without an identity.
  risk: ({ verb, before, after }) => {
    if (verb === 'add' || dormant(before, after)) return 'low';
    if (goesDown(before, after) || differs(before, after, 'address', 'localAddress', 'port', 'exchangeMode', 'profile', 'ppkSecret'))
      return 'high';
    return differs(before, after, 'name', 'passive', 'sendInitialContact', 'disabled') ? 'medium' : 'low';
  },
});
