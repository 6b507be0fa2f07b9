import { defineCapability } from '../define.ts';
import { flag, integer, text, textSet } from '../kinds.ts';

export const leds = defineCapability({
  id: 'leds',
  title: 'Lights',
  about: 'What the lights on a board stand for.',
  menu: '/system/leds',
  shape: 'table',
  topic: 'system',
  key: [],
  fields: {
    leds: textSet({ about: 'The lights.', readOnly: true, column: 1 }),
    type: text({ about: 'What they show, such as interface-activity.', readOnly: true, column: 2 }),
    interface: text({ about: 'Interface they show it of.', readOnly: true, column: 3 }),
    color: text({ about: 'Colour, by name or as a number.', readOnly: true, from: '7.22', column: 4 }),
    modemSignalThreshold: integer({ min: -113, max: -51 })({ about: 'Signal of a modem, in dBm, that counts as full.', readOnly: true }),
    default: flag({ about: 'Set by the maker.', readOnly: true }),
    disabled: flag({ about: 'Kept but dark.', readOnly: true, column: 5 }),
  },
});
