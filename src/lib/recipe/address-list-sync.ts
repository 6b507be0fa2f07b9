import { firewallAddressList } from '../capability/catalog/firewall-address-list.ts';
import { flag, networkSet, text, word } from '../capability/kinds.ts';
import type { Intent } from '../plan/intent.ts';
import { requireManaged } from './checks.ts';
import { defineRecipe } from './define.ts';

export const addressListSync = defineRecipe({
  id: 'address-list-sync',
  title: 'Address list sync',
  about: 'Makes an address list exactly these addresses: adds what is missing, removes what is not named.',
  topic: 'firewall',
  tool: 'config_plan_address_list_sync',
  reads: { entries: firewallAddressList },
  input: {
    listName: word({ about: 'Name of the list; it starts with mcp- unless any-list says otherwise.', required: true }),
    addresses: networkSet({ about: 'All addresses of the list; none empties it.', required: true }),
    comment: text({ about: 'Note on entries that are added.' }),
    anyList: flag({ about: 'The list is not one that is managed here.' }),
  },
  intents: ({ listName, addresses, comment, anyList }, { entries = [] }) => {
    if (anyList !== true) requireManaged(String(listName));
    const wanted = new Set(Array.isArray(addresses) ? addresses.map(String) : []);
    // Entries with a time-out are dynamic: they go by themselves.
    const there = entries.filter(({ dynamic, item }) => !dynamic && item['list'] === listName);
    const known = new Set(there.map(({ item }) => String(item['address'])));
    const adds = [...wanted]
      .filter((address) => !known.has(address))
      .map(
        (address): Intent => ({
          verb: 'add',
          capability: firewallAddressList.id,
          values: { list: listName, address, ...(comment !== undefined && { comment }) },
        }),
      );
    const removes = there
      .filter(({ item }) => !wanted.has(String(item['address'])))
      .map(({ id }): Intent => ({ verb: 'remove', capability: firewallAddressList.id, where: { id } }));
    // Adding first: there is no moment in which the list is shorter than both the old and the new one.
    return [...adds, ...removes];
  },
  summary: ({ listName }) => `Make the address list ${String(listName)} exactly what is given`,
});
