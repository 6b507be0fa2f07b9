import { defineCapability } from '../define.ts';
import { counter, flag, text, time } from '../kinds.ts';

export const file = defineCapability({
  id: 'file',
  title: 'Files',
  about: 'Files on the storage of a router, without what is in them.',
  menu: '/file',
  shape: 'table',
  topic: 'config',
  key: ['name'],
  // `contents` may be a backup or a key: it never leaves the router.
  declaredOnly: true,
  large: true,
  fields: {
    name: text({ about: 'Path of the file.', readOnly: true, column: 1 }),
    type: text({ about: 'Kind of file, such as backup, script or directory.', readOnly: true, column: 2 }),
    size: counter({ about: 'Size in bytes.', readOnly: true, live: true, column: 3 }),
    lastModified: time({ about: 'When it was last written.', readOnly: true, live: true, column: 4 }),
    creationTime: time({ about: 'When it was written, on versions without the time of the last change.', readOnly: true, column: 5 }),
    packageName: text({ about: 'Package in the file.', readOnly: true }),
    packageVersion: text({ about: 'Version of the package in the file.', readOnly: true }),
    packageArchitecture: text({ about: 'Architecture of the package in the file.', readOnly: true }),
    packageBuildTime: time({ about: 'When the package in the file was built.', readOnly: true }),
    shared: flag({ about: 'Offered to others by a link.', readOnly: true }),
    url: text({ about: 'Link it is offered under.', readOnly: true }),
  },
});
