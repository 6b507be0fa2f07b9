import { neighbor } from '../capability/catalog/neighbor.ts';
import { defineView } from './define.ts';
import { listOf, pick, rowsOf, tally, totalOf } from './values.ts';

export const neighboursOverview = defineView({
  id: 'neighbours-overview',
  title: 'Neighbours',
  about: 'Devices that announce themselves on the wires of a router, and how many of each platform.',
  topic: 'ip',
  input: {},
  parts: {
    neighbours: { read: neighbor, limit: 500 },
  },
  compose: ({ neighbours }) => ({
    total: totalOf(neighbours),
    byPlatform: tally(rowsOf(neighbours), (row) => row['platform']),
    byInterface: tally(rowsOf(neighbours), (row) => row['interfaceName'] ?? firstOf(row['interface'])),
    neighbours: listOf(neighbours, (row) =>
      pick(row, 'interface', 'identity', 'address', 'macAddress', 'platform', 'board', 'version', 'discoveredBy', 'age'),
    ),
  }),
});

const firstOf = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value);
