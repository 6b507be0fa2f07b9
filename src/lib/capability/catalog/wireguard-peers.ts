import { defineCapability } from '../define.ts';
import { counter, duration, flag, integer, prefixSet, text } from '../kinds.ts';
import { covers, differs, dormant, goesDown } from '../touched.ts';

export const wireguardPeers = defineCapability({
  id: 'wireguard-peers',
  title: 'WireGuard peers',
  about: 'Far ends of WireGuard tunnels and the addresses each may use.',
  menu: '/interface/wireguard/peers',
  shape: 'ordered',
  topic: 'vpn',
  // Names came late and may be empty; a tunnel knows its far ends by their keys.
  key: ['interface', 'publicKey'],
  fields: {
    name: text({ about: 'Name of the peer.', from: '7.15', column: 1 }),
    interface: text({ about: 'Tunnel it belongs to.', required: true, column: 2 }),
    publicKey: text({ about: 'Key of the far end, base64.', required: true, secret: false, column: 3 }),
    allowedAddress: prefixSet({ about: 'Prefixes sent to it and taken from it.', required: true, column: 4 }),
    endpointAddress: text({ about: 'Address or name it is called at; empty when it calls us.', column: 5 }),
    endpointPort: integer({ max: 65_535 })({ about: 'UDP port it is called at.', fallback: '0' }),
    lastHandshake: duration()({ about: 'Time since it last answered.', readOnly: true, live: true, column: 6 }),
    rx: counter({ about: 'Bytes received.', readOnly: true, live: true, column: 7 }),
    tx: counter({ about: 'Bytes sent.', readOnly: true, live: true, column: 8 }),
    currentEndpointAddress: text({ about: 'Address it was last seen at.', readOnly: true, live: true }),
    currentEndpointPort: counter({ about: 'Port it was last seen at.', readOnly: true, live: true }),
    persistentKeepalive: duration()({ about: 'Time between packets that keep the way open.', fallback: '0s' }),
    presharedKey: text({ about: 'Extra key both ends share, base64.', secret: true }),
    privateKey: text({ about: 'Key of the far end, kept to make its configuration.', secret: true }),
    responder: flag({
      about: 'Waits to be called, never calls.',
      from: '7.15',
      wire: [{ from: '7.17', name: 'responder' }, { name: 'is-responder' }],
    }),
    clientAddress: text({ about: 'Address written into its configuration.' }),
    clientDns: text({ about: 'DNS servers written into its configuration.' }),
    clientEndpoint: text({ about: 'Our address written into its configuration.' }),
    clientKeepalive: duration()({ about: 'Keepalive time written into its configuration.', fallback: '0s' }),
    clientListenPort: integer({ max: 65_535 })({ about: 'Port written into its configuration.', fallback: '0' }),
    clientAllowedAddress: text({ about: 'Prefixes written into its configuration.', from: '7.21' }),
    disabled: flag({ about: 'Kept but not in force.', column: 9 }),
    comment: text({ about: 'Note kept on the router.', column: 10 }),
  },
  // We may be connected through it; a new far end takes the prefixes it is allowed.
  risk: ({ verb, before, after }, { ownHost }) => {
    if (verb === 'remove') return 'high';
    if (dormant(before, after)) return 'low';
    const reaches = ['interface', 'publicKey', 'endpointAddress', 'endpointPort', 'allowedAddress', 'responder', 'presharedKey'] as const;
    const changed = verb === 'set' && (goesDown(before, after) || differs(before, after, ...reaches));
    const ours = verb === 'add' && after?.allowedAddress?.some((prefix) => covers(prefix, ownHost));
    if (changed || ours) return 'high';
    return verb === 'add' || differs(before, after, 'persistentKeepalive', 'disabled') ? 'medium' : 'low';
  },
  refuse: ({ verb, before, after }, { rows }) => {
    if (!after || after.disabled || verb === 'move') return undefined;
    const taken = after.allowedAddress?.find(
      (prefix) =>
        !before?.allowedAddress?.includes(prefix) &&
        rows.some(
          (row) =>
            !row.disabled &&
            row.interface === after.interface &&
            row.publicKey !== (before ?? after).publicKey &&
            row.allowedAddress?.includes(prefix),
        ),
    );
    return taken === undefined ? undefined : `${taken} already belongs to another peer of ${after.interface}, which would lose it`;
  },
});
