import { word } from '../capability/kinds.ts';
import { InputError } from '../core/errors.ts';
import { requireRow } from './checks.ts';
import { defineRecipe } from './define.ts';
import { MENUS, radioOf } from './radio.ts';

export const wirelessSsidRemove = defineRecipe({
  id: 'wireless-ssid-remove',
  title: 'Remove a wireless network',
  about: 'Removes a network that was added on a radio, named by the id of its interface; a radio itself stays.',
  topic: 'wireless',
  tool: 'plan_remove_wireless_ssid',
  reads: MENUS,
  input: {
    ssidId: word({ about: 'RouterOS id of the interface, as *8.', required: true }),
  },
  intents: ({ ssidId }, rows) => {
    const radio = radioOf(rows);
    const row = requireRow(MENUS[radio.menu], radio.rows, ssidId);
    if (row.item['masterInterface'] === undefined)
      throw new InputError('That is a radio: it cannot be removed.', { hint: `To switch it off, plan disabled=yes on ${radio.menu}.` });
    return [{ verb: 'remove', capability: radio.menu, where: { id: row.id } }];
  },
  summary: ({ ssidId }) => `Remove wireless network ${String(ssidId)}`,
});
