import { ipService } from '../../../capability/catalog/ip-service.ts';
import { decodeRow } from '../../../capability/codec.ts';
import { defineCheck, saysAt, startsWith } from '../kind.ts';

/** Since 7.19 the menu also lists open connections and what listens by itself: those are no services. */
export const service = defineCheck({
  kind: 'service',
  form: 'service <name> enabled',
  understand: (words) =>
    startsWith(words, 'service') && words.length === 3 && saysAt(words, 2, 'enabled') ? { args: { name: words[1] ?? '' } } : undefined,
  look: async ({ link, version }, { args }) => {
    const fields = ['name', 'disabled', 'dynamic', 'connection'];
    const rows = await link.read({ verb: 'read', menu: ipService.menu, fields, where: { name: args['name'] ?? '' } });
    const own = rows
      .map((row) => decodeRow(ipService, row, version))
      .filter(({ item, dynamic }) => !dynamic && item['connection'] !== true);
    const [found] = own;
    if (!found) return { holds: false, seen: 'no such service' };
    const holds = found.item['disabled'] !== true;
    return { holds, seen: holds ? 'enabled' : 'disabled' };
  },
});
