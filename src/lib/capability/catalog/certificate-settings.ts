import { defineCapability } from '../define.ts';
import { flag, text, textSet } from '../kinds.ts';

export const certificateSettings = defineCapability({
  id: 'certificate-settings',
  title: 'Certificate settings',
  about: 'Whose certificates a router believes, and whether it looks for those taken back.',
  menu: '/certificate/settings',
  shape: 'table',
  topic: 'system',
  key: [],
  fields: {
    crlUse: flag({ about: 'Refuse certificates that were taken back.', readOnly: true, column: 1 }),
    crlDownload: flag({ about: 'Fetch the lists of certificates taken back.', readOnly: true, column: 2 }),
    crlStore: text({ about: 'Where the lists are kept: ram or system.', readOnly: true, column: 3 }),
    builtinTrustStore: text({
      about: 'Services that believe the authorities RouterOS comes with.',
      readOnly: true,
      from: '7.19',
      wire: [{ from: '7.21', name: 'builtin-trust-store' }, { name: 'builtin-trust-anchors' }],
      column: 4,
    }),
    currentDefaults: textSet({ about: 'Services that do so by default.', readOnly: true, from: '7.22' }),
  },
});
