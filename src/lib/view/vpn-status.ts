import { ipsecActivePeers } from '../capability/catalog/ipsec-active-peers.ts';
import { pppActive } from '../capability/catalog/ppp-active.ts';
import { wireguard } from '../capability/catalog/wireguard.ts';
import { wireguardPeers } from '../capability/catalog/wireguard-peers.ts';
import { defineView } from './define.ts';
import { listOf, pick, rowsOf, tally, totalOf } from './values.ts';

export const vpnStatus = defineView({
  id: 'vpn-status',
  title: 'VPN status',
  about: 'WireGuard peers with their last handshake, IPsec peers and PPP sessions that are up.',
  topic: 'vpn',
  tool: 'get_vpn_status',
  input: {},
  parts: {
    wireguard: { read: wireguard },
    peers: { read: wireguardPeers },
    ipsec: { read: ipsecActivePeers, limit: 500 },
    ppp: { read: pppActive, limit: 500 },
  },
  compose: ({ wireguard: tunnels, peers, ipsec, ppp }) => ({
    wireguard: listOf(tunnels, (row) => ({
      ...pick(row, 'name', 'running', 'disabled', 'listenPort', 'publicKey'),
      peers: rowsOf(peers).filter((peer) => peer['interface'] === row['name']).length,
    })),
    // Null is a peer that never shook hands.
    wireguardPeers: listOf(peers, (row) => ({
      ...pick(row, 'id', 'interface', 'name', 'publicKey', 'allowedAddress', 'currentEndpointAddress', 'rx', 'tx', 'disabled', 'comment'),
      lastHandshakeSeconds: row['lastHandshake'] ?? null,
    })),
    ipsecTotal: totalOf(ipsec),
    ipsecPeers: listOf(ipsec, (row) => pick(row, 'remoteAddress', 'localAddress', 'state', 'uptime', 'ph2Total', 'rxBytes', 'txBytes')),
    pppTotal: totalOf(ppp),
    pppByService: tally(rowsOf(ppp), (row) => row['service']),
    pppSessions: listOf(ppp, (row) => pick(row, 'name', 'service', 'callerId', 'address', 'uptime', 'encoding')),
  }),
});
