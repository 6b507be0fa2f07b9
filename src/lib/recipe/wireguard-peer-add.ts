import { wireguard } from '../capability/catalog/wireguard.ts';
import { wireguardPeers } from '../capability/catalog/wireguard-peers.ts';
import { duration, host, integer, prefixSet, text, word } from '../capability/kinds.ts';
import { InputError } from '../core/errors.ts';
import { given, requireMenu, requireNamed } from './checks.ts';
import { defineRecipe } from './define.ts';

export const wireguardPeerAdd = defineRecipe({
  id: 'wireguard-peer-add',
  title: 'WireGuard peer',
  about: 'Adds a far end to a WireGuard tunnel, with its public key; prefixes of another peer are refused.',
  topic: 'vpn',
  reads: { tunnels: wireguard },
  input: {
    interface: word({ about: 'Tunnel it belongs to.', required: true }),
    publicKey: word({ about: 'Public key of the far end, base64.', required: true, secret: false }),
    allowedAddress: prefixSet({ about: 'Prefixes sent to it and taken from it.', required: true }),
    endpointAddress: host({ about: 'Address or name it is called at; left out when it calls us.' }),
    endpointPort: integer({ min: 1, max: 65_535 })({ about: 'UDP port it is called at.' }),
    persistentKeepalive: duration()({ about: 'Time between packets that keep the way open.' }),
    comment: text({ about: 'Note kept on the router.' }),
  },
  intents: (input, { tunnels }) => {
    const tunnel = requireNamed('wireguard', requireMenu(wireguard, tunnels), input['interface']);
    const key = String(input['publicKey']);
    // 32 bytes in base64: 43 characters and the sign that fills up.
    if (!/^[A-Za-z0-9+/]{43}=$/.test(key))
      throw new InputError('public-key is no WireGuard key.', { hint: 'It is 44 characters of base64 that end in =.' });
    if (tunnel.item['publicKey'] === key)
      throw new InputError('That is the key of this router itself.', { hint: 'Give the public key of the far end.' });
    if ((input['endpointAddress'] === undefined) !== (input['endpointPort'] === undefined))
      throw new InputError('An end is called at an address and a port.', {
        hint: 'Give both endpoint-address and endpoint-port, or none.',
      });
    return [{ verb: 'add', capability: wireguardPeers.id, values: given(input) }];
  },
  summary: ({ interface: name }) => `Add a WireGuard peer to ${String(name)}`,
});
