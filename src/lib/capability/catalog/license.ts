import { defineCapability } from '../define.ts';
import { duration, flag, integer, text, time } from '../kinds.ts';

export const license = defineCapability({
  id: 'license',
  title: 'Licence',
  about: 'Level of the licence a router runs under, and until when.',
  menu: '/system/license',
  shape: 'table',
  topic: 'system',
  key: [],
  fields: {
    level: text({ about: 'Level of a virtual router, such as free or p1.', readOnly: true, column: 1 }),
    nlevel: integer()({ about: 'Level of a board, 0 to 6.', readOnly: true, column: 2 }),
    deadlineAt: time({ about: 'When it must have been renewed.', readOnly: true, column: 3 }),
    nextRenewalAt: time({ about: 'When it will be renewed.', readOnly: true, live: true, column: 4 }),
    expiresIn: duration()({ about: 'Time left of a trial.', readOnly: true, live: true }),
    limitedUpgrades: flag({ about: 'Upgrades are no longer allowed.', readOnly: true, column: 5 }),
    features: text({ about: 'What the licence allows besides.', readOnly: true }),
    // Whoever knows these may claim the licence.
    softwareId: text({ about: 'Number the licence of a board is bound to.', readOnly: true, secret: true }),
    oldSoftwareId: text({ about: 'Number of an earlier form of the licence.', readOnly: true, secret: true }),
    systemId: text({ about: 'Number the licence of a virtual router is bound to.', readOnly: true, secret: true }),
  },
});
