import { defineCapability } from '../define.ts';
import { arpFields } from '../groups/interface.ts';
import { address, duration, flag, integer, mac, oneOf, text, word } from '../kinds.ts';
import { differs, isNote } from '../touched.ts';

export const vrrp = defineCapability({
  id: 'vrrp',
  title: 'VRRP',
  about: 'Addresses that several routers share, so that one takes over from another.',
  menu: '/interface/vrrp',
  shape: 'list',
  topic: 'interface',
  key: ['name'],
  fields: {
    name: text({ about: 'Name of the interface.', required: true, column: 1 }),
    interface: text({ about: 'Interface whose network is shared.', required: true, column: 2 }),
    vrid: integer({ max: 255 })({ about: 'Number of the virtual router.', column: 3 }),
    priority: integer({ min: 1, max: 254 })({ about: 'Who leads: the higher number.', column: 4 }),
    master: flag({ about: 'Leads now.', readOnly: true, live: true, column: 5 }),
    backup: flag({ about: 'Another router leads.', readOnly: true, live: true, column: 6 }),
    running: flag({ about: 'The link is up.', readOnly: true, live: true, column: 7 }),
    disabled: flag({ about: 'Kept but not in force.', column: 8 }),
    comment: text({ about: 'Note kept on the router.', column: 9 }),
    authentication: oneOf('ah', 'none', 'simple')({ about: 'How messages are authenticated.' }),
    groupAuthority: word({ about: 'VRRP interface that leads the group.' }),
    groupMaster: word({ about: 'VRRP interface that leads the group.' }),
    interval: duration()({ about: 'Time between messages.' }),
    onBackup: text({ about: 'Script run when it stops leading.' }),
    onFail: text({ about: 'Script run when it fails.' }),
    onMaster: text({ about: 'Script run when it begins to lead.' }),
    password: text({ about: 'Password of the messages.', secret: true }),
    preemptionMode: flag({ about: 'Take over from a leader of lower priority.', fallback: 'yes' }),
    remoteAddress: address({ about: 'Address of the other router.' }),
    syncConnectionTracking: flag({ about: 'Share connections with the other router.' }),
    v3Protocol: oneOf('ipv4', 'ipv6')({ about: 'Address family of version 3.' }),
    version: integer({ min: 2, max: 3 })({ about: 'Protocol version.' }),
    connectionTrackingMode: oneOf('active-active', 'passive-active')({ about: 'How connections are shared with the peer.', from: '7.20' }),
    connectionTrackingPort: integer({ min: 1, max: 65_535 })({ about: 'Port connections are shared on.', from: '7.20' }),
    v3ChecksumAsV2: flag({ about: 'Count version 3 checksums as version 2 does.', from: '7.24' }),
    failure: flag({ about: 'Something is wrong.', readOnly: true, live: true }),
    grpAuthority: flag({ about: 'Leads its group.', readOnly: true, live: true }),
    grpMember: flag({ about: 'Follows the leader of its group.', readOnly: true, live: true }),
    invalid: flag({ about: 'Refers to something that does not exist.', readOnly: true, live: true }),
    macAddress: mac({ about: 'Hardware address.', readOnly: true, live: true }),
    mtu: integer()({ about: 'Largest packet in bytes.', readOnly: true, live: true }),
    ...arpFields,
  },
  // The shared address may be the one we reach the router by.
  risk: (change) => {
    if (change.verb === 'add') return 'medium';
    if (
      change.verb === 'remove' ||
      differs(
        change.before,
        change.after,
        'name',
        'interface',
        'vrid',
        'priority',
        'version',
        'v3Protocol',
        'disabled',
        'authentication',
        'password',
        'interval',
      )
    )
      return 'high';
    return isNote(change) ? 'low' : 'medium';
  },
  refuse: ({ verb, after }, { rows }) => {
    const vrid = after?.vrid ?? 1;
    const twin = verb === 'add' ? rows.find((row) => row.interface === after?.interface && (row.vrid ?? 1) === vrid) : undefined;
    return twin ? `${twin.name} has this number on ${twin.interface} already` : undefined;
  },
});
