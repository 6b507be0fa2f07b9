import { defineCapability } from '../define.ts';
import { flag, oneOf, text, textSet } from '../kinds.ts';

export const smb = defineCapability({
  id: 'smb',
  title: 'File sharing',
  about: 'Whether a router offers its storage to others over SMB.',
  menu: '/ip/smb',
  shape: 'table',
  topic: 'system',
  key: [],
  fields: {
    enabled: oneOf('auto', 'no', 'yes')({ about: 'Offers files; auto when a share exists.', readOnly: true, column: 1 }),
    status: text({ about: 'What it is doing.', readOnly: true, live: true, column: 2 }),
    domain: text({ about: 'Workgroup it belongs to.', readOnly: true, column: 3 }),
    interfaces: textSet({ about: 'Interfaces it offers them on.', readOnly: true, column: 4 }),
    allowGuests: flag({ about: 'Lets in without an account.', readOnly: true, until: '7.14', column: 5 }),
    comment: text({ about: 'What others see beside its name.', readOnly: true, column: 6 }),
  },
});
