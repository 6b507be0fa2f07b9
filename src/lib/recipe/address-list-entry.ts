import { firewallAddressList } from '../capability/catalog/firewall-address-list.ts';
import { network, oneOf, text, word } from '../capability/kinds.ts';
import { requireManaged } from './checks.ts';
import { defineRecipe } from './define.ts';

export const addressListEntry = defineRecipe({
  id: 'address-list-entry',
  title: 'Address list entry',
  about: 'Adds an address to a list that is managed here (mcp-...), or takes it off; doing so twice changes nothing.',
  topic: 'firewall',
  tool: 'update_firewall_address_list',
  direct: true,
  input: {
    listName: word({ about: 'Name of the list; it starts with mcp-.', required: true }),
    address: network({ about: 'Address, network or range.', required: true }),
    action: oneOf('add', 'remove')({ about: 'What to do; add by default.' }),
    comment: text({ about: 'Note kept on the router.' }),
  },
  intents: ({ listName, address, action = 'add', comment }) => {
    requireManaged(String(listName));
    const entry = { list: listName, address };
    if (action === 'remove') return [{ verb: 'remove', capability: firewallAddressList.id, where: entry }];
    return [{ verb: 'add', capability: firewallAddressList.id, values: { ...entry, ...(comment !== undefined && { comment }) } }];
  },
  summary: ({ listName, address, action = 'add' }) =>
    `${action === 'remove' ? 'Take' : 'Put'} ${String(address)} ${action === 'remove' ? 'off' : 'on'} ${String(listName)}`,
});
