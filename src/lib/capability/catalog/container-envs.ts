import { defineCapability } from '../define.ts';
import { flag, text } from '../kinds.ts';

export const containerEnvs = defineCapability({
  id: 'container-envs',
  title: 'Container environment',
  about: 'Names of the environment variables containers are started with; their values are not shown.',
  menu: '/container/envs',
  shape: 'table',
  topic: 'system',
  key: ['list', 'key'],
  when: { package: 'container' },
  fields: {
    list: text({
      about: 'List the variable belongs to.',
      readOnly: true,
      wire: [{ from: '7.20', name: 'list' }, { name: 'name' }],
      column: 1,
    }),
    key: text({ about: 'Name of the variable.', readOnly: true, secret: false, column: 2 }),
    // Passwords and tokens are given to containers this way.
    value: text({ about: 'Value of the variable.', readOnly: true, secret: true, column: 3 }),
    disabled: flag({ about: 'Kept but not in force.', readOnly: true, column: 4 }),
    comment: text({ about: 'Note kept on the router.', readOnly: true }),
  },
});
