import { defineCapability } from '../define.ts';
import { counter, flag, text, time } from '../kinds.ts';

export const systemPackage = defineCapability({
  id: 'system-package',
  title: 'Packages',
  about: 'The parts RouterOS is made of on a router, and those that could be added.',
  menu: '/system/package',
  shape: 'table',
  topic: 'system',
  key: ['name'],
  tool: { read: 'get_system_packages' },
  fields: {
    name: text({ about: 'Package, such as routeros or container.', readOnly: true, column: 1 }),
    version: text({ about: 'Version that is installed.', readOnly: true, column: 2 }),
    buildTime: time({ about: 'When it was built.', readOnly: true, column: 5 }),
    size: counter({ about: 'Size in bytes.', readOnly: true, column: 6 }),
    disabled: flag({ about: 'Installed but switched off.', readOnly: true, column: 3 }),
    available: flag({ about: 'Not installed; the router could download it.', readOnly: true, column: 4 }),
    scheduled: text({ about: 'What happens to it at the next restart.', readOnly: true, column: 7 }),
    bundle: text({ about: 'Larger package it belongs to.', readOnly: true }),
  },
});
