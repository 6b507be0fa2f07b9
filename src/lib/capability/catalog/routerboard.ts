import { defineCapability } from '../define.ts';
import { flag, text } from '../kinds.ts';

export const routerboard = defineCapability({
  id: 'routerboard',
  title: 'Board and firmware',
  about: 'Model and serial number of a board, and the versions of its boot firmware.',
  menu: '/system/routerboard',
  shape: 'table',
  topic: 'system',
  key: [],
  fields: {
    routerboard: flag({ about: 'It is a MikroTik board, not a virtual machine or a PC.', readOnly: true }),
    boardName: text({ about: 'Board as it is sold.', readOnly: true, column: 1 }),
    model: text({ about: 'Model number.', readOnly: true, column: 2 }),
    revision: text({ about: 'Revision of the board.', readOnly: true, column: 3 }),
    serialNumber: text({ about: 'Serial number.', readOnly: true, column: 4 }),
    firmwareType: text({ about: 'Family of firmware it takes.', readOnly: true }),
    factoryFirmware: text({ about: 'Firmware it left the factory with.', readOnly: true }),
    currentFirmware: text({ about: 'Firmware it booted with.', readOnly: true, column: 5 }),
    upgradeFirmware: text({ about: 'Firmware that comes with the installed RouterOS.', readOnly: true, column: 6 }),
  },
});
