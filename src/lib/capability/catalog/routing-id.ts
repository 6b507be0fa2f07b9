import { defineCapability } from '../define.ts';
import { address, flag, oneOf, text } from '../kinds.ts';
import { differs, dormant } from '../touched.ts';

export const routingId = defineCapability({
  id: 'routing-id',
  title: 'Router identifiers',
  about: 'Numbers by which routing protocols know this router.',
  menu: '/routing/id',
  shape: 'list',
  topic: 'routing',
  // RouterOS takes the same name twice.
  key: [],
  unset: 'command',
  fence: 'routing-writes',
  fields: {
    name: text({ about: 'Name that instances refer to.', column: 1 }),
    id: address({ about: 'Identifier, written like an IPv4 address.', column: 2 }),
    dynamicId: text({ about: 'Identifier the router chose itself.', readOnly: true, live: true, column: 3 }),
    selectDynamicId: oneOf(
      'any',
      'lowest',
      'only-active',
      'only-loopback',
      'only-static',
      'only-vrf',
    )({
      about: 'Addresses it may choose from.',
      column: 4,
    }),
    selectFromVrf: text({ about: 'VRF whose addresses it chooses from.', fallback: 'main', column: 5 }),
    inactive: flag({ about: 'Cannot be used as it is.', readOnly: true, live: true }),
    disabled: flag({ about: 'Kept but not in force.', column: 6 }),
    comment: text({ about: 'Note kept on the router.', column: 7 }),
  },
  // A router that changes its identifier drops its neighbours for a moment.
  risk: ({ verb, before, after }) => {
    if (verb === 'add' || dormant(before, after)) return 'low';
    return verb === 'set' && !differs(before, after, 'name', 'id', 'selectDynamicId', 'selectFromVrf', 'disabled') ? 'low' : 'medium';
  },
});
