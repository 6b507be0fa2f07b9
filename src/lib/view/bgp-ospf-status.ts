import { bfdSession } from '../capability/catalog/bfd-session.ts';
import { bgpConnection } from '../capability/catalog/bgp-connection.ts';
import { bgpSession } from '../capability/catalog/bgp-session.ts';
import { ospfInstance } from '../capability/catalog/ospf-instance.ts';
import { ospfNeighbor } from '../capability/catalog/ospf-neighbor.ts';
import { defineView } from './define.ts';
import { type Item, listOf, pick, rowsOf, tally, totalOf } from './values.ts';

export const bgpOspfStatus = defineView({
  id: 'bgp-ospf-status',
  title: 'BGP and OSPF',
  about: 'BGP connections with their sessions and prefixes, OSPF instances and neighbours, and BFD sessions.',
  topic: 'routing',
  tool: 'get_routing_protocols',
  input: {},
  parts: {
    connections: { read: bgpConnection, fields: ['name', 'remoteAddress', 'remoteAs', 'disabled', 'inactive'] },
    sessions: { read: bgpSession },
    instances: { read: ospfInstance, fields: ['name', 'version', 'routerId', 'disabled', 'inactive'] },
    neighbours: { read: ospfNeighbor },
    bfd: { read: bfdSession, limit: 200 },
  },
  compose: ({ connections, sessions, instances, neighbours, bfd }) => ({
    bgpConnections: listOf(connections, (row) => pick(row, 'name', 'remoteAddress', 'remoteAs', 'disabled', 'inactive')),
    // `established` is absent while a session is down.
    bgpSessionsTotal: totalOf(sessions),
    bgpSessionsEstablished: sessions?.missing === undefined ? rowsOf(sessions).filter(isUp).length : null,
    bgpSessions: listOf(sessions, (row) => ({
      ...pick(row, 'name', 'remoteAddress', 'remoteAs', 'uptime', 'prefixCount', 'localRole', 'lastStopped'),
      established: isUp(row),
    })),
    ospfInstances: listOf(instances, (row) => pick(row, 'name', 'version', 'routerId', 'disabled', 'inactive')),
    ospfByState: tally(rowsOf(neighbours), (row) => row['state']),
    ospfNeighbours: listOf(neighbours, (row) => pick(row, 'instance', 'area', 'routerId', 'address', 'state', 'adjacency')),
    bfdSessions: listOf(bfd, (row) => pick(row, 'remoteAddress', 'state', 'up', 'uptime')),
  }),
});

const isUp = (row: Item): boolean => row['established'] === true;
