import { defineCapability } from '../define.ts';
import { counter, text } from '../kinds.ts';

export const containerConfig = defineCapability({
  id: 'container-config',
  title: 'Container settings',
  about: 'Where a router fetches containers from, where it keeps them, and how much memory they may use together.',
  menu: '/container/config',
  shape: 'table',
  topic: 'system',
  key: [],
  when: { package: 'container' },
  fields: {
    registryUrl: text({ about: 'Registry images are fetched from.', readOnly: true, column: 1 }),
    assumedRegistryUrl: text({ about: 'Registry in force when none is set.', readOnly: true }),
    username: text({ about: 'Account at the registry.', readOnly: true, column: 2 }),
    password: text({ about: 'Password at the registry.', readOnly: true, secret: true }),
    tmpdir: text({ about: 'Folder images are unpacked in.', readOnly: true, column: 3 }),
    layerDir: text({ about: 'Folder layers are shared in.', readOnly: true, column: 4 }),
    memoryHigh: text({
      about: 'Memory from which on containers are slowed down.',
      readOnly: true,
      wire: [{ from: '7.20', name: 'memory-high' }, { name: 'ram-high' }],
      column: 5,
    }),
    memoryMax: text({ about: 'Memory above which containers are ended.', readOnly: true, from: '7.23' }),
    swapMax: text({ about: 'Swap space containers may use.', readOnly: true, from: '7.24' }),
    memoryCurrent: counter({ about: 'Memory containers use, in bytes.', readOnly: true, live: true, column: 6 }),
  },
});
