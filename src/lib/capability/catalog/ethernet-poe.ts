import { defineCapability } from '../define.ts';
import { duration, flag, integer, text, word } from '../kinds.ts';
import { differs } from '../touched.ts';

export const ethernetPoe = defineCapability({
  id: 'ethernet-poe',
  title: 'Power over Ethernet',
  about: 'Which ports feed power to the devices behind them.',
  menu: '/interface/ethernet/poe',
  shape: 'fixed',
  topic: 'interface',
  key: ['name'],
  fields: {
    name: text({ about: 'Name of the port.', required: true, column: 1 }),
    poeOut: word({ about: 'Whether and how the port feeds power.', column: 2 }),
    poePriority: integer({ max: 99 })({ about: 'Which ports lose power first: the highest number.', column: 3 }),
    poeVoltage: word({ about: 'Voltage fed out.', column: 4 }),
    powerCyclePingEnabled: flag({ about: 'Cycle the power of a device that stops answering.', column: 5 }),
    powerCyclePingAddress: word({ about: 'Device whose silence makes the port cycle its power.', column: 6 }),
    powerCycleInterval: duration('none')({ about: 'Time between forced power cycles.' }),
    powerCyclePingTimeout: duration()({ about: 'Silence after which the power is cycled.' }),
    poeController: text({ about: 'Power controller chip of the port.', readOnly: true }),
  },
  risk: (change) => (differs(change.before, change.after, 'name') ? 'high' : 'medium'),
  refuse: ({ after }) =>
    after?.powerCyclePingEnabled && [undefined, '0.0.0.0', '::'].includes(after.powerCyclePingAddress)
      ? 'power cycling by ping needs the address of the device to ask'
      : undefined,
});
