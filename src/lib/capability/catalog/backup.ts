import { defineCapability } from '../define.ts';
import { counter, text, time } from '../kinds.ts';

export const backup = defineCapability({
  id: 'backup',
  title: 'Backups',
  about: 'Binary backups on the storage of a router; making one is planned like any change, and undone by removing it.',
  menu: '/file',
  shape: 'list',
  topic: 'config',
  key: ['name'],
  declaredOnly: true,
  madeBy: { menu: '/system/backup', command: 'save' },
  fields: {
    name: text({ about: 'Name of the file; it ends with .backup.', required: true, column: 1 }),
    type: text({ about: 'Kind of file: backup, for those that are one.', readOnly: true, column: 2 }),
    size: counter({ about: 'Size in bytes.', readOnly: true, live: true, column: 3 }),
    lastModified: time({ about: 'When it was written.', readOnly: true, live: true, column: 4 }),
    creationTime: time({ about: 'When it was written, on versions without the time of the last change.', readOnly: true, live: true }),
  },
  // It fills storage and holds every secret of the router, in a file that whoever may read files can take away.
  risk: () => 'medium',
  refuse: ({ verb, after }) => {
    if (verb !== 'add') return 'a backup is made or left alone: what is overwritten or removed does not come back';
    return after?.name !== undefined && /^\w[\w.-]*(?:\/\w[\w.-]*)*\.backup$/.test(after.name)
      ? undefined
      : 'a backup has a plain name that ends with .backup, as pre-change.backup';
  },
});
