import { defineCapability } from '../define.ts';
import { counter, flag, text } from '../kinds.ts';

export const ospfLsa = defineCapability({
  id: 'ospf-lsa',
  title: 'OSPF link state',
  about: 'The map of the network that OSPF routers share, piece by piece.',
  menu: '/routing/ospf/lsa',
  shape: 'table',
  topic: 'routing',
  key: [],
  large: true,
  fields: {
    type: text({ about: 'Sort of piece: router, network, external and so on.', readOnly: true, live: true, column: 1 }),
    id: text({ about: 'What it describes.', readOnly: true, live: true, column: 2 }),
    originator: text({ about: 'Router that said it.', readOnly: true, live: true, column: 3 }),
    area: text({ about: 'Area it belongs to.', readOnly: true, live: true, column: 4 }),
    age: counter({ about: 'Seconds since it was said.', readOnly: true, live: true, column: 5 }),
    instance: text({ about: 'OSPF instance that holds it.', readOnly: true, live: true, column: 6 }),
    sequence: text({ about: 'Number of its edition, hexadecimal.', readOnly: true, live: true }),
    checksum: text({ about: 'Checksum, hexadecimal.', readOnly: true, live: true }),
    link: text({ about: 'Link it belongs to.', readOnly: true, live: true }),
    linkInstanceId: counter({ about: 'Number of OSPF on that link.', readOnly: true, live: true }),
    selfOriginated: flag({ about: 'Said by this router.', readOnly: true, live: true }),
    flushing: flag({ about: 'Being taken back.', readOnly: true, live: true }),
    wraparound: flag({ about: 'Its numbers begin again.', readOnly: true, live: true }),
    body: text({ about: 'What it says, line by line.', readOnly: true, live: true }),
  },
});
