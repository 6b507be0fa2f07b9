import { defineCapability } from '../define.ts';
import { duration, flag, integer, text, textSet } from '../kinds.ts';

export const trafficFlow = defineCapability({
  id: 'traffic-flow',
  title: 'Traffic flow',
  about: 'Whether the router reports its traffic as NetFlow or IPFIX.',
  menu: '/ip/traffic-flow',
  shape: 'table',
  topic: 'ip',
  key: [],
  fields: {
    enabled: flag({ about: 'Traffic is reported.', readOnly: true, column: 1 }),
    interfaces: textSet({ about: 'Interfaces whose traffic is reported.', readOnly: true, column: 2 }),
    cacheEntries: text({ about: 'Flows that are kept in memory.', readOnly: true, column: 3 }),
    activeFlowTimeout: duration()({ about: 'Longest time before a flow is reported.', readOnly: true, column: 4 }),
    inactiveFlowTimeout: duration()({ about: 'Silence after which a flow is over.', readOnly: true, column: 5 }),
    packetSampling: flag({ about: 'Only some packets are counted.', readOnly: true, column: 6 }),
    samplingInterval: integer()({ about: 'Packets counted in a row.', readOnly: true }),
    samplingSpace: integer()({ about: 'Packets left out in between.', readOnly: true }),
  },
});
