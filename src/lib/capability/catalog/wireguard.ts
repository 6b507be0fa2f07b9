import { defineCapability } from '../define.ts';
import { flag, integer, text } from '../kinds.ts';
import { differs, dormant, goesDown } from '../touched.ts';

export const wireguard = defineCapability({
  id: 'wireguard',
  title: 'WireGuard interfaces',
  about: 'Near ends of WireGuard tunnels.',
  menu: '/interface/wireguard',
  shape: 'list',
  topic: 'vpn',
  key: ['name'],
  fields: {
    name: text({ about: 'Name of the interface.', required: true, column: 1 }),
    listenPort: integer({ max: 65_535 })({ about: 'UDP port it listens on.', column: 2 }),
    publicKey: text({ about: 'Own key that far ends are told.', readOnly: true, secret: false, column: 3 }),
    privateKey: text({ about: 'Own key that nobody is told; made by the router when left out.', secret: true }),
    mtu: integer({ max: 65_535, words: ['auto'] })({ about: 'Largest packet in bytes.', column: 4 }),
    vrf: text({ about: 'VRF its encrypted packets travel in.', fallback: 'main', from: '7.21' }),
    running: flag({ about: 'The interface is up.', readOnly: true, live: true, column: 5 }),
    disabled: flag({ about: 'Switched off by configuration.', column: 6 }),
    comment: text({ about: 'Note kept on the router.', column: 7 }),
  },
  // We may be connected through it, and a removed private key never comes back.
  risk: ({ verb, before, after }) => {
    if (verb === 'remove') return 'high';
    if (verb === 'add' || dormant(before, after)) return 'low';
    if (goesDown(before, after) || differs(before, after, 'listenPort', 'vrf', 'privateKey')) return 'high';
    return differs(before, after, 'name', 'mtu', 'disabled') ? 'medium' : 'low';
  },
});
