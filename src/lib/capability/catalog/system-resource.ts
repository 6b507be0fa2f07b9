import { defineCapability } from '../define.ts';
import { counter, duration, integer, text, time } from '../kinds.ts';

export const systemResource = defineCapability({
  id: 'system-resource',
  title: 'Resources',
  about: 'Version, board, load, memory and uptime of a router.',
  menu: '/system/resource',
  shape: 'table',
  topic: 'system',
  key: [],
  fields: {
    boardName: text({ about: 'Board as MikroTik names it.', readOnly: true, column: 1 }),
    version: text({ about: 'RouterOS version and channel.', readOnly: true, column: 2 }),
    uptime: duration()({ about: 'Time since the last boot.', readOnly: true, live: true, column: 3 }),
    cpuLoad: integer({ max: 100 })({ about: 'Processor load in percent.', readOnly: true, live: true, column: 4 }),
    freeMemory: counter({ about: 'Free memory in bytes.', readOnly: true, live: true, column: 5 }),
    totalMemory: counter({ about: 'Memory in bytes.', readOnly: true, column: 6 }),
    freeHddSpace: counter({ about: 'Free storage in bytes.', readOnly: true, live: true }),
    totalHddSpace: counter({ about: 'Storage in bytes.', readOnly: true }),
    architectureName: text({ about: 'Processor architecture of the packages.', readOnly: true }),
    cpu: text({ about: 'Processor model.', readOnly: true }),
    cpuCount: integer()({ about: 'Processor cores.', readOnly: true }),
    cpuFrequency: integer()({ about: 'Processor clock in MHz.', readOnly: true, live: true }),
    buildTime: time({ about: 'When this RouterOS was built.', readOnly: true }),
    factorySoftware: text({ about: 'Version the board left the factory with.', readOnly: true }),
    platform: text({ about: 'Maker of the platform.', readOnly: true }),
    badBlocks: text({ about: 'Worn-out storage blocks in percent.', readOnly: true, live: true }),
    writeSectSinceReboot: counter({ about: 'Sectors written since boot.', readOnly: true, live: true }),
    writeSectTotal: counter({ about: 'Sectors written in all.', readOnly: true, live: true }),
  },
});
