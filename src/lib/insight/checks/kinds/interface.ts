import { interfaces } from '../../../capability/catalog/interface.ts';
import { decodeRow } from '../../../capability/codec.ts';
import { defineCheck, saysAt, startsWith } from '../kind.ts';

export const interfaceRunning = defineCheck({
  kind: 'interface',
  form: 'interface <name> running',
  understand: (words) =>
    startsWith(words, 'interface') && words.length === 3 && saysAt(words, 2, 'running') ? { args: { name: words[1] ?? '' } } : undefined,
  look: async ({ link, version }, { args }) => {
    const [row] = await link.read({
      verb: 'read',
      menu: interfaces.menu,
      fields: ['name', 'running'],
      where: { name: args['name'] ?? '' },
    });
    if (!row) return { holds: false, seen: 'no such interface' };
    const holds = decodeRow(interfaces, row, version).item['running'] === true;
    return { holds, seen: holds ? 'running' : 'not running' };
  },
});
