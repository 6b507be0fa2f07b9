import { defineCapability } from '../define.ts';
import { arpFields, loopProtectFields } from '../groups/interface.ts';
import { address, flag, integer, mac, oneOf, text, word } from '../kinds.ts';
import { differs, isNote } from '../touched.ts';

export const vxlan = defineCapability({
  id: 'vxlan',
  title: 'VXLAN',
  about: 'Overlay networks that carry Ethernet frames over UDP.',
  menu: '/interface/vxlan',
  shape: 'list',
  topic: 'interface',
  key: ['name'],
  unset: 'command',
  fields: {
    name: text({ about: 'Name of the interface.', required: true, column: 1 }),
    vni: integer({ min: 1, max: 16_777_216 })({ about: 'Number of the overlay network.', required: true, column: 2 }),
    running: flag({ about: 'The link is up.', readOnly: true, live: true, column: 3 }),
    localAddress: address({ about: 'Own address of the overlay.', column: 4 }),
    group: address({ about: 'Multicast group that finds the far ends.', column: 5 }),
    mtu: integer({ min: 68, max: 65_535 })({ about: 'Largest packet in bytes.', column: 6 }),
    disabled: flag({ about: 'Kept but not in force.', column: 7 }),
    comment: text({ about: 'Note kept on the router.', column: 8 }),
    allowFastPath: flag({ about: 'Let frames take the fast path.', fallback: 'yes' }),
    dontFragment: oneOf('auto', 'disabled', 'enabled', 'inherit')({ about: 'Whether packets may be cut on the way.' }),
    interface: word({ about: 'Interface the multicast group is on.' }),
    macAddress: mac({ about: 'Hardware address.' }),
    maxFdbSize: integer({ min: 1, max: 65_535 })({ about: 'Hosts that may be learned.' }),
    port: integer({ min: 1, max: 65_535 })({ about: 'UDP port.' }),
    vtepsIpVersion: oneOf('ipv4', 'ipv6')({ about: 'Address family of the far ends.' }),
    bridge: word({ about: 'Bridge it is a port of.', from: '7.18' }),
    bridgePvid: integer({ min: 1, max: 4094 })({ about: 'VLAN of untagged frames on that bridge.', from: '7.18' }),
    checksum: flag({ about: 'Send UDP checksums.', from: '7.20' }),
    hw: flag({ about: 'Use the switch chip where possible.', fallback: 'yes', from: '7.18' }),
    learning: flag({ about: 'Learn where hosts are.', fallback: 'yes', from: '7.20' }),
    remCsum: oneOf('both', 'none', 'rx', 'tx')({ about: 'Leave inner checksums to the far end.', from: '7.20' }),
    ttl: integer({ min: 1, max: 255, words: ['auto'] })({ about: 'Time to live of the outer packet.', from: '7.18' }),
    vtepVrf: text({
      about: 'Routing table used to reach the far ends.',
      wire: [{ from: '7.20', name: 'vtep-vrf' }, { name: 'vrf' }],
      fallback: 'main',
    }),
    hwOffloaded: flag({ about: 'The hardware forwards for it.', readOnly: true, live: true }),
    l2mtu: integer()({ about: 'Largest frame in bytes.', readOnly: true, live: true }),
    ...arpFields,
    ...loopProtectFields,
  },
  // Our own way may lead through it.
  risk: (change) => {
    if (change.verb === 'add') return 'low';
    if (
      change.verb === 'remove' ||
      differs(
        change.before,
        change.after,
        'name',
        'vni',
        'localAddress',
        'group',
        'interface',
        'port',
        'vtepVrf',
        'vtepsIpVersion',
        'bridge',
        'disabled',
      )
    )
      return 'high';
    return isNote(change) ? 'low' : 'medium';
  },
});
