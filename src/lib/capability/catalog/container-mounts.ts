import { defineCapability } from '../define.ts';
import { flag, text } from '../kinds.ts';

export const containerMounts = defineCapability({
  id: 'container-mounts',
  title: 'Container mounts',
  about: 'Folders of a router that containers see.',
  menu: '/container/mounts',
  shape: 'table',
  topic: 'system',
  key: [],
  when: { package: 'container' },
  fields: {
    list: text({
      about: 'List the mount belongs to; before 7.21 its own name.',
      readOnly: true,
      wire: [{ from: '7.21', name: 'list' }, { name: 'name' }],
      column: 1,
    }),
    src: text({ about: 'Folder on the router.', readOnly: true, column: 2 }),
    dst: text({ about: 'Folder inside the container.', readOnly: true, column: 3 }),
    readOnly: flag({ about: 'The container may not write there.', readOnly: true, from: '7.20', until: '7.23', column: 4 }),
    mode: text({ about: 'What the container may do there, such as rw or ro,noexec.', readOnly: true, from: '7.23', column: 5 }),
    disabled: flag({ about: 'Kept but not in force.', readOnly: true, column: 6 }),
    comment: text({ about: 'Note kept on the router.', readOnly: true }),
  },
});
