import { defineCapability } from '../define.ts';
import { flag, text, textSet, vlanIds } from '../kinds.ts';
import { isNote } from '../touched.ts';

export const bridgeVlan = defineCapability({
  id: 'bridge-vlan',
  title: 'Bridge VLANs',
  about: 'Which VLANs a bridge carries, and by which ports.',
  menu: '/interface/bridge/vlan',
  shape: 'list',
  topic: 'bridge',
  key: ['bridge', 'vlanIds'],
  fence: 'bridge-writes',
  fields: {
    bridge: text({ about: 'Bridge it belongs to.', required: true, column: 1 }),
    vlanIds: vlanIds({ about: 'VLAN numbers and ranges.', required: true, column: 2 }),
    tagged: textSet({ about: 'Ports that carry it with a tag.', column: 3 }),
    untagged: textSet({ about: 'Ports that carry it without a tag.', column: 4 }),
    currentTagged: textSet({ about: 'Ports that carry it with a tag now.', readOnly: true, live: true, column: 5 }),
    currentUntagged: textSet({ about: 'Ports that carry it without a tag now.', readOnly: true, live: true, column: 6 }),
    disabled: flag({ about: 'Kept but not in force.', column: 7 }),
    comment: text({ about: 'Note kept on the router.', column: 8 }),
    mvrpForbidden: textSet({ about: 'Ports on which MVRP may not register it.', from: '7.15' }),
    managed: flag({ about: 'Kept by a controller.', readOnly: true, live: true }),
  },
  // With VLAN filtering, whoever loses a port here is off the network; that may be us.
  risk: (change) => (change.verb === 'add' ? 'medium' : isNote(change) ? 'low' : 'high'),
  refuse: ({ after }) => {
    const both = after?.tagged?.find((port) => after.untagged?.includes(port));
    return both === undefined ? undefined : `${both} cannot carry the VLAN both with and without a tag`;
  },
});
